// SPDX-License-Identifier: Apache-2.0
package gradus.data;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Writes pickles of protocol 2, opcode by opcode, as Python 2's cPickle did those of CIFAR.
final class PickleWriter {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private int memo;

  PickleWriter() {
    raw(0x80, 2);
  }

  /// An opcode and what follows it, byte by byte.
  PickleWriter raw(int... bytes) {
    for (int b : bytes) {
      out.write(b);
    }
    return this;
  }

  /// An opcode with the lines that follow it.
  PickleWriter lines(char opcode, String... lines) {
    raw(opcode);
    for (String line : lines) {
      out.writeBytes((line + "\n").getBytes(StandardCharsets.ISO_8859_1));
    }
    return this;
  }

  /// Keeps the top of the stack.
  PickleWriter put() {
    memo++;
    return memo < 256 ? raw('q', memo) : raw('r').little(memo);
  }

  private PickleWriter little(int value) {
    out.writeBytes(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array());
    return this;
  }

  PickleWriter integer(int value) {
    if (value >= 0 && value < 256) {
      return raw('K', value);
    }
    return value >= 0 && value < 65536
        ? raw('M', value & 0xff, value >> 8)
        : raw('J').little(value);
  }

  PickleWriter string(String text) {
    return string(text.getBytes(StandardCharsets.ISO_8859_1)).put();
  }

  PickleWriter string(byte[] bytes) {
    if (bytes.length < 256) {
      raw('U', bytes.length);
    } else {
      raw('T').little(bytes.length);
    }
    out.writeBytes(bytes);
    return this;
  }

  PickleWriter strings(List<String> texts) {
    raw(']').put().raw('(');
    texts.forEach(this::string);
    return raw('e');
  }

  PickleWriter integers(int... values) {
    raw(']').put().raw('(');
    for (int value : values) {
      integer(value);
    }
    return raw('e');
  }

  /// uint8 `[rows, columns]`.
  PickleWriter array(int rows, int columns, byte[] bytes) {
    return arrayHead(rows, columns).raw(0x89).string(bytes).raw('t', 'b');
  }

  /// The same as Python 3 writes it, whose bytes are no strings of protocol 2.
  PickleWriter arrayOfPython3(int rows, int columns, byte[] bytes) {
    byte[] utf8 = new String(bytes, StandardCharsets.ISO_8859_1).getBytes(StandardCharsets.UTF_8);
    arrayHead(rows, columns).raw(0x89).lines('c', "_codecs", "encode").put().raw('X');
    little(utf8.length);
    out.writeBytes(utf8);
    return put().string("latin1").raw(0x86).put().raw('R').put().raw('t').put().raw('b');
  }

  /// The same, column by column.
  PickleWriter arrayOfColumns(int rows, int columns, byte[] bytes) {
    return arrayHead(rows, columns).raw(0x88).string(bytes).raw('t', 'b');
  }

  private PickleWriter arrayHead(int rows, int columns) {
    lines('c', "numpy.core.multiarray", "_reconstruct").put();
    lines('c', "numpy", "ndarray").put();
    integer(0).raw(0x85).string("b").raw(0x87, 'R').put();
    raw('(').integer(1).integer(rows).integer(columns).raw(0x86);
    lines('c', "numpy", "dtype").put().string("u1").integer(0).integer(1).raw(0x87, 'R').put();
    raw('(').integer(3).string("|").raw('N', 'N', 'N').integer(-1).integer(-1).integer(0);
    return raw('t', 'b');
  }

  PickleWriter dict() {
    return raw('}').put().raw('(');
  }

  byte[] end() {
    return raw('u', '.').bytes();
  }

  byte[] bytes() {
    return out.toByteArray();
  }
}
