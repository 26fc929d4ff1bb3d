// SPDX-License-Identifier: Apache-2.0

package gradus.examples.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import gradus.Parameter;
import gradus.Tensor;
import gradus.examples.conformance.OptimizerTable.Group;
import gradus.examples.conformance.SchedulerTable.Scheduler;
import gradus.optim.Optimizer;
import java.util.ArrayList;
import java.util.List;

/// Learning rates, epoch by epoch: family 08.
final class SchedulerCases {
  private SchedulerCases() {}

  static void check(Case c, Precision precision) {
    Fields fields = c.fields();
    Optimizer<?> optimizer = optimizer(fields, precision);
    Scheduler scheduler = SchedulerTable.make(c.op(), optimizer, fields.object("args"));
    double[] metrics = fields.has("metrics") ? fields.numbers("metrics") : new double[0];
    List<double[]> expected = new ArrayList<>();
    List<JsonNode> groups = fields.list("lr");
    for (int g = 0; g < groups.size(); g++) {
      expected.add(Fields.numbers("lr[" + g + "]", groups.get(g)));
    }
    double[] momentum = fields.has("momentum") ? fields.numbers("momentum") : new double[0];
    // Learning rates are doubles whatever the parameters are.
    Tolerance tolerance = Precision.FLOAT64.ops();
    for (int epoch = 0; epoch < expected.getFirst().length; epoch++) {
      if (epoch > 0) {
        scheduler.step(metrics.length > 0 ? metrics[epoch - 1] : 0);
      }
      for (int g = 0; g < expected.size(); g++) {
        tolerance.check(
            "lr[%d][%d]".formatted(g, epoch),
            optimizer.groups().get(g).lr(),
            expected.get(g)[epoch]);
      }
      if (momentum.length > 0) {
        String what = "momentum[%d]".formatted(epoch);
        tolerance.check(what, momentum(optimizer), momentum[epoch]);
      }
    }
    fields.end();
  }

  /// Returns the momentum, or β₁, of the first group.
  private static double momentum(Optimizer<?> optimizer) {
    if (optimizer.groups().getFirst().options() instanceof Optimizer.MomentumOptions<?> options) {
      return options.momentum();
    }
    throw new Mismatch("momentum: the optimizer has none");
  }

  /// Returns an optimizer with one parameter for each initial learning rate.
  private static Optimizer<?> optimizer(Fields fields, Precision precision) {
    String name = fields.text("optimizer");
    List<Group> groups = new ArrayList<>();
    for (double lr : fields.numbers("initial_lr")) {
      ObjectNode options = JsonNodeFactory.instance.objectNode().put("lr", lr);
      if (name.equals("SGD")) {
        options.put("momentum", 0.9);
      }
      var parameter = new Parameter(Tensor.zeros(precision.dtype(), 1));
      groups.add(new Group(List.of(parameter), Fields.of("optimizer", options)));
    }
    return OptimizerTable.make(name, groups);
  }
}
