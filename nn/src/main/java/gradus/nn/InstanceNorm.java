// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.Dims;
import gradus.Grad;
import gradus.Tensor;
import java.util.stream.IntStream;

/// Instance normalisation, over each channel (dimension 1) of each example alone: `y = (x − mean) /
/// √(var + eps) · weight + bias`.
///
/// If running statistics are tracked, training moves them towards the examples' mean statistics:
/// `running = (1 − momentum) · running + momentum · batch`, with the unbiased variance; evaluation
/// then uses them. By default there are none, nor weight and bias.
///
/// State, each `[numFeatures]`: parameters `weight` (ones) and `bias` (zeros) if affine; buffers
/// `running_mean` (zeros), `running_var` (ones) and the scalar int64 `num_batches_tracked`, which
/// stays 0 as in PyTorch, if tracking.
///
/// Source: Ulyanov et al., *Instance Normalization*, 2016.
public abstract sealed class InstanceNorm extends ChannelNorm
    permits InstanceNorm1d, InstanceNorm2d, InstanceNorm3d {
  private final Options options;

  InstanceNorm(int numFeatures, Options options) {
    Check.positive("instanceNorm: numFeatures", numFeatures);
    super(numFeatures, options.affine(), options.trackRunningStats());
    this.options = options;
  }

  /// Returns PyTorch's defaults: `eps` 1e-5, momentum 0.1, not affine, no running statistics.
  public static Options options() {
    return new Options(1e-5, 0.1, false, false);
  }

  /// Settings of instance normalisation.
  ///
  /// @param eps added to the variance
  /// @param momentum the weight of a new batch in the running statistics
  /// @param affine whether to learn a weight and a bias
  /// @param trackRunningStats whether to keep running statistics, for evaluation
  public record Options(double eps, double momentum, boolean affine, boolean trackRunningStats) {
    /// Checks the settings.
    ///
    /// @throws IllegalArgumentException if `eps` is negative or `momentum` is not in [0, 1]
    public Options {
      Check.nonNegative("instanceNorm: eps", eps);
      Check.unit("instanceNorm: momentum", momentum);
    }

    /// Returns a copy with another `eps`.
    public Options eps(double value) {
      return new Options(value, momentum, affine, trackRunningStats);
    }

    /// Returns a copy with another momentum.
    public Options momentum(double value) {
      return new Options(eps, value, affine, trackRunningStats);
    }

    /// Returns a copy with or without weight and bias.
    public Options affine(boolean value) {
      return new Options(eps, momentum, value, trackRunningStats);
    }

    /// Returns a copy with or without running statistics.
    public Options trackRunningStats(boolean value) {
      return new Options(eps, momentum, affine, value);
    }
  }

  /// Returns the number of dimensions of a batch; one less is a single example.
  abstract int batchDims();

  @Override
  protected final Tensor forward(Tensor x) {
    if (x.dim() == batchDims() - 1) {
      return forward(x.unsqueeze(0)).squeeze(0);
    }
    if (x.dim() != batchDims()) {
      throw new IllegalArgumentException(
          "%s: the input %s has neither %s dimensions nor, for one example, %s"
              .formatted(Repr.name(getClass()), x.shape(), batchDims(), batchDims() - 1));
    }
    checkChannels("instanceNorm", x);
    if (!isTraining() && runningMean != null && runningVar != null) {
      return F.batchNorm(x, runningMean, runningVar, weight, bias, options.eps());
    }
    Tensor y = F.instanceNorm(x, weight, bias, options.eps());
    if (isTraining() && runningMean != null && runningVar != null) {
      try (var _ = Grad.off()) {
        Dims inside = Dims.of(IntStream.range(2, x.dim()).toArray());
        move(runningMean, x.mean(inside).mean(0), options.momentum());
        move(runningVar, x.var(inside).mean(0), options.momentum());
      }
    }
    return y;
  }

  @Override
  protected final String extraRepr() {
    return repr(options.eps(), options.momentum());
  }
}
