// SPDX-License-Identifier: Apache-2.0

package gradus.examples;

import static gradus.examples.Cli.run;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import gradus.examples.Cli.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The commands as a user calls them: what they print, write and exit with.
class CommandLineTest {
  /// Black images of 32 × 32 and 48 × 48 pixels.
  private static final String BLACK_32 =
      "iVBORw0KGgoAAAANSUhEUgAAACAAAAAgCAIAAAD8GO2jAAAAGUlEQVR42u3BMQEAAADCoPVP7WENoAAAAG4MIAABITLN7AAAAABJRU5ErkJggg==";

  private static final String BLACK_48 =
      "iVBORw0KGgoAAAANSUhEUgAAADAAAAAwCAIAAADYYG7QAAAAHUlEQVR42u3BAQEAAACCIP+vbkhAAQAAAAAAwK8BGzAAAVZsJ8oAAAAASUVORK5CYII=";

  @TempDir Path dir;

  private Path out() {
    return dir.resolve("out");
  }

  private Run train(Object... more) {
    List<Object> args = new java.util.ArrayList<>(List.of("--hidden", 16));
    args.addAll(List.of(more));
    return Cli.train(out(), args.toArray());
  }

  private static void assertFails(Run run, String message) {
    assertThat(run.err()).isEqualTo(message + System.lineSeparator());
    assertThat(run.exit()).isEqualTo(1);
  }

  @Test
  void trainsOnGeneratedImages() throws IOException {
    Run run = train("--batch-norm", "--dropout", 0.1);
    assertThat(run.err()).isEmpty();
    assertThat(run.exit()).isZero();
    assertThat(run.out())
        .contains("generated shapes: 10 classes, 300 images to train on, 300 to test with")
        .contains("epoch 1/2  loss ")
        .containsPattern("test accuracy 0\\.\\d{4}, loss")
        .contains("(1): Linear(in_features=3072, out_features=16, bias=True)");
    JsonNode summary = new ObjectMapper().readTree(out().resolve("summary.json").toFile());
    assertThat(summary.fieldNames())
        .toIterable()
        .containsExactly(
            "trainAccuracy",
            "valAccuracy",
            "testAccuracy",
            "valLoss",
            "bestEpoch",
            "epochs",
            "seconds",
            "samplesPerSecond",
            "seed",
            "parameters",
            "data");
    assertThat(summary.get("data").asText()).isEqualTo("generated shapes");
    assertThat(summary.get("parameters").asLong())
        .isEqualTo(3072 * 16 + 16 + 2 * 16 + 16 * 10 + 10);
    assertThat(run.out())
        .contains("test accuracy %.4f".formatted(summary.get("testAccuracy").asDouble()));
    try (Stream<Path> files = Files.list(out())) {
      assertThat(files.map(f -> f.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "model.safetensors",
              "summary.json",
              "history.csv",
              "curves.png",
              "report.html",
              "checkpoints");
    }
    Run eval = run("eval", "--model", out().resolve("model.safetensors"));
    assertThat(eval.exit()).isZero();
    assertThat(eval.out()).containsPattern("checkerboard( +\\d+){10} +0\\.\\d{4}\\R");
    assertThat(eval.out()).containsPattern("accuracy: 0\\.\\d{4}\\R");
  }

  @Test
  void theSameCommandWritesTheSameBytes() throws IOException {
    byte[][] models = new byte[3][];
    for (int i = 0; i < 3; i++) {
      assertThat(train("--threads", i + 1, "--dropout", 0.2).exit()).isZero();
      models[i] = Files.readAllBytes(out().resolve("model.safetensors"));
    }
    assertThat(models[1]).isEqualTo(models[0]);
    assertThat(models[2]).isEqualTo(models[0]);
    assertThat(train("--seed", 2, "--dropout", 0.2).exit()).isZero();
    assertThat(Files.readAllBytes(out().resolve("model.safetensors"))).isNotEqualTo(models[0]);
  }

  @Test
  void withoutValidation() throws IOException {
    assertThat(train("--val-split", 0).out()).doesNotContain("val");
    assertThat(
            new ObjectMapper()
                .readTree(out().resolve("summary.json").toFile())
                .get("valAccuracy")
                .isNull())
        .isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--hidden 50,-3 | --hidden -3: a size must be positive",
        "--lr 0 | --lr 0.0: must be positive",
        "--lr NaN | --lr NaN: must be positive",
        "--weight-decay -1 | --weight-decay -1.0: must not be negative",
        "--dropout 1 | --dropout 1.0: must be in [0, 1)",
        "--epochs 0 | --epochs 0: must be positive",
        "--batch-size -5 | --batch-size -5: must be positive",
        "--val-split 1 | --val-split 1.0: must be in [0, 1)",
        "--limit 0 | --limit 0: must be positive",
        "--threads 0 | --threads 0: must be positive",
        "--epochs many | Invalid value for option '--epochs': 'many' is not an int",
        "--epoch 3 | Unknown option: '--epoch'; did you mean --epochs?",
        "--shedule cosine | Unknown option: '--shedule'; did you mean --scheduler?",
        "--learning-rate=1 | Unknown option: '--learning-rate'; did you mean --lr?",
        "--val 0 | Unknown option: '--val'; did you mean --val-split?",
        "-lr 1 | Unknown option: '-lr'; did you mean --lr?",
        "--augment flp | Invalid value for option '--augment': 'flp' is none of crop, flip, rotate, translate, jitter, noise, cutout; did you mean flip?",
        "--augment=crop, | Invalid value for option '--augment': '' is none of crop,"
      })
  void wrongOptions(String options, String message) {
    List<Object> args = new java.util.ArrayList<>(List.of("train", "--out", out()));
    args.addAll(List.of((Object[]) options.split(" ", -1)));
    Run run = run(args.toArray());
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).startsWith("gradus train: " + message);
    assertThat(run.err()).endsWith("Try 'gradus train --help'." + System.lineSeparator());
    assertThat(out()).doesNotExist();
  }

  @Test
  void unknownOptionsSuggestTheNearest() {
    assertThat(run("train", "--epoch", "3").err()).contains("did you mean --epochs?");
    assertThat(run("eval", "--mode", "x").err())
        .startsWith("gradus eval: Unknown option: '--mode'; did you mean --model?");
    assertThat(run("trian").exit()).isEqualTo(2);
    assertThat(run("trian").err())
        .startsWith("gradus: Unknown command: 'trian'; did you mean train?");
    assertThat(run("data", "inf").err())
        .startsWith("gradus data: Unknown command: 'inf'; did you mean info?");
    assertThat(run("predict").err()).contains("'--model=FILE'");
    assertThat(run("--help").out()).contains("train", "eval", "conformance");
  }

  @Test
  void helpIsByTopic() {
    String help = run("train", "--help").out();
    assertThat(help.lines().filter(line -> line.matches("[A-Z][a-z ]+:")))
        .containsExactly(
            "Images:", "Model:", "Optimization:", "Learning rate schedule:", "Results:");
    assertThat(help.lines().filter(line -> line.matches(" *(-h, )?--\\S+ .*")))
        .as("each option once")
        .hasSizeGreaterThan(25)
        .doesNotHaveDuplicates();
    assertThat(help).containsOnlyOnce("  -h, --help").containsOnlyOnce("  --weight-decay=X");
    assertThat(run("eval", "--help").out())
        .contains("Images:", "--model=FILE")
        .doesNotContain("mixin");
  }

  @Test
  void dataThatIsNotThere() {
    assertFails(
        train("--data", dir.resolve("nowhere")),
        "gradus train: "
            + dir.resolve("nowhere")
            + ": there is no such file or folder; is the path right?");
  }

  private Path image(String file, String png) throws IOException {
    Path path = dir.resolve("images").resolve(file);
    Files.createDirectories(path.getParent());
    return Files.write(path, Base64.getDecoder().decode(png));
  }

  /// Images of two classes, to train and to test with.
  private Path images() throws IOException {
    for (String split : List.of("train", "test")) {
      for (String type : List.of("cat", "dog")) {
        image(split + "/" + type + "/0.png", BLACK_32);
        image(split + "/" + type + "/1.png", BLACK_32);
      }
    }
    return dir.resolve("images");
  }

  private void assertRefused(Path data, String... words) {
    Run run = train("--data", data);
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err()).startsWith("gradus train: ").contains(words).hasLineCount(1);
    assertThat(out().resolve("model.safetensors")).doesNotExist();
  }

  @Test
  void looksAtData() throws IOException {
    Path sheet = dir.resolve("sheet.png");
    Run run = run("data", "info", images(), "--sheet", sheet);
    assertThat(run.exit()).isZero();
    assertThat(run.out())
        .contains("2 classes, images of 32 × 32 pixels, 3 channels", "mean 0.0000 0.0000 0.0000")
        .containsPattern("cat +2 +2\\R")
        .containsPattern("all +4 +4\\R");
    assertThat(Files.readAllBytes(sheet)).startsWith(0x89, 'P', 'N', 'G');
    assertThat(run("data", "info", dir.resolve("nowhere")).exit()).isEqualTo(1);
  }

  @Test
  void predictsImagesOfAnySize() throws IOException {
    Path images = images();
    train("--data", images, "--val-split", 0);
    Path model = out().resolve("model.safetensors");
    Path large = image("large.png", BLACK_48);
    Run run = run("predict", "--model", model, large, images.resolve("test/cat/0.png"));
    assertThat(run.err()).isEmpty();
    String probabilities = "(cat|dog) 0\\.\\d{4}, (cat|dog) 0\\.\\d{4}\\R";
    assertThat(run.out())
        .matches("\\Q" + large + "\\E: " + probabilities + ".*0\\.png: " + probabilities);
    Files.writeString(large, "no image");
    assertThat(run("predict", "--model", model, large).exit()).isEqualTo(1);
    assertThat(run("predict", "--model", model).exit()).isEqualTo(2);
  }

  @Test
  void saysWhatAModelOfShapesKnows() throws IOException {
    train();
    Path model = out().resolve("model.safetensors");
    Run run = run("predict", "--model", model, image("large.png", BLACK_48));
    assertThat(run.out().lines().findFirst())
        .hasValueSatisfying(
            line ->
                assertThat(line)
                    .startsWith("note: trained on generated shapes (checkerboard, cross, ")
                    .endsWith("); to it anything is one of them"));
    assertThat(run.out().lines()).hasSize(2);
    Run eval = run("eval", "--model", model, "--split", "val");
    assertThat(eval.exit()).isEqualTo(1);
    assertThat(eval.err().lines())
        .containsExactly("gradus eval: --split val: the data has no validation images of its own");
  }

  @Test
  void namesAFileAsItWasGiven() {
    train();
    Path model = out().resolve("model.safetensors");
    assertThat(run("predict", "--model", model, "cat.png").err().lines())
        .containsExactly("gradus predict: cat.png: there is no such file; is the path right?");
  }

  @Test
  void validatesWithTheFolderForIt() throws IOException {
    images();
    image("val/cat/0.png", BLACK_32);
    image("val/dog/0.png", BLACK_32);
    Run run = train("--data", dir.resolve("images"));
    assertThat(run.exit()).isZero();
    assertThat(run.out()).contains("4 images to train on", "validation accuracy 0.5000");
  }

  @Test
  void imagesThatAreDamaged() throws IOException {
    Path images = images();
    assertThat(train("--data", images, "--val-split", 0.25).exit()).isZero();
    Files.delete(out().resolve("model.safetensors"));

    Path large = image("train/cat/2.png", BLACK_48);
    assertRefused(images, large.toString(), "48", "32");
    Files.writeString(large, "no image");
    assertRefused(images, large.toString());
    Files.delete(large);
    Files.delete(images.resolve("train/dog/0.png"));
    Files.delete(images.resolve("train/dog/1.png"));
    assertRefused(images, images.resolve("train/dog").toString());

    Path bins = Files.createDirectories(dir.resolve("bins"));
    for (String file :
        List.of(
            "data_batch_1",
            "data_batch_2",
            "data_batch_3",
            "data_batch_4",
            "data_batch_5",
            "test_batch")) {
      Files.write(bins.resolve(file + ".bin"), new byte[2 * 3073]);
    }
    assertThat(train("--data", bins).exit()).isZero();
    Files.delete(out().resolve("model.safetensors"));
    Path cut = bins.resolve("data_batch_3.bin");
    Files.write(cut, new byte[3073 + 100]);
    assertRefused(bins, cut.toString(), "3173");
    byte[] label = new byte[3073];
    label[0] = 10;
    Files.write(cut, label);
    assertRefused(bins, cut.toString(), "10");
    assertRefused(dir.resolve("out"), "out");
  }

  @Test
  void anOutThatIsAFile() throws IOException {
    Files.writeString(out(), "x");
    assertFails(train(), "gradus train: --out " + out() + ": is a file, not a folder");
  }

  @Test
  void aLossThatDivergesStopsTheTraining() {
    Run run = train("--optimizer", "sgd", "--lr", 1e30);
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err())
        .matches(
            "gradus train: the loss is no number any more in step \\d+ of epoch 1: the training diverged; try a smaller --lr .*\\R");
    assertThat(out().resolve("model.safetensors")).doesNotExist();
    assertThat(out().resolve("summary.json")).doesNotExist();
  }
}
