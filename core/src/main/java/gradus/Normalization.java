// SPDX-License-Identifier: Apache-2.0
package gradus;

import gradus.kernel.Rows;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Ops that bring a whole row to a common scale, each one fused loop.
///
/// Their fast derivatives, and those of [ChannelNormalization] and [RowNormalization], treat what
/// forward found (sums, statistics) as constants, which is right once. Where a graph of the
/// backward pass is wanted, the derivative is taken through plain tensor ops instead.
sealed interface Normalization extends Node {
  /// eˣ / Σeˣ over the last dimension.
  record Softmax(Edge x, Tensor y) implements Normalization {
    static Tensor of(Tensor x, int dim) {
      return lastDimension("softmax", x, dim, Softmax::ofRows);
    }

    private static Tensor ofRows(Tensor x) {
      Tensor y = eachRow(x, Rows::softmax, Rows::softmax);
      return y.by(x, () -> new Softmax(x.edge(), y));
    }

    @Override
    public void vjp(Tensor grad, Cotangents to) {
      to.add(
          x,
          () -> {
            if (!Grad.enabled()) {
              return eachRow(grad, y, Rows::softmaxGrad, Rows::softmaxGrad);
            }
            Tensor weighted = grad.mul(y);
            return weighted.sub(y.mul(weighted.sum(Dims.keep(-1))));
          });
    }
  }

  /// x − ln Σeˣ over the last dimension.
  record LogSoftmax(Edge x, Tensor y) implements Normalization {
    static Tensor of(Tensor x, int dim) {
      return lastDimension("logSoftmax", x, dim, LogSoftmax::ofRows);
    }

    private static Tensor ofRows(Tensor x) {
      Tensor y = eachRow(x, Rows::logSoftmax, Rows::logSoftmax);
      return y.by(x, () -> new LogSoftmax(x.edge(), y));
    }

    @Override
    public void vjp(Tensor grad, Cotangents to) {
      to.add(
          x,
          () ->
              Grad.enabled()
                  ? grad.sub(y.exp().mul(grad.sum(Dims.keep(-1))))
                  : eachRow(grad, y, Rows::logSoftmaxGrad, Rows::logSoftmaxGrad));
    }
  }

  /// Runs an op on rows along any dimension.
  private static Tensor lastDimension(String op, Tensor x, int dim, UnaryOperator<Tensor> rows) {
    Launch.floating(op, x);
    int axis = x.shape().axis(op, dim);
    return axis < x.dim() - 1
        ? rows.apply(x.transpose(axis, -1)).transpose(axis, -1)
        : rows.apply(x);
  }

  /// A kernel from rows to rows.
  interface Kernel<A> {
    void run(A x, int xo, int rows, int n, A out);
  }

  /// A kernel from two arrays of rows to one.
  interface GradKernel<A> {
    void run(A dy, int dyo, A y, int yo, int rows, int n, A dx);
  }

  private static Tensor eachRow(Tensor x, Kernel<float[]> floats, Kernel<double[]> doubles) {
    Tensor c = Launch.contiguous(x);
    Tensor y = Spares.tensor(x.dtype(), x.shape());
    int o = c.layout.offset;
    int n = rowLength(x);
    int rows = n == 0 ? 0 : x.numel() / n;
    if (x.dtype() == DType.FLOAT32) {
      floats.run(c.storage.floats(), o, rows, n, y.storage.floats());
    } else {
      doubles.run(c.storage.doubles(), o, rows, n, y.storage.doubles());
    }
    return y;
  }

  /// The derivative of an op on rows from its own output, which is contiguous.
  private static Tensor eachRow(
      Tensor grad, Tensor y, GradKernel<float[]> floats, GradKernel<double[]> doubles) {
    Tensor dy = grad.contiguous();
    Tensor dx = Spares.tensor(y.dtype(), y.shape());
    int o = dy.layout.offset;
    int n = rowLength(y);
    int rows = n == 0 ? 0 : y.numel() / n;
    if (y.dtype() == DType.FLOAT32) {
      floats.run(dy.storage.floats(), o, y.storage.floats(), 0, rows, n, dx.storage.floats());
    } else {
      doubles.run(dy.storage.doubles(), o, y.storage.doubles(), 0, rows, n, dx.storage.doubles());
    }
    return dx;
  }

  private static int rowLength(Tensor x) {
    return x.dim() == 0 ? 1 : x.size(-1);
  }

  /// The values of a parameter, in row-major order.
  static float @Nullable [] floats(@Nullable Tensor t) {
    return t == null ? null : t.toFloatArray();
  }

  /// The values of a parameter, in row-major order.
  static double @Nullable [] doubles(@Nullable Tensor t) {
    return t == null ? null : t.toDoubleArray();
  }
}
