// SPDX-License-Identifier: Apache-2.0
package gradus;

import gradus.kernel.Decompositions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Solutions of linear equations and what else comes from factors of a square matrix; leading
/// dimensions are batches.
///
/// All is computed in double, of float32 matrices too.
sealed interface Factorization extends Node {
  /// X with A·X = B.
  record Solve(Edge a, Edge b, Saved matrix, Tensor y) implements Factorization {
    static Tensor of(Tensor a, Tensor b) {
      square("solve", a);
      Launch.sameType("solve", a, b);
      int n = a.size(-1);
      if (b.dim() == 1 || (b.dim() == a.dim() - 1 && isBatchOfVectors(a, b))) {
        return of(a, b.unsqueeze(-1)).squeeze(-1);
      }
      if (b.dim() < 2 || b.size(-2) != n) {
        throw new IllegalArgumentException(
            "solve: %s and %s: the right side needs %d rows".formatted(a.shape(), b.shape(), n));
      }
      Shape batch = Shape.broadcast("solve", leading(a), leading(b));
      return matrices(
          View.Expand.of(a, joined(batch, n, n)), View.Expand.of(b, joined(batch, n, b.size(-1))));
    }

    private static Tensor matrices(Tensor a, Tensor b) {
      int n = a.size(-1);
      int m = b.size(-1);
      double[] factors = a.toDoubleArray();
      double[] x = b.toDoubleArray();
      int[] pivots = new int[n];
      for (int i = 0; i < factors.length / Math.max(n * n, 1); i++) {
        if (!Decompositions.lu(factors, i * n * n, n, pivots)) {
          throw singular("solve", a, i);
        }
        Decompositions.solve(factors, i * n * n, n, pivots, x, i * n * m, m);
      }
      Tensor y = result(a, x, b.shape());
      return y.by(a, b, () -> new Solve(a.edge(), b.edge(), a.saved(), y));
    }

    @Override
    public void vjp(Tensor grad, Cotangents to) {
      to.addAll(
          List.of(a, b),
          () -> {
            Tensor gb = of(matrix.get().transpose(-1, -2), grad);
            Tensor ga = a == Edge.NONE ? null : gb.matmul(y.transpose(-1, -2)).neg();
            return Arrays.asList(ga, gb);
          });
    }
  }

  /// A⁻¹
  record Inverse(Edge a, Tensor y) implements Factorization {
    static Tensor of(Tensor a) {
      square("inv", a);
      int n = a.size(-1);
      double[] factors = a.toDoubleArray();
      double[] x = new double[factors.length];
      int[] pivots = new int[n];
      for (int i = 0; i < factors.length / Math.max(n * n, 1); i++) {
        if (!Decompositions.lu(factors, i * n * n, n, pivots)) {
          throw singular("inv", a, i);
        }
        for (int d = 0; d < n; d++) {
          x[i * n * n + d * (n + 1)] = 1;
        }
        Decompositions.solve(factors, i * n * n, n, pivots, x, i * n * n, n);
      }
      Tensor y = result(a, x, a.shape());
      return y.by(a, () -> new Inverse(a.edge(), y));
    }

    @Override
    public void vjp(Tensor grad, Cotangents to) {
      to.add(
          a,
          () -> {
            Tensor t = y.transpose(-1, -2);
            return t.matmul(grad).matmul(t).neg();
          });
    }
  }

  /// |A|, with the cofactors as derivative, where A is singular too.
  record Det(Edge a, Saved matrix, Tensor y) implements Factorization {
    static Tensor of(Tensor a) {
      square("det", a);
      int n = a.size(-1);
      double[] factors = a.toDoubleArray();
      double[] det = new double[leading(a).numel()];
      int[] pivots = new int[n];
      for (int i = 0; i < det.length; i++) {
        Decompositions.lu(factors, i * n * n, n, pivots);
        det[i] = 1;
        for (int k = 0; k < n; k++) {
          det[i] *= (pivots[k] == k ? 1 : -1) * factors[i * n * n + k * (n + 1)];
        }
      }
      Tensor y = result(a, det, leading(a));
      return y.by(a, () -> new Det(a.edge(), a.saved(), y));
    }

    @Override
    public void vjp(Tensor grad, Cotangents to) {
      to.add(
          a,
          () -> {
            Tensor m = matrix.get();
            Tensor g = grad.unsqueeze(-1).unsqueeze(-1);
            if (y.detach().eq(0).any().item() != 0) {
              return cofactors(m).mul(g);
            }
            Tensor scale = y.unsqueeze(-1).unsqueeze(-1).mul(g);
            return Inverse.of(m).transpose(-1, -2).mul(scale);
          });
    }

    /// The signed determinants of the matrix without one row and one column each.
    private static Tensor cofactors(Tensor m) {
      int n = m.size(-1);
      List<Tensor> all = new ArrayList<>();
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
          Tensor minor = without(without(m, m.dim() - 2, i), m.dim() - 1, j);
          all.add(of(minor).mul((i + j) % 2 == 0 ? 1.0 : -1.0));
        }
      }
      return View.Reshape.of(Tensor.stack(all, -1), m.shape());
    }

    private static Tensor without(Tensor m, int axis, int index) {
      int n = m.size(axis);
      return Tensor.cat(
          List.of(m.narrow(axis, 0, index), m.narrow(axis, index + 1, n - index - 1)), axis);
    }
  }

  /// ln | |A| |
  record LogAbsDet(Edge a, Saved matrix) implements Factorization {
    static SlogdetResult of(Tensor a) {
      square("slogdet", a);
      int n = a.size(-1);
      double[] factors = a.toDoubleArray();
      double[] sign = new double[leading(a).numel()];
      double[] log = new double[sign.length];
      int[] pivots = new int[n];
      for (int i = 0; i < sign.length; i++) {
        Decompositions.lu(factors, i * n * n, n, pivots);
        sign[i] = 1;
        for (int k = 0; k < n; k++) {
          double pivot = factors[i * n * n + k * (n + 1)];
          sign[i] *= (pivots[k] == k ? 1 : -1) * Math.signum(pivot);
          log[i] += StrictMath.log(Math.abs(pivot));
        }
      }
      Tensor y = result(a, log, leading(a));
      y.by(a, () -> new LogAbsDet(a.edge(), a.saved()));
      return new SlogdetResult(result(a, sign, leading(a)), y);
    }

    @Override
    public void vjp(Tensor grad, Cotangents to) {
      to.add(
          a,
          () -> Inverse.of(matrix.get()).transpose(-1, -2).mul(grad.unsqueeze(-1).unsqueeze(-1)));
    }
  }

  /// The lower triangular L with L·Lᵀ = A. The derivative is symmetric, as A is (Murray,
  /// "Differentiation of the Cholesky decomposition", 2016).
  record Cholesky(Edge a, Tensor y) implements Factorization {
    static Tensor of(Tensor a) {
      square("cholesky", a);
      int n = a.size(-1);
      double[] factors = a.toDoubleArray();
      for (int i = 0; i < leading(a).numel(); i++) {
        int order = Decompositions.cholesky(factors, i * n * n, n);
        if (order > 0) {
          throw new IllegalArgumentException(
              "cholesky: %s%s is not positive definite: its leading minor of order %d is not positive"
                  .formatted(a.shape(), a.dim() > 2 ? " matrix " + i : "", order));
        }
      }
      Tensor y = result(a, factors, a.shape());
      return y.by(a, () -> new Cholesky(a.edge(), y));
    }

    @Override
    public void vjp(Tensor grad, Cotangents to) {
      to.add(
          a,
          () -> {
            Tensor t = y.transpose(-1, -2);
            Tensor p = t.matmul(grad.tril());
            // The lower triangle with half the diagonal, twice: symmetric.
            Tensor s = p.tril().add(p.tril(-1).transpose(-1, -2));
            Tensor left = Solve.of(t, s);
            return Solve.of(t, left.transpose(-1, -2)).mul(0.5);
          });
    }
  }

  private static void square(String op, Tensor a) {
    Launch.floating(op, a);
    if (a.dim() < 2 || a.size(-1) != a.size(-2)) {
      throw new IllegalArgumentException(
          "%s: %s: expected square matrices, […, n, n]".formatted(op, a.shape()));
    }
  }

  private static boolean isBatchOfVectors(Tensor a, Tensor b) {
    int[] sizes = Arrays.copyOf(a.shape().sizes, a.dim() - 1);
    return Arrays.equals(sizes, b.shape().sizes);
  }

  private static IllegalArgumentException singular(String op, Tensor a, int i) {
    return new IllegalArgumentException(
        "%s: %s%s is singular".formatted(op, a.shape(), a.dim() > 2 ? " matrix " + i : ""));
  }

  private static Shape leading(Tensor a) {
    return Shape.wrap(Arrays.copyOf(a.shape().sizes, a.dim() - 2));
  }

  private static Shape joined(Shape batch, int rows, int columns) {
    int[] sizes = Arrays.copyOf(batch.sizes, batch.dim() + 2);
    sizes[batch.dim()] = rows;
    sizes[batch.dim() + 1] = columns;
    return Shape.wrap(sizes);
  }

  private static Tensor result(Tensor a, double[] values, Shape shape) {
    return Launch.cast(Tensor.wrap(DType.FLOAT64, values, shape), a.dtype());
  }
}
