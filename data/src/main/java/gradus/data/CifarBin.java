// SPDX-License-Identifier: Apache-2.0
package gradus.data;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Reads the official binary release of CIFAR-10: `data_batch_1.bin` … `data_batch_5.bin` and
/// `test_batch.bin`, with class names from `batches.meta.txt` if it is there.
///
/// Each record is 1 byte of label and 3,072 of pixels, which are already RGB, channels first.
///
/// Source: https://www.cs.toronto.edu/~kriz/cifar.html, "Binary version".
final class CifarBin {
  private static final List<String> TRAIN =
      List.of(
          "data_batch_1.bin",
          "data_batch_2.bin",
          "data_batch_3.bin",
          "data_batch_4.bin",
          "data_batch_5.bin");
  private static final List<String> TEST = List.of("test_batch.bin");
  private static final String META = "batches.meta.txt";
  private static final int PIXELS = 3 * 32 * 32;
  private static final int RECORD = 1 + PIXELS;
  private static final int OFFICIAL_SIZE = 10_000 * RECORD;

  private final FileTree tree;
  private final String root;

  private CifarBin(FileTree tree, String root) {
    this.tree = tree;
    this.root = root;
  }

  /// Returns whether `listing` is that of a folder with at least one of the files.
  static boolean matches(FileTree.Listing listing) {
    return listing.files().stream().anyMatch(f -> TRAIN.contains(f) || TEST.contains(f));
  }

  static ImageDatasets read(FileTree tree, String root, ImageDatasets.Options options)
      throws IOException {
    var bin = new CifarBin(tree, root);
    bin.checkFiles();
    List<String> classes = bin.classes();
    return new ImageDatasets(bin.split(TRAIN, classes, options), bin.split(TEST, classes, options));
  }

  private String path(String file) {
    return FileTree.child(root, file);
  }

  /// A set in which one file has the official size is the official set, and all its files must.
  private void checkFiles() throws IOException {
    List<String> files = new ArrayList<>(TRAIN);
    files.addAll(TEST);
    List<String> missing = new ArrayList<>(files);
    missing.removeAll(tree.list(root).files());
    if (!missing.isEmpty()) {
      throw new DatasetException(
          tree.describe(root), "lacks " + String.join(", ", missing) + " of CIFAR-10's six files");
    }
    boolean official = false;
    for (String file : files) {
      official |= tree.size(path(file)) == OFFICIAL_SIZE;
    }
    for (String file : files) {
      long size = tree.size(path(file));
      if (size == 0 || size % RECORD != 0 || (official && size != OFFICIAL_SIZE)) {
        throw new DatasetException(
            tree.describe(path(file)),
            String.format(
                "has %d bytes; expected %s; is it cut short? copy or download it again",
                size,
                official
                    ? OFFICIAL_SIZE + ", which is 10000 images of " + RECORD
                    : "a multiple of " + RECORD + ", officially " + OFFICIAL_SIZE));
      }
    }
  }

  private List<String> classes() throws IOException {
    if (!tree.list(root).files().contains(META)) {
      return Cifar10.CLASSES;
    }
    String text = new String(tree.read(path(META)), StandardCharsets.UTF_8);
    List<String> names = text.lines().map(String::strip).filter(s -> !s.isEmpty()).toList();
    if (names.size() != Cifar10.CLASSES.size()) {
      throw new DatasetException(
          tree.describe(path(META)), "names " + names.size() + " classes; CIFAR-10 has 10");
    }
    return names;
  }

  private ImageDataset split(
      List<String> files, List<String> classes, ImageDatasets.Options options) throws IOException {
    int n = 0;
    for (String file : files) {
      n += Math.toIntExact(tree.size(path(file)) / RECORD);
    }
    int[] chosen = options.choose(n);
    byte[] pixels = new byte[chosen.length * PIXELS];
    long[] labels = new long[chosen.length];
    int first = 0;
    int next = 0;
    for (String file : files) {
      byte[] bytes = tree.read(path(file));
      int records = bytes.length / RECORD;
      for (int i = 0; i < records; i++) {
        int label = bytes[i * RECORD] & 0xff;
        if (label >= classes.size()) {
          throw new DatasetException(
              tree.describe(path(file)),
              "image " + i + " has label " + label + "; CIFAR-10's labels are 0 … 9");
        }
        if (next < chosen.length && chosen[next] == first + i) {
          labels[next] = label;
          System.arraycopy(bytes, i * RECORD + 1, pixels, next * PIXELS, PIXELS);
          next++;
        }
      }
      first += records;
    }
    return ImageDataset.of(pixels, labels, classes, 3, 32, 32);
  }
}
