// SPDX-License-Identifier: Apache-2.0

package gradus.examples.conformance;

import gradus.Autograd;
import gradus.Tensor;
import gradus.examples.conformance.Inputs.Input;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Derivatives of derivatives: Jacobians, Hessians and what is trained through a gradient.
final class HigherOrderCases {
  private static final Autograd.Options GRAPH =
      Autograd.options().createGraph(true).allowUnused(true);

  private final Case golden;
  private final Precision precision;
  private final Fields fields;
  private final Inputs inputs;

  private HigherOrderCases(Case c, Precision precision) {
    this.golden = c;
    this.precision = precision;
    this.fields = c.fields();
    this.inputs = Inputs.of(fields, precision);
  }

  /// Checks `hvp`: the Hessian of all parameters together, times vectors, from both sides.
  static void hvp(Case c, Precision precision) {
    var check = new HigherOrderCases(c, precision);
    check.checkedGradient();
    List<Tensor> vectors =
        check.fields.tensors("vectors", check.names()).stream()
            .map(v -> v.tensor(precision))
            .toList();
    check.all("hvp", Autograd.hvp(check::at, check.parameters(), vectors).products());
    check.all("hvp", Autograd.vhp(check::at, check.parameters(), vectors).products());
    check.fields.end();
  }

  /// Checks `jacobian`: the derivative of each element of the output by each input.
  static void jacobian(Case c, Precision precision) {
    var check = new HigherOrderCases(c, precision);
    check.checkedOutput();
    check.all("jacobian", Autograd.jacobian(check::at, check.parameters()));
    check.fields.end();
  }

  /// Checks `hessian`: the Jacobian of the gradient by the only input.
  static void hessian(Case c, Precision precision) {
    var check = new HigherOrderCases(c, precision);
    check.checkedGradient();
    List<List<Tensor>> hessian = Autograd.hessian(check::at, check.parameters());
    check.one("hessian", hessian.getFirst().getFirst(), check.fields.tensor("hessian"));
    check.fields.end();
  }

  /// Checks `nested:…`: a function of each element and its first derivatives, each taken of the one
  /// before.
  static void nested(Case c, Precision precision) {
    var check = new HigherOrderCases(c, precision);
    List<Tensor> x = check.parameters();
    Tensor y = check.output(check.inputs.byName());
    List<GoldenTensor> derivatives = check.fields.tensors("derivatives");
    for (int order = 0; order < derivatives.size(); order++) {
      if (order > 0) {
        y = Autograd.grad(y.sum(), x, GRAPH).getFirst();
      }
      check.one("derivatives[" + order + "]", y, derivatives.get(order));
    }
    check.fields.end();
  }

  /// Checks `gradient_penalty`: mean (‖∂ Σ output / ∂x‖ − 1)² over the rows of x, and its
  /// gradients.
  static void gradientPenalty(Case c, Precision precision) {
    var check = new HigherOrderCases(c, precision);
    Tensor x = Named.get("input", check.inputs.byName(), "x");
    Tensor gradient = Autograd.grad(check.checkedOutput().sum(), List.of(x), GRAPH).getFirst();
    check.one("input_gradient", gradient, check.fields.tensor("input_gradient"));
    Tensor penalty = gradient.square().sum(1).sqrt().sub(1.0).square().mean();
    check.one("penalty", penalty, GoldenTensor.scalar(check.fields.number("penalty")));
    List<GoldenTensor> expected = check.fields.tensors("penalty_grads");
    List<Tensor> wanted =
        expected.stream()
            .map(each -> Named.get("input", check.inputs.byName(), each.name()))
            .toList();
    List<Tensor> grads = Autograd.grad(penalty, wanted);
    for (int i = 0; i < grads.size(); i++) {
      check.one("penalty_grads " + expected.get(i).name(), grads.get(i), expected.get(i));
    }
    check.fields.end();
  }

  /// Checks `unrolled_sgd_step`: the loss after a step of gradient descent, and its gradients by
  /// the parameters before it.
  static void unrolledSgdStep(Case c, Precision precision) {
    var check = new HigherOrderCases(c, precision);
    double lr = check.fields.number("lr");
    Tensor first = check.output(check.inputs.byName());
    check.one("first_loss", first, GoldenTensor.scalar(check.fields.number("first_loss")));
    List<Tensor> grads = Autograd.grad(first, check.parameters(), GRAPH);
    List<Tensor> stepped = new ArrayList<>();
    for (int i = 0; i < grads.size(); i++) {
      stepped.add(check.parameters().get(i).sub(grads.get(i).mul(lr)));
    }
    Tensor second = check.at(stepped);
    check.one("second_loss", second, GoldenTensor.scalar(check.fields.number("second_loss")));
    check.all("meta_grads", Autograd.grad(second, check.parameters()));
    check.fields.end();
  }

  /// Returns what the case computes from these inputs.
  private Tensor output(Map<String, Tensor> from) {
    var call = new Call(from, fields.object("args"));
    return OpTable.ALL.call(golden.api(), golden.op(), call).getFirst();
  }

  /// Returns what the case computes with other parameters.
  private Tensor at(List<Tensor> parameters) {
    Map<String, Tensor> from = new HashMap<>(inputs.byName());
    for (int i = 0; i < parameters.size(); i++) {
      from.put(names().get(i), parameters.get(i));
    }
    return output(from);
  }

  private Tensor checkedOutput() {
    Tensor output = output(inputs.byName());
    one("output", output, fields.tensor("output"));
    return output;
  }

  /// Returns the gradients of the output, of one element, by the parameters.
  private List<Tensor> checkedGradient() {
    List<Tensor> grads = Autograd.grad(checkedOutput(), parameters(), GRAPH);
    all("grads", grads);
    return grads;
  }

  private List<Tensor> parameters() {
    return inputs.differentiable().stream().map(Input::value).toList();
  }

  private List<String> names() {
    return inputs.differentiable().stream().map(Input::name).toList();
  }

  /// Checks a tensor for each parameter, in order.
  private void all(String key, List<Tensor> found) {
    List<GoldenTensor> expected = fields.tensors(key, names());
    for (int i = 0; i < found.size(); i++) {
      one(key + " " + expected.get(i).name(), found.get(i), expected.get(i));
    }
  }

  private void one(String what, Tensor found, GoldenTensor expected) {
    expected.check(what, found, precision, precision.ops(golden));
  }
}
