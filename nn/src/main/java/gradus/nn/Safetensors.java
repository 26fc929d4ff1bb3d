// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.Tensor;
import gradus.internal.AtomicFile;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;

/// Reads and writes named tensors in the safetensors format: an 8-byte length, a JSON header and
/// the tensors' bytes. Nothing in a file is ever evaluated.
///
/// ```java
/// Safetensors.save(Path.of("model.safetensors"), model.stateDict());
/// model.loadStateDict(Safetensors.load(Path.of("model.safetensors")).tensors());
/// ```
///
/// Written are `F32 F64 I64 U8 BOOL`. Read are these and `F16 BF16`, which become float32, and `I8
/// I16 I32`, which become int64; any other type is refused by name.
///
/// Format: <https://github.com/huggingface/safetensors>.
public final class Safetensors {
  private static final int CHUNK = 1 << 20;

  private Safetensors() {}

  /// What a file holds, in the order of its header.
  ///
  /// @param tensors by name
  /// @param metadata free texts by key
  public record Content(
      SequencedMap<String, Tensor> tensors, SequencedMap<String, String> metadata) {
    /// Copies the maps.
    public Content {
      tensors = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(tensors));
      metadata = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(metadata));
    }
  }

  /// Writes `tensors` without metadata; see [#save(Path, Map, Map)].
  ///
  /// @throws IOException if the file cannot be written
  public static void save(Path file, Map<String, ? extends Tensor> tensors) throws IOException {
    save(file, tensors, Map.of());
  }

  /// Writes `tensors` and `metadata` in the order of the maps, or by name if a map has no order of
  /// its own, so that the same content gives the same bytes. The file appears whole or not at all.
  ///
  /// @throws IOException if the file cannot be written
  /// @throws IllegalArgumentException if a name is `__metadata__` or no valid Unicode
  public static void save(
      Path file, Map<String, ? extends Tensor> tensors, Map<String, String> metadata)
      throws IOException {
    SequencedMap<String, ? extends Tensor> ordered = ordered(tensors);
    byte[] header = SafetensorsHeader.json(ordered, ordered(metadata));
    try {
      AtomicFile.write(
          file,
          out -> {
            var start = buffer(8 + header.length);
            writeAll(out, start.putLong(header.length).put(header).flip());
            for (Tensor tensor : ordered.values()) {
              StoredType type = StoredType.of(tensor.dtype());
              type.write(tensor, writing(out, type, tensor.numel()));
            }
          });
    } catch (FileSystemException e) {
      throw explained(file, e);
    }
  }

  /// Reads a whole file.
  ///
  /// @throws IOException if the file cannot be read, or is cut short or malformed in any way
  public static Content load(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new IOException(file + ": is a folder, not a file");
    }
    try (var in = FileChannel.open(file)) {
      SafetensorsHeader header = readHeader(file, in);
      long dataStart = in.position();
      var tensors = new LinkedHashMap<String, Tensor>();
      for (var entry : header.entries()) {
        in.position(dataStart + entry.begin());
        int count = entry.shape().numel();
        try {
          var chunks = reading(in, entry.type(), count);
          tensors.put(entry.name(), entry.type().read(entry.shape(), chunks));
        } catch (IOException e) {
          throw new IOException(file + ": tensor " + entry.name() + ": " + e.getMessage(), e);
        }
      }
      return new Content(tensors, header.metadata());
    } catch (FileSystemException e) {
      throw explained(file, e);
    }
  }

  /// Returns `e` with its reason in words: the JDK's own message of the common ones is the path
  /// alone.
  static FileSystemException explained(Path file, FileSystemException e) {
    return switch (e) {
      case NoSuchFileException _ ->
          new NoSuchFileException(file.toString(), null, "no such file or folder");
      case AccessDeniedException _ ->
          new AccessDeniedException(file.toString(), null, "permission denied");
      default -> e;
    };
  }

  private static SafetensorsHeader readHeader(Path file, FileChannel in) throws IOException {
    long size = in.size();
    if (size < 8) {
      throw new IOException(file + ": has " + size + " bytes, too few for a safetensors file");
    }
    var start = buffer(8);
    readAll(in, start);
    long length = start.flip().getLong();
    if (length < 2 || length > SafetensorsHeader.MAX_LENGTH) {
      throw new IOException(
          file + ": is no safetensors file: a header cannot be " + length + " bytes long");
    }
    if (length > size - 8) {
      throw new IOException(
          "%s: is cut short: its header needs %s bytes, only %s are there"
              .formatted(file, length, size - 8));
    }
    var header = buffer((int) length);
    readAll(in, header);
    return SafetensorsHeader.parse(file.toString(), header.flip(), size - 8 - length);
  }

  private static <V> SequencedMap<String, V> ordered(Map<String, V> map) {
    return map instanceof SequencedMap<String, V> sequenced ? sequenced : new TreeMap<>(map);
  }

  private static StoredType.Chunks reading(FileChannel in, StoredType type, int count) {
    return piece -> {
      int step = CHUNK / type.bytes;
      var buffer = buffer(Math.min(count, step) * type.bytes);
      for (int from = 0; from < count; from += Math.min(step, count - from)) {
        int n = Math.min(step, count - from);
        readAll(in, buffer.clear().limit(n * type.bytes));
        piece.accept(from, n, buffer.flip());
      }
    };
  }

  private static StoredType.Chunks writing(FileChannel out, StoredType type, int count) {
    return piece -> {
      int step = CHUNK / type.bytes;
      var buffer = buffer(Math.min(count, step) * type.bytes);
      for (int from = 0; from < count; from += Math.min(step, count - from)) {
        int n = Math.min(step, count - from);
        piece.accept(from, n, buffer.clear());
        writeAll(out, buffer.clear().limit(n * type.bytes));
      }
    };
  }

  private static ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static void readAll(FileChannel in, ByteBuffer buffer) throws IOException {
    while (buffer.hasRemaining()) {
      if (in.read(buffer) < 0) {
        throw new EOFException("the file was cut short while it was read");
      }
    }
  }

  private static void writeAll(FileChannel out, ByteBuffer buffer) throws IOException {
    while (buffer.hasRemaining()) {
      out.write(buffer);
    }
  }
}
