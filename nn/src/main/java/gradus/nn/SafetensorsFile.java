// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.DType;
import gradus.Shape;
import gradus.Tensor;
import gradus.nn.SafetensorsHeader.Entry;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.SequencedSet;

/// A safetensors file that is open for reading, mapped into memory; see [Safetensors#open]. Several
/// threads may read from it.
public final class SafetensorsFile implements AutoCloseable {
  private static final ValueLayout.OfLong LENGTH =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private static final int CHUNK = 1 << 20;

  private final Path file;
  private final Arena arena;
  private final MemorySegment data;
  private final SequencedMap<String, Entry> entries = new LinkedHashMap<>();
  private final SequencedMap<String, String> metadata;

  private SafetensorsFile(Path file, Arena arena, SafetensorsHeader header, MemorySegment data) {
    this.file = file;
    this.arena = arena;
    this.data = data;
    this.metadata = Collections.unmodifiableSequencedMap(header.metadata());
    header.entries().forEach(entry -> entries.put(entry.name(), entry));
  }

  /// Maps a file and reads its header; closes `arena` if that fails, and with the file.
  static SafetensorsFile open(Path file, Arena arena) throws IOException {
    try {
      return mapped(file, arena);
    } catch (FileSystemException e) {
      arena.close();
      throw Safetensors.explained(file, e);
    } catch (Throwable e) {
      arena.close();
      throw e;
    }
  }

  private static SafetensorsFile mapped(Path file, Arena arena) throws IOException {
    if (Files.isDirectory(file)) {
      throw new IOException(file + ": is a folder, not a file");
    }
    try (var in = FileChannel.open(file)) {
      long size = in.size();
      if (size < 8) {
        throw new IOException(file + ": has " + size + " bytes, too few for a safetensors file");
      }
      MemorySegment all = in.map(FileChannel.MapMode.READ_ONLY, 0, size, arena);
      long length = all.get(LENGTH, 0);
      if (length < 2 || length > SafetensorsHeader.MAX_LENGTH) {
        throw new IOException(
            file + ": is no safetensors file: a header cannot be " + length + " bytes long");
      }
      if (length > size - 8) {
        throw new IOException(
            "%s: is cut short: its header needs %s bytes, only %s are there"
                .formatted(file, length, size - 8));
      }
      MemorySegment data = all.asSlice(8 + length);
      var json = all.asSlice(8, length).asByteBuffer();
      var header = SafetensorsHeader.parse(file.toString(), json, data.byteSize());
      return new SafetensorsFile(file, arena, header, data);
    }
  }

  /// Returns the tensors' names, in the order of the header.
  public SequencedSet<String> names() {
    return Collections.unmodifiableSequencedSet(entries.sequencedKeySet());
  }

  /// Returns the free texts of the file by key.
  public SequencedMap<String, String> metadata() {
    return metadata;
  }

  /// Returns the shape of a tensor, without reading it.
  ///
  /// @throws IllegalArgumentException if there is none of this name
  public Shape shape(String name) {
    return entry(name).shape();
  }

  /// Returns the type that a tensor is read as, without reading it.
  ///
  /// @throws IllegalArgumentException if there is none of this name
  public DType dtype(String name) {
    return entry(name).type().dtype();
  }

  /// Reads a tensor.
  ///
  /// @throws IllegalArgumentException if there is none of this name
  /// @throws IOException if its bytes are no valid values
  /// @throws IllegalStateException if the file is closed
  public Tensor tensor(String name) throws IOException {
    Entry entry = entry(name);
    try {
      return entry.type().read(entry.shape(), chunks(entry));
    } catch (IOException e) {
      throw new IOException(file + ": tensor " + name + ": " + e.getMessage(), e);
    }
  }

  private Entry entry(String name) {
    Entry entry = entries.get(name);
    if (entry == null) {
      throw new IllegalArgumentException(file + ": has no tensor " + name);
    }
    return entry;
  }

  private StoredType.Chunks chunks(Entry entry) {
    int size = entry.type().bytes;
    int count = entry.shape().numel();
    int step = CHUNK / size;
    return piece -> {
      for (int from = 0; from < count; from += Math.min(step, count - from)) {
        int n = Math.min(step, count - from);
        var bytes = data.asSlice(entry.begin() + (long) from * size, (long) n * size);
        piece.accept(from, n, bytes.asByteBuffer().order(ByteOrder.LITTLE_ENDIAN));
      }
    };
  }

  /// Closes the file; tensors that were read stay.
  @Override
  public void close() {
    arena.close();
  }
}
