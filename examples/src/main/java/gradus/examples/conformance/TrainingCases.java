// SPDX-License-Identifier: Apache-2.0

package gradus.examples.conformance;

import gradus.Tensor;
import gradus.examples.conformance.OptimizerTable.Group;
import gradus.examples.conformance.SchedulerTable.Scheduler;
import gradus.nn.Sequential;
import gradus.optim.Optimizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Whole trainings: family 10.
final class TrainingCases {
  private static final Pattern STEPPED =
      Pattern.compile("once after every (\\d+) optimizer steps(, with the mean of those losses)?");

  private final Fields fields;
  private final Precision precision;
  private final Tolerance tolerance;
  private final Sequential model;

  private TrainingCases(Case c, Precision precision) {
    this.fields = c.fields();
    this.precision = precision;
    this.tolerance = precision.training();
    this.model = ModuleTable.sequential(fields.list("model"));
  }

  static void check(Case c, Precision precision) {
    new TrainingCases(c, precision).train();
  }

  private void train() {
    model.to(precision.dtype());
    Map<String, Tensor> initial = new HashMap<>();
    fields.tensors("initial").forEach(each -> initial.put(each.name(), each.tensor(precision)));
    model.loadStateDict(initial);
    Optimizer<?> optimizer = optimizer();
    Schedule schedule = schedule(optimizer);
    Tensor x = fields.tensor("x").tensor(precision);
    Tensor y = fields.tensor("y").tensor(precision);
    Map<Integer, Fields> snapshots = new HashMap<>();
    fields.objects("snapshots").forEach(each -> snapshots.put(each.integer("after_step"), each));
    int n = 0;
    for (Fields step : fields.objects("steps")) {
      Tolerance.EXACT.check("number of the step", n, step.integer("step"));
      tolerance.check("lr in step " + n, optimizer.groups().getFirst().lr(), step.number("lr"));
      Tensor rows = rows(step);
      Tensor loss = loss(model.apply(x.indexSelect(0, rows)), y.indexSelect(0, rows));
      tolerance.check("loss in step " + n, loss.item(), step.number("loss"));
      optimizer.zeroGrad();
      loss.backward();
      optimizer.step();
      schedule.step(loss.item());
      Fields snapshot = snapshots.remove(n);
      if (snapshot != null) {
        state("after step " + n, snapshot, "state");
        snapshot.end();
      }
      step.end();
      n++;
    }
    if (!snapshots.isEmpty()) {
      throw new Mismatch("there are no steps " + snapshots.keySet());
    }
    state("at the end", fields, "final");
    model.eval();
    fields.tensor("final_logits").check("final_logits", model.apply(x), precision, tolerance);
    fields.end();
  }

  private Optimizer<?> optimizer() {
    Fields chosen = fields.object("optimizer");
    var group = new Group(model.parameters(), chosen.object("args"));
    Optimizer<?> optimizer = OptimizerTable.make(chosen.text("op"), List.of(group));
    chosen.end();
    return optimizer;
  }

  private Schedule schedule(Optimizer<?> optimizer) {
    if (fields.isNull("scheduler")) {
      return new Schedule(_ -> {}, 1);
    }
    Fields chosen = fields.object("scheduler");
    Scheduler scheduler = SchedulerTable.make(chosen.text("op"), optimizer, chosen.object("args"));
    Matcher stepped = STEPPED.matcher(chosen.text("stepped"));
    if (!stepped.matches()) {
      throw new Mismatch("a scheduler stepped " + chosen.text("stepped") + " is not supported");
    }
    chosen.end();
    return new Schedule(scheduler, Integer.parseInt(stepped.group(1)));
  }

  private static Tensor rows(Fields step) {
    return Tensor.of(Arrays.stream(step.integers("batch")).asLongStream().toArray());
  }

  private Tensor loss(Tensor output, Tensor target) {
    Fields loss = fields.object("loss");
    String op = loss.text("op");
    var call = new Call(Map.of("input", output, "target", target), loss);
    return OpTable.ALL.call("torch.nn.functional." + op, op, call).getFirst();
  }

  /// Checks the model's whole state.
  private void state(String when, Fields expected, String key) {
    Map<String, Tensor> state = model.stateDict();
    List<GoldenTensor> tensors = expected.tensors(key);
    List<String> names = tensors.stream().map(GoldenTensor::name).toList();
    if (!List.copyOf(state.keySet()).equals(names)) {
      throw new Mismatch("state %s: %s, expected %s".formatted(when, state.keySet(), names));
    }
    for (GoldenTensor each : tensors) {
      Tensor found = Named.get("tensor", state, each.name());
      each.check(each.name() + " " + when, found, precision, tolerance);
    }
  }

  /// A scheduler that is stepped once after `every` steps of the optimizer, with their mean loss.
  private static final class Schedule {
    private final Scheduler scheduler;
    private final int every;
    private final List<Double> losses = new ArrayList<>();

    Schedule(Scheduler scheduler, int every) {
      this.scheduler = scheduler;
      this.every = every;
    }

    void step(double loss) {
      losses.add(loss);
      if (losses.size() == every) {
        scheduler.step(losses.stream().mapToDouble(each -> each).average().orElseThrow());
        losses.clear();
      }
    }
  }
}
