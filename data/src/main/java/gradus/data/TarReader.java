// SPDX-License-Identifier: Apache-2.0
package gradus.data;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads a tar archive from front to end: POSIX ustar, pax headers, GNU long names.
///
/// Devices and pipes are passed over. Links, sparse files and whatever is not as the format says,
/// are errors.
///
/// Source: POSIX.1-2017, pax, "ustar Interchange Format" and "pax Header Block"; GNU tar manual,
/// "Basic Tar Format".
final class TarReader {
  private static final int BLOCK = 512;

  /// Long names and pax headers may not be longer.
  private static final int MAX_HEADER = 1 << 16;

  private static final int MAX_DEPTH = 32;

  private final InputStream in;
  private final String archive;
  private final long maxTotal;
  private long total;
  private long rest;
  private long padding;

  /// A member of the archive.
  ///
  /// @param name its path, without `.` segments and without a slash at the end
  /// @param folder whether it is a folder
  /// @param size bytes in the file, 0 for a folder
  record Entry(String name, boolean folder, long size) {}

  /// Reads `in`, which the caller closes.
  ///
  /// @param archive what the archive is called in messages
  /// @param maxTotal how many bytes may be read at most
  TarReader(InputStream in, String archive, long maxTotal) {
    this.in = in;
    this.archive = archive;
    this.maxTotal = maxTotal;
  }

  /// Returns the next file or folder, or null at the end.
  ///
  /// @throws DatasetException if the archive is damaged or larger than it may be
  /// @throws EOFException if it is cut short
  @Nullable Entry next() throws IOException {
    String longName = null;
    Map<String, String> pax = Map.of();
    while (true) {
      skip(rest + padding);
      byte[] header = nextHeader();
      if (isZero(header)) {
        drain();
        return null;
      }
      char type = (char) header[156];
      begin(type, pax.containsKey("size") ? decimal(pax.get("size")) : number(header, 124, 12));
      switch (type) {
        case 'L' -> longName = text(readHeader(), 0, MAX_HEADER);
        case 'x' -> pax = paxRecords(readHeader());
        case 'K', 'g' -> readHeader();
        case '0', '\0', '7', '5' -> {
          String given = longName == null ? name(header) : longName;
          String name = pax.getOrDefault("path", given);
          return new Entry(clean(name), type == '5' || name.endsWith("/"), rest);
        }
        case '3', '4', '6' -> {
          longName = null;
          pax = Map.of();
        }
        case '1', '2' ->
            throw damaged(
                name(header) + " is a link; pack it with --dereference --hard-dereference");
        default -> throw damaged(name(header) + " is of unknown type '" + type + "'");
      }
    }
  }

  /// Returns the contents of the file that [#next] returned.
  byte[] read() throws IOException {
    byte[] bytes = readFully(Math.toIntExact(rest));
    rest = 0;
    return bytes;
  }

  private byte[] nextHeader() throws IOException {
    boolean first = total == 0;
    byte[] header;
    try {
      header = readFully(BLOCK);
    } catch (EOFException e) {
      throw first ? notTar() : e;
    }
    if (!isZero(header) && checkSum(header) != number(header, 148, 8)) {
      throw first ? notTar() : damaged("the checksum of a header is wrong");
    }
    return header;
  }

  private DatasetException notTar() {
    return new DatasetException(
        archive, "is neither a folder nor a tar archive, plain or compressed by gzip");
  }

  /// Notes how many bytes follow this header.
  private void begin(char type, long size) throws IOException {
    if (size < 0) {
      throw damaged("a member has a size of " + size);
    }
    rest = type >= '1' && type <= '6' ? 0 : size;
    if (rest > maxTotal - total) {
      throw tooLarge();
    }
    padding = -rest & (BLOCK - 1);
  }

  private byte[] readHeader() throws IOException {
    if (rest > MAX_HEADER) {
      throw damaged("a name or pax header has " + rest + " bytes");
    }
    return read();
  }

  private static boolean isZero(byte[] block) {
    for (byte b : block) {
      if (b != 0) {
        return false;
      }
    }
    return true;
  }

  /// The sum of all bytes, where those of the sum itself count as blanks.
  private static int checkSum(byte[] header) {
    int sum = 0;
    for (int i = 0; i < BLOCK; i++) {
      sum += i >= 148 && i < 156 ? ' ' : header[i] & 0xff;
    }
    return sum;
  }

  /// A number in octal digits or, where its first bit is set, in binary; −1 if it is neither.
  private static long number(byte[] header, int offset, int length) {
    if (header[offset] < 0) {
      long value = header[offset] & 0x7f;
      for (int i = 1; i < length; i++) {
        if (value >>> 55 != 0) {
          return -1;
        }
        value = (value << 8) | (header[offset + i] & 0xff);
      }
      return value;
    }
    String digits = text(header, offset, length).strip();
    try {
      return digits.isEmpty() ? 0 : Long.parseUnsignedLong(digits, 8);
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  private static String name(byte[] header) {
    String name = text(header, 0, 100);
    boolean ustar = text(header, 257, 6).equals("ustar") && header[262] == 0;
    String prefix = ustar ? text(header, 345, 155) : "";
    return prefix.isEmpty() ? name : prefix + "/" + name;
  }

  /// The text up to the first NUL.
  private static String text(byte[] bytes, int offset, int length) {
    int end = offset;
    while (end < bytes.length && end < offset + length && bytes[end] != 0) {
      end++;
    }
    return new String(bytes, offset, end - offset, StandardCharsets.UTF_8);
  }

  /// Records `length key=value\n`, where the length counts all of the record.
  private Map<String, String> paxRecords(byte[] bytes) throws IOException {
    Map<String, String> records = new HashMap<>();
    int at = 0;
    while (at < bytes.length && bytes[at] != 0) {
      int blank = at;
      while (blank < bytes.length && bytes[blank] != ' ') {
        blank++;
      }
      long length = decimal(new String(bytes, at, blank - at, StandardCharsets.UTF_8));
      long end = at + length;
      if (length <= 0 || end <= blank + 1L || end > bytes.length || bytes[(int) end - 1] != '\n') {
        throw damaged("a pax header is not as it should be");
      }
      String record = new String(bytes, blank + 1, (int) end - blank - 2, StandardCharsets.UTF_8);
      int equals = record.indexOf('=');
      if (equals < 0) {
        throw damaged("a pax header is not as it should be");
      }
      records.put(record.substring(0, equals), record.substring(equals + 1));
      at = (int) end;
    }
    return records;
  }

  private static long decimal(String digits) {
    try {
      return digits.length() > 18 ? -1 : Long.parseLong(digits);
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  private String clean(String name) throws IOException {
    List<String> segments = new ArrayList<>();
    for (String segment : name.split("/", -1)) {
      if (segment.equals("..")) {
        throw damaged(name + " points out of the archive");
      }
      if (!segment.isEmpty() && !segment.equals(".")) {
        segments.add(segment);
      }
    }
    if (segments.size() > MAX_DEPTH) {
      throw damaged("a member lies " + segments.size() + " folders deep");
    }
    return String.join("/", segments);
  }

  private byte[] readFully(int n) throws IOException {
    count(n);
    byte[] bytes = in.readNBytes(n);
    if (bytes.length < n) {
      throw new EOFException(archive + " is cut short");
    }
    return bytes;
  }

  private void skip(long n) throws IOException {
    count(n);
    in.skipNBytes(n);
    rest = 0;
    padding = 0;
  }

  /// Reads what follows the end, so that a decompressor sees its own checksum.
  private void drain() throws IOException {
    byte[] buffer = new byte[1 << 14];
    for (int n; (n = in.read(buffer)) >= 0; ) {
      count(n);
    }
  }

  private void count(long n) throws IOException {
    total += n;
    if (total > maxTotal) {
      throw tooLarge();
    }
  }

  private DatasetException tooLarge() {
    return new DatasetException(
        archive, "holds more than the " + maxTotal + " bytes of any archive read here; unpack it");
  }

  private DatasetException damaged(String what) {
    return new DatasetException(archive, "is damaged: " + what);
  }
}
