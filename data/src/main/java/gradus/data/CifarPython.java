// SPDX-License-Identifier: Apache-2.0
package gradus.data;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Reads the official Python release of CIFAR-10 or CIFAR-100: pickled dicts, each with `data`,
/// uint8 `[N, 3072]`, which is already RGB, channels first, and a list of labels.
///
/// Source: https://www.cs.toronto.edu/~kriz/cifar.html, "Python version".
final class CifarPython {

  /// A file's images and labels.
  private record Part(String where, PickleValue.Array data, List<PickleValue> labels) {}

  private final FileTree tree;
  private final String root;
  private final CifarRelease release;
  private final ImageDatasets.Options options;

  private CifarPython(
      FileTree tree, String root, CifarRelease release, ImageDatasets.Options options) {
    this.tree = tree;
    this.root = root;
    this.release = release;
    this.options = options;
  }

  /// Reads a folder in which at least one of the files is.
  static ImageDatasets read(FileTree tree, String root, ImageDatasets.Options options)
      throws IOException {
    CifarRelease release = CifarRelease.ofPython(tree.list(root));
    if (release == null) {
      throw new DatasetException(tree.describe(root), "holds no file of CIFAR's Python version");
    }
    release.checkComplete(tree, root, "");
    var python = new CifarPython(tree, root, release, options);
    List<String> classes = python.classes();
    return new ImageDatasets(
        python.split(release.train(), classes), python.split(List.of(release.test), classes));
  }

  private String key(String forCifar10, String fine, String coarse) {
    if (release == CifarRelease.CIFAR_10) {
      return forCifar10;
    }
    return options.labels() == Cifar100.Labels.FINE ? fine : coarse;
  }

  private List<String> classes() throws IOException {
    String file = release == CifarRelease.CIFAR_10 ? "batches.meta" : "meta";
    if (!tree.list(root).files().contains(file)) {
      return release.classes(options.labels());
    }
    String path = FileTree.child(root, file);
    String key = key("label_names", "fine_label_names", "coarse_label_names");
    List<String> names = new ArrayList<>();
    for (PickleValue name : list(dict(path), key, tree.describe(path))) {
      if (!(name instanceof PickleValue.Text text)) {
        throw new DatasetException(tree.describe(path), key + " holds " + name.kind());
      }
      names.add(text.toString());
    }
    return release.checkClasses(names, tree.describe(path), options.labels());
  }

  private Map<String, PickleValue> dict(String path) throws IOException {
    PickleValue value = new PickleReader(tree.read(path), tree.describe(path)).read();
    if (value instanceof PickleValue.Dict dict) {
      return dict.entries();
    }
    throw new DatasetException(
        tree.describe(path), "holds " + value.kind() + "; " + release.title + " has dicts");
  }

  private static List<PickleValue> list(Map<String, PickleValue> dict, String key, String where)
      throws DatasetException {
    if (dict.get(key) instanceof PickleValue.Items list) {
      return list.values();
    }
    throw new DatasetException(where, "has no list '" + key + "'; its keys are " + dict.keySet());
  }

  private Part part(String file) throws IOException {
    String path = FileTree.child(root, file);
    String where = tree.describe(path);
    Map<String, PickleValue> dict = dict(path);
    if (!(dict.get("data") instanceof PickleValue.Array data)
        || data.columns() != CifarRelease.PIXELS) {
      throw new DatasetException(
          where, "has no uint8 array 'data' of shape [N, 3072]; its keys are " + dict.keySet());
    }
    List<PickleValue> labels = list(dict, key("labels", "fine_labels", "coarse_labels"), where);
    if (labels.size() != data.rows()) {
      throw new DatasetException(
          where, "has " + data.rows() + " images but " + labels.size() + " labels");
    }
    return new Part(where, data, labels);
  }

  private ImageDataset split(List<String> files, List<String> classes) throws IOException {
    List<Part> parts = new ArrayList<>();
    int n = 0;
    for (String file : files) {
      parts.add(part(file));
      n += parts.getLast().data.rows();
    }
    var collector =
        new ImageCollector(tree.describe(root), options.choose(n), CifarRelease.SHAPE, options);
    int first = 0;
    for (Part part : parts) {
      byte[] image = new byte[CifarRelease.PIXELS];
      for (int i = 0; i < part.data.rows(); i++) {
        if (!(part.labels.get(i) instanceof PickleValue.Int(int label))) {
          throw new DatasetException(part.where, "label " + i + " is " + part.labels.get(i).kind());
        }
        release.checkLabel(label, classes, i, part.where);
        part.data.row(i, image);
        collector.offer(first + i, label, image, 0);
      }
      first += part.data.rows();
    }
    return collector.dataset(classes);
  }
}
