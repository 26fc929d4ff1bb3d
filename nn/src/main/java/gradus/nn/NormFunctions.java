// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.DType;
import gradus.Dims;
import gradus.Shape;
import gradus.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The normalisations of [F], which inherits them: a file of their own, as they are many.
abstract sealed class NormFunctions extends SpatialFunctions permits LossFunctions {
  NormFunctions() {}

  /// Normalises each channel (dimension 1) with the statistics given, as batch normalisation does
  /// in evaluation: `(x − mean) / √(var + eps) · weight + bias`. The four tensors are `[C]`; see
  /// [Tensor#batchNorm(Tensor, Tensor, Tensor, Tensor, double)]. Training is
  /// [Tensor#batchNorm(Tensor, Tensor, double)], which uses the batch's own statistics.
  ///
  /// @throws IllegalArgumentException if `x` has no channels or isn't floating, a dtype differs or
  ///   a size is not `C`
  public static Tensor batchNorm(
      Tensor x,
      Tensor runningMean,
      Tensor runningVar,
      @Nullable Tensor weight,
      @Nullable Tensor bias,
      double eps) {
    return x.batchNorm(runningMean, runningVar, weight, bias, eps);
  }

  private static void channels(String name, @Nullable Tensor values, Tensor x) {
    if (values == null) {
      return;
    }
    Check.sameType("instanceNorm", "input", x, name, values);
    if (values.dim() != 1 || values.size(0) != x.size(1)) {
      throw new IllegalArgumentException(
          "instanceNorm: the %s %s does not match the %s channels of the input %s"
              .formatted(name, values.shape(), x.size(1), x.shape()));
    }
  }

  /// Returns `x` with each row, which is the last dimensions, at mean 0 and variance 1, but for an
  /// `eps` of 1e-5.
  ///
  /// @throws IllegalArgumentException if `x` does not end in the normalized shape
  public static Tensor layerNorm(Tensor x, Shape normalizedShape) {
    return layerNorm(x, normalizedShape, null, null, 1e-5);
  }

  /// Returns `(x − mean) / √(var + eps) · weight + bias` for each row; see [Tensor#layerNorm].
  ///
  /// @throws IllegalArgumentException if `x` does not end in the normalized shape, which the weight
  ///   and the bias have, or a dtype differs
  public static Tensor layerNorm(
      Tensor x, Shape normalizedShape, @Nullable Tensor weight, @Nullable Tensor bias, double eps) {
    return x.layerNorm(normalizedShape, weight, bias, eps);
  }

  /// Returns `x / √(mean of x² + eps) · weight` for each row, with the `eps` of the dtype: 2⁻²³ or
  /// 2⁻⁵².
  ///
  /// @throws IllegalArgumentException as [#layerNorm]
  public static Tensor rmsNorm(Tensor x, Shape normalizedShape, @Nullable Tensor weight) {
    double eps = x.dtype() == DType.FLOAT64 ? Math.ulp(1.0) : Math.ulp(1f);
    return rmsNorm(x, normalizedShape, weight, eps);
  }

  /// Returns `x / √(mean of x² + eps) · weight` for each row; see [Tensor#rmsNorm].
  ///
  /// @throws IllegalArgumentException as [#layerNorm]
  public static Tensor rmsNorm(
      Tensor x, Shape normalizedShape, @Nullable Tensor weight, double eps) {
    return x.rmsNorm(normalizedShape, weight, eps);
  }

  /// Normalises each of `numGroups` groups of channels (dimension 1) of each example by its own
  /// statistics, with an `eps` of 1e-5.
  ///
  /// @throws IllegalArgumentException if there are no such groups
  public static Tensor groupNorm(Tensor x, int numGroups) {
    return groupNorm(x, numGroups, null, null, 1e-5);
  }

  /// Normalises each of `numGroups` groups of channels (dimension 1) of each example by its own
  /// statistics; see [Tensor#groupNorm].
  ///
  /// @throws IllegalArgumentException if there are no such groups, a dtype differs or a size is not
  ///   `C`
  public static Tensor groupNorm(
      Tensor x, int numGroups, @Nullable Tensor weight, @Nullable Tensor bias, double eps) {
    return x.groupNorm(numGroups, weight, bias, eps);
  }

  /// Normalises each channel (dimension 1) of each example by its own statistics, with an `eps` of
  /// 1e-5.
  ///
  /// @throws IllegalArgumentException as [#instanceNorm(Tensor, Tensor, Tensor, double)]
  public static Tensor instanceNorm(Tensor x) {
    return instanceNorm(x, null, null, 1e-5);
  }

  /// Normalises each channel (dimension 1) of each example by its own statistics; see
  /// [InstanceNorm]. Weight and bias are `[C]`. With given statistics it is [#batchNorm].
  ///
  /// @throws IllegalArgumentException if `x` is not `[N, C, …]` with more than 1 element per
  ///   channel, a dtype differs or a size is not `C`
  public static Tensor instanceNorm(
      Tensor x, @Nullable Tensor weight, @Nullable Tensor bias, double eps) {
    Check.floating("instanceNorm", "input", x);
    if (x.dim() < 3 || x.numel() == (long) x.size(0) * x.size(1)) {
      throw new IllegalArgumentException(
          "instanceNorm: the input %s is not [N, C, …] with more than 1 element per channel"
              .formatted(x.shape()));
    }
    channels("weight", weight, x);
    channels("bias", bias, x);
    return x.groupNorm(x.size(1), weight, bias, eps);
  }

  /// Divides each element by what its neighbours in `size` channels (dimension 1) have: `x / (k +
  /// alpha / size · Σ x²)^beta`, with `alpha` 1e-4, `beta` 0.75 and `k` 1.
  ///
  /// @throws IllegalArgumentException as [#localResponseNorm(Tensor, int,
  ///   LocalResponseNorm.Options)]
  public static Tensor localResponseNorm(Tensor x, int size) {
    return localResponseNorm(x, size, LocalResponseNorm.options());
  }

  /// Divides each element by what its neighbours in `size` channels (dimension 1) have; see
  /// [LocalResponseNorm].
  ///
  /// @throws IllegalArgumentException if `x` is not `[N, C, …]`, the dtype is not floating or the
  ///   size is not positive
  public static Tensor localResponseNorm(Tensor x, int size, LocalResponseNorm.Options options) {
    Check.floating("localResponseNorm", "input", x);
    Check.positive("localResponseNorm: size", size);
    if (x.dim() < 3) {
      throw new IllegalArgumentException(
          "localResponseNorm: the input %s is not [N, C, …]".formatted(x.shape()));
    }
    Tensor squares = x.square();
    Tensor sum = squares;
    for (int shift = 1; shift <= size / 2; shift++) {
      sum = sum.add(shifted(squares, shift));
      if (shift <= (size - 1) / 2) {
        sum = sum.add(shifted(squares, -shift));
      }
    }
    return x.div(sum.mul(options.alpha() / size).add(options.k()).pow(options.beta()));
  }

  /// Returns `x` moved up by `shift` channels, or down if it is negative, and zeros where nothing
  /// comes from.
  private static Tensor shifted(Tensor x, int shift) {
    int channels = x.size(1);
    int by = Math.min(Math.abs(shift), channels);
    Tensor zeros = Tensor.zerosLike(x.detach().narrow(1, 0, by));
    Tensor rest = x.narrow(1, shift > 0 ? 0 : by, channels - by);
    return Tensor.cat(shift > 0 ? List.of(zeros, rest) : List.of(rest, zeros), 1);
  }

  /// Returns `x / max(‖x‖₂, 1e-12)` along dimension 1.
  public static Tensor normalize(Tensor x) {
    return normalize(x, 2, 1, 1e-12);
  }

  /// Returns `x / max(‖x‖ₚ, eps)` along `dim`: vectors of length 1.
  ///
  /// @throws IllegalArgumentException if the dtype is not floating
  public static Tensor normalize(Tensor x, double p, int dim, double eps) {
    return x.div(x.norm(p, Dims.keep(dim)).clamp(eps, Double.POSITIVE_INFINITY));
  }
}
