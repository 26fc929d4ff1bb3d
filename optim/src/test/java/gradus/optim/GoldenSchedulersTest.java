// SPDX-License-Identifier: Apache-2.0
package gradus.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import gradus.Parameter;
import gradus.Tensor;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class GoldenSchedulersTest {
  private static final Set<String> OPS =
      Set.of("ExponentialLR", "StepLR", "MultiStepLR", "CosineAnnealingLR", "ReduceLROnPlateau");

  @TestFactory
  Stream<DynamicTest> learningRatesAgreeWithPyTorch() {
    List<JsonNode> cases = Golden.cases("08_lr_schedulers", OPS);
    assertThat(cases).hasSizeGreaterThanOrEqualTo(17);
    return cases.stream().map(c -> DynamicTest.dynamicTest(c.get("id").asText(), () -> run(c)));
  }

  private static void run(JsonNode golden) {
    SGD optimizer = null;
    for (JsonNode lr : golden.get("initial_lr")) {
      var group =
          ParamGroup.of(List.of(new Parameter(Tensor.zeros(1))), SGD.options().lr(lr.asDouble()));
      if (optimizer == null) {
        optimizer = new SGD(group);
      } else {
        optimizer.addParamGroup(group);
      }
    }
    IntConsumer step = scheduler(golden, optimizer);
    int epochs = golden.get("lr").get(0).size();
    for (int epoch = 0; epoch < epochs; epoch++) {
      if (epoch > 0) {
        step.accept(epoch);
      }
      for (int g = 0; g < optimizer.groups().size(); g++) {
        double expected = golden.get("lr").get(g).get(epoch).asDouble();
        assertThat(optimizer.groups().get(g).lr())
            .as("group %d, epoch %d", g, epoch)
            .isCloseTo(expected, within(1e-12 * (1 + expected)));
      }
    }
  }

  private static IntConsumer scheduler(JsonNode golden, Optimizer<?> optimizer) {
    JsonNode args = golden.get("args");
    return switch (golden.get("op").asText()) {
      case "ReduceLROnPlateau" -> {
        var scheduler = new ReduceLROnPlateau(optimizer, plateau(args));
        yield epoch -> scheduler.step(Golden.number(golden.get("metrics").get(epoch - 1)));
      }
      case "StepLR" -> {
        int size = args.get("step_size").asInt();
        yield steps(
            args.has("gamma")
                ? new StepLR(optimizer, size, args.get("gamma").asDouble())
                : new StepLR(optimizer, size));
      }
      case "MultiStepLR" -> {
        List<Integer> milestones =
            Golden.stream(args.get("milestones")).map(JsonNode::asInt).toList();
        yield steps(
            args.has("gamma")
                ? new MultiStepLR(optimizer, milestones, args.get("gamma").asDouble())
                : new MultiStepLR(optimizer, milestones));
      }
      case "CosineAnnealingLR" -> {
        int max = args.get("T_max").asInt();
        yield steps(
            args.has("eta_min")
                ? new CosineAnnealingLR(optimizer, max, args.get("eta_min").asDouble())
                : new CosineAnnealingLR(optimizer, max));
      }
      default -> steps(new ExponentialLR(optimizer, args.get("gamma").asDouble()));
    };
  }

  private static IntConsumer steps(LRScheduler scheduler) {
    return _ -> scheduler.step();
  }

  private static ReduceLROnPlateau.Options plateau(JsonNode args) {
    var o = ReduceLROnPlateau.options();
    JsonNode minLr = args.path("min_lr");
    o = minLr.isArray() ? o.minLr(Golden.stream(minLr).map(JsonNode::asDouble).toList()) : o;
    o = minLr.isNumber() ? o.minLr(minLr.asDouble()) : o;
    return o.mode(
            ReduceLROnPlateau.Mode.valueOf(
                args.path("mode").asText("min").toUpperCase(Locale.ROOT)))
        .factor(args.path("factor").asDouble(o.factor()))
        .patience(args.path("patience").asInt(o.patience()))
        .threshold(args.path("threshold").asDouble(o.threshold()))
        .thresholdMode(
            ReduceLROnPlateau.ThresholdMode.valueOf(
                args.path("threshold_mode").asText("rel").toUpperCase(Locale.ROOT)))
        .cooldown(args.path("cooldown").asInt(o.cooldown()))
        .eps(args.path("eps").asDouble(o.eps()));
  }
}
