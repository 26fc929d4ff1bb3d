// SPDX-License-Identifier: Apache-2.0
package gradus.data;

import gradus.DType;
import gradus.Tensor;
import gradus.internal.Raw;
import java.util.Map;

/// Centres each pixel: subtracts the mean image of a training set.
///
/// y = x / 255 − mean for uint8 x, y = x − mean for float32 x; `[N, C, H, W]` in and out, float32
/// out.
///
/// @param mean the mean image, float32 `[C, H, W]`, of pixels in [0, 1]
public record MeanImage(Tensor mean) implements Normalization {

  /// Checks the mean image.
  ///
  /// @throws IllegalArgumentException if it is not float32 `[C, H, W]`
  public MeanImage {
    if (mean.dtype() != DType.FLOAT32 || mean.dim() != 3 || mean.numel() == 0) {
      throw new IllegalArgumentException(
          String.format(
              "MeanImage: the mean is %s %s; float32 [C, H, W] is wanted",
              mean.dtype(), mean.shape()));
    }
    mean = mean.detach().copy();
  }

  /// Returns a centring after which the images of `dataset`, which are uint8, have mean 0 at each
  /// position.
  ///
  /// @throws IllegalArgumentException if the dataset is empty or its images are not uint8 `[C, H,
  ///   W]`
  public static MeanImage fit(Dataset dataset) {
    PixelSums pixels = PixelSums.of(dataset, "MeanImage");
    return new MeanImage(Tensor.of(pixels.meanImage(), pixels.shape()));
  }

  @Override
  public Tensor apply(Tensor x) {
    if (x.dim() != 4
        || x.size(1) != mean.size(0)
        || x.size(2) != mean.size(1)
        || x.size(3) != mean.size(2)) {
      throw new IllegalArgumentException(
          String.format(
              "MeanImage: inputs %s are not images of the mean's shape %s",
              x.shape(), mean.shape()));
    }
    return x.dtype() == DType.UINT8
        ? Pixels.center(x, Raw.floats(mean))
        : Pixels.checkFloat("MeanImage", x).sub(mean);
  }

  @Override
  public Map<String, String> toMetadata() {
    return NormalizationMetadata.of(this);
  }
}
