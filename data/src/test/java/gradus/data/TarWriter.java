// SPDX-License-Identifier: Apache-2.0
package gradus.data;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Writes tar archives, right ones and wrong ones.
final class TarWriter {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  TarWriter file(String name, byte[] contents) {
    return member(name, '0', contents);
  }

  TarWriter folder(String name) {
    return member(name, '5', new byte[0]);
  }

  /// A GNU long name for the next member.
  TarWriter longName(String name) {
    return member("././@LongLink", 'L', (name + "\0").getBytes(StandardCharsets.UTF_8));
  }

  /// A pax header for the next member.
  TarWriter pax(String key, String value) {
    String rest = " " + key + "=" + value + "\n";
    int length = rest.getBytes(StandardCharsets.UTF_8).length;
    int digits = String.valueOf(length).length();
    length += String.valueOf(length + digits).length();
    return member("PaxHeader", 'x', (length + rest).getBytes(StandardCharsets.UTF_8));
  }

  TarWriter member(String name, char type, byte[] contents) {
    header(name, type, String.format("%011o", contents.length));
    out.writeBytes(contents);
    out.writeBytes(new byte[-contents.length & 511]);
    return this;
  }

  /// A header alone, with any size.
  TarWriter header(String name, char type, String size) {
    byte[] header = new byte[512];
    put(header, 0, name);
    put(header, 100, "0000644");
    put(header, 124, size);
    header[156] = (byte) type;
    put(header, 257, "ustar\00000");
    Arrays.fill(header, 148, 156, (byte) ' ');
    int sum = 0;
    for (byte b : header) {
      sum += b & 0xff;
    }
    put(header, 148, String.format("%06o\0", sum));
    out.writeBytes(header);
    return this;
  }

  private static void put(byte[] header, int offset, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    System.arraycopy(bytes, 0, header, offset, bytes.length);
  }

  byte[] end() {
    out.writeBytes(new byte[1024]);
    return out.toByteArray();
  }

  byte[] withoutEnd() {
    return out.toByteArray();
  }
}
