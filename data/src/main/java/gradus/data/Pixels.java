// SPDX-License-Identifier: Apache-2.0
package gradus.data;

import gradus.DType;
import gradus.Tensor;
import gradus.internal.Raw;

/// Loops over uint8 pixels.
///
/// A pixel has 256 values, so a function of one is a table, which is as fast as arithmetic and
/// rounds once.
final class Pixels {

  /// v / 255
  static final float[] UNIT = table(v -> v / 255.0);

  /// Pixels per thread below which a second thread costs more than it saves.
  private static final int GRAIN = 1 << 16;

  private Pixels() {}

  /// What is looked up.
  interface Function {
    double of(int pixel);
  }

  static float[] table(Function function) {
    float[] table = new float[256];
    for (int v = 0; v < 256; v++) {
      table[v] = (float) function.of(v);
    }
    return table;
  }

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

  /// Returns `table[pixel]` for all pixels of `x`.
  static Tensor lookUp(Tensor x, float[] table) {
    byte[] pixels = bytes(x);
    float[] values = new float[pixels.length];
    Loops.parallel(pixels.length, GRAIN, (from, to) -> lookUp(pixels, table, values, from, to));
    return Raw.wrap(values, x.shape().toArray());
  }

  /// Returns `tables[c][pixel]` for all pixels of channel c of `x`, `[N, C, …]`.
  static Tensor lookUp(Tensor x, float[][] tables) {
    byte[] pixels = bytes(x);
    float[] values = new float[pixels.length];
    int planes = x.size(0) * x.size(1);
    int plane = planes == 0 ? 0 : pixels.length / planes;
    Loops.parallel(
        planes,
        1 + GRAIN / Math.max(plane, 1),
        (from, to) -> {
          for (int p = from; p < to; p++) {
            lookUp(pixels, tables[p % tables.length], values, p * plane, (p + 1) * plane);
          }
        });
    return Raw.wrap(values, x.shape().toArray());
  }

  private static void lookUp(byte[] pixels, float[] table, float[] values, int from, int to) {
    for (int i = from; i < to; i++) {
      values[i] = table[pixels[i] & 0xff];
    }
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
              values[n * size + i] = UNIT[pixels[n * size + i] & 0xff] - mean[i];
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
