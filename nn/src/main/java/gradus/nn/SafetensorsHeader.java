// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.Shape;
import gradus.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/// The JSON header of a safetensors file, read and written.
///
/// @param entries the tensors in the order of the header; their bytes fill the rest of the file
///   without gap or overlap
/// @param metadata the texts under `__metadata__`
record SafetensorsHeader(List<Entry> entries, SequencedMap<String, String> metadata) {
  /// The longest header that is read, as in the reference implementation.
  static final long MAX_LENGTH = 100_000_000;

  static final String METADATA = "__metadata__";

  /// One tensor and where its bytes are, counted from the end of the header.
  record Entry(String name, StoredType type, Shape shape, long begin, long end) {}

  /// Reads a header.
  ///
  /// @param file the name for error messages
  /// @param dataLength the number of bytes that follow the header in the file
  static SafetensorsHeader parse(String file, ByteBuffer json, long dataLength) throws IOException {
    SafetensorsHeader header = new HeaderParser(file, json).parse();
    List<Entry> byPlace =
        header.entries.stream()
            .sorted(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end))
            .toList();
    long end = 0;
    for (Entry entry : byPlace) {
      if (entry.begin() != end) {
        throw new IOException(
            "%s: tensor %s begins at byte %s, where byte %s is due: tensors overlap or leave a gap"
                .formatted(file, oneLine(entry.name()), entry.begin(), end));
      }
      end = entry.end();
    }
    if (end != dataLength) {
      throw new IOException(
          "%s: its tensors need %s bytes, but %s follow the header: %s"
              .formatted(file, end, dataLength, end > dataLength ? "cut short" : "too many"));
    }
    return header;
  }

  /// Returns the length field's and header's bytes for `tensors`, padded with spaces so that the
  /// data begins at a multiple of 8.
  static byte[] json(
      SequencedMap<String, ? extends Tensor> tensors, SequencedMap<String, String> metadata) {
    var json = new StringBuilder("{");
    if (!metadata.isEmpty()) {
      json.append(quoted(METADATA)).append(":{");
      metadata.forEach(
          (key, value) -> json.append(quoted(key)).append(':').append(quoted(value)).append(','));
      json.setCharAt(json.length() - 1, '}');
      json.append(',');
    }
    long end = 0;
    for (var entry : tensors.entrySet()) {
      if (entry.getKey().equals(METADATA)) {
        throw new IllegalArgumentException("safetensors: no tensor can be named " + METADATA);
      }
      Tensor tensor = entry.getValue();
      StoredType type = StoredType.of(tensor.dtype());
      long begin = end;
      end = Math.addExact(begin, (long) tensor.numel() * type.bytes);
      json.append(quoted(entry.getKey()))
          .append(":{\"dtype\":\"")
          .append(type)
          .append("\",\"shape\":")
          .append(list(tensor.shape()))
          .append(",\"data_offsets\":[")
          .append(begin)
          .append(',')
          .append(end)
          .append("]},");
    }
    if (json.length() > 1) {
      json.setLength(json.length() - 1);
    }
    byte[] bytes = json.append('}').toString().getBytes(StandardCharsets.UTF_8);
    byte[] padded = Arrays.copyOf(bytes, Math.ceilDiv(bytes.length, 8) * 8);
    Arrays.fill(padded, bytes.length, padded.length, (byte) ' ');
    return padded;
  }

  /// Returns `text` fit for a message: at most 200 characters, none of them a line break.
  static String oneLine(String text) {
    String start = text.length() <= 200 ? text : text.substring(0, 200) + "…";
    return start.replaceAll("\\p{Cntrl}", "?");
  }

  private static String list(Shape shape) {
    return Arrays.stream(shape.toArray())
        .mapToObj(String::valueOf)
        .collect(Collectors.joining(",", "[", "]"));
  }

  static String quoted(String text) {
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      throw new IllegalArgumentException(
          "safetensors: a name or text has half a surrogate pair, which UTF-8 cannot hold");
    }
    var json = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> json.append("\\\"");
        case '\\' -> json.append("\\\\");
        case '\b' -> json.append("\\b");
        case '\t' -> json.append("\\t");
        case '\n' -> json.append("\\n");
        case '\f' -> json.append("\\f");
        case '\r' -> json.append("\\r");
        default -> json.append(c < ' ' ? "\\u00" + (c >> 4) + Character.forDigit(c & 15, 16) : c);
      }
    }
    return json.append('"').toString();
  }
}
