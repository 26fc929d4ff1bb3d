// SPDX-License-Identifier: Apache-2.0

package gradus.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import gradus.examples.Cli.Run;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What each option of `gradus train` does, seen in the files that it writes.
class TrainOptionsTest {
  /// Weights that stay what they are.
  private static final List<String> STILL =
      List.of("--optimizer", "sgd", "--lr", "1e-12", "--scheduler", "none");

  @TempDir Path out;

  private Run train(Object... more) {
    Run run = Cli.train(out, more);
    assertThat(run.err()).isEmpty();
    assertThat(run.exit()).isZero();
    return run;
  }

  private Run train(List<String> first, String... more) {
    List<Object> args = new ArrayList<>(first);
    args.addAll(List.of(more));
    return train(args.toArray());
  }

  private double[] column(String name) throws IOException {
    List<String> lines = Files.readAllLines(out.resolve("history.csv"));
    int column = List.of(lines.getFirst().split(",", -1)).indexOf(name);
    assertThat(column).as(name).isPositive();
    return lines.stream()
        .skip(1)
        .mapToDouble(line -> Double.parseDouble(line.split(",", -1)[column]))
        .toArray();
  }

  private byte[] model(String... options) throws IOException {
    train((Object[]) options);
    return Files.readAllBytes(out.resolve("model.safetensors"));
  }

  private JsonNode summary() throws IOException {
    return new ObjectMapper().readTree(out.resolve("summary.json").toFile());
  }

  @Test
  void smallWeightsKnowNothing() throws IOException {
    train(STILL, "--std", "1e-4");
    assertThat(column("loss")[0]).isCloseTo(StrictMath.log(10), offset(0.01));
    train(STILL, "--init", "zeros");
    assertThat(column("loss")[0]).isCloseTo(StrictMath.log(10), offset(1e-6));
    assertThat(column("accuracy")[1]).isCloseTo(0.1, offset(0.02));
  }

  @Test
  void thePenaltyIsPartOfTheLoss() throws IOException {
    train(STILL, "--std", "0.01");
    double without = column("val_loss")[0];
    train(STILL, "--std", "0.01", "--reg", "2");
    // ½ · 2 · ΣW² of 308,200 weights of variance 10⁻⁴, give or take four deviations of that sum
    assertThat(column("val_loss")[0] - without).isCloseTo(30.82, offset(0.4));
    assertThat(column("loss")[1]).isGreaterThan(30);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "                                              | 1, 0.75, 0.25",
        "--scheduler none                              | 1, 1, 1",
        "--lr-decay 0.5                                | 1, 0.5, 0.25",
        "--scheduler exponential                       | 1, 0.95, 0.9025",
        "--scheduler step --step-size 2                | 1, 1, 0.1",
        "--scheduler step --step-size 1 --lr-decay 0.5 | 1, 0.5, 0.25",
        "--scheduler multistep --milestones 1,2        | 1, 0.1, 0.01",
        "--scheduler plateau --plateau-patience 0      | 1, 1, 0.1",
        "--scheduler plateau --plateau-patience 0 --lr-decay 0.5 | 1, 1, 0.5"
      })
  void learningRates(String options, String factors) throws IOException {
    // So little is learned that the accuracy stays, and so does the epoch that is the best.
    double lr = 1e-7;
    train(
        Stream.concat(
                Stream.of("--epochs", 3, "--optimizer", "sgd", "--lr", lr),
                Stream.ofNullable(options).flatMap(text -> Stream.of(text.split(" ", -1))))
            .toArray());
    double[] expected =
        Stream.of(factors.split(", ", -1)).mapToDouble(f -> lr * Double.parseDouble(f)).toArray();
    assertThat(column("lr")).containsExactly(expected, offset(1e-15));
  }

  @Test
  void withoutValidationAPlateauIsOneOfTheLoss() throws IOException {
    train("--val-split", 0, "--scheduler", "plateau", "--plateau-patience", 0, "--epochs", 3);
    assertThat(column("loss")[1]).isLessThan(column("loss")[0]);
    assertThat(column("lr")).containsOnly(0.001);
  }

  @Test
  void aLinearModelIsOneWithoutHiddenLayers() throws IOException {
    byte[] linear = model("--model", "linear");
    assertThat(summary().get("parameters").asInt()).isEqualTo(3072 * 10 + 10);
    assertThat(model("--model", "softmax")).isEqualTo(linear);
    assertThat(model("--hidden", "0")).isEqualTo(linear);
    assertThat(model()).isNotEqualTo(linear);
    assertThat(summary().get("parameters").asInt()).isEqualTo(3072 * 100 + 100 + 100 * 10 + 10);
  }

  @Test
  void eachOfTheseMakesADifference() throws IOException {
    List<String[]> commands =
        List.of(
            new String[] {},
            new String[] {"--init", "kaiming-uniform"},
            new String[] {"--init", "kaiming-normal"},
            new String[] {"--init", "XAVIER_UNIFORM"},
            new String[] {"--init", "xavier-normal"},
            new String[] {"--init", "normal"},
            new String[] {"--std", "0.02"},
            new String[] {"--optimizer", "adam"},
            new String[] {"--optimizer", "sgd"},
            new String[] {"--optimizer", "sgd", "--momentum", "0"},
            new String[] {"--reg", "0.1"},
            new String[] {"--weight-decay", "0"},
            new String[] {"--augment"},
            new String[] {"--augment", "flip"},
            new String[] {"--augment", "flip,rotate,translate,jitter,noise,cutout"});
    List<byte[]> models = new ArrayList<>();
    for (String[] command : commands) {
      byte[] model = model(command);
      assertThat(models).as(String.join(" ", command)).doesNotContain(model);
      models.add(model);
    }
    assertThat(model("--augment", "crop,flip", "--threads", "3")).isEqualTo(models.get(12));
    assertThat(model("--std", "0.01")).isEqualTo(models.get(5));
    assertThat(model("--optimizer", "sgd", "--momentum", "0.9")).isEqualTo(models.get(8));
  }

  @Test
  void patienceEndsATrainingAndKeepsTheBest() throws IOException {
    Run run = train("--epochs", 60, "--lr", 0.01, "--patience", 3);
    double[] accuracies = column("val_accuracy");
    double best = DoubleStream.of(accuracies).max().orElseThrow();
    assertThat(run.out()).contains("for 3 epochs: stopped");
    assertThat(accuracies.length).isBetween(4, 59);
    assertThat(summary().get("epochs").asInt()).isEqualTo(accuracies.length);
    assertThat(summary().get("bestEpoch").asInt()).isEqualTo(accuracies.length - 3);
    assertThat(accuracies[accuracies.length - 4]).isEqualTo(best);
    assertThat(summary().get("valAccuracy").asDouble()).isEqualTo(best);
    assertThat(run.out()).contains("validation accuracy %.4f".formatted(best));
  }

  @Test
  void showsHowItWent() throws IOException {
    train("--tensorboard", "--augment", "--reg", 0.001);
    BufferedImage curves = ImageIO.read(out.resolve("curves.png").toFile());
    assertThat(curves.getWidth()).isGreaterThan(2 * curves.getHeight());
    assertThat(Files.readString(out.resolve("report.html")))
        .contains("<th>--augment</th><td>crop,flip</td>", "<th>--reg</th><td>0.001</td>")
        .contains("Confusion matrix", "checkerboard");
    try (Stream<Path> files = Files.list(out.resolve("tensorboard"))) {
      assertThat(files).singleElement().asString().contains("tfevents");
    }
    assertThat(column("val_accuracy")).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--model linear --hidden 50 | --hidden 50: --model linear has no hidden layers; leave it out or take --model mlp",
        "--model softmax --dropout 0.5 | --dropout 0.5: there is no hidden layer",
        "--hidden 0 --batch-norm | --batch-norm: there is no hidden layer",
        "--batch-norm --batch-size 1 | --batch-size 1: --batch-norm needs at least 2",
        "--init xavier-normal --std 0.1 | --std 0.1: is for --init normal only",
        "--lr 1 --lr 2 | option '--lr' (X) should be specified only once",
        "--std -1 | --std -1.0: must not be negative",
        "--reg -1 | --reg -1.0: must not be negative",
        "--reg NaN | --reg NaN: must not be negative",
        "--momentum 0.9 | --momentum 0.9: --optimizer adamw has none; it is for sgd",
        "--optimizer sgd --momentum 1 | --momentum 1.0: must be in [0, 1)",
        "--scheduler cosine --lr-decay 0.9 | --lr-decay 0.9: --scheduler cosine has no use for it",
        "--scheduler none --lr-decay 0.9 | --lr-decay 0.9: --scheduler none has no use for it",
        "--step-size 3 | --step-size 3: --scheduler cosine has no use for it",
        "--scheduler step | --scheduler step: needs --step-size",
        "--scheduler step --step-size 0 | --step-size 0: must be positive",
        "--scheduler multistep | --scheduler multistep: needs --milestones",
        "--scheduler multistep --milestones 3,0 | --milestones 0: must be positive",
        "--scheduler plateau --plateau-patience -1 | --plateau-patience -1: must not be negative",
        "--scheduler plateau --lr-decay 1 | --lr-decay 1.0: must be below 1 with --scheduler plateau",
        "--lr-decay 0 | --lr-decay 0.0: must be positive",
        "--patience 0 | --patience 0: must be positive",
        "--scheduler cosin | Invalid value for option '--scheduler': 'cosin' is none of none, exponential, step, multistep, cosine, plateau; did you mean cosine?",
        "--optimizer adm | Invalid value for option '--optimizer': 'adm' is none of sgd, adam, adamw; did you mean adam?",
        "--activation leaky | Invalid value for option '--activation': 'leaky' is none of relu, leaky-relu, sigmoid, tanh; did you mean leaky-relu?",
        "--init kaiming | Invalid value for option '--init': 'kaiming' is none of default, kaiming-uniform, kaiming-normal, xavier-uniform, xavier-normal, normal, zeros; did you mean kaiming-normal?",
        "--model mpl | Invalid value for option '--model': 'mpl' is none of mlp, linear, softmax; did you mean mlp?"
      })
  void whatDoesNotGoTogether(String options, String message) {
    List<Object> args = new ArrayList<>(List.of("train", "--out", out.resolve("new")));
    args.addAll(List.of((Object[]) options.split(" ", -1)));
    Run run = Cli.run(args.toArray());
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err().lines())
        .containsExactly("gradus train: " + message, "Try 'gradus train --help'.");
    assertThat(out.resolve("new")).doesNotExist();
  }

  @Test
  void patienceNeedsValidation() {
    Run run = Cli.train(out, "--val-split", 0, "--patience", 2);
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err().lines())
        .containsExactly(
            "gradus train: --patience 2: there is no validation to watch; give --val-split");
  }
}
