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
/// @param scratch where they are while they are worked on
record ImageBatches(ImageSource source, @Nullable PixelMap map, Assembly.Scratch scratch) {

  ImageBatches(ImageSource source, @Nullable PixelMap map) {
    this(source, map, new Assembly.Scratch());
  }

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
    return begin(indices, arrays).finish();
  }

  /// Returns a batch of these examples that is yet to be made.
  Assembly begin(int[] indices, IntFunction<float[]> arrays) {
    long[] labels = new long[indices.length];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = source.label(indices[i]);
    }
    Tensor y = Raw.wrap(labels, labels.length);
    int[] image = source.shape();
    int size = image[0] * image[1] * image[2];
    int length = Math.multiplyExact(indices.length, size);
    int[] shape = {indices.length, image[0], image[1], image[2]};
    if (map == null) {
      byte[] bytes = new byte[length];
      return assembly(
          indices, (at, read) -> read.write(bytes, at * size), Raw.wrapBytes(bytes, shape), y);
    }
    PixelMap floatsOf = map;
    float[] floats = arrays.apply(length);
    return assembly(
        indices, (at, read) -> floatsOf.write(read, floats, at * size), Raw.wrap(floats, shape), y);
  }

  private Assembly assembly(int[] indices, Assembly.Writer writer, Tensor x, Tensor y) {
    return new Assembly(source, indices, writer, new Batch(x, y), scratch);
  }
}
