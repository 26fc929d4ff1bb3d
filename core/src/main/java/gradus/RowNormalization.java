// SPDX-License-Identifier: Apache-2.0
package gradus;

import gradus.kernel.GroupNorms;
import gradus.kernel.RowNorms;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Ops that normalise each row, which is some last dimensions or some channels, by its own
/// statistics.
///
/// As in [Normalization], the fast derivative treats these as constants, and where a graph of the
/// backward pass is wanted, plain tensor ops are differentiated instead.
sealed interface RowNormalization extends Node {
  /// γ · (x − mean) · invStd + β in each row; without a mean, γ · x · invStd + β.
  ///
  /// @param input x
  /// @param scale γ, or null for ones
  /// @param mean the mean of each row, or null where none is subtracted: RMS normalisation
  /// @param invStd 1 / √(mean square of what is left + eps)
  record LayerNorm(
      Edge x,
      Edge gamma,
      Edge beta,
      Saved input,
      @Nullable Saved scale,
      @Nullable Tensor mean,
      Tensor invStd,
      Shape row,
      double eps)
      implements RowNormalization {
    static Tensor layerNorm(
        Tensor x, Shape row, @Nullable Tensor gamma, @Nullable Tensor beta, double eps) {
      check("layerNorm", x, row, gamma, beta);
      return of(x, row, gamma, beta, eps, Tensor.empty(x.dtype(), Shape.of(rows(x, row))));
    }

    static Tensor rmsNorm(Tensor x, Shape row, @Nullable Tensor gamma, double eps) {
      check("rmsNorm", x, row, gamma, null);
      return of(x, row, gamma, null, eps, null);
    }

    private static Tensor of(
        Tensor x,
        Shape row,
        @Nullable Tensor gamma,
        @Nullable Tensor beta,
        double eps,
        @Nullable Tensor mean) {
      int n = row.numel();
      int rows = rows(x, row);
      Tensor invStd = Tensor.empty(x.dtype(), Shape.of(rows));
      Tensor y = Spares.tensor(x.dtype(), x.shape());
      Tensor c = Launch.contiguous(x);
      int o = c.layout.offset;
      if (x.dtype() == DType.FLOAT32) {
        RowNorms.forward(
            c.storage.floats(),
            o,
            rows,
            n,
            Normalization.floats(gamma),
            Normalization.floats(beta),
            eps,
            mean == null ? null : mean.storage.floats(),
            invStd.storage.floats(),
            y.storage.floats());
      } else {
        RowNorms.forward(
            c.storage.doubles(),
            o,
            rows,
            n,
            Normalization.doubles(gamma),
            Normalization.doubles(beta),
            eps,
            mean == null ? null : mean.storage.doubles(),
            invStd.storage.doubles(),
            y.storage.doubles());
      }
      Tensor[] inputs = {x, gamma, beta};
      return y.by(
          Arrays.stream(inputs).filter(Objects::nonNull).toList(),
          () ->
              new LayerNorm(
                  x.edge(),
                  Edge.of(gamma),
                  Edge.of(beta),
                  x.saved(),
                  Saved.of(gamma),
                  mean,
                  invStd,
                  row,
                  eps));
    }

    private static void check(
        String op, Tensor x, Shape row, @Nullable Tensor gamma, @Nullable Tensor beta) {
      Launch.floating(op, x);
      int dims = row.dim();
      boolean fits = dims > 0 && dims <= x.dim();
      if (!fits || !Arrays.equals(last(x.shape().sizes, dims), row.sizes)) {
        throw new IllegalArgumentException(
            "%s: the input %s does not end in %s, the normalized shape"
                .formatted(op, x.shape(), row));
      }
      parameter(op, "weight", x, row, gamma);
      parameter(op, "bias", x, row, beta);
    }

    private static int[] last(int[] sizes, int dims) {
      return Arrays.copyOfRange(sizes, sizes.length - dims, sizes.length);
    }

    private static void parameter(String op, String what, Tensor x, Shape row, @Nullable Tensor t) {
      if (t == null) {
        return;
      }
      Launch.sameType(op, x, t);
      if (!t.shape().equals(row)) {
        throw new IllegalArgumentException(
            "%s: the %s is %s, but the normalized shape is %s".formatted(op, what, t.shape(), row));
      }
    }

    private static int rows(Tensor x, Shape row) {
      int n = row.numel();
      return n == 0 ? 0 : x.numel() / n;
    }

    /// γ · (x − mean) / √(variance + eps) in plain ops; the shift by β is left to its own
    /// cotangent.
    private Tensor reference(Tensor x, @Nullable Tensor gamma) {
      int[] dims = new int[row.dim()];
      Arrays.setAll(dims, i -> -1 - i);
      Dims each = Dims.keep(dims);
      Tensor centred = mean == null ? x : x.sub(x.mean(each));
      Tensor y = centred.mul(centred.square().mean(each).add(eps).rsqrt());
      return gamma == null ? y : y.mul(gamma);
    }

    @Override
    public void vjp(Tensor grad, Cotangents to) {
      Tensor value = input.get();
      Tensor weight = scale == null ? null : scale.get();
      if (Grad.enabled()) {
        List<Tensor> inputs = new ArrayList<>(List.of(value));
        if (weight != null) {
          inputs.add(weight);
        }
        to.through(grad, inputs, in -> reference(in.getFirst(), in.size() > 1 ? in.get(1) : null));
        to.add(beta, grad);
      } else {
        to.addAll(
            List.of(x, gamma, beta), () -> fused(grad.contiguous(), value.contiguous(), weight));
      }
    }

    private List<@Nullable Tensor> fused(Tensor dy, Tensor value, @Nullable Tensor weight) {
      Tensor dx = Spares.tensor(value.dtype(), value.shape());
      Tensor dgamma = Tensor.empty(value.dtype(), row);
      Tensor dbeta = Tensor.empty(value.dtype(), row);
      int n = row.numel();
      int rows = rows(value, row);
      if (value.dtype() == DType.FLOAT32) {
        RowNorms.backward(
            value.storage.floats(),
            value.layout.offset,
            dy.storage.floats(),
            dy.layout.offset,
            rows,
            n,
            mean == null ? null : mean.storage.floats(),
            invStd.storage.floats(),
            Normalization.floats(weight),
            dx.storage.floats(),
            dgamma.storage.floats(),
            dbeta.storage.floats());
      } else {
        RowNorms.backward(
            value.storage.doubles(),
            value.layout.offset,
            dy.storage.doubles(),
            dy.layout.offset,
            rows,
            n,
            mean == null ? null : mean.storage.doubles(),
            invStd.storage.doubles(),
            Normalization.doubles(weight),
            dx.storage.doubles(),
            dgamma.storage.doubles(),
            dbeta.storage.doubles());
      }
      return Arrays.asList(dx, dgamma, dbeta);
    }

    @Override
    public String name() {
      return mean == null ? "RmsNorm" : "LayerNorm";
    }
  }

  /// γ · (x − mean) · invStd + β, where groups of channels of each example of x[n, c, …] have a
  /// mean and an invStd, and channels a γ and a β.
  ///
  /// @param input x
  /// @param scale γ, or null for ones
  /// @param mean the mean of each group of each example
  /// @param invStd 1 / √(variance + eps)
  record GroupNorm(
      Edge x,
      Edge gamma,
      Edge beta,
      Saved input,
      @Nullable Saved scale,
      Tensor mean,
      Tensor invStd,
      double eps)
      implements RowNormalization {
    static Tensor of(
        Tensor x, int groups, @Nullable Tensor gamma, @Nullable Tensor beta, double eps) {
      Launch.floating("groupNorm", x);
      if (x.dim() < 2 || groups < 1 || x.size(1) % groups != 0) {
        throw new IllegalArgumentException(
            "groupNorm: the input %s is not [N, C, …] with channels for %d groups"
                .formatted(x.shape(), groups));
      }
      channels("weight", x, gamma);
      channels("bias", x, beta);
      Tensor mean = Tensor.empty(x.dtype(), Shape.of(x.size(0), groups));
      Tensor invStd = Tensor.empty(x.dtype(), mean.shape());
      Tensor y = Spares.tensor(x.dtype(), x.shape());
      Tensor c = Launch.contiguous(x);
      int o = c.layout.offset;
      if (x.dtype() == DType.FLOAT32) {
        GroupNorms.forward(
            c.storage.floats(),
            o,
            x.size(0),
            x.size(1),
            ChannelNormalization.inner(x),
            groups,
            Normalization.floats(gamma),
            Normalization.floats(beta),
            eps,
            mean.storage.floats(),
            invStd.storage.floats(),
            y.storage.floats());
      } else {
        GroupNorms.forward(
            c.storage.doubles(),
            o,
            x.size(0),
            x.size(1),
            ChannelNormalization.inner(x),
            groups,
            Normalization.doubles(gamma),
            Normalization.doubles(beta),
            eps,
            mean.storage.doubles(),
            invStd.storage.doubles(),
            y.storage.doubles());
      }
      Tensor[] inputs = {x, gamma, beta};
      return y.by(
          Arrays.stream(inputs).filter(Objects::nonNull).toList(),
          () ->
              new GroupNorm(
                  x.edge(),
                  Edge.of(gamma),
                  Edge.of(beta),
                  x.saved(),
                  Saved.of(gamma),
                  mean,
                  invStd,
                  eps));
    }

    private static void channels(String what, Tensor x, @Nullable Tensor t) {
      if (t == null) {
        return;
      }
      Launch.sameType("groupNorm", x, t);
      if (t.dim() != 1 || t.size(0) != x.size(1)) {
        throw new IllegalArgumentException(
            "groupNorm: the %s %s does not match the %d channels of the input %s"
                .formatted(what, t.shape(), x.size(1), x.shape()));
      }
    }

    /// γ · (x − mean) / √(variance + eps) in plain ops; the shift by β is left to its own
    /// cotangent.
    private Tensor reference(Tensor x, @Nullable Tensor gamma) {
      Tensor rows =
          x.reshape(
              x.size(0), mean.size(1), x.size(1) / mean.size(1) * ChannelNormalization.inner(x));
      Dims each = Dims.keep(-1);
      Tensor centred = rows.sub(rows.mean(each));
      Tensor y = centred.mul(centred.square().mean(each).add(eps).rsqrt()).reshape(x.shape());
      return gamma == null ? y : y.mul(ChannelNormalization.perChannel(gamma, x));
    }

    @Override
    public void vjp(Tensor grad, Cotangents to) {
      Tensor value = input.get();
      Tensor weight = scale == null ? null : scale.get();
      if (Grad.enabled()) {
        List<Tensor> inputs = weight == null ? List.of(value) : List.of(value, weight);
        to.through(grad, inputs, in -> reference(in.getFirst(), in.size() > 1 ? in.get(1) : null));
        to.add(beta, () -> ChannelNormalization.channelSums(grad));
      } else {
        to.addAll(
            List.of(x, gamma, beta), () -> fused(grad.contiguous(), value.contiguous(), weight));
      }
    }

    private List<@Nullable Tensor> fused(Tensor dy, Tensor value, @Nullable Tensor weight) {
      Shape channels = Shape.of(value.size(1));
      Tensor dx = Spares.tensor(value.dtype(), value.shape());
      Tensor dgamma = Tensor.empty(value.dtype(), channels);
      Tensor dbeta = Tensor.empty(value.dtype(), channels);
      if (value.dtype() == DType.FLOAT32) {
        GroupNorms.backward(
            value.storage.floats(),
            value.layout.offset,
            dy.storage.floats(),
            dy.layout.offset,
            value.size(0),
            value.size(1),
            ChannelNormalization.inner(value),
            mean.size(1),
            mean.storage.floats(),
            invStd.storage.floats(),
            Normalization.floats(weight),
            dx.storage.floats(),
            dgamma.storage.floats(),
            dbeta.storage.floats());
      } else {
        GroupNorms.backward(
            value.storage.doubles(),
            value.layout.offset,
            dy.storage.doubles(),
            dy.layout.offset,
            value.size(0),
            value.size(1),
            ChannelNormalization.inner(value),
            mean.size(1),
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
}
