// SPDX-License-Identifier: Apache-2.0
package gradus.data;

import gradus.data.PickleValue.Array;
import gradus.data.PickleValue.Constant;
import gradus.data.PickleValue.Dict;
import gradus.data.PickleValue.Dtype;
import gradus.data.PickleValue.Global;
import gradus.data.PickleValue.Int;
import gradus.data.PickleValue.Items;
import gradus.data.PickleValue.Text;
import gradus.data.PickleValue.Tuple;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads pickles of protocol 2 that hold dicts, lists, strings, ints and numpy arrays of uint8, as
/// Python 2 wrote those of CIFAR (and Python 3 writes them if asked for that protocol).
///
/// Whatever else a pickle can hold is refused. Nothing is looked up or called: of the functions and
/// classes that a pickle may name, four names are known, and what they would make is made here.
///
/// Source: Python's `pickletools`.
final class PickleReader {

  /// More than three times as many as CIFAR-100's larger file takes; bounds the memory.
  private static final int MAX_OPERATIONS = 2_000_000;

  private final byte[] file;
  private final String where;
  private final List<PickleValue> stack = new ArrayList<>();
  private final Map<Integer, PickleValue> memo = new HashMap<>();
  private int at;
  private int start;

  /// Bytes that `encode` made: a str may be asked for again and again, but its copies are no more
  /// than what the file has, which an honest one encodes once.
  private long encoded;

  /// Reads `file`.
  ///
  /// @param where what the file is called in messages
  PickleReader(byte[] file, String where) {
    this.file = file;
    this.where = where;
  }

  /// Returns the one value of the pickle.
  ///
  /// @throws DatasetException if there is anything else, or nothing
  PickleValue read() throws DatasetException {
    if (unsigned(1) != 0x80 || unsigned(1) != 2) {
      throw new DatasetException(where, "is not a pickle of protocol 2");
    }
    for (int operations = 0; operations < MAX_OPERATIONS; operations++) {
      start = at;
      int opcode = unsigned(1);
      if (opcode == '.') {
        return end();
      }
      execute(opcode);
    }
    throw new DatasetException(where, "has more than " + MAX_OPERATIONS + " pickle operations");
  }

  private PickleValue end() throws DatasetException {
    PickleValue value = pop();
    if (!stack.isEmpty() || at != file.length) {
      throw damaged("something is left over");
    }
    return value;
  }

  private void execute(int opcode) throws DatasetException {
    switch (opcode) {
      case '(' -> stack.add(Constant.MARK);
      case 'N' -> stack.add(Constant.NONE);
      case 0x88 -> stack.add(Constant.TRUE);
      case 0x89 -> stack.add(Constant.FALSE);
      case 'K' -> stack.add(new Int(unsigned(1)));
      case 'M' -> stack.add(new Int(unsigned(2)));
      case 'J' -> stack.add(new Int(int32()));
      case 0x8a -> stack.add(new Int(longInt()));
      case 'U' -> stack.add(text(unsigned(1)));
      case 'T', 'X' -> stack.add(text(int32()));
      case ']' -> stack.add(new Items(new ArrayList<>()));
      case '}' -> stack.add(new Dict(new LinkedHashMap<>()));
      case 'a' -> append(List.of(pop()));
      case 'e' -> append(popToMark());
      case 's' -> {
        PickleValue value = pop();
        setItems(List.of(pop(), value));
      }
      case 'u' -> setItems(popToMark());
      case 0x85 -> stack.add(tuple(1));
      case 0x86 -> stack.add(tuple(2));
      case 0x87 -> stack.add(tuple(3));
      case 't' -> stack.add(new Tuple(popToMark()));
      case 'q' -> memo.put(unsigned(1), top());
      case 'r' -> memo.put(int32(), top());
      case 'h' -> stack.add(recall(unsigned(1)));
      case 'j' -> stack.add(recall(int32()));
      case 'c' -> stack.add(global());
      case 'R' -> reduce();
      case 'b' -> build();
      default ->
          throw new DatasetException(
              where,
              String.format(
                  "pickle opcode %s at offset %d is not one of CIFAR's; is this the official file?",
                  PickleOpcodes.name(opcode), start));
    }
  }

  private int unsigned(int bytes) throws DatasetException {
    need(bytes);
    int value = 0;
    for (int i = 0; i < bytes; i++) {
      value |= (file[at++] & 0xff) << (8 * i);
    }
    return value;
  }

  private int int32() throws DatasetException {
    return unsigned(4);
  }

  /// A long integer of at most four bytes, in two's complement.
  private int longInt() throws DatasetException {
    int bytes = unsigned(1);
    if (bytes > 4) {
      throw damaged("an int has " + bytes + " bytes");
    }
    int shift = 32 - 8 * bytes;
    return bytes == 0 ? 0 : unsigned(bytes) << shift >> shift;
  }

  private Text text(int length) throws DatasetException {
    if (length < 0) {
      throw damaged("a str has " + Integer.toUnsignedString(length) + " bytes");
    }
    need(length);
    var text = new Text(ByteBuffer.wrap(file, at, length));
    at += length;
    return text;
  }

  private void need(int bytes) throws DatasetException {
    if (bytes > file.length - at) {
      throw new DatasetException(where, "is cut short; copy or download it again");
    }
  }

  private PickleValue top() throws DatasetException {
    if (stack.isEmpty()) {
      throw damaged("the stack is empty");
    }
    return stack.getLast();
  }

  private PickleValue pop() throws DatasetException {
    PickleValue value = top();
    stack.removeLast();
    if (value == Constant.MARK) {
      throw damaged("a value is missing");
    }
    return value;
  }

  private List<PickleValue> popToMark() throws DatasetException {
    int mark = stack.lastIndexOf(Constant.MARK);
    if (mark < 0) {
      throw damaged("a mark is missing");
    }
    List<PickleValue> values = List.copyOf(stack.subList(mark + 1, stack.size()));
    stack.subList(mark, stack.size()).clear();
    return values;
  }

  private Tuple tuple(int size) throws DatasetException {
    List<PickleValue> values = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      values.addFirst(pop());
    }
    return new Tuple(values);
  }

  private PickleValue recall(int index) throws DatasetException {
    PickleValue value = memo.get(index);
    if (value == null) {
      throw damaged("it asks for value " + index + ", which was not kept");
    }
    return value;
  }

  private void append(List<PickleValue> values) throws DatasetException {
    if (!(top() instanceof Items list)) {
      throw damaged("it appends to " + top().kind());
    }
    list.values().addAll(values);
  }

  private void setItems(List<PickleValue> keysAndValues) throws DatasetException {
    if (!(top() instanceof Dict dict) || keysAndValues.size() % 2 != 0) {
      throw damaged("it sets items of " + top().kind());
    }
    for (int i = 0; i < keysAndValues.size(); i += 2) {
      if (!(keysAndValues.get(i) instanceof Text key) || key.length() > 100) {
        throw damaged("a key is no short str");
      }
      dict.entries().put(key.toString(), keysAndValues.get(i + 1));
    }
  }

  private Global global() throws DatasetException {
    String name = line() + "." + line();
    return switch (name) {
      case "numpy.core.multiarray._reconstruct", "numpy._core.multiarray._reconstruct" ->
          Global.RECONSTRUCT;
      case "numpy.ndarray" -> Global.NDARRAY;
      case "numpy.dtype" -> Global.DTYPE;
      case "_codecs.encode" -> Global.ENCODE;
      default ->
          throw new DatasetException(
              where,
              String.format(
                  "pickle opcode GLOBAL at offset %d names %s, which is not one of CIFAR's;"
                      + " is this the official file?",
                  start, name.replaceAll("[^ -~]", "?")));
    };
  }

  private String line() throws DatasetException {
    int from = at;
    while (unsigned(1) != '\n') {
      if (at - from > 100) {
        throw damaged("a name is longer than any of CIFAR's");
      }
    }
    return new String(file, from, at - 1 - from, StandardCharsets.ISO_8859_1);
  }

  private void reduce() throws DatasetException {
    PickleValue arguments = pop();
    PickleValue function = pop();
    if (function instanceof Global known && arguments instanceof Tuple(List<PickleValue> values)) {
      PickleValue first = values.isEmpty() ? Constant.NONE : values.getFirst();
      if (known == Global.RECONSTRUCT && first == Global.NDARRAY) {
        stack.add(new Array());
        return;
      }
      if (known == Global.DTYPE && first instanceof Text type && type.toString().equals("u1")) {
        stack.add(Dtype.UINT8);
        return;
      }
      if (known == Global.ENCODE
          && values.size() == 2
          && first instanceof Text text
          && values.get(1) instanceof Text encoding
          && encoding.toString().equals("latin1")) {
        stack.add(latin1(text));
        return;
      }
    }
    throw damaged("it calls what makes neither an array nor uint8");
  }

  /// Returns the bytes for which the characters of `text`, in UTF-8, stand.
  private Text latin1(Text text) throws DatasetException {
    encoded += text.length();
    if (encoded > file.length) {
      throw damaged("it encodes more than it holds");
    }
    byte[] bytes = new byte[text.length()];
    int n = 0;
    for (int i = 0; i < text.length(); i++) {
      int b = text.get(i);
      if (b < 0) {
        // Of two bytes 110000xx 10xxxxxx.
        if ((b & 0xfc) != 0xc0 || i + 1 == text.length() || (text.get(i + 1) & 0xc0) != 0x80) {
          throw damaged("a str is not of bytes");
        }
        b = (b << 6 | (text.get(++i) & 0x3f)) & 0xff;
      }
      bytes[n++] = (byte) b;
    }
    return new Text(ByteBuffer.wrap(bytes, 0, n));
  }

  private void build() throws DatasetException {
    PickleValue state = pop();
    if (top() == Dtype.UINT8 && state instanceof Tuple) {
      return; // Byte order and padding, which a byte has none of.
    }
    if (top() instanceof Array array
        && state instanceof Tuple(List<PickleValue> parts)
        && parts.size() == 5
        && parts.get(1) instanceof Tuple(List<PickleValue> shape)
        && shape.size() == 2
        && shape.get(0) instanceof Int(int rows)
        && shape.get(1) instanceof Int(int columns)
        && parts.get(2) == Dtype.UINT8
        && (parts.get(3) == Constant.TRUE || parts.get(3) == Constant.FALSE)
        && parts.get(4) instanceof Text bytes) {
      if (rows < 0 || columns < 0 || (long) rows * columns != bytes.length()) {
        throw damaged(
            String.format("an array [%d, %d] has %d bytes", rows, columns, bytes.length()));
      }
      array.set(bytes, rows, columns, parts.get(3) == Constant.TRUE);
      return;
    }
    throw damaged("it builds what is no uint8 array of two dimensions");
  }

  private DatasetException damaged(String what) {
    return new DatasetException(where, String.format("is damaged at offset %d: %s", start, what));
  }
}
