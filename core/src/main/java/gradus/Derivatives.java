// SPDX-License-Identifier: Apache-2.0
package gradus;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/// Derivatives of functions at points. Each is recorded as any op is: if recording is on and an
/// input or vector requires a gradient.
final class Derivatives {
  private final List<Tensor> points;
  private final Tensor output;
  private final boolean recorded;

  private Derivatives(Function<List<Tensor>, Tensor> f, List<Tensor> inputs, List<Tensor> vectors) {
    recorded =
        Grad.enabled()
            && (inputs.stream().anyMatch(Tensor::requiresGrad)
                || vectors.stream().anyMatch(Tensor::requiresGrad));
    points = inputs.stream().map(this::point).toList();
    try (var _ = Grad.on()) {
      output = f.apply(points);
    }
  }

  /// The same values, to be told from other uses of the same tensor; in the graph of the results if
  /// there will be one.
  private Tensor point(Tensor x) {
    return recorded && x.requiresGrad() ? View.Alias.of(x) : x.detach().requiresGrad(true);
  }

  static Autograd.Products vjp(
      Function<List<Tensor>, Tensor> f, List<Tensor> inputs, Tensor vector) {
    var at = new Derivatives(f, inputs, List.of(vector));
    return at.with(at.pull(List.of(at.output), List.of(vector), at.recorded));
  }

  static Autograd.Product jvp(
      Function<List<Tensor>, Tensor> f, List<Tensor> inputs, List<Tensor> vectors) {
    check("jvp", inputs, vectors);
    var at = new Derivatives(f, inputs, vectors);
    Tensor product = at.push(List.of(at.output), vectors).getFirst();
    return new Autograd.Product(at.result(), product);
  }

  static List<Tensor> jacobian(Function<List<Tensor>, Tensor> f, List<Tensor> inputs) {
    var at = new Derivatives(f, inputs, List.of());
    return at.rows(at.output);
  }

  static List<List<Tensor>> hessian(Function<List<Tensor>, Tensor> f, List<Tensor> inputs) {
    var at = new Derivatives(f, inputs, List.of());
    return at.gradients("hessian").stream().map(at::rows).toList();
  }

  static Autograd.Products hvp(
      Function<List<Tensor>, Tensor> f, List<Tensor> inputs, List<Tensor> vectors) {
    check("hvp", inputs, vectors);
    var at = new Derivatives(f, inputs, vectors);
    return at.with(at.push(at.gradients("hvp"), vectors));
  }

  static Autograd.Products vhp(
      Function<List<Tensor>, Tensor> f, List<Tensor> inputs, List<Tensor> vectors) {
    check("vhp", inputs, vectors);
    var at = new Derivatives(f, inputs, vectors);
    return at.with(at.pull(at.gradients("vhp"), vectors, at.recorded));
  }

  private static void check(String op, List<Tensor> inputs, List<Tensor> vectors) {
    if (inputs.size() != vectors.size()) {
      throw new IllegalArgumentException(
          "%s: %d inputs but %d vectors".formatted(op, inputs.size(), vectors.size()));
    }
    for (int i = 0; i < inputs.size(); i++) {
      if (!inputs.get(i).shape().equals(vectors.get(i).shape())) {
        throw new IllegalArgumentException(
            "%s: vector %d is %s, the input %s: they must have the same shape"
                .formatted(op, i, vectors.get(i).shape(), inputs.get(i).shape()));
      }
    }
  }

  private Autograd.Products with(List<Tensor> products) {
    return new Autograd.Products(result(), products);
  }

  private Tensor result() {
    return recorded ? output : output.detach();
  }

  private List<Tensor> gradients(String op) {
    if (output.numel() != 1) {
      throw new IllegalArgumentException(
          "%s: the function gives %s, not one element; reduce it (sum(), mean())"
              .formatted(op, output.shape()));
    }
    return pull(List.of(output), List.of(Tensor.onesLike(output)), true);
  }

  /// Σₖ vectorₖ · ∂outputₖ/∂point, for each point.
  private List<Tensor> pull(List<Tensor> outputs, List<Tensor> vectors, boolean createGraph) {
    return pull(outputs, vectors, points, createGraph);
  }

  private static List<Tensor> pull(
      List<Tensor> outputs, List<Tensor> vectors, List<Tensor> inputs, boolean createGraph) {
    List<Tensor> dependent = new ArrayList<>();
    List<Tensor> cotangents = new ArrayList<>();
    for (int k = 0; k < outputs.size(); k++) {
      if (outputs.get(k).requiresGrad()) {
        dependent.add(outputs.get(k));
        cotangents.add(vectors.get(k));
      }
    }
    Autograd.Options options =
        Autograd.options().retainGraph(true).createGraph(createGraph).allowUnused(true);
    return dependent.isEmpty()
        ? inputs.stream().map(Tensor::zerosLike).toList()
        : Autograd.grad(dependent, cotangents, inputs, options);
  }

  /// Σ ∂outputₖ/∂point · vector over the points, for each output: what [#pull] gives is linear in
  /// its vectors, so its derivative by them is the product from the other side.
  private List<Tensor> push(List<Tensor> outputs, List<Tensor> vectors) {
    List<Tensor> dummies =
        outputs.stream().map(y -> Tensor.zerosLike(y).requiresGrad(true)).toList();
    return pull(pull(outputs, dummies, true), vectors, dummies, recorded);
  }

  /// ∂y/∂point for each point, of shape y + point.
  private List<Tensor> rows(Tensor y) {
    int n = y.numel();
    List<List<Tensor>> rows = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      double[] unit = new double[n];
      unit[i] = 1;
      Tensor row = Tensor.float64(unit, y.shape().toArray()).to(y.dtype());
      rows.add(pull(List.of(y), List.of(row), recorded));
    }
    List<Tensor> jacobians = new ArrayList<>();
    for (int p = 0; p < points.size(); p++) {
      int point = p;
      Tensor x = points.get(p);
      Shape shape = joined(y.shape(), x.shape());
      jacobians.add(
          n == 0
              ? Tensor.empty(x.dtype(), shape)
              : Tensor.stack(rows.stream().map(r -> r.get(point)).toList(), 0)
                  .reshape(shape.toArray()));
    }
    return jacobians;
  }

  private static Shape joined(Shape a, Shape b) {
    int[] sizes = Arrays.copyOf(a.sizes, a.dim() + b.dim());
    System.arraycopy(b.sizes, 0, sizes, a.dim(), b.dim());
    return Shape.of(sizes);
  }
}
