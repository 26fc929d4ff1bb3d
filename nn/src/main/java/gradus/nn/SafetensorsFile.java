// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.DType;
import gradus.Shape;
import gradus.Tensor;
import gradus.nn.SafetensorsHeader.Entry;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.SequencedSet;

/// A safetensors file that is open for reading, mapped into memory; see [Safetensors#open]. Several
/// threads may read from it.
public final class SafetensorsFile implements AutoCloseable {
  private static final int CHUNK = 1 << 20;

  private final Path file;
  private final Arena arena;
  private final Mapping mapping;
  private final long data;
  private final SequencedMap<String, Entry> entries = new LinkedHashMap<>();
  private final SequencedMap<String, String> metadata;

  /// Takes a file whose tensors' bytes begin at byte `data`.
  private SafetensorsFile(
      Path file, Arena arena, Mapping mapping, SafetensorsHeader header, long data) {
    this.file = file;
    this.arena = arena;
    this.mapping = mapping;
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
    if (Files.readAttributes(file, BasicFileAttributes.class).isDirectory()) {
      throw new IOException(file + ": is a folder, not a file");
    }
    if (!Files.isReadable(file)) {
      throw new AccessDeniedException(file.toString());
    }
    var in = new RandomAccessFile(file.toFile(), "r");
    try {
      return read(file, arena, in);
    } catch (Throwable e) {
      in.close();
      throw e;
    }
  }

  private static SafetensorsFile read(Path file, Arena arena, RandomAccessFile in)
      throws IOException {
    long size = in.length();
    if (size < 8) {
      throw new IOException(file + ": has " + size + " bytes, too few for a safetensors file");
    }
    var mapping =
        new Mapping(in, in.getChannel().map(FileChannel.MapMode.READ_ONLY, 0, size, arena));
    long length = mapping.bytes(file, 0, 8).getLong();
    if (length < 2 || length > SafetensorsHeader.MAX_LENGTH) {
      throw new IOException(
          file + ": is no safetensors file: a header cannot be " + length + " bytes long");
    }
    if (length > size - 8) {
      throw new IOException(
          "%s: is cut short: its header needs %s bytes, only %s are there"
              .formatted(file, length, size - 8));
    }
    ByteBuffer json = mapping.bytes(file, 8, (int) length);
    long data = 8 + length;
    var header = SafetensorsHeader.parse(file.toString(), json, size - data);
    return new SafetensorsFile(file, arena, mapping, header, data);
  }

  /// A file and what it held when it was mapped. Another process may cut the file short while it is
  /// open; then the pages behind its end cannot be read, and what is left of its last page reads as
  /// zeros.
  private record Mapping(RandomAccessFile in, MemorySegment all) {
    /// Returns a copy of bytes of the header.
    ByteBuffer bytes(Path file, long from, int n) throws IOException {
      var bytes = new byte[n];
      try {
        copy(from, bytes, n);
      } catch (IOException e) {
        throw new IOException(file + ": " + e.getMessage(), e);
      }
      return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /// Copies `n` bytes of the file to the start of `to`. Only a copy of many bytes at once may
    /// meet the missing pages: the JVM then throws an error, at the latest when the length is asked
    /// for, whereas one for a single value could come after this method has returned.
    void copy(long from, byte[] to, int n) throws IOException {
      boolean whole;
      try {
        MemorySegment.copy(all, ValueLayout.JAVA_BYTE, from, to, 0, n);
        whole = in.length() >= all.byteSize();
      } catch (InternalError _) { // a page is missing
        whole = false;
      }
      if (!whole) {
        throw new IOException(
            "the file was cut short while it was open: it had %s bytes and has %s"
                .formatted(all.byteSize(), in.length()));
      }
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
  /// @throws IOException if its bytes are no valid values, or the file was cut short after it was
  ///   opened
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
      var bytes = new byte[Math.min(count, step) * size];
      for (int from = 0; from < count; from += Math.min(step, count - from)) {
        int n = Math.min(step, count - from);
        mapping.copy(data + entry.begin() + (long) from * size, bytes, n * size);
        piece.accept(from, n, ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
      }
    };
  }

  /// Closes the file; tensors that were read stay.
  @Override
  public void close() {
    arena.close();
    try {
      mapping.in.close();
    } catch (IOException e) {
      throw new UncheckedIOException(file + ": cannot be closed: " + e.getMessage(), e);
    }
  }
}
