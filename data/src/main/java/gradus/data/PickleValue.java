// SPDX-License-Identifier: Apache-2.0
package gradus.data;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/// What a pickle of CIFAR may hold.
sealed interface PickleValue {

  /// Returns what this is, for messages.
  String kind();

  /// An int.
  record Int(int value) implements PickleValue {
    @Override
    public String kind() {
      return "an int";
    }
  }

  /// A str of bytes, which stay in the file's own array.
  record Text(ByteBuffer bytes) implements PickleValue {
    int length() {
      return bytes.remaining();
    }

    byte get(int index) {
      return bytes.get(bytes.position() + index);
    }

    @Override
    public String kind() {
      return "a str";
    }

    @Override
    public String toString() {
      return StandardCharsets.UTF_8.decode(bytes.duplicate()).toString();
    }
  }

  /// A list.
  record Items(List<PickleValue> values) implements PickleValue {
    @Override
    public String kind() {
      return "a list";
    }
  }

  /// A tuple.
  record Tuple(List<PickleValue> values) implements PickleValue {
    @Override
    public String kind() {
      return "a tuple";
    }
  }

  /// A dict whose keys are strings.
  record Dict(Map<String, PickleValue> entries) implements PickleValue {
    @Override
    public String kind() {
      return "a dict";
    }
  }

  /// What there is only one of.
  enum Constant implements PickleValue {
    /// None.
    NONE,
    /// False.
    FALSE,
    /// True.
    TRUE,
    /// Where a list of values on the stack begins.
    MARK;

    @Override
    public String kind() {
      return name();
    }
  }

  /// A function or class, of which only the name is known.
  enum Global implements PickleValue {
    /// numpy's function that makes an empty array.
    RECONSTRUCT,
    /// numpy's class of arrays.
    NDARRAY,
    /// numpy's class of element types.
    DTYPE,
    /// What Python 3 writes for bytes, which protocol 2 does not know.
    ENCODE;

    @Override
    public String kind() {
      return "a function";
    }
  }

  /// numpy's element type uint8.
  enum Dtype implements PickleValue {
    /// uint8.
    UINT8;

    @Override
    public String kind() {
      return "a dtype";
    }
  }

  /// A numpy array of uint8 `[rows, columns]`.
  final class Array implements PickleValue {
    private Text bytes = new Text(ByteBuffer.allocate(0));
    private int rows;
    private int columns;
    private boolean columnMajor;

    /// Gives the array its contents, `rows · columns` bytes.
    void set(Text bytes, int rows, int columns, boolean columnMajor) {
      this.bytes = bytes;
      this.rows = rows;
      this.columns = columns;
      this.columnMajor = columnMajor;
    }

    int rows() {
      return rows;
    }

    int columns() {
      return columns;
    }

    /// Copies row `i`.
    void row(int i, byte[] to) {
      if (columnMajor) {
        for (int j = 0; j < columns; j++) {
          to[j] = bytes.get(j * rows + i);
        }
      } else {
        bytes.bytes.get(bytes.bytes.position() + i * columns, to, 0, columns);
      }
    }

    @Override
    public String kind() {
      return "an array";
    }
  }
}
