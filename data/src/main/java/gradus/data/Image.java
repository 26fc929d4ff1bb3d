// SPDX-License-Identifier: Apache-2.0
package gradus.data;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// One image of a batch, to be changed in place; uint8 or float32, channels first.
public final class Image {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final Object array;
  private final int offset;
  private final int channels;
  private final int height;
  private final int width;

  /// An image in `array`, of bytes or floats, from `offset` on.
  Image(Object array, int offset, int channels, int height, int width) {
    this.array = array;
    this.offset = offset;
    this.channels = channels;
    this.height = height;
    this.width = width;
  }

  /// Returns the number of channels.
  public int channels() {
    return channels;
  }

  /// Returns the number of rows.
  public int height() {
    return height;
  }

  /// Returns the number of columns.
  public int width() {
    return width;
  }

  private int size() {
    return channels * height * width;
  }

  /// Returns a copy of all values, channels first, row by row; those of uint8 images divided by
  /// 255.
  public float[] values() {
    if (array instanceof float[] floats) {
      return Arrays.copyOfRange(floats, offset, offset + size());
    }
    byte[] bytes = (byte[]) array;
    float[] values = new float[size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = Pixels.UNIT[bytes[offset + i] & 0xff];
    }
    return values;
  }

  /// Sets all values, channels first, row by row. For uint8 images they are limited to [0, 1],
  /// multiplied by 255 and rounded.
  ///
  /// @throws IllegalArgumentException if there are more or fewer than channels · height · width
  public void values(float[] values) {
    if (values.length != size()) {
      throw new IllegalArgumentException(
          String.format(
              "Image: %d values don't fill %d × %d × %d", values.length, channels, height, width));
    }
    if (array instanceof float[] floats) {
      System.arraycopy(values, 0, floats, offset, values.length);
      return;
    }
    byte[] bytes = (byte[]) array;
    for (int i = 0; i < values.length; i++) {
      bytes[offset + i] = (byte) (Math.clamp(values[i], 0f, 1f) * 255 + 0.5f);
    }
  }

  private int row(int row) {
    return offset + row * width;
  }

  /// Mirrors the image left to right.
  public void flipHorizontal() {
    if (array instanceof byte[] bytes) {
      for (int row = 0; row < channels * height; row++) {
        reverse(bytes, row(row), row(row + 1));
      }
    } else {
      for (int row = 0; row < channels * height; row++) {
        reverse((float[]) array, row(row), row(row + 1));
      }
    }
  }

  /// Reverses eight bytes at a time from both ends, then the rest.
  private static void reverse(byte[] bytes, int from, int to) {
    int i = from;
    int j = to;
    for (; j - i >= 16; i += 8, j -= 8) {
      long left = (long) LONGS.get(bytes, i);
      long right = (long) LONGS.get(bytes, j - 8);
      LONGS.set(bytes, i, Long.reverseBytes(right));
      LONGS.set(bytes, j - 8, Long.reverseBytes(left));
    }
    for (; i < --j; i++) {
      byte swap = bytes[i];
      bytes[i] = bytes[j];
      bytes[j] = swap;
    }
  }

  private static void reverse(float[] floats, int from, int to) {
    int j = to;
    for (int i = from; i < --j; i++) {
      float swap = floats[i];
      floats[i] = floats[j];
      floats[j] = swap;
    }
  }

  /// Mirrors the image top to bottom.
  public void flipVertical() {
    Object swap = array instanceof byte[] ? new byte[width] : new float[width];
    for (int c = 0; c < channels; c++) {
      for (int y = 0; y < height / 2; y++) {
        int top = row(c * height + y);
        int bottom = row(c * height + height - 1 - y);
        System.arraycopy(array, top, swap, 0, width);
        System.arraycopy(array, bottom, array, top, width);
        System.arraycopy(swap, 0, array, bottom, width);
      }
    }
  }

  /// Moves the image; what comes in is 0.
  ///
  /// @param down rows, negative for up
  /// @param right columns, negative for left
  public void shift(int down, int right) {
    if (Math.abs((long) down) >= height || Math.abs((long) right) >= width) {
      fill(0, 0, height, width, 0);
      return;
    }
    int plane = height * width;
    int by = down * width + right;
    int kept = plane - Math.abs(by);
    for (int c = 0; c < channels; c++) {
      int start = offset + c * plane;
      // Rows run over into their neighbours, in the columns that are cleared below.
      System.arraycopy(array, start + Math.max(-by, 0), array, start + Math.max(by, 0), kept);
    }
    fill(down > 0 ? 0 : height + down, 0, Math.abs(down), width, 0);
    fill(0, right > 0 ? 0 : width + right, height, Math.abs(right), 0);
  }

  /// Sets a few bytes, for which `Arrays.fill` takes longer.
  private static void fill(byte[] bytes, int from, int to, byte value) {
    for (int i = from; i < to; i++) {
      bytes[i] = value;
    }
  }

  /// Sets a part of the image, in all channels; what of it lies outside does not count.
  ///
  /// @param top its first row
  /// @param left its first column
  /// @param value for a uint8 image in [0, 1]: a 255th of what is set
  public void fill(int top, int left, int height, int width, float value) {
    int fromRow = Math.max(top, 0);
    int toRow = (int) Math.min((long) top + height, this.height);
    int from = Math.max(left, 0);
    int to = (int) Math.min((long) left + width, this.width);
    if (from >= to) {
      return;
    }
    byte pixel = (byte) (Math.clamp(value, 0f, 1f) * 255 + 0.5f);
    for (int c = 0; c < channels; c++) {
      for (int y = fromRow; y < toRow; y++) {
        int row = row(c * this.height + y);
        if (array instanceof byte[] bytes) {
          fill(bytes, row + from, row + to, pixel);
        } else {
          Arrays.fill((float[]) array, row + from, row + to, value);
        }
      }
    }
  }
}
