// SPDX-License-Identifier: Apache-2.0
package gradus.data;

import gradus.internal.Raw;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads images from one folder for each class, within `train/`, `val/` and `test/` or not.
///
/// Classes are in order of their names, images in order of class, then file name. Files of other
/// kinds and hidden files don't count.
final class ImageFolder {
  private static final String TRAIN = "train";
  private static final String VAL = "val";
  private static final String TEST = "test";

  /// Images that one thread takes at a time.
  private static final int GRAIN = 128;

  private final FileTree tree;
  private final ImageDatasets.Options options;

  /// The first image, whose size all others must have, and what it is called.
  private @Nullable RawImage first;

  private String firstName = "";

  private record Image(String path, int label) {}

  private ImageFolder(FileTree tree, ImageDatasets.Options options) {
    this.tree = tree;
    this.options = options;
  }

  /// Returns whether `folder` has a folder `train`, and others to go with it or to be asked for. A
  /// class of trains has images in it.
  static boolean hasSplits(FileTree tree, String folder, FileTree.Listing listing)
      throws IOException {
    return listing.folders().contains(TRAIN)
        && (listing.folders().contains(TEST)
            || listing.folders().contains(VAL)
            || !hasImages(tree, FileTree.child(folder, TRAIN)));
  }

  /// Returns whether `folder` has a folder with images.
  static boolean hasClasses(FileTree tree, String folder, FileTree.Listing listing)
      throws IOException {
    for (String name : listing.folders()) {
      if (hasImages(tree, FileTree.child(folder, name))) {
        return true;
      }
    }
    return false;
  }

  private static boolean hasImages(FileTree tree, String folder) throws IOException {
    return tree.list(folder).files().stream().anyMatch(ImageDecoder::isImage);
  }

  /// Reads `train/<class>/*`, `val/<class>/*` and `test/<class>/*`.
  static ImageDatasets readSplits(FileTree tree, String root, ImageDatasets.Options options)
      throws IOException {
    var folder = new ImageFolder(tree, options);
    List<String> folders = tree.list(root).folders();
    boolean hasVal = folders.contains(VAL);
    if (!hasVal && !folders.contains(TEST)) {
      throw new DatasetException(
          tree.describe(root), "has train/ but neither test/ nor val/; add one, or name train/");
    }
    String train = FileTree.child(root, TRAIN);
    List<String> classes = folder.classes(train);
    ImageDataset trainSet = folder.split(train, classes);
    ImageDataset valSet = hasVal ? folder.other(root, VAL, classes) : null;
    if (valSet != null && !folders.contains(TEST)) {
      return new ImageDatasets(trainSet, valSet);
    }
    return new ImageDatasets(trainSet, valSet, folder.other(root, TEST, classes));
  }

  /// Reads `<class>/*` and splits it.
  static ImageDatasets readClasses(FileTree tree, String root, ImageDatasets.Options options)
      throws IOException {
    var folder = new ImageFolder(tree, options);
    List<String> classes = folder.classes(root);
    List<Image> images = folder.images(root, classes);
    int[][] parts = options.split(tree.describe(root), images.size());
    return new ImageDatasets(
        folder.decode(root, pick(images, parts[0]), classes),
        folder.decode(root, pick(images, parts[1]), classes),
        folder.decode(root, pick(images, parts[2]), classes));
  }

  private ImageDataset other(String root, String split, List<String> classes) throws IOException {
    String folder = FileTree.child(root, split);
    List<String> found = classes(folder);
    if (!found.equals(classes)) {
      throw new DatasetException(
          tree.describe(folder),
          "has the classes " + found + " but train has " + classes + "; they must agree");
    }
    return split(folder, classes);
  }

  private ImageDataset split(String folder, List<String> classes) throws IOException {
    List<Image> images = images(folder, classes);
    return decode(folder, pick(images, options.choose(images.size())), classes);
  }

  private List<String> classes(String split) throws IOException {
    FileTree.Listing listing = tree.list(split);
    String prefix = split.isEmpty() ? "" : split + "/";
    if (listing.folders().isEmpty()) {
      throw new DatasetException(
          tree.describe(split), "has no class folders; put images into " + prefix + "<class>/");
    }
    for (String file : listing.files()) {
      if (ImageDecoder.isImage(file)) {
        throw new DatasetException(
            tree.describe(FileTree.child(split, file)),
            "is an image outside a class folder; move it to " + prefix + "<class>/");
      }
    }
    return listing.folders();
  }

  private List<Image> images(String split, List<String> classes) throws IOException {
    List<Image> images = new ArrayList<>();
    for (int label = 0; label < classes.size(); label++) {
      addClass(FileTree.child(split, classes.get(label)), label, images);
    }
    return images;
  }

  private void addClass(String folder, int label, List<Image> images) throws IOException {
    FileTree.Listing listing = tree.list(folder);
    if (!listing.folders().isEmpty()) {
      throw new DatasetException(
          tree.describe(FileTree.child(folder, listing.folders().getFirst())),
          "is a folder inside a class folder; images must lie directly in " + folder);
    }
    int before = images.size();
    for (String file : listing.files()) {
      if (ImageDecoder.isImage(file)) {
        images.add(new Image(FileTree.child(folder, file), label));
      }
    }
    if (images.size() == before) {
      throw new DatasetException(
          tree.describe(folder),
          "holds no .jpg, .png, .bmp or .tif image; fill or remove the folder");
    }
  }

  private static List<Image> pick(List<Image> images, int[] chosen) {
    return Arrays.stream(chosen).mapToObj(images::get).toList();
  }

  private ImageDataset decode(String folder, List<Image> images, List<String> classes)
      throws IOException {
    RawImage expected = first(images.getFirst().path());
    int size = expected.pixels().length;
    byte[] pixels = new byte[ImageCollector.arraySize(tree.describe(folder), images.size(), size)];
    long[] labels = images.stream().mapToLong(Image::label).toArray();
    var failure = new FirstFailure();
    Raw.parallel(
        images.size(),
        GRAIN,
        (from, to) -> {
          try (var decoder = new ImageDecoder()) {
            for (int i = from; i < to && i < failure.index(); i++) {
              try {
                RawImage image = decode(decoder, images.get(i).path(), expected);
                System.arraycopy(image.pixels(), 0, pixels, i * size, size);
              } catch (IOException e) {
                failure.note(i, e);
              }
            }
          }
        });
    failure.rethrow();
    return ImageDataset.of(pixels, labels, classes, expected.shape());
  }

  /// Returns the image whose size all others must have: that at `path`, if there is none yet.
  private RawImage first(String path) throws IOException {
    if (first == null) {
      try (var decoder = new ImageDecoder()) {
        first = decode(decoder, path, null);
        firstName = path;
      }
    }
    return first;
  }

  private RawImage decode(ImageDecoder decoder, String path, @Nullable RawImage expected)
      throws IOException {
    String where = tree.describe(path);
    byte[] file = tree.read(path);
    RawImage image =
        expected == null || options.resize() != null
            ? decoder.decode(file, where)
            : decoder.decode(file, where, expected.height(), expected.width(), firstName);
    return image.to(
        options.color() == Color.STORED ? Color.RGB : options.color(), options.resize());
  }
}
