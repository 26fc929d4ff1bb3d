// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import static gradus.nn.Numbers.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gradus.DType;
import gradus.Tensor;
import gradus.internal.AtomicFile;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsTest {
  @TempDir private Path folder;

  private static Path golden(String name) throws URISyntaxException {
    return Path.of(SafetensorsTest.class.getResource("/golden/" + name).toURI());
  }

  @Nested
  class FilesOfPyTorch {
    @Test
    void aModelGivesPyTorchsLogits() throws Exception {
      var content = Safetensors.load(golden("mlp.safetensors"));
      assertThat(content.metadata())
          .containsExactly(Map.entry("format", "pt"), Map.entry("producer", "goldengen"));
      var tensors = new LinkedHashMap<>(content.tensors());
      Tensor input = tensors.remove("input");
      Tensor target = tensors.remove("target");
      Tensor logits = tensors.remove("expected_logits");
      assertThat(target.toLongArray()).containsExactly(0, 0, 1, 2);
      assertThat(logits.toDoubleArray()).startsWith(8.309668739524312, -5.8162840623223495);
      var net = new Sequential(new Linear(6, 5), new ReLU(), new Linear(5, 3));
      net.loadStateDict(tensors);
      net.to(DType.FLOAT64);
      assertClose(net.apply(input.to(DType.FLOAT64)), logits.toDoubleArray());
    }

    @Test
    void everyType() throws Exception {
      var tensors = Safetensors.load(golden("dtypes.safetensors")).tensors();
      assertThat(tensors.get("scalar").shape().toArray()).isEmpty();
      assertThat(tensors.get("scalar").item()).isEqualTo(2.5);
      assertThat(tensors.get("empty").shape().toArray()).containsExactly(0, 3);
      assertThat(tensors.get("f64").dtype()).isEqualTo(DType.FLOAT64);
      assertThat(tensors.get("f64").toDoubleArray())
          .containsExactly(-1.2412109375, -1.46875, 0.7626953125, -0.2646484375);
      assertThat(tensors.get("f16").dtype()).isEqualTo(DType.FLOAT32);
      assertThat(tensors.get("f16").toDoubleArray())
          .containsExactly(1.5341796875, -1.1044921875, 0.3173828125, -0.716796875);
      assertThat(tensors.get("bf16").toDoubleArray())
          .containsExactly(1.703125, -0.0908203125, 1.4375);
      assertThat(tensors.get("i64").toLongArray()).containsExactly(-1, 1099511627776L);
      assertThat(tensors.get("i32").dtype()).isEqualTo(DType.INT64);
      assertThat(tensors.get("i32").shape().toArray()).containsExactly(1, 2);
      assertThat(tensors.get("i32").toLongArray()).containsExactly(7, -8);
      assertThat(tensors.get("i16").toLongArray()).containsExactly(300, -300, 1);
      assertThat(tensors.get("i8").toLongArray()).containsExactly(-128, 127);
      assertThat(tensors.get("u8").dtype()).isEqualTo(DType.UINT8);
      assertThat(tensors.get("u8").toLongArray()).containsExactly(0, 255, 17);
      assertThat(tensors.get("bool").toBooleanArray()).containsExactly(true, false, true);
      assertThat(tensors.get("name with spaces/é").item()).isEqualTo(1.5);
      assertThat(tensors.get("special").toFloatArray())
          .containsExactly(Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, -0.0f);
    }

    @Test
    void savedAgainTheyAreTheSameBytes() throws Exception {
      var content = Safetensors.load(golden("mlp.safetensors"));
      Path copy = folder.resolve("copy.safetensors");
      Safetensors.save(copy, content.tensors(), content.metadata());
      assertThat(copy).hasSameBinaryContentAs(golden("mlp.safetensors"));
    }
  }

  @Nested
  class Writing {
    @Test
    void mapsWithoutOrderAreWrittenByName() throws IOException {
      Path file = folder.resolve("a");
      Safetensors.save(
          file,
          Map.of("b", Tensor.scalar(1.0), "a", Tensor.scalar(2.0), "c", Tensor.scalar(3.0)),
          Map.of("z", "1", "y", "2"));
      var content = Safetensors.load(file);
      assertThat(content.tensors().keySet()).containsExactly("a", "b", "c");
      assertThat(content.metadata().keySet()).containsExactly("y", "z");
    }

    @Test
    void dataBeginsAtAMultipleOfEightAndNothingElseIsLeftInTheFolder() throws IOException {
      for (int length = 1; length < 20; length++) {
        Path file = folder.resolve("x");
        Safetensors.save(file, Map.of("n".repeat(length), Tensor.ones(3)));
        byte[] bytes = Files.readAllBytes(file);
        assertThat((bytes.length - 12) % 8).isZero();
        assertThat(Safetensors.load(file).tensors()).hasSize(1);
      }
      try (Stream<Path> left = Files.list(folder)) {
        assertThat(left).hasSize(1);
      }
    }

    @Test
    void namesOfAnyCharacters() throws IOException {
      var metadata = Map.of("q\"\\\b\f\n\r\t\u0001/\u001f", "äöü€😀\u007f");
      Path file = folder.resolve("x");
      Safetensors.save(file, Map.of("😀\n", Tensor.ones(1)), metadata);
      assertThat(Safetensors.load(file).metadata()).isEqualTo(metadata);
      assertThat(Safetensors.load(file).tensors()).containsOnlyKeys("😀\n");
    }

    @Test
    void viewsAreWrittenInOrder() throws IOException {
      Path file = folder.resolve("x");
      Safetensors.save(file, Map.of("t", Tensor.of(new float[] {1, 2, 3, 4}, 2, 2).t()));
      assertThat(Safetensors.load(file).tensors().get("t").toFloatArray())
          .containsExactly(1, 3, 2, 4);
    }

    @Test
    void tensorsLargerThanOneChunk() throws IOException {
      Path file = folder.resolve("x");
      Tensor big = Tensor.arange(300_000);
      Safetensors.save(file, Map.of("big", big, "after", Tensor.of(7)));
      var tensors = Safetensors.load(file).tensors();
      assertThat(tensors.get("big").toLongArray()).isEqualTo(big.toLongArray());
      assertThat(tensors.get("after").toFloatArray()).containsExactly(7);
    }

    @Test
    void refusesNamesThatCannotBeWritten() {
      Path file = folder.resolve("x");
      assertThatThrownBy(() -> Safetensors.save(file, Map.of("__metadata__", Tensor.ones(1))))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("safetensors: no tensor can be named __metadata__");
      assertThatThrownBy(() -> Safetensors.save(file, Map.of("\ud800", Tensor.ones(1))))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("half a surrogate pair");
      assertThat(file).doesNotExist();
    }

    @Test
    void aFailingWriteLeavesTheOldFileAndNoOther() throws IOException {
      Path file = folder.resolve("x");
      Files.writeString(file, "old");
      assertThatThrownBy(
              () ->
                  AtomicFile.write(
                      file,
                      out -> {
                        out.write(ByteBuffer.wrap(new byte[100]));
                        throw new IOException("disk full");
                      }))
          .isInstanceOf(IOException.class)
          .hasMessage("disk full");
      assertThat(file).hasContent("old");
      try (Stream<Path> left = Files.list(folder)) {
        assertThat(left).containsExactly(file);
      }
    }

    @Test
    void aLeftoverDraftIsNoObstacle() throws IOException {
      Files.writeString(folder.resolve(".x.0.tmp"), "of a crash");
      Safetensors.save(folder.resolve("x"), Map.of("t", Tensor.ones(1)));
      assertThat(Safetensors.load(folder.resolve("x")).tensors()).containsKey("t");
    }

    @Test
    void badPlaces() {
      assertThatThrownBy(() -> Safetensors.save(folder, Map.of()))
          .isInstanceOf(IOException.class)
          .hasMessage(folder + ": is a folder, not a file");
      Path file = folder.resolve("no/such");
      assertThatThrownBy(() -> Safetensors.save(file, Map.of()))
          .isInstanceOf(IOException.class)
          .hasMessage(file + ": no such file or folder");
    }
  }

  @Nested
  class Malformed {
    private Path file(String header, int dataBytes) throws IOException {
      byte[] json = header.getBytes(StandardCharsets.UTF_8);
      return file(json.length, json, dataBytes);
    }

    private Path file(long length, byte[] header, int dataBytes) throws IOException {
      var bytes = ByteBuffer.allocate(8 + header.length + dataBytes).order(ByteOrder.LITTLE_ENDIAN);
      Path file = folder.resolve("bad.safetensors");
      return Files.write(file, bytes.putLong(length).put(header).array());
    }

    private void assertRefused(Path file, String reason) {
      assertThatThrownBy(() -> Safetensors.load(file))
          .isInstanceOf(IOException.class)
          .message()
          .startsWith(file + ": ")
          .contains(reason)
          .doesNotContain("\n");
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '`',
        value = {
          "[]|begins with no {",
          "{\"|ends too early",
          "{}{}|something follows",
          "{\"a\":1}|expected {",
          "{\"a\" {}}|expected :",
          "{\"a\":{}}|tensor a needs a dtype, a shape and two data_offsets",
          "{\"a\":{\"dtype\":\"U16\"|tensor a is of type U16, which is not supported",
          "{\"a\":{\"dtype\":F32|expected \"",
          "{\"a\":{\"shape\":[-1]|no whole number",
          "{\"a\":{\"shape\":[1.5]|expected ]",
          "{\"a\":{\"shape\":[01]|no whole number",
          "{\"a\":{\"shape\":[1,]|no whole number",
          "{\"a\":{\"shape\":[9999999999999999999]|no whole number",
          "{\"a\":{\"data_offsets\":[0,1,2]|more than 2 numbers",
          "{\"a\":{\"strides\":[0]|unknown part \"strides\"",
          "{\"a\":{\"shape\":[],\"shape\":[]|the key \"shape\" is there twice",
          "{\"__metadata__\":{\"a\":1}}|expected \"",
          "{\"__metadata__\":{\"a\":\"1\",\"a\":\"2\"}}|the key \"a\" is there twice",
          "{\"__metadata__\":{},\"__metadata__\":{}}|the key \"__metadata__\" is there twice",
          "{\"\\x\":{}}|unknown escape",
          "{\"\\u00g0\":{}}|four hexadecimal digits",
          "{\"\\ud800\":{}}|half a surrogate pair",
        })
    void headers(String header, String reason) throws IOException {
      assertRefused(file(header, 8), reason);
    }

    private static String tensor(String name, String shape, long begin, long end) {
      return "\"%s\":{\"dtype\":\"F32\",\"shape\":%s,\"data_offsets\":[%s,%s]}"
          .formatted(name, shape, begin, end);
    }

    @Test
    void places() throws IOException {
      String a = tensor("a", "[1]", 0, 4);
      assertRefused(file("{" + a + "," + tensor("b", "[1]", 0, 4) + "}", 4), "overlap");
      assertRefused(file("{" + a + "," + tensor("b", "[1]", 5, 9) + "}", 9), "leave a gap");
      assertRefused(file("{" + a + "," + a + "}", 4), "the key \"a\" is there twice");
      assertRefused(file("{" + tensor("a", "[1]", 4, 8) + "}", 8), "begins at byte 4");
      assertRefused(file("{" + tensor("a", "[1]", 4, 0) + "}", 8), "not those from 4 to 0");
      assertRefused(file("{" + tensor("a", "[2]", 0, 4) + "}", 4), "need 8 bytes");
      assertRefused(file("{" + a + "}", 3), "need 4 bytes, but 3 follow the header: cut short");
      assertRefused(file("{" + a + "}", 5), "too many");
      assertRefused(file("{}", 1), "too many");
      assertRefused(
          file("{" + tensor("a", "[4611686018427387904,4]", 0, 0) + "}", 0), "no whole number");
      assertRefused(
          file("{" + tensor("a", "[65536,65536]", 0, 17179869184L) + "}", 0),
          "more than 2147483647 elements");
      assertRefused(
          file("{" + tensor("a", "[0,65536,65536]", 0, 0) + "}", 0),
          "more than 2147483647 elements");
      assertRefused(file("{" + tensor("a", "[2147483647]", 0, 8589934588L) + "}", 0), "cut short");
      assertRefused(
          file("{" + tensor("a", "[" + "1,".repeat(64) + "1]", 0, 4) + "}", 4),
          "more than 64 numbers");
      assertRefused(
          file("{" + tensor("line\\nbreak" + "x".repeat(1000), "[-1]", 0, 4) + "}", 4),
          "no whole number");
    }

    @Test
    void anyOrderOfTheDataIsFine() throws IOException {
      Path file = file("{" + tensor("b", "[1]", 4, 8) + " , " + tensor("a", "[]", 0, 4) + "}  ", 8);
      assertThat(Safetensors.load(file).tensors().keySet()).containsExactly("b", "a");
    }

    @Test
    void lengths() throws IOException {
      Path empty = Files.write(folder.resolve("empty"), new byte[0]);
      assertRefused(empty, "has 0 bytes, too few");
      byte[] json = {'{', '}'};
      assertRefused(file(3, json, 0), "is cut short: its header needs 3 bytes, only 2");
      assertRefused(file(0, json, 0), "a header cannot be 0 bytes long");
      assertRefused(file(-1, json, 0), "a header cannot be -1 bytes long");
      assertRefused(file(Long.MAX_VALUE, json, 0), "a header cannot be");
      assertRefused(file(100_000_001, json, 0), "a header cannot be 100000001 bytes long");
      assertThat(Safetensors.load(file(2, json, 0)).tensors()).isEmpty();
    }

    @Test
    void bytes() throws IOException {
      assertRefused(file(3, new byte[] {'{', (byte) 0xff, '}'}, 0), "is not UTF-8");
      String bool = "{\"a\":{\"dtype\":\"BOOL\",\"shape\":[1],\"data_offsets\":[0,1]}}";
      Path file = file(bool, 1);
      byte[] bytes = Files.readAllBytes(file);
      bytes[bytes.length - 1] = 2;
      assertRefused(Files.write(file, bytes), "tensor a: element 0 is 2, neither 0 nor 1");
    }

    @Test
    void missingFile() {
      Path file = folder.resolve("none");
      assertThatThrownBy(() -> Safetensors.load(file))
          .isInstanceOf(IOException.class)
          .hasMessage(file + ": no such file or folder");
      assertThatThrownBy(() -> Safetensors.load(folder))
          .isInstanceOf(IOException.class)
          .hasMessage(folder + ": is a folder, not a file");
    }

    @Test
    void reasonsInWords() {
      Path file = folder.resolve("x");
      assertThat(Safetensors.explained(file, new AccessDeniedException(file.toString())))
          .hasMessage(file + ": permission denied");
      var other = new FileSystemException(file.toString(), null, "Input/output error");
      assertThat(Safetensors.explained(file, other)).isSameAs(other);
    }
  }
}
