// SPDX-License-Identifier: Apache-2.0
package gradus.data;

import gradus.DType;
import gradus.Tensor;
import gradus.internal.ByteMap;
import gradus.internal.Raw;

/// Loops over uint8 pixels.
final class Pixels {

  /// v / 255
  static final ByteMap UNIT = new ByteMap(v -> v / 255.0);

  /// Pixels per thread below which a second thread costs more than it saves.
  private static final int GRAIN = 1 << 16;

  private Pixels() {}

  /// Returns `x`, which must be float32.
  static Tensor checkFloat(String owner, Tensor x) {
    if (x.dtype() != DType.FLOAT32) {
      throw new IllegalArgumentException(
          owner + ": inputs are " + x.dtype() + "; uint8 or float32 is wanted");
    }
    return x;
  }

  /// Returns the pixels of `x`, to be read only.
  private static byte[] bytes(Tensor x) {
    return Raw.isWhole(x) ? Raw.bytes(x) : x.toByteArray();
  }

  /// Returns `map` of all pixels of `x`.
  static Tensor map(Tensor x, ByteMap map) {
    byte[] pixels = bytes(x);
    float[] values = new float[pixels.length];
    Loops.parallel(
        pixels.length, GRAIN, (from, to) -> map.apply(pixels, from, values, from, to - from));
    return Raw.wrap(values, x.shape().toArray());
  }

  /// Returns `maps[c]` of all pixels of channel c of `x`, `[N, C, …]`.
  static Tensor map(Tensor x, ByteMap[] maps) {
    byte[] pixels = bytes(x);
    float[] values = new float[pixels.length];
    int planes = x.size(0) * x.size(1);
    int plane = planes == 0 ? 0 : pixels.length / planes;
    Loops.parallel(
        planes,
        1 + GRAIN / Math.max(plane, 1),
        (from, to) -> {
          for (int p = from; p < to; p++) {
            maps[p % maps.length].apply(pixels, p * plane, values, p * plane, plane);
          }
        });
    return Raw.wrap(values, x.shape().toArray());
  }

  /// Returns `pixel / 255 − mean` for all pixels of `x`, `[N, …]`, where the mean has the shape of
  /// one of the N.
  static Tensor center(Tensor x, float[] mean) {
    byte[] pixels = bytes(x);
    float[] values = new float[pixels.length];
    int size = mean.length;
    Loops.parallel(
        x.size(0),
        1 + GRAIN / size,
        (from, to) -> {
          for (int n = from; n < to; n++) {
            for (int i = 0; i < size; i++) {
              values[n * size + i] = UNIT.get(pixels[n * size + i] & 0xff) - mean[i];
            }
          }
        });
    return Raw.wrap(values, x.shape().toArray());
  }

  /// Adds up the pixels of a batch and their squares, position by position. Sums of integers are
  /// exact in any order.
  static void addUp(Tensor x, long[] sums, long[] squares) {
    byte[] pixels = bytes(x);
    int size = sums.length;
    int images = x.size(0);
    Loops.parallel(
        size,
        1 + GRAIN / Math.max(images, 1),
        (from, to) -> {
          for (int n = 0; n < images; n++) {
            for (int i = from; i < to; i++) {
              int v = pixels[n * size + i] & 0xff;
              sums[i] += v;
              squares[i] += (long) v * v;
            }
          }
        });
  }
}
