// SPDX-License-Identifier: Apache-2.0
package gradus.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import gradus.DType;
import gradus.Parameter;
import gradus.Tensor;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class GoldenOptimizersTest {
  private static final String FAMILY = "07_optimizers";

  @TestFactory
  Stream<DynamicTest> stepsAgreeWithPyTorch() {
    return both(Set.of("SGD", "Adam", "AdamW"), GoldenOptimizersTest::run);
  }

  @TestFactory
  Stream<DynamicTest> clippingAgreesWithPyTorch() {
    return both(Set.of("clip_grad_norm_", "clip_grad_value_"), GoldenOptimizersTest::clip);
  }

  private interface Check {
    void check(JsonNode golden, DType dtype);
  }

  private static Stream<DynamicTest> both(Set<String> ops, Check check) {
    List<JsonNode> cases = Golden.cases(FAMILY, ops);
    assertThat(cases).hasSizeGreaterThanOrEqualTo(9);
    return Stream.of(DType.FLOAT64, DType.FLOAT32)
        .flatMap(
            dtype ->
                cases.stream()
                    .map(
                        c ->
                            DynamicTest.dynamicTest(
                                c.get("id").asText() + " " + dtype, () -> check.check(c, dtype))));
  }

  private static void run(JsonNode golden, DType dtype) {
    Map<String, Parameter> params = new LinkedHashMap<>();
    for (JsonNode p : golden.get("params")) {
      params.put(p.get("name").asText(), new Parameter(Golden.tensor(p, dtype)));
    }
    Optimizer<?> optimizer =
        switch (golden.get("op").asText()) {
          case "SGD" -> new SGD(groups(golden, params, SGD.options(), GoldenOptimizersTest::sgd));
          case "Adam" ->
              new Adam(groups(golden, params, Adam.options(), GoldenOptimizersTest::adam));
          default ->
              new AdamW(groups(golden, params, AdamW.options(), GoldenOptimizersTest::adamW));
        };
    int step = 0;
    for (JsonNode state : golden.get("steps")) {
      optimizer.zeroGrad();
      params.forEach(
          (name, p) -> {
            JsonNode grad = state.get("grads").get(name);
            if (!grad.isNull()) {
              p.grad(Tensor.float64(Golden.numbers(grad)).reshape(p.shape().toArray()).to(dtype));
            }
          });
      optimizer.step();
      for (String name : params.keySet()) {
        assertClose(params.get(name), state.get("params").get(name), "step " + step + ", " + name);
      }
      step++;
    }
    assertFinalState(golden, params, optimizer.stateDict());
  }

  private static void assertFinalState(
      JsonNode golden, Map<String, Parameter> params, StateDict state) {
    int index = 0;
    for (String name : params.keySet()) {
      String prefix = "state." + index++ + ".";
      JsonNode expected = golden.get("final_state").get(name);
      for (Iterator<String> keys = expected.fieldNames(); keys.hasNext(); ) {
        String key = keys.next();
        JsonNode value = expected.get(key);
        if (value.isNumber()) {
          assertThat(state.scalars()).containsEntry(prefix + key, value.asDouble());
        } else if (value.isObject()) {
          assertClose(state.tensors().get(prefix + key), value.get("data"), prefix + key);
        }
      }
    }
  }

  @SuppressWarnings("unchecked")
  private static <O extends Optimizer.Options<O>> ParamGroup<O>[] groups(
      JsonNode golden, Map<String, Parameter> params, O defaults, Options<O> options) {
    O common = options.set(defaults, golden.get("args"));
    List<ParamGroup<O>> groups = new ArrayList<>();
    if (golden.has("param_groups")) {
      for (JsonNode group : golden.get("param_groups")) {
        List<Parameter> members =
            Golden.stream(group.get("params")).map(n -> params.get(n.asText())).toList();
        groups.add(ParamGroup.of(members, options.set(common, group)));
      }
    } else {
      groups.add(ParamGroup.of(params.values(), common));
    }
    return groups.toArray(ParamGroup[]::new);
  }

  private interface Options<O> {
    O set(O options, JsonNode args);
  }

  private static SGD.Options sgd(SGD.Options o, JsonNode args) {
    return o.lr(args.path("lr").asDouble(o.lr()))
        .momentum(args.path("momentum").asDouble(o.momentum()))
        .dampening(args.path("dampening").asDouble(o.dampening()))
        .weightDecay(args.path("weight_decay").asDouble(o.weightDecay()))
        .nesterov(args.path("nesterov").asBoolean(o.nesterov()))
        .maximize(args.path("maximize").asBoolean(o.maximize()));
  }

  private static Adam.Options adam(Adam.Options o, JsonNode args) {
    return o.lr(args.path("lr").asDouble(o.lr()))
        .beta1(args.path("betas").path(0).asDouble(o.beta1()))
        .beta2(args.path("betas").path(1).asDouble(o.beta2()))
        .eps(args.path("eps").asDouble(o.eps()))
        .weightDecay(args.path("weight_decay").asDouble(o.weightDecay()))
        .amsgrad(args.path("amsgrad").asBoolean(o.amsgrad()))
        .maximize(args.path("maximize").asBoolean(o.maximize()));
  }

  private static AdamW.Options adamW(AdamW.Options o, JsonNode args) {
    return o.lr(args.path("lr").asDouble(o.lr()))
        .beta1(args.path("betas").path(0).asDouble(o.beta1()))
        .beta2(args.path("betas").path(1).asDouble(o.beta2()))
        .eps(args.path("eps").asDouble(o.eps()))
        .weightDecay(args.path("weight_decay").asDouble(o.weightDecay()))
        .amsgrad(args.path("amsgrad").asBoolean(o.amsgrad()))
        .maximize(args.path("maximize").asBoolean(o.maximize()));
  }

  private static void clip(JsonNode golden, DType dtype) {
    List<Parameter> params = new ArrayList<>();
    for (JsonNode grad : golden.get("grads_in")) {
      if (grad.isNull()) {
        params.add(new Parameter(Tensor.zeros(dtype, 2)));
      } else {
        Tensor values = Golden.tensor(grad, dtype);
        Parameter param = new Parameter(Tensor.zerosLike(values));
        param.grad(values);
        params.add(param);
      }
    }
    JsonNode args = golden.get("args");
    if (golden.get("op").asText().equals("clip_grad_norm_")) {
      double maxNorm = Golden.number(args.get("max_norm"));
      double norm =
          args.has("norm_type")
              ? ClipGrad.clipGradNorm(params, maxNorm, Golden.number(args.get("norm_type")))
              : ClipGrad.clipGradNorm(params, maxNorm);
      double expected = golden.get("total_norm").asDouble();
      assertThat(norm).isCloseTo(expected, within(tolerance(dtype) * (1 + expected)));
    } else {
      ClipGrad.clipGradValue(params, args.get("clip_value").asDouble());
    }
    for (int i = 0; i < params.size(); i++) {
      JsonNode expected = golden.get("grads_out").get(i);
      if (expected.isNull()) {
        assertThat(params.get(i).grad()).isNull();
      } else {
        assertClose(params.get(i).grad(), expected.get("data"), "gradient " + i);
      }
    }
  }

  private static void assertClose(Tensor actual, JsonNode data, String what) {
    double[] expected = Golden.numbers(data);
    double[] values = actual.toDoubleArray();
    assertThat(values).as(what).hasSize(expected.length);
    for (int i = 0; i < expected.length; i++) {
      assertThat(values[i])
          .as("%s, element %d", what, i)
          .isCloseTo(expected[i], within(tolerance(actual.dtype()) * (1 + Math.abs(expected[i]))));
    }
  }

  private static double tolerance(DType dtype) {
    return dtype == DType.FLOAT64 ? 1e-9 : 1e-4;
  }
}
