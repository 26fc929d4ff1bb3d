// SPDX-License-Identifier: Apache-2.0
package gradus.data;

import gradus.internal.ByteMap;
import java.util.Arrays;

/// One image of a batch, to be changed in place; uint8 or float32, channels first.
///
/// Moves are only noted until somebody needs the values, so that several cost no more than one, and
/// none of them more than the reading of the image for its batch.
public final class Image {
  private final Object array;
  private final int offset;
  private final int channels;
  private final int height;
  private final int width;
  private final Axis rows;
  private final Axis columns;

  /// An image in `array`, of bytes or floats, from `offset` on.
  Image(Object array, int offset, int channels, int height, int width) {
    this.array = array;
    this.offset = offset;
    this.channels = channels;
    this.height = height;
    this.width = width;
    this.rows = new Axis(height);
    this.columns = new Axis(width);
  }

  /// Returns uint8 images for `count` images at a time.
  ///
  /// @param shape their channels, height and width
  static Image[] scratch(int count, int... shape) {
    int margin = shape[2];
    int size = shape[0] * shape[1] * shape[2];
    byte[] bytes = new byte[margin + count * size + margin];
    Image[] images = new Image[count];
    for (int i = 0; i < count; i++) {
      images[i] = new Image(bytes, margin + i * size, shape[0], shape[1], shape[2]);
    }
    return images;
  }

  /// Makes this uint8 image that in `pixels` from `from` on.
  void read(byte[] pixels, int from) {
    System.arraycopy(pixels, from, array, offset, size());
    rows.reset();
    columns.reset();
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
    settle();
    if (array instanceof float[] floats) {
      return Arrays.copyOfRange(floats, offset, offset + size());
    }
    byte[] bytes = (byte[]) array;
    float[] values = new float[size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = Pixels.UNIT.get(bytes[offset + i] & 0xff);
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
    rows.reset();
    columns.reset();
    if (array instanceof float[] floats) {
      System.arraycopy(values, 0, floats, offset, values.length);
      return;
    }
    byte[] bytes = (byte[]) array;
    for (int i = 0; i < values.length; i++) {
      bytes[offset + i] = (byte) (Math.clamp(values[i], 0f, 1f) * 255 + 0.5f);
    }
  }

  /// Mirrors the image left to right.
  public void flipHorizontal() {
    columns.reverse();
  }

  /// Mirrors the image top to bottom.
  public void flipVertical() {
    rows.reverse();
  }

  /// Moves the image; what comes in is 0.
  ///
  /// @param down rows, negative for up
  /// @param right columns, negative for left
  public void shift(int down, int right) {
    rows.shift(down);
    columns.shift(right);
  }

  private boolean isMoved() {
    return !rows.isUnchanged() || !columns.isUnchanged();
  }

  private int row(int channel, int y) {
    return offset + (channel * height + y) * width;
  }

  /// Makes the moves that were noted.
  void settle() {
    if (!isMoved()) {
      return;
    }
    Object before =
        array instanceof byte[] bytes
            ? Arrays.copyOfRange(bytes, offset, offset + size())
            : Arrays.copyOfRange((float[]) array, offset, offset + size());
    clear(offset, offset + size());
    for (int c = 0; c < channels; c++) {
      for (int y = rows.from(); y < rows.to(); y++) {
        move(before, (c * height + rows.source(y)) * width, row(c, y));
      }
    }
    rows.reset();
    columns.reset();
  }

  /// Copies the row of `before` that begins at `source` to `to`, as the columns are moved.
  private void move(Object before, int source, int to) {
    int from = columns.from();
    int count = columns.to() - from;
    int first = source + columns.source(from);
    if (columns.step() > 0) {
      System.arraycopy(before, first, array, to + from, count);
    } else if (array instanceof byte[] bytes) {
      byte[] values = (byte[]) before;
      for (int i = 0; i < count; i++) {
        bytes[to + from + i] = values[first - i];
      }
    } else {
      float[] floats = (float[]) array;
      float[] values = (float[]) before;
      for (int i = 0; i < count; i++) {
        floats[to + from + i] = values[first - i];
      }
    }
  }

  private void clear(int from, int to) {
    if (array instanceof byte[] bytes) {
      Arrays.fill(bytes, from, to, (byte) 0);
    } else {
      Arrays.fill((float[]) array, from, to, 0);
    }
  }

  /// Writes this uint8 image to `out` from `to` on, moved as was noted; for images in a [#scratch],
  /// which has room to read beside them.
  ///
  /// @param maps what becomes of a pixel, for each channel
  void write(ByteMap[] maps, float[] out, int to) {
    byte[] bytes = (byte[]) array;
    int plane = height * width;
    for (int c = 0; c < channels; c++) {
      ByteMap map = maps[c];
      int start = to + c * plane;
      if (!isMoved()) {
        map.apply(bytes, offset + c * plane, out, start, plane);
        continue;
      }
      int first = start + rows.from() * width;
      int last = start + rows.to() * width;
      Arrays.fill(out, start, first, map.get(0));
      Arrays.fill(out, last, start + plane, map.get(0));
      map.apply(
          bytes,
          row(c, rows.source(rows.from())) + columns.source(0),
          rows.step() * width,
          columns.step(),
          columns.from(),
          columns.to(),
          out,
          first,
          rows.to() - rows.from(),
          width);
    }
  }

  /// Writes this uint8 image to `out` from `to` on.
  void write(byte[] out, int to) {
    settle();
    System.arraycopy(array, offset, out, to, size());
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
    settle();
    byte pixel = (byte) (Math.clamp(value, 0f, 1f) * 255 + 0.5f);
    for (int c = 0; c < channels; c++) {
      for (int y = fromRow; y < toRow; y++) {
        int row = row(c, y);
        if (array instanceof byte[] bytes) {
          Arrays.fill(bytes, row + from, row + to, pixel);
        } else {
          Arrays.fill((float[]) array, row + from, row + to, value);
        }
      }
    }
  }
}
