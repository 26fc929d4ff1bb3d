// SPDX-License-Identifier: Apache-2.0
package gradus;

import gradus.kernel.Norms;
import gradus.kernel.Rows;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Ops that bring a whole row or channel to a common scale, each one fused loop.
///
/// Their fast derivatives treat what forward found (sums, statistics) as constants, which is right
/// once. Where a graph of the backward pass is wanted, the derivative is taken through plain tensor
/// ops instead.
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

  /// Elements of a channel of an example of x[n, c, …].
  static int inner(Tensor x) {
    int inner = 1;
    for (int d = 2; d < x.dim(); d++) {
      inner *= x.size(d);
    }
    return inner;
  }

  /// The values of a parameter, in row-major order.
  static float @Nullable [] floats(@Nullable Tensor t) {
    return t == null ? null : t.toFloatArray();
  }

  /// The values of a parameter, in row-major order.
  static double @Nullable [] doubles(@Nullable Tensor t) {
    return t == null ? null : t.toDoubleArray();
  }

  /// γ · (x − mean) · invStd + β over each channel of x[n, c, …].
  ///
  /// @param mean the batch's mean of each channel, a constant of the fast derivative
  /// @param invStd likewise 1 / √(variance + eps)
  record BatchNorm(
      Edge x,
      Edge gamma,
      Edge beta,
      Saved input,
      @Nullable Saved scale,
      Tensor mean,
      Tensor invStd,
      double eps)
      implements Normalization {
    static BatchNormResult of(Tensor x, @Nullable Tensor gamma, @Nullable Tensor beta, double eps) {
      Launch.floating("batchNorm", x);
      if (x.dim() < 2 || x.numel() == 0) {
        throw new IllegalArgumentException(
            "batchNorm: %s: expected [N, C] or [N, C, …] with at least one element"
                .formatted(x.shape()));
      }
      channel("weight", x, gamma);
      channel("bias", x, beta);
      Shape channels = Shape.of(x.size(1));
      Tensor mean = Tensor.empty(x.dtype(), channels);
      Tensor var = Tensor.empty(x.dtype(), channels);
      Tensor y = Spares.tensor(x.dtype(), x.shape());
      Tensor c = Launch.contiguous(x);
      int inner = inner(x);
      int o = c.layout.offset;
      if (x.dtype() == DType.FLOAT32) {
        Norms.stats(
            c.storage.floats(),
            o,
            x.size(0),
            x.size(1),
            inner,
            mean.storage.floats(),
            var.storage.floats());
      } else {
        Norms.stats(
            c.storage.doubles(),
            o,
            x.size(0),
            x.size(1),
            inner,
            mean.storage.doubles(),
            var.storage.doubles());
      }
      Tensor invStd = var.add(eps).rsqrt();
      if (x.dtype() == DType.FLOAT32) {
        Norms.forward(
            c.storage.floats(),
            o,
            x.size(0),
            x.size(1),
            inner,
            mean.storage.floats(),
            invStd.storage.floats(),
            floats(gamma),
            floats(beta),
            y.storage.floats());
      } else {
        Norms.forward(
            c.storage.doubles(),
            o,
            x.size(0),
            x.size(1),
            inner,
            mean.storage.doubles(),
            invStd.storage.doubles(),
            doubles(gamma),
            doubles(beta),
            y.storage.doubles());
      }
      Tensor[] inputs = {x, gamma, beta};
      y.by(
          Arrays.stream(inputs).filter(java.util.Objects::nonNull).toList(),
          () ->
              new BatchNorm(
                  x.edge(),
                  Edge.of(gamma),
                  Edge.of(beta),
                  x.saved(),
                  Saved.of(gamma),
                  mean,
                  invStd,
                  eps));
      return new BatchNormResult(y, mean, var);
    }

    private static void channel(String what, Tensor x, @Nullable Tensor t) {
      if (t == null) {
        return;
      }
      Launch.sameType("batchNorm", x, t);
      if (t.dim() != 1 || t.size(0) != x.size(1)) {
        throw new IllegalArgumentException(
            "batchNorm: the %s is %s, but %s has %d channels"
                .formatted(what, t.shape(), x.shape(), x.size(1)));
      }
    }

    /// γ · (x − mean) / √(variance + eps) in plain ops; the shift by β is left to its own
    /// cotangent.
    static Tensor reference(Tensor x, @Nullable Tensor gamma, double eps) {
      Dims others = others(x);
      Tensor centred = x.sub(x.mean(others));
      Tensor y = centred.mul(centred.square().mean(others).add(eps).rsqrt());
      return gamma == null ? y : y.mul(perChannel(gamma, x));
    }

    /// `[C]` as `[1, C, 1, …]`.
    static Tensor perChannel(Tensor values, Tensor x) {
      int[] sizes = new int[x.dim()];
      Arrays.fill(sizes, 1);
      sizes[1] = x.size(1);
      return values.reshape(sizes);
    }

    /// All dimensions but the channels'.
    static Dims others(Tensor x) {
      int[] dims = new int[x.dim() - 1];
      Arrays.setAll(dims, i -> i == 0 ? 0 : i + 1);
      return Dims.keep(dims);
    }

    @Override
    public void vjp(Tensor grad, Cotangents to) {
      Tensor value = input.get();
      Tensor weight = scale == null ? null : scale.get();
      if (Grad.enabled()) {
        List<Tensor> inputs = weight == null ? List.of(value) : List.of(value, weight);
        to.through(
            grad, inputs, in -> reference(in.getFirst(), in.size() > 1 ? in.get(1) : null, eps));
        to.add(beta, () -> View.Reshape.of(grad.sum(others(value)), beta.shape));
      } else {
        to.addAll(
            List.of(x, gamma, beta), () -> fused(grad.contiguous(), value.contiguous(), weight));
      }
    }

    private List<@Nullable Tensor> fused(Tensor dy, Tensor value, @Nullable Tensor weight) {
      Tensor dx = Spares.tensor(value.dtype(), value.shape());
      Tensor dgamma = Tensor.empty(value.dtype(), mean.shape());
      Tensor dbeta = Tensor.empty(value.dtype(), mean.shape());
      int n = value.size(0);
      int c = value.size(1);
      int inner = inner(value);
      if (value.dtype() == DType.FLOAT32) {
        Norms.backward(
            value.storage.floats(),
            value.layout.offset,
            dy.storage.floats(),
            dy.layout.offset,
            n,
            c,
            inner,
            mean.storage.floats(),
            invStd.storage.floats(),
            floats(weight),
            dx.storage.floats(),
            dgamma.storage.floats(),
            dbeta.storage.floats());
      } else {
        Norms.backward(
            value.storage.doubles(),
            value.layout.offset,
            dy.storage.doubles(),
            dy.layout.offset,
            n,
            c,
            inner,
            mean.storage.doubles(),
            invStd.storage.doubles(),
            doubles(weight),
            dx.storage.doubles(),
            dgamma.storage.doubles(),
            dbeta.storage.doubles());
      }
      return Arrays.asList(dx, dgamma, dbeta);
    }
  }
}
