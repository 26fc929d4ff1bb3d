// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gradus.DType;
import gradus.Shape;
import gradus.Tensor;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Files that are open for single tensors, and models in several files.
class SafetensorsShardsTest {
  private static final String NAME = "model.safetensors.index.json";

  @TempDir private Path folder;

  private static Map<String, Tensor> tensors() {
    var tensors = new LinkedHashMap<String, Tensor>();
    tensors.put("z", Tensor.of(1, 2, 3));
    tensors.put("a", Tensor.arange(4));
    tensors.put("big", Tensor.ones(5, 5));
    tensors.put("e\"mpty", Tensor.zeros(0));
    tensors.put("last", Tensor.of(new boolean[] {true, false}, 2));
    return tensors;
  }

  private static void assertSame(Map<String, Tensor> found, Map<String, Tensor> expected) {
    assertThat(found.keySet()).containsExactlyElementsOf(expected.keySet());
    expected.forEach(
        (name, tensor) -> {
          assertThat(found.get(name).dtype()).isEqualTo(tensor.dtype());
          assertThat(found.get(name).shape()).isEqualTo(tensor.shape());
          assertThat(found.get(name).toDoubleArray()).isEqualTo(tensor.toDoubleArray());
        });
  }

  @Test
  void singleTensorsOfAFile() throws IOException {
    Path path = folder.resolve("model.safetensors");
    Safetensors.save(path, tensors(), Map.of("format", "pt"));
    SafetensorsFile file = Safetensors.open(path);
    Tensor kept;
    try (file) {
      assertThat(file.names()).containsExactly("z", "a", "big", "e\"mpty", "last");
      assertThat(file.metadata()).isEqualTo(Map.of("format", "pt"));
      assertThat(file.shape("big")).isEqualTo(Shape.of(5, 5));
      assertThat(file.dtype("last")).isEqualTo(DType.BOOL);
      assertThat(file.tensor("a").toLongArray()).containsExactly(0, 1, 2, 3);
      assertThatThrownBy(() -> file.tensor("b"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(path + ": has no tensor b");
      kept = file.tensor("z");
    }
    assertThat(kept.toFloatArray()).containsExactly(1, 2, 3);
    assertThatThrownBy(() -> file.tensor("z")).isInstanceOf(IllegalStateException.class);
  }

  /// Beyond the new end no page can be read, and within its last page nothing but zeros.
  @ParameterizedTest
  @ValueSource(longs = {0, 100, 4096, 200_000, 400_100})
  @DisabledOnOs(OS.WINDOWS) // where nobody can cut a mapped file short
  void aFileThatIsCutShortWhileItIsOpen(long left) throws IOException {
    Path path = folder.resolve("model.safetensors");
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("weight", Tensor.ones(100_000));
    tensors.put("half", Tensor.ones(10));
    Safetensors.save(path, tensors);
    long size = Files.size(path);
    try (var file = Safetensors.open(path);
        var channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
      assertThat(file.tensor("half").sum().item()).isEqualTo(10);
      channel.truncate(left);
      for (String name : file.names()) {
        assertThatThrownBy(() -> file.tensor(name))
            .isInstanceOf(IOException.class)
            .hasMessage(
                "%s: tensor %s: the file was cut short while it was open: it had %s bytes and has %s",
                path, name, size, left);
      }
    }
  }

  /// What is read is the file that was opened, not one that has its name by now.
  @Test
  void aFileThatIsReplacedWhileItIsOpen() throws IOException {
    Path path = folder.resolve("model.safetensors");
    Safetensors.save(path, Map.of("a", Tensor.ones(5000)));
    try (var file = Safetensors.open(path)) {
      Safetensors.save(path, Map.of("a", Tensor.ones(1)));
      assertThat(file.tensor("a").sum().item()).isEqualTo(5000);
    }
  }

  @Test
  void modelsInSeveralFiles() throws IOException {
    Path index = folder.resolve(NAME);
    Safetensors.saveSharded(index, tensors(), Map.of("format", "pt"), 48);
    assertThat(folder.toFile().list())
        .containsExactlyInAnyOrder(
            NAME,
            "model-00001-of-00003.safetensors",
            "model-00002-of-00003.safetensors",
            "model-00003-of-00003.safetensors");
    assertThat(Files.readString(index))
        .isEqualTo(
            """
            {
              "metadata": {
                "total_size": 146
              },
              "weight_map": {
                "z": "model-00001-of-00003.safetensors",
                "a": "model-00001-of-00003.safetensors",
                "big": "model-00002-of-00003.safetensors",
                "e\\"mpty": "model-00003-of-00003.safetensors",
                "last": "model-00003-of-00003.safetensors"
              }
            }
            """);
    Safetensors.Content content = Safetensors.loadSharded(index);
    assertSame(content.tensors(), tensors());
    assertThat(content.metadata()).isEqualTo(Map.of("format", "pt"));
  }

  @Test
  void oneFileOrNoTensor() throws IOException {
    Path index = folder.resolve(NAME);
    Safetensors.saveSharded(index, tensors(), Map.of(), Long.MAX_VALUE);
    assertSame(Safetensors.loadSharded(index).tensors(), tensors());
    assertThat(folder.resolve("model-00001-of-00001.safetensors")).exists();
    Safetensors.saveSharded(index, Map.of(), Map.of(), 1);
    assertThat(Safetensors.loadSharded(index).tensors()).isEmpty();
  }

  @Test
  void badArguments() {
    assertThatThrownBy(
            () -> Safetensors.saveSharded(folder.resolve("x.json"), Map.of(), Map.of(), 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "saveSharded: the index "
                + folder.resolve("x.json")
                + " is not named ….safetensors.index.json");
    assertThatThrownBy(() -> Safetensors.saveSharded(folder.resolve(NAME), Map.of(), Map.of(), 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("saveSharded: maxShardBytes: 0 is not positive");
  }

  private void assertRefused(Path index, String reason) {
    assertThatThrownBy(() -> Safetensors.loadSharded(index))
        .isInstanceOf(IOException.class)
        .message()
        .contains(reason)
        .doesNotContain("\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[]|is no valid safetensors index: the index begins with no {",
        "{}|there is no weight_map",
        "{\"weight_map\":{}}x|something follows the index's object",
        "{\"weight_map\":[]}|expected {",
        "{\"weight_map\":{\"a\":1}}|expected \"",
        "{\"weight_map\":{\"a\":\"../m.safetensors\"}}|is no name of a file beside the index",
        "{\"weight_map\":{\"a\":\"/m.safetensors\"}}|is no name of a file beside the index",
        "{\"weight_map\":{\"a\":\"b\\\\m\"}}|is no name of a file beside the index",
        "{\"weight_map\":{\"a\":\"c:m\"}}|is no name of a file beside the index",
        "{\"weight_map\":{\"a\":\"..\"}}|is no name of a file beside the index",
        "{\"weight_map\":{\"a\":\"\"}}|is no name of a file beside the index",
        "{\"weight_map\":{\"a\":\"\\u0000\"}}|is no name of a file beside the index",
        "{\"weight_map\":{\"a\":\"none.safetensors\"}}|none.safetensors: no such file or folder",
        "{\"weight_map\":{\"a\":\"m\",\"a\":\"m\"}}|the key \"a\" is there twice",
        "{\"weight_map\":{},\"weight_map\":{}}|the key \"weight_map\" is there twice",
        "{\"metadata\":}|expected a value",
        "{\"metadata\":{\"total_size\":1.5e3,\"x\":[true,null,\"y\",[]],\"z\":{}}}|no weight_map",
        "{\"weight_map\":{\"b\":\"good.safetensors\"}}|tensor b should be in good.safetensors",
      })
  void indexes(String json, String reason) throws IOException {
    Safetensors.save(folder.resolve("good.safetensors"), Map.of("a", Tensor.of(1)));
    assertRefused(Files.writeString(folder.resolve(NAME), json), reason);
  }

  @Test
  void hostileIndexes() throws IOException {
    Path index = folder.resolve(NAME);
    assertRefused(
        Files.writeString(index, "{\"metadata\":" + "[".repeat(100_000)), "nested too deeply");
    assertRefused(
        Files.write(index, new byte[] {'{', (byte) 0xff, '}'}),
        "is no safetensors index: its index is not UTF-8");
    assertRefused(folder, folder + ": is a folder, not a file");
    assertRefused(folder.resolve("none"), "no such file or folder");
    Safetensors.saveSharded(index, tensors(), Map.of(), 48);
    Path shard = folder.resolve("model-00002-of-00003.safetensors");
    byte[] whole = Files.readAllBytes(shard);
    Files.write(shard, Arrays.copyOf(whole, whole.length - 1));
    assertRefused(index, shard + ": its tensors need 100 bytes, but 99 follow the header");
    Files.writeString(
        shard, new String(whole, StandardCharsets.ISO_8859_1), StandardCharsets.ISO_8859_1);
    assertSame(Safetensors.loadSharded(index).tensors(), tensors());
    assertThat(List.of(folder.toFile().list())).noneMatch(name -> name.endsWith(".tmp"));
  }
}
