// SPDX-License-Identifier: Apache-2.0
package gradus.data;

import gradus.internal.Raw;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Reads `train/<class>/*.jpg` and `test/<class>/*.jpg` (or `.jpeg`, `.png`).
///
/// Classes are in order of their names, images in order of class, then file name. Files of other
/// kinds and hidden files don't count.
final class ImageFolder {
  static final int SIDE = 32;
  private static final int PIXELS = 3 * SIDE * SIDE;

  /// Images that one thread takes at a time.
  private static final int GRAIN = 128;

  private final FileTree tree;

  private record Image(String path, int label) {}

  private ImageFolder(FileTree tree) {
    this.tree = tree;
  }

  /// Returns whether `listing` is that of a folder with `train` and `test`.
  static boolean matches(FileTree.Listing listing) {
    return listing.folders().contains("train") && listing.folders().contains("test");
  }

  static ImageDatasets read(FileTree tree, String root, ImageDatasets.Options options)
      throws IOException {
    var folder = new ImageFolder(tree);
    String train = FileTree.child(root, "train");
    String test = FileTree.child(root, "test");
    List<String> classes = folder.classes(train);
    List<String> testClasses = folder.classes(test);
    if (!testClasses.equals(classes)) {
      throw new DatasetException(
          tree.describe(test),
          "has the classes " + testClasses + " but train has " + classes + "; they must agree");
    }
    return new ImageDatasets(
        folder.split(train, classes, options), folder.split(test, classes, options));
  }

  private List<String> classes(String split) throws IOException {
    FileTree.Listing listing = tree.list(split);
    if (listing.folders().isEmpty()) {
      throw new DatasetException(
          tree.describe(split), "has no class folders; put images into " + split + "/<class>/");
    }
    for (String file : listing.files()) {
      if (ImageDecoder.isImage(file)) {
        throw new DatasetException(
            tree.describe(FileTree.child(split, file)),
            "is an image outside a class folder; move it to " + split + "/<class>/");
      }
    }
    return listing.folders();
  }

  private ImageDataset split(String split, List<String> classes, ImageDatasets.Options options)
      throws IOException {
    List<Image> images = new ArrayList<>();
    for (int label = 0; label < classes.size(); label++) {
      addClass(FileTree.child(split, classes.get(label)), label, images);
    }
    int[] chosen = options.choose(images.size());
    if (chosen.length > Integer.MAX_VALUE / PIXELS) {
      throw new DatasetException(
          tree.describe(split), "has " + chosen.length + " images, too many for one array");
    }
    return decode(Arrays.stream(chosen).mapToObj(images::get).toList(), classes);
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
          tree.describe(folder), "holds no .jpg, .jpeg or .png image; fill or remove the folder");
    }
  }

  private ImageDataset decode(List<Image> images, List<String> classes) throws IOException {
    byte[] pixels = new byte[images.size() * PIXELS];
    long[] labels = images.stream().mapToLong(Image::label).toArray();
    var failure = new FirstFailure();
    Raw.parallel(
        images.size(),
        GRAIN,
        (from, to) -> {
          try (var decoder = new ImageDecoder(SIDE, SIDE)) {
            for (int i = from; i < to && i < failure.index(); i++) {
              try {
                String path = images.get(i).path();
                decoder.decode(tree.read(path), tree.describe(path), pixels, i * PIXELS);
              } catch (IOException e) {
                failure.note(i, e);
              }
            }
          }
        });
    failure.rethrow();
    return ImageDataset.of(pixels, labels, classes, 3, SIDE, SIDE);
  }
}
