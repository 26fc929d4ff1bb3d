// SPDX-License-Identifier: Apache-2.0

package gradus.examples.conformance;

import gradus.Autograd;
import gradus.Tensor;
import gradus.examples.conformance.Inputs.Input;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Functions: what they return, the gradients of their inputs, and the gradients of those.
final class OpCases {
  private final Fields fields;
  private final Precision precision;
  private final Tolerance tolerance;
  private final Inputs inputs;
  private final List<Tensor> outputs;

  private OpCases(Case c, Precision precision) {
    this.fields = c.fields();
    this.precision = precision;
    this.tolerance = precision.ops(c);
    this.inputs = Inputs.of(fields, precision);
    var call = new Call(inputs.byName(), fields.object("args"));
    this.outputs = OpTable.ALL.call(c.api(), c.op(), call);
  }

  static void check(Case c, Precision precision) {
    if (!OpTable.ALL.has(c.api())) {
      throw new Unsupported(List.of(c.op()));
    }
    var check = new OpCases(c, precision);
    check.outputs();
    if (check.fields.has("grads")) {
      check.gradients();
    }
    check.fields.end();
  }

  private void outputs() {
    boolean single = fields.has("output");
    List<GoldenTensor> expected =
        single ? List.of(fields.tensor("output")) : fields.tensors("outputs");
    sameSize("results", outputs, expected);
    for (int i = 0; i < outputs.size(); i++) {
      String what = single ? "output" : "outputs[" + i + "]";
      expected.get(i).check(what, outputs.get(i), precision, tolerance);
    }
  }

  private void gradients() {
    List<@Nullable GoldenTensor> given =
        fields.has("cotangent")
            ? List.of(fields.tensor("cotangent"))
            : fields.nullableTensors("cotangents");
    sameSize("cotangents", given, outputs);
    boolean twice = fields.has("double_cotangents");
    List<Tensor> roots = new ArrayList<>();
    List<Tensor> cotangents = new ArrayList<>();
    for (int i = 0; i < given.size(); i++) {
      GoldenTensor cotangent = given.get(i);
      if (cotangent != null) {
        roots.add(outputs.get(i));
        cotangents.add(cotangent.tensor(precision).requiresGrad(twice));
      }
    }
    List<Tensor> grads = first(roots, cotangents, twice);
    if (twice) {
      second(grads, cotangents);
    }
  }

  /// Checks the gradients of the inputs and, where those are views, of what they view.
  private List<Tensor> first(List<Tensor> roots, List<Tensor> cotangents, boolean twice) {
    List<Input> differentiable = inputs.differentiable();
    List<Fields> expected = fields.objects("grads");
    sameSize("gradients", differentiable, expected);
    List<Tensor> targets = new ArrayList<>();
    differentiable.forEach(input -> targets.add(input.value()));
    for (Input input : differentiable) {
      if (input.base() != null) {
        targets.add(input.base());
      }
    }
    var options = Autograd.options().allowUnused(true).createGraph(twice);
    List<Tensor> grads = derivatives(roots, cotangents, targets, options);
    int bases = differentiable.size();
    for (int i = 0; i < differentiable.size(); i++) {
      Input input = differentiable.get(i);
      Fields each = expected.get(i);
      var golden = GoldenTensor.of(each);
      if (!golden.name().equals(input.name())) {
        throw new Mismatch("grads has %s, expected %s".formatted(golden.name(), input.name()));
      }
      golden.check("gradient of " + input.name(), grads.get(i), precision, tolerance);
      if (input.base() != null) {
        GoldenTensor.of(golden.name(), golden.dtype(), input.base().shape(), each.list("base_grad"))
            .check("base gradient of " + input.name(), grads.get(bases++), precision, tolerance);
      }
      each.end();
    }
    return grads.subList(0, differentiable.size());
  }

  /// Checks the gradients of Σᵢ ⟨double_cotangentᵢ, gradᵢ⟩ by the inputs and the cotangents.
  private void second(List<Tensor> grads, List<Tensor> cotangents) {
    List<String> names = new ArrayList<>();
    List<Tensor> targets = new ArrayList<>();
    for (Input input : inputs.differentiable()) {
      names.add(input.name());
      targets.add(input.value());
    }
    for (int k = 0; k < cotangents.size(); k++) {
      names.add(cotangents.size() == 1 ? "cotangent" : "cotangent[" + k + "]");
      targets.add(cotangents.get(k));
    }
    List<GoldenTensor> given = fields.tensors("double_cotangents", names.subList(0, grads.size()));
    List<Tensor> seeds = given.stream().map(each -> each.tensor(precision)).toList();
    var options = Autograd.options().allowUnused(true);
    List<Tensor> found = derivatives(grads, seeds, targets, options);
    List<GoldenTensor> expected = fields.tensors("double_grads", names);
    for (int i = 0; i < found.size(); i++) {
      String what = "second gradient of " + names.get(i);
      expected.get(i).check(what, found.get(i), precision, tolerance);
    }
  }

  /// Returns the gradients of `roots` by `targets`. Those of a root that nothing moves, such as the
  /// sign of a determinant, are 0.
  private static List<Tensor> derivatives(
      List<Tensor> roots, List<Tensor> cotangents, List<Tensor> targets, Autograd.Options options) {
    List<Tensor> moved = new ArrayList<>();
    List<Tensor> seeds = new ArrayList<>();
    for (int i = 0; i < roots.size(); i++) {
      if (roots.get(i).requiresGrad()) {
        moved.add(roots.get(i));
        seeds.add(cotangents.get(i));
      }
    }
    return moved.isEmpty() || targets.isEmpty()
        ? targets.stream().map(Tensor::zerosLike).toList()
        : Autograd.grad(moved, seeds, targets, options);
  }

  private static void sameSize(String what, List<?> found, List<?> expected) {
    if (found.size() != expected.size()) {
      throw new Mismatch("%d %s, expected %d".formatted(found.size(), what, expected.size()));
    }
  }
}
