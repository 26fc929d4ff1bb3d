// SPDX-License-Identifier: Apache-2.0
package gradus;

import gradus.kernel.Norms;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Ops that normalise each channel over all examples: batch normalisation, by the batch's own
/// statistics or by given ones.
sealed interface ChannelNormalization extends Node {
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
      implements ChannelNormalization {
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
      Tensor y = normalize(c, mean, invStd, gamma, beta);
      Tensor[] inputs = {x, gamma, beta};
      y.by(
          Arrays.stream(inputs).filter(Objects::nonNull).toList(),
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

    /// γ · (x − mean) / √(variance + eps) in plain ops; the shift by β is left to its own
    /// cotangent.
    static Tensor reference(Tensor x, @Nullable Tensor gamma, double eps) {
      Dims others = others(x);
      Tensor centred = x.sub(x.mean(others));
      Tensor y = centred.mul(centred.square().mean(others).add(eps).rsqrt());
      return gamma == null ? y : y.mul(perChannel(gamma, x));
    }

    @Override
    public boolean keepsResult() {
      return false;
    }

    @Override
    public void vjp(Tensor grad, Cotangents to) {
      Tensor value = input.get();
      Tensor weight = scale == null ? null : scale.get();
      if (Grad.enabled()) {
        List<Tensor> inputs = weight == null ? List.of(value) : List.of(value, weight);
        to.through(
            grad, inputs, in -> reference(in.getFirst(), in.size() > 1 ? in.get(1) : null, eps));
        to.add(beta, () -> channelSums(grad));
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
            Normalization.floats(weight),
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
            Normalization.doubles(weight),
            dx.storage.doubles(),
            dgamma.storage.doubles(),
            dbeta.storage.doubles());
      }
      return Arrays.asList(dx, dgamma, dbeta);
    }
  }

  /// (x − mean) · scale + shift over each channel of x[n, c, …]: batch normalisation with given
  /// statistics, whose scale, γ / √(variance + eps), is found in plain ops of as many elements as
  /// there are channels.
  ///
  /// @param input x, for the derivative by the scale
  /// @param centre the mean, likewise
  /// @param factor the scale
  record BatchNormEval(
      Edge x, Edge mean, Edge scale, Edge shift, Saved input, Saved centre, Saved factor)
      implements ChannelNormalization {
    static Tensor of(
        Tensor x,
        Tensor mean,
        Tensor var,
        @Nullable Tensor gamma,
        @Nullable Tensor beta,
        double eps) {
      Launch.floating("batchNorm", x);
      if (x.dim() < 2) {
        throw new IllegalArgumentException(
            "batchNorm: %s: expected [N, C] or [N, C, …]".formatted(x.shape()));
      }
      channel("mean", x, mean);
      channel("var", x, var);
      channel("weight", x, gamma);
      channel("bias", x, beta);
      Tensor invStd = var.add(eps).rsqrt();
      Tensor scale = gamma == null ? invStd : invStd.mul(gamma);
      Tensor[] inputs = {x, mean, scale, beta};
      return normalize(Launch.contiguous(x), mean, scale, null, beta)
          .by(
              Arrays.stream(inputs).filter(Objects::nonNull).toList(),
              () ->
                  new BatchNormEval(
                      x.edge(),
                      mean.edge(),
                      scale.edge(),
                      Edge.of(beta),
                      x.savedFor(scale),
                      mean.savedFor(scale),
                      scale.saved()));
    }

    @Override
    public boolean keepsResult() {
      return false;
    }

    @Override
    public void vjp(Tensor grad, Cotangents to) {
      Tensor factors = factor.get();
      to.add(x, () -> grad.mul(perChannel(factors, grad)));
      if (scale == Edge.NONE || Grad.enabled() || grad.numel() == 0) {
        to.add(scale, () -> channelSums(grad.mul(input.get().sub(perChannel(centre.get(), grad)))));
        to.add(mean, () -> channelSums(grad).mul(factors).neg());
        to.add(shift, () -> channelSums(grad));
      } else {
        Tensor sums = Tensor.empty(grad.dtype(), factors.shape());
        to.add(scale, products(grad.contiguous(), input.get().contiguous(), sums));
        to.add(mean, () -> sums.mul(factors).neg());
        to.add(shift, sums);
      }
    }

    /// Σ dy · (x − mean), and in the same loop Σ dy into `sums`.
    private Tensor products(Tensor dy, Tensor x, Tensor sums) {
      Tensor products = Tensor.empty(x.dtype(), sums.shape());
      if (x.dtype() == DType.FLOAT32) {
        Norms.sums(
            x.storage.floats(),
            x.layout.offset,
            dy.storage.floats(),
            dy.layout.offset,
            x.size(0),
            x.size(1),
            inner(x),
            centre.get().toFloatArray(),
            products.storage.floats(),
            sums.storage.floats());
      } else {
        Norms.sums(
            x.storage.doubles(),
            x.layout.offset,
            dy.storage.doubles(),
            dy.layout.offset,
            x.size(0),
            x.size(1),
            inner(x),
            centre.get().toDoubleArray(),
            products.storage.doubles(),
            sums.storage.doubles());
      }
      return products;
    }
  }

  /// (x − mean) · (invStd · γ) + β over each channel of x[n, c, …], which is contiguous.
  private static Tensor normalize(
      Tensor x, Tensor mean, Tensor invStd, @Nullable Tensor gamma, @Nullable Tensor beta) {
    Tensor y = Spares.tensor(x.dtype(), x.shape());
    if (x.numel() == 0) {
      return y;
    }
    if (x.dtype() == DType.FLOAT32) {
      Norms.forward(
          x.storage.floats(),
          x.layout.offset,
          x.size(0),
          x.size(1),
          inner(x),
          mean.toFloatArray(),
          invStd.toFloatArray(),
          Normalization.floats(gamma),
          Normalization.floats(beta),
          y.storage.floats());
    } else {
      Norms.forward(
          x.storage.doubles(),
          x.layout.offset,
          x.size(0),
          x.size(1),
          inner(x),
          mean.toDoubleArray(),
          invStd.toDoubleArray(),
          Normalization.doubles(gamma),
          Normalization.doubles(beta),
          y.storage.doubles());
    }
    return y;
  }

  /// Refuses what is not a value for each channel of x.
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

  /// `[C]` as `[1, C, 1, …]`.
  static Tensor perChannel(Tensor values, Tensor x) {
    int[] sizes = new int[x.dim()];
    Arrays.fill(sizes, 1);
    sizes[1] = x.size(1);
    return values.reshape(sizes);
  }

  /// All dimensions but the channels'.
  private static Dims others(Tensor x) {
    int[] dims = new int[x.dim() - 1];
    Arrays.setAll(dims, i -> i == 0 ? 0 : i + 1);
    return Dims.keep(dims);
  }

  /// The sum of each channel, `[C]`.
  static Tensor channelSums(Tensor x) {
    return View.Reshape.of(x.sum(others(x)), Shape.of(x.size(1)));
  }

  /// Elements of a channel of an example of x[n, c, …].
  static int inner(Tensor x) {
    int inner = 1;
    for (int d = 2; d < x.dim(); d++) {
      inner *= x.size(d);
    }
    return inner;
  }
}
