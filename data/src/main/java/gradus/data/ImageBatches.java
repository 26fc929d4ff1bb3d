// SPDX-License-Identifier: Apache-2.0
package gradus.data;

import gradus.Tensor;
import gradus.internal.Raw;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// Makes batches of a dataset's images in one pass over them.
///
/// @param source where images come from
/// @param map what becomes of them, or null for uint8 batches
record ImageBatches(ImageSource source, @Nullable PixelMap map) {

  /// Pixels per thread below which a second thread costs more than it saves.
  private static final int GRAIN = 1 << 15;

  /// Returns what makes batches of `dataset` with `transform` applied, or null if that takes other
  /// ways.
  static @Nullable ImageBatches of(Dataset dataset, Transform transform) {
    ImageSource source = ImageSource.of(dataset);
    if (source == null) {
      return null;
    }
    PixelMap map = PixelMap.of(transform, source.shape());
    return map == null ? null : new ImageBatches(source, map);
  }

  /// Returns a batch of these examples.
  ///
  /// @param arrays gives the array of inputs that are floats, with any values in it
  Batch batch(int[] indices, IntFunction<float[]> arrays) {
    long[] labels = new long[indices.length];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = source.label(indices[i]);
    }
    int[] image = source.shape();
    int size = image[0] * image[1] * image[2];
    int length = Math.multiplyExact(indices.length, size);
    int[] shape = {indices.length, image[0], image[1], image[2]};
    Tensor x;
    if (map == null) {
      byte[] bytes = new byte[length];
      each(indices, size, (at, read) -> read.write(bytes, at * size));
      x = Raw.wrapBytes(bytes, shape);
    } else {
      float[] floats = arrays.apply(length);
      each(indices, size, (at, read) -> map.write(read, floats, at * size));
      x = Raw.wrap(floats, shape);
    }
    return new Batch(x, Raw.wrap(labels, labels.length));
  }

  private interface Writer {
    void write(int at, Image image);
  }

  private void each(int[] indices, int size, Writer writer) {
    Loops.parallel(
        indices.length,
        1 + GRAIN / Math.max(size, 1),
        (from, to) -> {
          Image image = Image.scratch(source.shape());
          for (int i = from; i < to; i++) {
            source.read(indices[i], image);
            writer.write(i, image);
          }
        });
  }
}
