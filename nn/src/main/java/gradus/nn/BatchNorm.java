// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.BatchNormResult;
import gradus.Grad;
import gradus.Tensor;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Batch normalisation over every dimension but the channels (dimension 1): `y = (x − mean) / √(var
/// + eps) · weight + bias`.
///
/// In training, mean and (biased) variance are the batch's, and the running statistics move towards
/// them: `running = (1 − momentum) · running + momentum · batch`, with the unbiased variance. In
/// evaluation the running statistics are used.
///
/// State, each `[numFeatures]`: parameters `weight` (ones) and `bias` (zeros) if affine; buffers
/// `running_mean` (zeros), `running_var` (ones) and the scalar int64 `num_batches_tracked` if
/// tracking.
///
/// Source: Ioffe and Szegedy, *Batch Normalization*, ICML 2015.
public abstract sealed class BatchNorm extends ChannelNorm
    permits BatchNorm1d, BatchNorm2d, BatchNorm3d {
  private final Options options;

  /// Whether all batches weigh alike, whatever the momentum.
  private boolean cumulative;

  BatchNorm(int numFeatures, Options options) {
    Check.positive("batchNorm: numFeatures", numFeatures);
    super(numFeatures, options.affine(), options.trackRunningStats());
    this.options = options;
  }

  /// Returns PyTorch's defaults: `eps` 1e-5, momentum 0.1, affine, running statistics tracked.
  public static Options options() {
    return new Options(1e-5, 0.1, true, true);
  }

  /// Settings of batch normalisation.
  ///
  /// @param eps added to the variance
  /// @param momentum the weight of a new batch in the running statistics; null weighs all batches
  ///   alike (cumulative average)
  /// @param affine whether to learn a weight and a bias
  /// @param trackRunningStats whether to keep running statistics; without them evaluation uses the
  ///   batch's too
  public record Options(
      double eps, @Nullable Double momentum, boolean affine, boolean trackRunningStats) {
    /// Checks the settings.
    ///
    /// @throws IllegalArgumentException if `eps` is negative or `momentum` is not in [0, 1]
    public Options {
      Check.nonNegative("batchNorm: eps", eps);
      if (momentum != null) {
        Check.unit("batchNorm: momentum", momentum);
      }
    }

    /// Returns a copy with another `eps`.
    public Options eps(double value) {
      return new Options(value, momentum, affine, trackRunningStats);
    }

    /// Returns a copy with another momentum; null for the cumulative average.
    public Options momentum(@Nullable Double value) {
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

  /// Computes the running statistics of all batch normalisations in `model` anew, as those of the
  /// weights it has now: for averaged weights (`WeightAverage`), whose activations nobody has seen
  /// yet.
  ///
  /// One pass over `batches` in training mode, without gradients, from fresh statistics, in which
  /// all batches weigh alike, whatever the layers' momentum. Nothing else of the model changes, and
  /// every module has its own mode again afterwards. A model without running statistics is left
  /// alone.
  ///
  /// ```java
  /// average.copyTo();
  /// BatchNorm.updateBn(loader, model, batch -> model.apply(batch.x()));
  /// ```
  ///
  /// PyTorch: `torch.optim.swa_utils.update_bn`. Source: Izmailov et al., *Averaging Weights Leads
  /// to Wider Optima and Better Generalization*, UAI 2018.
  ///
  /// @param batches what to look at, such as a data loader
  /// @param forward runs the model on one of them
  public static <T> void updateBn(
      Iterable<? extends T> batches, Module model, Consumer<? super T> forward) {
    List<BatchNorm> norms =
        model.modules().stream()
            .filter(BatchNorm.class::isInstance)
            .map(BatchNorm.class::cast)
            .filter(norm -> norm.options.trackRunningStats())
            .toList();
    if (norms.isEmpty()) {
      return;
    }
    try (var _ = Grad.off();
        var _ = model.modes()) {
      model.train();
      norms.forEach(
          norm -> {
            norm.resetRunningStats();
            norm.cumulative = true;
          });
      batches.forEach(forward);
    } finally {
      norms.forEach(norm -> norm.cumulative = false);
    }
  }

  /// Refuses an input whose number of dimensions this layer does not take.
  abstract void checkDims(Tensor x);

  @Override
  protected final Tensor forward(Tensor x) {
    checkDims(x);
    checkChannels("batchNorm", x);
    if (!isTraining() && runningMean != null && runningVar != null) {
      return F.batchNorm(x, runningMean, runningVar, weight, bias, options.eps());
    }
    if (x.numel() <= numFeatures) {
      throw new IllegalArgumentException(
          ("batchNorm: the input %s has %s value per channel, training needs more than 1;"
                  + " use a larger batch (drop the last one) or eval()")
              .formatted(x.shape(), x.numel() / numFeatures));
    }
    BatchNormResult result = x.batchNorm(weight, bias, options.eps());
    if (isTraining()) {
      track(result, x.numel() / numFeatures);
    }
    return result.output();
  }

  private void track(BatchNormResult batch, int count) {
    if (runningMean == null || runningVar == null || numBatchesTracked == null) {
      return;
    }
    try (var _ = Grad.off()) {
      numBatchesTracked.assign(numBatchesTracked.add(1L));
      Double fixed = cumulative ? null : options.momentum();
      double momentum = fixed != null ? fixed : 1 / numBatchesTracked.item();
      move(runningMean, batch.mean(), momentum);
      move(runningVar, batch.var().mul(count / (count - 1.0)), momentum);
    }
  }

  @Override
  protected final String extraRepr() {
    return repr(options.eps(), options.momentum());
  }
}
