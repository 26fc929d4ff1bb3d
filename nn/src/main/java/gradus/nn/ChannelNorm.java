// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.Buffer;
import gradus.Parameter;
import gradus.Tensor;
import org.jspecify.annotations.Nullable;

/// A normalisation of channels (dimension 1) that may learn a weight and a bias for each, and may
/// keep running statistics for evaluation.
///
/// State, each `[numFeatures]`: parameters `weight` (ones) and `bias` (zeros) if affine; buffers
/// `running_mean` (zeros), `running_var` (ones) and the scalar int64 `num_batches_tracked` if
/// tracking.
abstract sealed class ChannelNorm extends Layer permits BatchNorm, InstanceNorm {
  final int numFeatures;
  final @Nullable Parameter weight;
  final @Nullable Parameter bias;

  @Name("running_mean")
  final @Nullable Buffer runningMean;

  @Name("running_var")
  final @Nullable Buffer runningVar;

  @Name("num_batches_tracked")
  final @Nullable Buffer numBatchesTracked;

  ChannelNorm(int numFeatures, boolean affine, boolean tracked) {
    this.numFeatures = numFeatures;
    weight = affine ? new Parameter(Tensor.ones(numFeatures)) : null;
    bias = affine ? new Parameter(Tensor.zeros(numFeatures)) : null;
    runningMean = tracked ? new Buffer(Tensor.zeros(numFeatures)) : null;
    runningVar = tracked ? new Buffer(Tensor.ones(numFeatures)) : null;
    numBatchesTracked = tracked ? new Buffer(Tensor.scalar(0L)) : null;
  }

  /// Refuses an input without this layer's channels.
  final void checkChannels(String op, Tensor x) {
    if (x.size(1) != numFeatures) {
      throw new IllegalArgumentException(
          "%s: the input %s has %s channels in dimension 1, not %s"
              .formatted(op, x.shape(), x.size(1), numFeatures));
    }
  }

  /// Sets the running statistics, if there are any, to those of a new layer.
  final void resetRunningStats() {
    if (runningMean != null && runningVar != null && numBatchesTracked != null) {
      runningMean.assign(Tensor.zerosLike(runningMean));
      runningVar.assign(Tensor.fullLike(runningVar, 1));
      numBatchesTracked.assign(Tensor.zerosLike(numBatchesTracked));
    }
  }

  /// Returns the two statistics moved towards those of a batch.
  static void move(Buffer running, Tensor batch, double momentum) {
    running.assign(running.mul(1 - momentum).add(batch.mul(momentum)));
  }

  final String repr(double eps, @Nullable Double momentum) {
    return "%s, eps=%s, momentum=%s, affine=%s, track_running_stats=%s"
        .formatted(
            numFeatures,
            Repr.of(eps),
            momentum == null ? "None" : Repr.of(momentum),
            Repr.of(weight != null),
            Repr.of(runningMean != null));
  }
}
