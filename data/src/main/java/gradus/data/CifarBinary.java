// SPDX-License-Identifier: Apache-2.0
package gradus.data;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Reads the official binary release of CIFAR-10 or CIFAR-100, with class names from its `.txt`
/// files if they are there.
///
/// Each record is a label, for CIFAR-100 a coarse and a fine one, of 1 byte, and 3,072 bytes of
/// pixels, which are already RGB, channels first.
///
/// Source: https://www.cs.toronto.edu/~kriz/cifar.html, "Binary version".
final class CifarBinary {
  private static final String SUFFIX = ".bin";

  private final FileTree tree;
  private final String root;
  private final CifarRelease release;
  private final ImageDatasets.Options options;

  /// Bytes of labels at the start of a record, and which of them counts.
  private final int labels;

  private final int label;
  private final int record;

  private CifarBinary(
      FileTree tree, String root, CifarRelease release, ImageDatasets.Options options) {
    this.tree = tree;
    this.root = root;
    this.release = release;
    this.options = options;
    this.labels = release == CifarRelease.CIFAR_10 ? 1 : 2;
    this.label = labels == 2 && options.labels() == Cifar100.Labels.FINE ? 1 : 0;
    this.record = labels + CifarRelease.PIXELS;
  }

  /// Reads a folder in which at least one of the files is.
  static ImageDatasets read(FileTree tree, String root, ImageDatasets.Options options)
      throws IOException {
    CifarRelease release = CifarRelease.ofBinary(tree.list(root));
    if (release == null) {
      throw new DatasetException(tree.describe(root), "holds no file of CIFAR's binary version");
    }
    release.checkComplete(tree, root, SUFFIX);
    var binary = new CifarBinary(tree, root, release, options);
    binary.checkSizes();
    List<String> classes = binary.classes();
    return new ImageDatasets(
        binary.split(release.train(), classes), binary.split(List.of(release.test), classes));
  }

  private String path(String file) {
    return FileTree.child(root, file);
  }

  /// A set in which one file has the official size is the official set, and all its files must.
  private void checkSizes() throws IOException {
    boolean official = false;
    for (String file : release.files("")) {
      official |= tree.size(path(file + SUFFIX)) == officialSize(file);
    }
    for (String file : release.files("")) {
      long size = tree.size(path(file + SUFFIX));
      long expected = officialSize(file);
      if (size == 0 || size % record != 0 || (official && size != expected)) {
        throw new DatasetException(
            tree.describe(path(file + SUFFIX)),
            String.format(
                "has %d bytes; expected %s; is it cut short? copy or download it again",
                size,
                official
                    ? expected + ", which is " + expected / record + " images of " + record
                    : "a multiple of " + record + ", officially " + expected));
      }
    }
  }

  private long officialSize(String file) {
    boolean test = file.equals(release.test);
    return (long) record * (test ? CifarRelease.TEST_IMAGES : release.trainImages);
  }

  private List<String> classes() throws IOException {
    String file =
        switch (release) {
          case CIFAR_10 -> "batches.meta.txt";
          case CIFAR_100 -> label == 1 ? "fine_label_names.txt" : "coarse_label_names.txt";
        };
    if (!tree.list(root).files().contains(file)) {
      return release.classes(options.labels());
    }
    String text = new String(tree.read(path(file)), StandardCharsets.UTF_8);
    List<String> names = text.lines().map(String::strip).filter(s -> !s.isEmpty()).toList();
    return release.checkClasses(names, tree.describe(path(file)), options.labels());
  }

  private ImageDataset split(List<String> names, List<String> classes) throws IOException {
    List<String> files = new ArrayList<>();
    int n = 0;
    for (String name : names) {
      files.add(path(name + SUFFIX));
      n += Math.toIntExact(tree.size(files.getLast()) / record);
    }
    var collector =
        new ImageCollector(tree.describe(root), options.choose(n), CifarRelease.SHAPE, options);
    int first = 0;
    for (String file : files) {
      byte[] bytes = tree.read(file);
      int records = bytes.length / record;
      for (int i = 0; i < records; i++) {
        int value = bytes[i * record + label] & 0xff;
        release.checkLabel(value, classes, i, tree.describe(file));
        collector.offer(first + i, value, bytes, i * record + labels);
      }
      first += records;
    }
    return collector.dataset(classes);
  }
}
