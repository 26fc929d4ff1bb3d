// SPDX-License-Identifier: Apache-2.0
package gradus.data;

import java.io.IOException;
import java.io.Serial;

/// A data set that cannot be read. The message is one line: which file, what is wrong with it, and
/// what to do.
public final class DatasetException extends IOException {
  @Serial private static final long serialVersionUID = 1;

  /// Makes an exception about a file or folder.
  public DatasetException(String where, String what) {
    super(where + ": " + what);
  }
}
