// SPDX-License-Identifier: Apache-2.0
package gradus.data;

import gradus.internal.ByteMap;
import gradus.internal.Raw;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A [Normalization] of uint8 images of one shape, one image at a time.
@FunctionalInterface
interface PixelMap {

  /// Writes the floats of `image`, a [scratch][Image#scratch], to `out` from `to` on.
  void write(Image image, float[] out, int to);

  /// Returns the normalization that `transform` is, or null if it is something else, or for images
  /// of another shape.
  ///
  /// @param shape channels, height and width
  static @Nullable PixelMap of(Transform transform, int... shape) {
    return switch (transform) {
      case ToFloat _ -> {
        ByteMap[] maps = new ByteMap[shape[0]];
        Arrays.fill(maps, Pixels.UNIT);
        yield (image, out, to) -> image.write(maps, out, to);
      }
      case Normalize normalize when normalize.mean().size() == shape[0] -> {
        ByteMap[] maps = normalize.maps();
        yield (image, out, to) -> image.write(maps, out, to);
      }
      case MeanImage mean when Arrays.equals(mean.mean().shape().toArray(), shape) -> {
        float[] means = Raw.floats(mean.mean());
        yield (image, out, to) -> {
          float[] values = image.values();
          for (int i = 0; i < values.length; i++) {
            out[to + i] = values[i] - means[i];
          }
        };
      }
      default -> null;
    };
  }
}
