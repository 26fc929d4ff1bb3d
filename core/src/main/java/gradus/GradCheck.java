// SPDX-License-Identifier: Apache-2.0
package gradus;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// Derivatives against central differences in float64.
final class GradCheck {
  private static final double STEP = 1e-6;
  private static final double ABSOLUTE = 1e-5;
  private static final double RELATIVE = 1e-3;
  private static final long SEED = 20_250_101;

  private GradCheck() {}

  static void first(Function<List<Tensor>, Tensor> f, List<Tensor> inputs) {
    check("gradcheck", f, inputs);
  }

  static void second(Function<List<Tensor>, Tensor> f, List<Tensor> inputs) {
    List<Tensor> points = new ArrayList<>();
    List<Integer> wanted = wanted("gradgradcheck", inputs);
    for (Tensor input : inputs) {
      points.add(leaf(input));
    }
    Tensor output = f.apply(points);
    Tensor cotangent = random(output.shape(), 1).requiresGrad(true);
    points.add(cotangent);
    List<Tensor> directions = new ArrayList<>();
    for (int i : wanted) {
      directions.add(random(inputs.get(i).shape(), 2 + i));
    }
    check(
        "gradgradcheck",
        in -> {
          List<Tensor> first = in.subList(0, inputs.size());
          List<Tensor> grads =
              Autograd.grad(
                  f.apply(first),
                  wanted.stream().map(in::get).toList(),
                  Autograd.options().createGraph(true).allowUnused(true).gradient(in.getLast()));
          Tensor sum = Tensor.scalar(0, DType.FLOAT64);
          for (int i = 0; i < grads.size(); i++) {
            sum = sum.add(grads.get(i).mul(directions.get(i)).sum());
          }
          return sum;
        },
        points);
  }

  private static void check(String what, Function<List<Tensor>, Tensor> f, List<Tensor> inputs) {
    List<Integer> wanted = wanted(what, inputs);
    List<Tensor> leaves = inputs.stream().map(GradCheck::leaf).toList();
    Tensor output = f.apply(leaves);
    Tensor cotangent = random(output.shape(), 0);
    List<Tensor> analytic;
    if (output.requiresGrad()) {
      analytic =
          Autograd.grad(
              output,
              wanted.stream().map(leaves::get).toList(),
              Autograd.options().allowUnused(true).gradient(cotangent));
    } else {
      analytic = wanted.stream().map(i -> Tensor.zerosLike(leaves.get(i))).toList();
    }
    double[] u = cotangent.toDoubleArray();
    for (int w = 0; w < wanted.size(); w++) {
      int input = wanted.get(w);
      double[] a = analytic.get(w).toDoubleArray();
      double[] x = leaves.get(input).toDoubleArray();
      for (int i = 0; i < x.length; i++) {
        double n =
            (at(f, inputs, input, x, i, STEP, u) - at(f, inputs, input, x, i, -STEP, u))
                / (2 * STEP);
        if (!(Math.abs(a[i] - n) <= ABSOLUTE + RELATIVE * Math.abs(n))) {
          throw new AssertionError(
              "%s: input %d %s, element %d = %s: the derivative is %s, the difference quotient %s"
                  .formatted(what, input, inputs.get(input).shape(), i, x[i], a[i], n));
        }
      }
    }
  }

  /// ⟨u, f(…, x + step·eᵢ, …)⟩.
  private static double at(
      Function<List<Tensor>, Tensor> f,
      List<Tensor> inputs,
      int input,
      double[] x,
      int i,
      double step,
      double[] u) {
    double[] moved = x.clone();
    moved[i] += step;
    List<Tensor> points = new ArrayList<>();
    for (int k = 0; k < inputs.size(); k++) {
      Tensor t = inputs.get(k);
      points.add(
          k == input ? Tensor.wrap(DType.FLOAT64, moved, t.shape()).requiresGrad(true) : leaf(t));
    }
    // Recording stays on: f may itself take gradients.
    double[] y = f.apply(points).toDoubleArray();
    double sum = 0;
    for (int k = 0; k < y.length; k++) {
      sum += y[k] * u[k];
    }
    return sum;
  }

  private static List<Integer> wanted(String what, List<Tensor> inputs) {
    List<Integer> wanted = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      if (inputs.get(i).requiresGrad()) {
        if (inputs.get(i).dtype() != DType.FLOAT64) {
          throw new IllegalArgumentException(
              "%s: input %d is %s: differences need float64; convert it with to(DType.FLOAT64)"
                  .formatted(what, i, inputs.get(i).dtype()));
        }
        wanted.add(i);
      }
    }
    if (wanted.isEmpty()) {
      throw new IllegalArgumentException(
          what + ": no input requires a gradient; call requiresGrad(true) on those to check");
    }
    return wanted;
  }

  /// The same values and layout as a leaf of its own.
  private static Tensor leaf(Tensor t) {
    Tensor leaf = t.detach();
    return t.requiresGrad() ? leaf.requiresGrad(true) : leaf;
  }

  private static Tensor random(Shape shape, int stream) {
    return new Generator(SEED).derive(stream).normal(DType.FLOAT64, 0, 1, shape);
  }
}
