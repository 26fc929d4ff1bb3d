// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import static org.assertj.core.api.Assertions.assertThat;

import gradus.DType;
import gradus.Generator;
import gradus.Tensor;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jspecify.annotations.Nullable;

/// Save and load are each other's inverse, and no bytes make the reader throw anything but
/// `IOException`.
class SafetensorsProperties {
  private static Path file;
  private static List<byte[]> valid;

  @BeforeContainer
  static void prepare() throws IOException, URISyntaxException {
    file = Files.createTempFile("gradus", ".safetensors");
    valid =
        List.of(
            Files.readAllBytes(golden("mlp.safetensors")),
            Files.readAllBytes(golden("dtypes.safetensors")));
  }

  @AfterContainer
  static void clean() throws IOException {
    Files.delete(file);
  }

  private static Path golden(String name) throws URISyntaxException {
    return Path.of(SafetensorsProperties.class.getResource("/golden/" + name).toURI());
  }

  @Property(tries = 100, seed = "1")
  void loadGivesWhatWasSaved(
      @ForAll @Size(max = 5) Map<String, @Size(max = 4) List<@IntRange(max = 3) Integer>> shapes,
      @ForAll @Size(5) List<DType> dtypes,
      @ForAll Map<String, String> metadata,
      @ForAll long seed)
      throws IOException {
    var generator = new Generator(seed);
    var tensors = new LinkedHashMap<String, Tensor>();
    shapes.forEach(
        (name, shape) -> {
          int[] sizes = shape.stream().mapToInt(Integer::intValue).toArray();
          DType dtype = dtypes.get(tensors.size());
          if (writable(name)) {
            tensors.put(name, generator.normal(0, 100, sizes).to(dtype));
          }
        });
    var texts = new LinkedHashMap<>(metadata);
    texts.entrySet().removeIf(e -> !writable(e.getKey()) || !writable(e.getValue()));
    Safetensors.save(file, tensors, texts);
    var content = Safetensors.load(file);
    assertThat(content.metadata()).isEqualTo(texts);
    assertThat(content.tensors().keySet()).containsExactlyElementsOf(tensors.keySet());
    tensors.forEach(
        (name, tensor) -> {
          Tensor loaded = content.tensors().get(name);
          assertThat(loaded.dtype()).isEqualTo(tensor.dtype());
          assertThat(loaded.shape()).isEqualTo(tensor.shape());
          assertThat(loaded.toDoubleArray()).isEqualTo(tensor.toDoubleArray());
          assertThat(loaded.toLongArray()).isEqualTo(tensor.toLongArray());
        });
    byte[] first = Files.readAllBytes(file);
    Safetensors.save(file, content.tensors(), content.metadata());
    assertThat(Files.readAllBytes(file)).isEqualTo(first);
  }

  private static boolean writable(String text) {
    return StandardCharsets.UTF_8.newEncoder().canEncode(text)
        && !text.equals(SafetensorsHeader.METADATA);
  }

  @Property(tries = 300, seed = "1")
  void anyBytes(@ForAll @Size(max = 300) byte[] bytes) throws IOException {
    survives(bytes);
  }

  @Property(tries = 300, seed = "1")
  void anyBytesAfterARightLength(@ForAll @Size(min = 2, max = 300) byte[] bytes)
      throws IOException {
    survives(withLength(bytes));
  }

  @Property(tries = 300, seed = "1")
  void anyJsonLikeHeader(@ForAll @Size(max = 30) List<@IntRange(max = 17) Integer> tokens)
      throws IOException {
    String[] words = {
      "{",
      "}",
      "[",
      "]",
      ",",
      ":",
      "\"a\"",
      "\"__metadata__\"",
      "\"dtype\"",
      "\"shape\"",
      "\"data_offsets\"",
      "\"F32\"",
      "\"BOOL\"",
      "0",
      "4",
      "9223372036854775807",
      " ",
      "-1"
    };
    var json = new StringBuilder("{");
    tokens.forEach(token -> json.append(words[token]));
    survives(withLength(json.toString().getBytes(StandardCharsets.UTF_8)));
  }

  private static byte[] withLength(byte[] header) {
    return ByteBuffer.allocate(8 + header.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(header.length)
        .put(header)
        .array();
  }

  @Property(tries = 300, seed = "1")
  void truncated(@ForAll @IntRange(max = 1) int which, @ForAll @IntRange(max = 970) int length)
      throws IOException {
    byte[] whole = valid.get(which);
    assertThat(survives(Arrays.copyOf(whole, Math.min(length, whole.length - 1)))).isFalse();
  }

  @Property(tries = 1000, seed = "1")
  void flippedBits(
      @ForAll @IntRange(max = 1) int which,
      @ForAll @Size(min = 1, max = 3) List<@IntRange(max = 971 * 8) Integer> bits)
      throws IOException {
    byte[] bytes = valid.get(which).clone();
    for (int bit : bits) {
      bytes[bit / 8 % bytes.length] ^= (byte) (1 << bit % 8);
    }
    survives(bytes);
  }

  /// Any length of the header before a valid one, above all a huge one.
  @Property(tries = 300, seed = "1")
  void anyLengthOfTheHeader(@ForAll @IntRange(max = 1) int which, @ForAll long length)
      throws IOException {
    byte[] bytes = valid.get(which).clone();
    long right = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(length);
    assertThat(survives(bytes)).isEqualTo(length == right);
  }

  /// What a header says of a tensor.
  record Claim(String dtype, List<Long> shape, long begin, long end) {
    String json(String name) {
      return "\"%s\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":[%s,%s]}"
          .formatted(name, dtype, shape, begin, end);
    }

    /// Returns the place after the last byte of an honest claim, or null of a false one.
    private @Nullable Long endAfter(long due) {
      long size = dtype.equals("F32") ? 4 : dtype.equals("F16") ? 2 : 1;
      boolean honest = begin == due && shape.stream().allMatch(n -> n >= 0 && n < 5);
      long count = honest ? shape.stream().reduce(1L, (a, b) -> a * b) : 0;
      return honest && end == due + count * size ? end : null;
    }
  }

  @Provide
  Arbitrary<Claim> claims() {
    Arbitrary<Long> sizes =
        Arbitraries.frequencyOf(
            Tuple.of(12, Arbitraries.longs().between(0, 2)),
            Tuple.of(1, Arbitraries.of(-1L, 65_536L, 1L << 31, 1L << 62, Long.MIN_VALUE)));
    Arbitrary<Long> places =
        Arbitraries.frequencyOf(
            Tuple.of(12, Arbitraries.longs().between(0, 8)),
            Tuple.of(1, Arbitraries.of(-1L, -8L, 1L << 31, 1L << 62, Long.MAX_VALUE)));
    return Combinators.combine(
            Arbitraries.of("F32", "F16", "U8"), sizes.list().ofMaxSize(2), places, places)
        .as(Claim::new);
  }

  /// Headers in good JSON that claim anything of their tensors: overlaps, gaps, negative and huge
  /// sizes and places. One is read just if its tensors fill the data one after the other.
  @Property(tries = 1000, seed = "1")
  void anyClaims(
      @ForAll @Size(max = 2) List<@From("claims") Claim> claims,
      @ForAll @IntRange(max = 8) int data)
      throws IOException {
    var entries = new ArrayList<String>();
    Long end = 0L;
    for (Claim claim : claims) {
      entries.add(claim.json("t" + entries.size()));
      end = end == null ? null : claim.endAfter(end);
    }
    String json = "{" + String.join(",", entries) + "}";
    byte[] header = withLength(json.getBytes(StandardCharsets.UTF_8));
    boolean read = survives(Arrays.copyOf(header, header.length + data));
    if (end != null && end == data) {
      assertThat(read).isTrue();
    } else if (read) { // in another order than that of the header
      assertThat(claims.stream().mapToLong(c -> c.end() - c.begin()).sum()).isEqualTo(data);
      assertThat(claims.get(0).begin()).isEqualTo(claims.get(1).end());
    }
  }

  /// Indexes that say of tensors that they are in a file where they are not, of files that are cut
  /// short, are none or are not there.
  @Property(tries = 100, seed = "1")
  void anyLiesOfAnIndex(
      @ForAll @Size(max = 4) Map<@IntRange(max = 3) Integer, @IntRange(max = 4) Integer> places)
      throws IOException {
    Path folder = Files.createTempDirectory("gradus");
    try {
      Safetensors.save(folder.resolve("f0"), Map.of("t0", Tensor.ones(1), "t1", Tensor.ones(2)));
      Safetensors.save(folder.resolve("f1"), Map.of("t2", Tensor.ones(3)));
      byte[] whole = Files.readAllBytes(folder.resolve("f1"));
      Files.write(folder.resolve("f2"), Arrays.copyOf(whole, whole.length - 1));
      Files.writeString(folder.resolve("f3"), "no such thing");
      var lines = new ArrayList<String>();
      places.forEach((tensor, at) -> lines.add("\"t%s\":\"f%s\"".formatted(tensor, at)));
      Path index =
          Files.writeString(
              folder.resolve("index.json"), "{\"weight_map\":{" + String.join(",", lines) + "}}");
      boolean honest =
          places.entrySet().stream()
              .allMatch(e -> e.getKey() < 3 && e.getValue() == (e.getKey() < 2 ? 0 : 1));
      try {
        assertThat(Safetensors.loadSharded(index).tensors()).hasSameSizeAs(places);
        assertThat(honest).isTrue();
      } catch (IOException e) {
        assertThat(honest).isFalse();
        assertThat(e.getMessage()).startsWith(folder.toString()).doesNotContain("\n");
      }
    } finally {
      for (String name : List.of("f0", "f1", "f2", "f3", "index.json")) {
        Files.deleteIfExists(folder.resolve(name));
      }
      Files.delete(folder);
    }
  }

  @Property(tries = 300, seed = "1")
  void anyJsonLikeIndex(@ForAll @Size(max = 30) List<@IntRange(max = 15) Integer> tokens)
      throws IOException {
    String[] words = {
      "{",
      "}",
      "[",
      "]",
      ",",
      ":",
      "\"weight_map\"",
      "\"metadata\"",
      "\"a\"",
      "\"\"",
      "1e5",
      "true",
      "\"" + file.getFileName() + "\"",
      "\"/\"",
      " ",
      "-"
    };
    Files.write(file, valid.getFirst());
    var json = new StringBuilder("{\"weight_map\":{");
    tokens.forEach(token -> json.append(words[token]));
    Path index = Files.writeString(Path.of(file + ".index.json"), json);
    try {
      Safetensors.loadSharded(index);
    } catch (IOException e) {
      assertThat(e.getMessage()).startsWith(index + ": ").doesNotContain("\n");
    } finally {
      Files.delete(index);
    }
  }

  /// Returns whether the bytes were read; any exception but a clear `IOException` goes through.
  private static boolean survives(byte[] bytes) throws IOException {
    Files.write(file, bytes);
    try {
      Safetensors.load(file);
      return true;
    } catch (IOException e) {
      assertThat(e.getMessage()).startsWith(file + ": ").doesNotContain("\n");
      return false;
    }
  }
}
