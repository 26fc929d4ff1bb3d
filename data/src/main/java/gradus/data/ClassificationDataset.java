// SPDX-License-Identifier: Apache-2.0
package gradus.data;

import java.util.List;

/// A dataset whose targets are labels 0 … C − 1 of named classes.
public interface ClassificationDataset extends Dataset {

  /// Returns the names of the classes, by label.
  List<String> classes();

  /// Returns the label of example `index`.
  ///
  /// @throws IndexOutOfBoundsException if `index` is not in 0 … size − 1
  int label(int index);
}
