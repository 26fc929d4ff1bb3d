// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.Shape;
import gradus.nn.SafetensorsHeader.Entry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;

/// Reads the JSON of a safetensors header: an object of tensor descriptions and one of texts, and
/// nothing else that JSON has. All it throws is `IOException`.
final class HeaderParser {
  /// More dimensions than any tensor has; keeps a hostile shape from filling the memory.
  private static final int MAX_DIMS = 64;

  private final String file;
  private final String text;
  private int at;

  HeaderParser(String file, ByteBuffer json) throws IOException {
    this.file = file;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(json).toString();
    } catch (CharacterCodingException e) {
      throw new IOException(file + ": is no safetensors file: its header is not UTF-8", e);
    }
  }

  SafetensorsHeader parse() throws IOException {
    var entries = new ArrayList<Entry>();
    var metadata = new LinkedHashMap<String, String>();
    if (!text.startsWith("{")) {
      throw error("the header begins with no {");
    }
    readObject(
        name -> {
          if (name.equals(SafetensorsHeader.METADATA)) {
            readObject(key -> metadata.put(key, readString()));
          } else {
            entries.add(readEntry(name));
          }
        });
    skipSpace();
    if (at < text.length()) {
      throw error("something follows the header's object");
    }
    return new SafetensorsHeader(List.copyOf(entries), metadata);
  }

  /// Reads the value of one key.
  private interface Value {
    void read(String key) throws IOException;
  }

  private void readObject(Value value) throws IOException {
    Set<String> keys = new HashSet<>();
    expect('{');
    if (accept('}')) {
      return;
    }
    do {
      String key = readString();
      if (!keys.add(key)) {
        throw error("the key \"" + key + "\" is there twice");
      }
      expect(':');
      value.read(key);
    } while (accept(','));
    expect('}');
  }

  private Entry readEntry(String name) throws IOException {
    SequencedMap<String, Object> parts = new LinkedHashMap<>();
    readObject(
        key -> {
          switch (key) {
            case "dtype" -> parts.put(key, readType(name));
            case "shape" -> parts.put(key, readNumbers(MAX_DIMS));
            case "data_offsets" -> parts.put(key, readNumbers(2));
            default -> throw error("tensor " + name + " has an unknown part \"" + key + "\"");
          }
        });
    if (parts.get("dtype") instanceof StoredType type
        && parts.get("shape") instanceof long[] shape
        && parts.get("data_offsets") instanceof long[] offsets
        && offsets.length == 2) {
      return entry(name, type, shape, offsets[0], offsets[1]);
    }
    throw error("tensor " + name + " needs a dtype, a shape and two data_offsets");
  }

  private Entry entry(String name, StoredType type, long[] shape, long begin, long end)
      throws IOException {
    var sizes = new int[shape.length];
    long numel = 1;
    long limit = 1; // the product without zeros, which strides may reach
    for (int dim = 0; dim < shape.length; dim++) {
      numel *= shape[dim];
      limit *= Math.max(1, shape[dim]);
      if (limit > Integer.MAX_VALUE || shape[dim] > Integer.MAX_VALUE) {
        throw error("tensor " + name + " has more than 2147483647 elements");
      }
      sizes[dim] = (int) shape[dim];
    }
    if (begin > end || end - begin != numel * type.bytes) {
      throw error(
          "tensor %s: %s elements of %s need %s bytes, not those from %s to %s"
              .formatted(name, numel, type, numel * type.bytes, begin, end));
    }
    return new Entry(name, type, Shape.of(sizes), begin, end);
  }

  private StoredType readType(String tensor) throws IOException {
    String name = readString();
    for (StoredType type : StoredType.values()) {
      if (type.name().equals(name)) {
        return type;
      }
    }
    throw error("tensor " + tensor + " is of type " + name + ", which is not supported");
  }

  private long[] readNumbers(int most) throws IOException {
    var numbers = new long[most];
    int count = 0;
    expect('[');
    if (accept(']')) {
      return new long[0];
    }
    do {
      if (count == most) {
        throw error("a list has more than " + most + " numbers");
      }
      numbers[count++] = readNumber();
    } while (accept(','));
    expect(']');
    return Arrays.copyOf(numbers, count);
  }

  private long readNumber() throws IOException {
    skipSpace();
    int start = at;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    String digits = text.substring(start, at);
    if (digits.isEmpty()
        || digits.length() > 18
        || (digits.length() > 1 && digits.charAt(0) == '0')) {
      at = start;
      throw error("a size or offset is no whole number from 0 to 10^18");
    }
    return Long.parseLong(digits);
  }

  private String readString() throws IOException {
    expect('"');
    var out = new StringBuilder();
    while (true) {
      char c = next();
      if (c == '"') {
        break;
      } else if (c < ' ') {
        throw error("a string has a control character");
      }
      out.append(c == '\\' ? readEscape() : c);
    }
    String string = out.toString();
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(string)) {
      throw error("a string has half a surrogate pair");
    }
    return string;
  }

  private char readEscape() throws IOException {
    char c = next();
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> {
        int code = 0;
        for (int i = 0; i < 4; i++) {
          char digit = next();
          if (!HexFormat.isHexDigit(digit)) {
            throw error("a string has an escape that is no \\u and four hexadecimal digits");
          }
          code = code * 16 + HexFormat.fromHexDigit(digit);
        }
        yield (char) code;
      }
      default -> throw error("a string has the unknown escape \\" + c);
    };
  }

  private char next() throws IOException {
    if (at == text.length()) {
      throw error("the header ends too early");
    }
    return text.charAt(at++);
  }

  private void expect(char c) throws IOException {
    skipSpace();
    if (next() != c) {
      at--;
      throw error("expected " + c);
    }
  }

  private boolean accept(char c) {
    skipSpace();
    boolean found = at < text.length() && text.charAt(at) == c;
    if (found) {
      at++;
    }
    return found;
  }

  private void skipSpace() {
    while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  /// Names come from the file: they are shown without line breaks and not in full length.
  private IOException error(String reason) {
    return new IOException(
        "%s: is no valid safetensors file: %s (header, character %s)"
            .formatted(file, SafetensorsHeader.oneLine(reason), at));
  }
}
