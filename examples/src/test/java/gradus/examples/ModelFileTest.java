// SPDX-License-Identifier: Apache-2.0

package gradus.examples;

import static gradus.examples.Cli.run;
import static org.assertj.core.api.Assertions.assertThat;

import gradus.DType;
import gradus.Tensor;
import gradus.examples.Cli.Run;
import gradus.nn.Safetensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files of models that are damaged, lie, or are of something else.
class ModelFileTest {
  @TempDir Path dir;

  private Path model() {
    Path out = dir.resolve("out");
    assertThat(Cli.train(out, "--hidden", 16).exit()).isZero();
    return out.resolve("model.safetensors");
  }

  private Path rewrite(Path model, Map<String, Tensor> tensors, Map<String, String> metadata)
      throws IOException {
    Path changed = dir.resolve("changed.safetensors");
    Safetensors.save(changed, tensors, metadata);
    assertThat(changed).isNotEqualTo(model);
    return changed;
  }

  @Test
  void modelsThatAreDamaged() throws IOException {
    Path model = model();
    byte[] bytes = Files.readAllBytes(model);
    Path cut = dir.resolve("cut.safetensors");
    Files.write(cut, Arrays.copyOf(bytes, bytes.length - 100));
    Run run = run("eval", "--model", cut);
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err()).startsWith("gradus eval: " + cut + ": ").hasLineCount(1);

    Safetensors.Content content = Safetensors.load(model);
    Map<String, Tensor> tensors = new LinkedHashMap<>(content.tensors());
    Tensor weight = tensors.remove("1.weight");
    tensors.put("1.wait", weight);
    assertThat(run("eval", "--model", rewrite(model, tensors, content.metadata())).err())
        .contains("1.weight", "1.wait")
        .hasLineCount(1);
    tensors.remove("1.wait");
    tensors.put("1.weight", weight.t().contiguous());
    assertThat(run("eval", "--model", rewrite(model, tensors, content.metadata())).err())
        .contains("1.weight", "[3072, 16]", "[16, 3072]")
        .hasLineCount(1);
    tensors.put("1.weight", weight.to(DType.FLOAT64));
    assertThat(run("eval", "--model", rewrite(model, tensors, content.metadata())).err())
        .contains("1.weight", "float64", "float32")
        .hasLineCount(1);

    Map<String, String> metadata = new LinkedHashMap<>(content.metadata());
    metadata.put("activation", "SOFT");
    assertThat(run("eval", "--model", rewrite(model, content.tensors(), metadata)).err())
        .contains("SOFT")
        .hasLineCount(1);
    metadata.put("activation", "RELU");
    metadata.put("hidden", "[2000000000,2000000000]");
    assertThat(run("eval", "--model", rewrite(model, content.tensors(), metadata)).err())
        .endsWith(
            ": its metadata says hidden [2000000000, 2000000000], which takes 4000006164000000000"
                + " weights; it holds 49338 numbers\n")
        .hasLineCount(1);
    metadata.put("hidden", "[16]");
    metadata.remove("activation");
    Path foreign = rewrite(model, content.tensors(), metadata);
    assertThat(run("eval", "--model", foreign).err())
        .isEqualToIgnoringNewLines(
            "gradus eval: "
                + foreign
                + ": the metadata has no 'activation'; this is no model of 'gradus train'");
    Path none = dir.resolve("none");
    assertThat(run("eval", "--model", none).err())
        .isEqualToIgnoringNewLines("gradus eval: " + none + ": no such file or folder");
  }

  @Test
  void metadataThatIsWrong() throws IOException {
    Path model = model();
    Safetensors.Content content = Safetensors.load(model);
    for (String wrong :
        List.of(
            "image_shape=[]",
            "image_shape=[3072]",
            "image_shape=[3,-32,-32]",
            "image_shape=[null]",
            "image_shape=null",
            "image_shape={}",
            "image_shape=[3,32,2147483647]",
            "classes=[null]",
            "classes=[1",
            "hidden=[0]",
            "hidden=[-16]",
            "hidden=[1.5,{}]",
            "activation=relu",
            "model=cnn",
            "dropout=x",
            "dropout=2",
            "normalization.mean=0",
            "data=OTHER")) {
      int at = wrong.indexOf('=');
      Map<String, String> metadata = new LinkedHashMap<>(content.metadata());
      metadata.put(wrong.substring(0, at), wrong.substring(at + 1));
      Path file = rewrite(model, content.tensors(), metadata);
      Run run = run("predict", "--model", file, "none.png");
      assertThat(run.err()).as(wrong).startsWith("gradus predict: " + file).hasLineCount(1);
      assertThat(run.exit()).as(wrong).isEqualTo(1);
    }
  }

  @Test
  void aModelForOtherClasses() throws IOException {
    Path model = model();
    Safetensors.Content content = Safetensors.load(model);
    Map<String, String> metadata = new LinkedHashMap<>(content.metadata());
    metadata.put("classes", "[\"a\",\"b\",\"c\",\"d\",\"e\",\"f\",\"g\",\"h\",\"i\",\"j\"]");
    Run run = run("eval", "--model", rewrite(model, content.tensors(), metadata));
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err())
        .contains("knows the classes [a, b, c", "the data has [checkerboard")
        .hasLineCount(1);
  }
}
