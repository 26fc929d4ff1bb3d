// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;

/// Reads JSON from files that nobody vouches for. All it throws is `IOException`.
class JsonReader {
  /// Deeper nesting than any header or index has; keeps a hostile one from filling the stack.
  private static final int MAX_DEPTH = 32;

  private final String file;
  private final String kind;
  private final String noun;
  private final String text;
  private int at;

  /// Takes the bytes of a text.
  ///
  /// @param kind what the file should be, for messages
  /// @param noun what the text is in it
  JsonReader(String file, String kind, String noun, ByteBuffer json) throws IOException {
    this.file = file;
    this.kind = kind;
    this.noun = noun;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(json).toString();
    } catch (CharacterCodingException e) {
      throw new IOException("%s: is no %s: its %s is not UTF-8".formatted(file, kind, noun), e);
    }
  }

  /// Reads the value of one key.
  interface Value {
    void read(String key) throws IOException;
  }

  /// Reads the object that is the whole text.
  final void readAll(Value value) throws IOException {
    if (!text.startsWith("{")) {
      throw error("the " + noun + " begins with no {");
    }
    readObject(value);
    skipSpace();
    if (at < text.length()) {
      throw error("something follows the " + noun + "'s object");
    }
  }

  final void readObject(Value value) throws IOException {
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

  /// Passes over a value of any kind.
  final void skipValue() throws IOException {
    skipValue(0);
  }

  private void skipValue(int depth) throws IOException {
    if (depth > MAX_DEPTH) {
      throw error("the " + noun + " is nested too deeply");
    }
    skipSpace();
    char c = at < text.length() ? text.charAt(at) : 0;
    if (c == '{') {
      readObject(_ -> skipValue(depth + 1));
    } else if (c == '"') {
      readString();
    } else if (accept('[')) {
      if (!accept(']')) {
        do {
          skipValue(depth + 1);
        } while (accept(','));
        expect(']');
      }
    } else {
      int start = at;
      while (at < text.length() && isWord(text.charAt(at))) {
        at++;
      }
      if (at == start) {
        throw error("expected a value");
      }
    }
  }

  /// Returns whether `c` may stand in a number, `true`, `false` or `null`.
  private static boolean isWord(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || "+-.E".indexOf(c) >= 0;
  }

  final long[] readNumbers(int most) throws IOException {
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

  final String readString() throws IOException {
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
      throw error("the " + noun + " ends too early");
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
  final IOException error(String reason) {
    return new IOException(
        "%s: is no valid %s: %s (%s, character %s)"
            .formatted(file, kind, SafetensorsHeader.oneLine(reason), noun, at));
  }
}
