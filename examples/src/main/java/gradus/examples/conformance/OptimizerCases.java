// SPDX-License-Identifier: Apache-2.0

package gradus.examples.conformance;

import gradus.Autograd;
import gradus.DType;
import gradus.Parameter;
import gradus.Tensor;
import gradus.examples.conformance.OptimizerTable.Group;
import gradus.optim.ClipGrad;
import gradus.optim.Optimizer;
import gradus.optim.StateDict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Optimizers, step by step: family 07.
///
/// Each step is fed the recorded gradients, so that an error isn't carried from one to the next;
/// where a problem is recorded, its loss and gradients are checked as well. An optimizer that wants
/// a closure computes them itself.
final class OptimizerCases {
  private static final String LOSS = "mean((scale * (x @ weight.T + bias) - y)**2)";

  /// Parameters to go on from, where PyTorch 1.13.1 computed others than PyTorch 2.
  static final String LITERAL = "params_torch_1_13_1";

  private final Fields fields;
  private final Precision precision;
  private final Tolerance tolerance;
  private final Map<String, Parameter> parameters = new LinkedHashMap<>();

  private OptimizerCases(Case c, Precision precision) {
    this.fields = c.fields();
    this.precision = precision;
    this.tolerance = precision.training();
  }

  static void check(Case c, Precision precision) {
    new OptimizerCases(c, precision).steps(c.op());
  }

  private void steps(String op) {
    List<GoldenTensor> initial = fields.tensors("params");
    initial.forEach(each -> parameters.put(each.name(), new Parameter(each.tensor(precision))));
    List<Group> groups = groups();
    Optimizer<?> optimizer = OptimizerTable.make(op, groups);
    String mode = fields.text("mode");
    Problem problem =
        switch (mode) {
          case "given" -> null;
          case "problem", "closure" -> Problem.of(fields.object("problem"), precision);
          default -> throw new Mismatch("mode " + mode + " is not supported");
        };
    int n = 0;
    List<Fields> steps = fields.objects("steps");
    for (Fields step : steps) {
      String what = "step " + n++;
      Fields grads = step.object("grads");
      if (problem != null) {
        problem(problem, step, grads, what);
      }
      if (problem != null && mode.equals("closure")) {
        int calls = closureCalls(optimizer, problem);
        Tolerance.EXACT.check(what + " closure_calls", calls, step.integer("closure_calls"));
      } else {
        grad(grads);
        optimizer.step();
      }
      grads.end();
      Fields expected = step.object("params");
      parameters.forEach(
          (name, parameter) -> check(what + " " + name, parameter, parameter, name, expected));
      expected.end();
    }
    if (steps.stream().anyMatch(step -> step.has(LITERAL))) {
      optimizer = literal(op, groups, steps);
    }
    steps.forEach(Fields::end);
    if (fields.has("final_state")) {
      Fields state = fields.object("final_state");
      int index = 0;
      for (Group group : groups) {
        for (Parameter parameter : group.params()) {
          state(optimizer.stateDict(), "state." + index++ + ".", state.object(name(parameter)));
        }
      }
      state.end();
    }
    fields.end();
  }

  private void grad(Fields grads) {
    parameters.forEach((name, parameter) -> parameter.grad(tensor(parameter, name, grads)));
  }

  /// Returns an optimizer that has seen the parameters which PyTorch 1.13.1 computed, where it
  /// computed others: the recorded state is of those.
  private Optimizer<?> literal(String op, List<Group> groups, List<Fields> steps) {
    for (GoldenTensor each : fields.tensors("params")) {
      Named.get("parameter", parameters, each.name()).assign(each.tensor(precision));
    }
    Optimizer<?> optimizer = OptimizerTable.make(op, groups);
    for (Fields step : steps) {
      grad(step.object("grads"));
      optimizer.step();
      Fields literal = step.object(LITERAL);
      parameters.forEach((name, p) -> p.assign(flat(name, p, literal).tensor(precision)));
      literal.end();
    }
    return optimizer;
  }

  /// Steps with a closure, and returns how often it was called.
  private int closureCalls(Optimizer<?> optimizer, Problem problem) {
    var calls = new AtomicInteger();
    optimizer.step(
        () -> {
          calls.incrementAndGet();
          optimizer.zeroGrad();
          Tensor loss = problem.loss(parameters);
          loss.backward();
          return loss;
        });
    return calls.get();
  }

  /// Returns whether an optimizer searches along a line. Where the loss is nearly linear, a search
  /// multiplies its rounding without bound: float32, whoever computes it, ends elsewhere.
  static boolean searchesLine(Case c) {
    return c.json().path("args").path("line_search_fn").isTextual();
  }

  private List<Group> groups() {
    Fields defaults = fields.object("args");
    if (!fields.has("param_groups")) {
      return List.of(new Group(List.copyOf(parameters.values()), defaults));
    }
    List<Group> groups = new ArrayList<>();
    for (Fields group : fields.objects("param_groups")) {
      List<Parameter> params = new ArrayList<>();
      for (String name : group.texts("params")) {
        params.add(Named.get("parameter", parameters, name));
      }
      Fields args = defaults.merged(group);
      args.ignore("params");
      groups.add(new Group(params, args));
    }
    return groups;
  }

  private String name(Parameter parameter) {
    return parameters.entrySet().stream()
        .filter(entry -> entry.getValue() == parameter)
        .findFirst()
        .orElseThrow()
        .getKey();
  }

  /// Checks loss and gradients before the step.
  private void problem(Problem problem, Fields step, Fields grads, String what) {
    Tensor loss = problem.loss(parameters);
    GoldenTensor.scalar(step.number("loss")).check(what + " loss", loss, precision, tolerance);
    List<Tensor> found = Autograd.grad(loss, List.copyOf(parameters.values()));
    int i = 0;
    for (var entry : parameters.entrySet()) {
      String name = entry.getKey();
      check(what + " gradient of " + name, found.get(i++), entry.getValue(), name, grads);
    }
  }

  /// Checks `found` against the flat list `name`, of the shape of `like`.
  private void check(String what, Tensor found, Parameter like, String name, Fields flat) {
    flat(name, like, flat).check(what, found, precision, tolerance);
  }

  private @Nullable Tensor tensor(Parameter like, String name, Fields flat) {
    return flat.isNull(name) ? null : flat(name, like, flat).tensor(precision);
  }

  /// Returns the flat list `name` in the shape of `like`.
  private static GoldenTensor flat(String name, Parameter like, Fields flat) {
    return GoldenTensor.of(name, DType.FLOAT64, like.shape(), flat.list(name));
  }

  /// Checks what is remembered about a parameter: each recorded name is there, but where null is
  /// recorded.
  private void state(StateDict state, String prefix, Fields expected) {
    for (String key : expected.keys()) {
      String what = "final_state " + prefix + key;
      Tensor tensor = state.tensors().get(prefix + key);
      Double number = state.scalars().get(prefix + key);
      if (expected.isNull(key)) {
        if (tensor != null || number != null) {
          throw new Mismatch(what + ": present, expected null");
        }
      } else if (tensor != null) {
        expected.tensor(key).check(what, tensor, precision, tolerance);
      } else if (number != null) {
        tolerance.check(what, number, expected.number(key));
      } else {
        throw new Mismatch(what + ": missing");
      }
    }
    expected.end();
  }

  /// Checks `clip_grad_norm_`.
  static void clipGradNorm(Case c, Precision precision) {
    var check = new OptimizerCases(c, precision);
    Fields args = check.fields.object("args");
    List<Parameter> params = check.withGrads();
    double maxNorm = args.number("max_norm");
    double norm =
        args.has("norm_type")
            ? ClipGrad.clipGradNorm(params, maxNorm, args.number("norm_type"))
            : ClipGrad.clipGradNorm(params, maxNorm);
    args.ignore("foreach", "error_if_nonfinite"); // a refusal has no results to record
    args.end();
    check.tolerance.check("total_norm", norm, check.fields.number("total_norm"));
    check.clipped(params);
  }

  /// Checks `clip_grad_value_`.
  static void clipGradValue(Case c, Precision precision) {
    var check = new OptimizerCases(c, precision);
    Fields args = check.fields.object("args");
    List<Parameter> params = check.withGrads();
    ClipGrad.clipGradValue(params, args.number("clip_value"));
    args.end();
    check.clipped(params);
  }

  /// Returns parameters with the gradients `grads_in`, of which null is none.
  private List<Parameter> withGrads() {
    List<Parameter> params = new ArrayList<>();
    for (GoldenTensor grad : fields.nullableTensors("grads_in")) {
      var parameter = new Parameter(Tensor.zeros(precision.dtype(), 1));
      if (grad != null) {
        parameter = new Parameter(Tensor.zerosLike(grad.tensor(precision)));
        parameter.grad(grad.tensor(precision));
      }
      params.add(parameter);
    }
    return params;
  }

  private void clipped(List<Parameter> params) {
    List<@Nullable GoldenTensor> expected = fields.nullableTensors("grads_out");
    for (int i = 0; i < params.size(); i++) {
      Tensor found = params.get(i).grad();
      GoldenTensor golden = expected.get(i);
      if (found != null && golden != null) {
        golden.check("grads_out[" + i + "]", found, precision, tolerance);
      } else if (found != null || golden != null) {
        String expectation = golden == null ? "null" : "a gradient";
        throw new Mismatch("grads_out[%d]: %s, expected %s".formatted(i, found, expectation));
      }
    }
    fields.end();
  }

  /// The regression that gradients are recorded of.
  private record Problem(Tensor x, Tensor y) {
    static Problem of(Fields fields, Precision precision) {
      if (!fields.text("loss").equals(LOSS)) {
        throw new Mismatch("the loss " + fields.text("loss") + " is not supported");
      }
      var problem =
          new Problem(fields.tensor("x").tensor(precision), fields.tensor("y").tensor(precision));
      fields.end();
      return problem;
    }

    Tensor loss(Map<String, Parameter> of) {
      Tensor weight = Named.get("parameter", of, "weight");
      Tensor linear = x.matmul(weight.t()).add(Named.get("parameter", of, "bias"));
      return Named.get("parameter", of, "scale").mul(linear).sub(y).square().mean();
    }
  }
}
