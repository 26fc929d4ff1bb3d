// SPDX-License-Identifier: Apache-2.0
package gradus.data;

import gradus.DType;
import gradus.Tensor;
import gradus.internal.ByteMap;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// Centres and scales each channel: `torchvision.transforms.Normalize`.
///
/// y = (x / 255 − mean) / std for uint8 x, y = (x − mean) / std for float32 x; `[N, C, …]` in and
/// out, float32 out.
///
/// @param mean the mean of each channel, of pixels in [0, 1]
/// @param std the standard deviation of each channel, of pixels in [0, 1]
public record Normalize(List<Double> mean, List<Double> std) implements Normalization {

  /// Checks the numbers.
  ///
  /// @throws IllegalArgumentException if there are not as many `std` as `mean`, a number is not
  ///   finite, or a `std` is not positive
  public Normalize {
    mean = List.copyOf(mean);
    std = List.copyOf(std);
    boolean finite =
        mean.stream().allMatch(Double::isFinite)
            && std.stream().allMatch(s -> s > 0 && Double.isFinite(s));
    if (mean.isEmpty() || mean.size() != std.size() || !finite) {
      throw new IllegalArgumentException(
          "Normalize: mean "
              + mean
              + " and std "
              + std
              + " must be finite numbers, one for each channel, with std > 0");
    }
  }

  /// Returns a normalization after which the images of `dataset`, which are uint8, have mean 0 and
  /// standard deviation 1 in each channel. A channel without variation is only centred.
  ///
  /// @throws IllegalArgumentException if the dataset is empty or its images are not uint8 `[C, H,
  ///   W]`
  public static Normalize fit(Dataset dataset) {
    PixelSums pixels = PixelSums.of(dataset, "Normalize");
    return new Normalize(
        channels(pixels.channels()).mapToObj(pixels::mean).toList(),
        channels(pixels.channels()).mapToObj(c -> pixels.std(c) > 0 ? pixels.std(c) : 1).toList());
  }

  /// Returns a normalization after which the images of `dataset`, which are uint8, have mean 0 in
  /// each channel and keep the scale of [0, 1].
  ///
  /// @throws IllegalArgumentException if the dataset is empty or its images are not uint8 `[C, H,
  ///   W]`
  public static Normalize fitMean(Dataset dataset) {
    PixelSums pixels = PixelSums.of(dataset, "Normalize");
    return new Normalize(
        channels(pixels.channels()).mapToObj(pixels::mean).toList(),
        channels(pixels.channels()).mapToObj(_ -> 1.0).toList());
  }

  private static IntStream channels(int count) {
    return IntStream.range(0, count);
  }

  @Override
  public Tensor apply(Tensor x) {
    if (x.dim() < 2 || x.size(1) != mean.size()) {
      throw new IllegalArgumentException(
          String.format(
              "Normalize: %s does not have %d channels in dimension 1", x.shape(), mean.size()));
    }
    if (x.dtype() == DType.UINT8) {
      return Pixels.map(x, maps());
    }
    int[] shape = new int[x.dim() - 1];
    Arrays.fill(shape, 1);
    shape[0] = mean.size();
    return Pixels.checkFloat("Normalize", x).sub(tensor(mean, shape)).div(tensor(std, shape));
  }

  /// Returns what becomes of a pixel, for each channel.
  ByteMap[] maps() {
    return channels(mean.size())
        .mapToObj(c -> new ByteMap(v -> (v / 255.0 - mean.get(c)) / std.get(c)))
        .toArray(ByteMap[]::new);
  }

  private static Tensor tensor(List<Double> values, int[] shape) {
    return Tensor.of(values.stream().mapToDouble(v -> v).toArray(), shape);
  }

  @Override
  public Map<String, String> toMetadata() {
    return NormalizationMetadata.of(this);
  }
}
