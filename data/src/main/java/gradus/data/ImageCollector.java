// SPDX-License-Identifier: Apache-2.0
package gradus.data;

import java.util.List;

/// Fills one split of a data set whose images come one after another, all of one size.
final class ImageCollector {
  private final int[] chosen;
  private final ImageDatasets.Options options;
  private final int[] source;
  private final int[] target;
  private final int size;
  private final byte[] pixels;
  private final long[] labels;
  private int next;

  /// @param where what the data set is called in messages
  /// @param chosen the numbers of the images that are wanted, ascending
  /// @param source the shape `[C, H, W]` in which images come
  ImageCollector(String where, int[] chosen, int[] source, ImageDatasets.Options options)
      throws DatasetException {
    this.chosen = chosen;
    this.options = options;
    this.source = source;
    this.target = RawImage.shapeAfter(source, options.color(), options.resize());
    this.size = target[0] * target[1] * target[2];
    this.pixels = new byte[arraySize(where, chosen.length, size)];
    this.labels = new long[chosen.length];
  }

  /// Returns the size of an array of `images` of `size` bytes.
  static int arraySize(String where, int images, int size) throws DatasetException {
    if ((long) images * size > Integer.MAX_VALUE - 8) {
      throw new DatasetException(
          where,
          images
              + " images of "
              + size
              + " bytes are too many for one array; set a limit or a"
              + " smaller size");
    }
    return images * size;
  }

  /// Takes image `number`, whose pixels start at `offset`, if it is wanted. Numbers ascend.
  void offer(int number, int label, byte[] bytes, int offset) {
    if (next < chosen.length && chosen[next] == number) {
      labels[next] = label;
      if (source[0] == target[0] && options.resize() == null) {
        System.arraycopy(bytes, offset, pixels, next * size, size);
      } else {
        RawImage image = RawImage.of(bytes, offset, source).to(options.color(), options.resize());
        System.arraycopy(image.pixels(), 0, pixels, next * size, size);
      }
      next++;
    }
  }

  ImageDataset dataset(List<String> classes) {
    return ImageDataset.of(pixels, labels, classes, target);
  }
}
