// SPDX-License-Identifier: Apache-2.0
package gradus.data;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/// Reads the files of MNIST and of what imitates it: `train-images-idx3-ubyte`,
/// `train-labels-idx1-ubyte`, and the same for `t10k`, compressed by gzip or not.
///
/// Each has a header of big-endian ints: 0x803 (uint8, three dimensions) or 0x801, and the sizes.
///
/// Source: http://yann.lecun.com/exdb/mnist/, "File formats".
final class Idx {
  private static final String TRAIN = "train";
  private static final String TEST = "t10k";
  private static final Pattern NAME =
      Pattern.compile("(train|t10k)-(images|labels)[-.]idx[13]-ubyte(\\.gz)?");
  private static final int CLASSES = 10;

  /// What gzip makes of one byte at most.
  private static final int MAX_RATIO = 1032;

  private final FileTree tree;
  private final String root;

  /// A file with the sizes that its header says.
  private static final class Contents {
    final String where;
    final byte[] bytes;
    final int[] sizes;

    Contents(String where, byte[] bytes, int[] sizes) {
      this.where = where;
      this.bytes = bytes;
      this.sizes = sizes;
    }

    int offset() {
      return 4 + 4 * sizes.length;
    }
  }

  /// The images of one split, and their labels.
  private record Part(Contents images, Contents labels) {
    int size() {
      return images.sizes[0];
    }
  }

  private Idx(FileTree tree, String root) {
    this.tree = tree;
    this.root = root;
  }

  /// Returns whether a file of this name belongs to such a data set.
  static boolean isIdx(String name) {
    return NAME.matcher(name).matches();
  }

  /// Returns whether a file of this name should hold images.
  static boolean isImages(Path name) {
    Matcher matcher = NAME.matcher(name.toString());
    return matcher.matches() && matcher.group(2).equals("images");
  }

  static boolean matches(FileTree.Listing listing) {
    return listing.files().stream().anyMatch(Idx::isIdx);
  }

  /// Reads a folder with the files of one split or both.
  static ImageDatasets read(FileTree tree, String root, ImageDatasets.Options options)
      throws IOException {
    var idx = new Idx(tree, root);
    Part train = idx.part(TRAIN);
    Part test = idx.part(TEST);
    if (train != null && test != null) {
      return both(train, test, options);
    }
    Part only = train != null ? train : test;
    if (only == null) {
      throw new DatasetException(tree.describe(root), "holds labels without their images");
    }
    return split(only, options);
  }

  /// Reads the split whose images are in `file`, which lies directly in `tree`.
  static ImageDatasets readOne(FileTree tree, String file, ImageDatasets.Options options)
      throws IOException {
    Part part = new Idx(tree, "").part(file.startsWith(TRAIN) ? TRAIN : TEST);
    if (part == null) {
      throw new DatasetException(tree.describe(file), "it is gone");
    }
    return split(part, options);
  }

  private static ImageDatasets both(Part train, Part test, ImageDatasets.Options options)
      throws IOException {
    int classes = Math.max(classes(train), classes(test));
    return new ImageDatasets(
        dataset(train, options.choose(train.size()), classes, options),
        dataset(test, options.choose(test.size()), classes, options));
  }

  private static ImageDatasets split(Part part, ImageDatasets.Options options) throws IOException {
    int[][] parts = options.split(part.images.where, part.size());
    int classes = classes(part);
    return new ImageDatasets(
        dataset(part, parts[0], classes, options),
        dataset(part, parts[1], classes, options),
        dataset(part, parts[2], classes, options));
  }

  /// Ten, or as many as the largest label asks for.
  private static int classes(Part part) {
    int classes = CLASSES;
    for (int i = 0; i < part.size(); i++) {
      classes = Math.max(classes, 1 + label(part, i));
    }
    return classes;
  }

  private static int label(Part part, int i) {
    return part.labels.bytes[part.labels.offset() + i] & 0xff;
  }

  private static ImageDataset dataset(
      Part part, int[] chosen, int classes, ImageDatasets.Options options) throws IOException {
    int[] shape = {1, part.images.sizes[1], part.images.sizes[2]};
    var collector = new ImageCollector(part.images.where, chosen, shape, options);
    for (int i = 0; i < part.size(); i++) {
      int offset = part.images.offset() + i * shape[1] * shape[2];
      collector.offer(i, label(part, i), part.images.bytes, offset);
    }
    List<String> names = IntStream.range(0, classes).mapToObj(Integer::toString).toList();
    return collector.dataset(names);
  }

  private @Nullable Part part(String split) throws IOException {
    String imageFile = find(split, "images");
    String labelFile = find(split, "labels");
    if (imageFile == null) {
      return null;
    }
    if (labelFile == null) {
      throw new DatasetException(
          tree.describe(imageFile), "its labels, " + split + "-labels-idx1-ubyte, are missing");
    }
    Contents images = contents(imageFile, 3);
    Contents labels = contents(labelFile, 1);
    if (images.sizes[0] != labels.sizes[0]) {
      throw new DatasetException(
          labels.where, "has " + labels.sizes[0] + " labels for " + images.sizes[0] + " images");
    }
    return new Part(images, labels);
  }

  private @Nullable String find(String split, String kind) throws IOException {
    for (String file : tree.list(root).files()) {
      Matcher matcher = NAME.matcher(file);
      if (matcher.matches() && matcher.group(1).equals(split) && matcher.group(2).equals(kind)) {
        return FileTree.child(root, file);
      }
    }
    return null;
  }

  private Contents contents(String file, int dims) throws IOException {
    String where = tree.describe(file);
    byte[] bytes = tree.read(file);
    if (bytes.length > 1 && bytes[0] == 0x1f && bytes[1] == (byte) 0x8b) {
      bytes = gunzip(bytes, where, dims);
    }
    int[] sizes = sizes(bytes, where, dims);
    long size = size(sizes);
    if (size != bytes.length) {
      throw new DatasetException(
          where,
          String.format(
              "has %d bytes; its header says %d; copy or download it again", bytes.length, size));
    }
    return new Contents(where, bytes, sizes);
  }

  private static byte[] gunzip(byte[] bytes, String where, int dims) throws IOException {
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes), 1 << 14)) {
      byte[] header = in.readNBytes(4 + 4 * dims);
      long size = size(sizes(header, where, dims));
      if (size > Math.min(FileTree.MAX_FILE, (long) MAX_RATIO * bytes.length)) {
        throw new DatasetException(
            where,
            String.format(
                "its header says %d bytes, more than its %d can hold", size, bytes.length));
      }
      byte[] all = new byte[(int) size];
      System.arraycopy(header, 0, all, 0, header.length);
      int read = in.readNBytes(all, header.length, all.length - header.length);
      if (read < all.length - header.length) {
        throw new EOFException();
      }
      if (in.read() >= 0) {
        throw new DatasetException(where, "holds more than the " + size + " bytes of its header");
      }
      return all;
    } catch (EOFException e) {
      throw new DatasetException(where, "is cut short; copy or download it again");
    } catch (ZipException e) {
      throw new DatasetException(
          where, "is damaged (" + e.getMessage() + "); copy or download it again");
    }
  }

  private static int[] sizes(byte[] bytes, String where, int dims) throws DatasetException {
    ByteBuffer header = ByteBuffer.wrap(bytes);
    if (bytes.length < 4 + 4 * dims || header.getInt() != (0x800 | dims)) {
      throw new DatasetException(
          where,
          "is not an idx file of uint8 with " + dims + (dims == 1 ? " dimension" : " dimensions"));
    }
    int[] sizes = new int[dims];
    for (int i = 0; i < dims; i++) {
      sizes[i] = header.getInt();
      if (sizes[i] < 1 || (i > 0 && sizes[i] > 1 << 13)) {
        throw new DatasetException(
            where, "its header says a size of " + Integer.toUnsignedString(sizes[i]));
      }
    }
    return sizes;
  }

  /// Returns the bytes of a file with these sizes.
  private static long size(int[] sizes) {
    long size = 1;
    for (int n : sizes) {
      size *= n; // < 2³¹ · 2¹³ · 2¹³
    }
    return 4 + 4L * sizes.length + size;
  }
}
