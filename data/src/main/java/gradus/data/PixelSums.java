// SPDX-License-Identifier: Apache-2.0
package gradus.data;

import gradus.DType;
import gradus.Tensor;
import java.util.stream.IntStream;

/// What is to be known about the pixels of a training set to normalize them, added up exactly.
final class PixelSums {
  private static final int BATCH = 512;

  private final int[] shape;
  private final int images;
  private final long[] sums;
  private final long[] squares;

  /// Keeps, for each position in images of shape `[C, H, W]`, the sum and the sum of squares over
  /// all images.
  private PixelSums(int[] shape, int images, long[] sums, long[] squares) {
    this.shape = shape;
    this.images = images;
    this.sums = sums;
    this.squares = squares;
  }

  /// Adds up all images of `dataset`.
  ///
  /// @param owner who asks, for messages
  static PixelSums of(Dataset dataset, String owner) {
    if (dataset.size() == 0) {
      throw new IllegalArgumentException(owner + ".fit: the dataset is empty");
    }
    Tensor first = dataset.batch(0).x();
    if (first.dtype() != DType.UINT8 || first.dim() != 4) {
      throw new IllegalArgumentException(
          String.format(
              "%s.fit: a batch is %s %s; uint8 [N, C, H, W] is wanted; fit before any transform",
              owner, first.dtype(), first.shape()));
    }
    long[] sums = new long[first.numel()];
    long[] squares = new long[first.numel()];
    for (int from = 0; from < dataset.size(); from += BATCH) {
      int to = Math.min(from + BATCH, dataset.size());
      Pixels.addUp(dataset.batch(IntStream.range(from, to).toArray()).x(), sums, squares);
    }
    int[] shape = {first.size(1), first.size(2), first.size(3)};
    return new PixelSums(shape, dataset.size(), sums, squares);
  }

  int channels() {
    return shape[0];
  }

  /// Returns the sizes of one image, `[C, H, W]`.
  int[] shape() {
    return shape;
  }

  /// Returns the mean of pixel / 255 in a channel.
  double mean(int channel) {
    return sum(sums, channel) / count() / 255;
  }

  /// Returns the standard deviation of pixel / 255 in a channel, that of a population.
  double std(int channel) {
    double mean = sum(sums, channel) / count();
    double variance = sum(squares, channel) / count() - mean * mean;
    return Math.sqrt(Math.max(variance, 0)) / 255;
  }

  /// Returns the mean of pixel / 255 at each position.
  float[] meanImage() {
    float[] mean = new float[sums.length];
    for (int i = 0; i < mean.length; i++) {
      mean[i] = (float) ((double) sums[i] / images / 255);
    }
    return mean;
  }

  private double count() {
    return (double) images * shape[1] * shape[2];
  }

  private double sum(long[] values, int channel) {
    int plane = shape[1] * shape[2];
    long sum = 0;
    for (int i = channel * plane; i < (channel + 1) * plane; i++) {
      sum += values[i];
    }
    return sum;
  }
}
