// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.Tensor;
import gradus.internal.AtomicFile;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
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
    try (var in = SafetensorsFile.open(file, Arena.ofConfined())) {
      var tensors = new LinkedHashMap<String, Tensor>();
      for (String name : in.names()) {
        tensors.put(name, in.tensor(name));
      }
      return new Content(tensors, in.metadata());
    }
  }

  /// Opens a file to read single tensors from it: the file is mapped into memory, and of the
  /// tensors only those are copied that are asked for. (PyTorch: `safetensors.safe_open`.)
  ///
  /// ```java
  /// try (var file = Safetensors.open(path)) {
  ///   Tensor head = file.tensor("fc.weight");
  /// }
  /// ```
  ///
  /// @throws IOException if the file cannot be read, or is cut short or malformed in any way
  public static SafetensorsFile open(Path file) throws IOException {
    return SafetensorsFile.open(file, Arena.ofShared());
  }

  /// Writes `tensors` into several files of at most `maxShardBytes` of data each, and an index that
  /// says which tensor is where. (PyTorch: `save_pretrained(max_shard_size=…)`.)
  ///
  /// For an index `model.safetensors.index.json` the files are `model-00001-of-00003.safetensors`
  /// and so on beside it. A tensor larger than the limit has a file for itself. An older index is
  /// removed first and the new one appears last, so that whoever finds one finds its files.
  ///
  /// @throws IOException if a file cannot be written
  /// @throws IllegalArgumentException if the index isn't named `….safetensors.index.json`, the
  ///   limit is not positive, or a name is `__metadata__` or no valid Unicode
  public static void saveSharded(
      Path index,
      Map<String, ? extends Tensor> tensors,
      Map<String, String> metadata,
      long maxShardBytes)
      throws IOException {
    Shards.save(index, ordered(tensors), metadata, maxShardBytes);
  }

  /// Reads all tensors that an index names from the files beside it. The metadata is that of the
  /// first of them.
  ///
  /// @throws IOException if a file cannot be read, is cut short or malformed in any way, names a
  ///   file elsewhere, or lacks a tensor that the index says is there
  public static Content loadSharded(Path index) throws IOException {
    return Shards.load(index);
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

  private static <V> SequencedMap<String, V> ordered(Map<String, V> map) {
    return map instanceof SequencedMap<String, V> sequenced ? sequenced : new TreeMap<>(map);
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

  static void writeAll(FileChannel out, ByteBuffer buffer) throws IOException {
    while (buffer.hasRemaining()) {
      out.write(buffer);
    }
  }
}
