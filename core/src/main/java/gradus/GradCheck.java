// SPDX-License-Identifier: Apache-2.0
package gradus;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// How derivatives are held against central differences in float64: by [Autograd#gradcheck] and
/// [Autograd#gradgradcheck].
public final class GradCheck {
  private static final Options DEFAULTS = new Options(1e-6, 1e-5, 1e-3);
  private static final long SEED = 20_250_101;

  private final String what;
  private final Options options;

  GradCheck(String what, Options options) {
    this.what = what;
    this.options = options;
  }

  /// Step and tolerances: a derivative a is right if |a − n| ≤ atol + rtol · |n|, where n is (f(x +
  /// eps) − f(x − eps)) / 2 eps. Names and defaults are PyTorch's.
  ///
  /// @param eps the step; default 10⁻⁶
  /// @param atol the absolute tolerance; default 10⁻⁵
  /// @param rtol the relative tolerance; default 10⁻³
  public record Options(double eps, double atol, double rtol) {
    /// Makes options.
    ///
    /// @throws IllegalArgumentException if the step isn't positive or a tolerance is negative
    public Options {
      if (!(eps > 0 && atol >= 0 && rtol >= 0)) {
        throw new IllegalArgumentException(
            "gradcheck: eps = %s, atol = %s, rtol = %s: expected eps > 0, atol ≥ 0, rtol ≥ 0"
                .formatted(eps, atol, rtol));
      }
    }

    /// Returns these options with another `eps`.
    public Options eps(double step) {
      return new Options(step, atol, rtol);
    }

    /// Returns these options with another `atol`.
    public Options atol(double tolerance) {
      return new Options(eps, tolerance, rtol);
    }

    /// Returns these options with another `rtol`.
    public Options rtol(double tolerance) {
      return new Options(eps, atol, tolerance);
    }
  }

  /// Returns the defaults, to be changed by withers: `GradCheck.options().eps(1e-5)`.
  public static Options options() {
    return DEFAULTS;
  }

  void second(Function<List<Tensor>, Tensor> f, List<Tensor> inputs) {
    List<Tensor> points = new ArrayList<>();
    List<Integer> wanted = wanted(inputs);
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
    first(
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

  void first(Function<List<Tensor>, Tensor> f, List<Tensor> inputs) {
    List<Integer> wanted = wanted(inputs);
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
            (at(f, inputs, input, x, i, options.eps, u)
                    - at(f, inputs, input, x, i, -options.eps, u))
                / (2 * options.eps);
        if (!(Math.abs(a[i] - n) <= options.atol + options.rtol * Math.abs(n))) {
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

  private List<Integer> wanted(List<Tensor> inputs) {
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
