// SPDX-License-Identifier: Apache-2.0
package gradus.train.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gradus.Generator;
import gradus.Tensor;
import gradus.data.DataLoader;
import gradus.data.ImageDatasets;
import gradus.data.Normalize;
import gradus.data.SyntheticImages;
import gradus.nn.CrossEntropyLoss;
import gradus.nn.Mlp;
import gradus.optim.Adam;
import gradus.train.History;
import gradus.train.Metric;
import gradus.train.Predictions;
import gradus.train.Trainer;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
  @TempDir private Path folder;

  private static final History HISTORY =
      new History(
          List.of("loss", "accuracy", "val_loss", "val_accuracy", "lr"),
          List.of(
              List.of(2.3, 0.1, 2.2, 0.2, 0.1),
              List.of(1.9, 0.4, Double.NaN, 0.3, 0.1),
              List.of(1.5, 0.5, 1.7, 0.4, 0.05)));

  @Test
  void curves() throws IOException {
    Path file = folder.resolve("curves.png");
    Curves.save(HISTORY, file);
    BufferedImage image = ImageIO.read(file.toFile());
    assertThat(image.getWidth()).isEqualTo(2 * Curves.plot(HISTORY, "lr").getWidth());
    // Both colours are there, in both halves.
    for (int half = 0; half < 2; half++) {
      for (int colour : new int[] {0x1f77b4, 0xd95f02}) {
        assertThat(pixels(image, half)).contains(colour);
      }
    }
    byte[] bytes = Files.readAllBytes(file);
    Curves.save(HISTORY, file);
    assertThat(Files.readAllBytes(file)).isEqualTo(bytes);
    assertThatThrownBy(() -> Curves.plot(new History(List.of("loss", "lr"), List.of())))
        .hasMessage("Curves: no epoch has ended, there is nothing to draw");
    assertThatThrownBy(() -> Curves.plot(HISTORY, "f1"))
        .hasMessageStartingWith("History: no column f1");
  }

  @Test
  void curvesOfOneEpochAndOfNothingFinite() {
    var one = new History(List.of("loss", "lr"), List.of(List.of(2.0, 0.1)));
    assertThat(pixels(Curves.plot(one), 0)).doesNotContain(0x1f77b4);
    assertThat(pixels(Curves.plot(one), 1)).contains(0x1f77b4);
    var nothing = new History(List.of("loss", "lr"), List.of(List.of(Double.NaN, 0.1)));
    assertThat(Curves.plot(nothing).getWidth()).isPositive();
    for (double huge : new double[] {1e16, 1e20, Double.MAX_VALUE, -Double.MAX_VALUE}) {
      var diverging =
          new History(List.of("loss", "lr"), List.of(List.of(2.0, 0.1), List.of(huge, 0.1)));
      assertThat(pixels(Curves.plot(diverging, "loss"), 1)).contains(0x1f77b4);
    }
    var large = new History(List.of("loss", "lr"), List.of(List.of(2.0, 0.1), List.of(1e15, 0.1)));
    assertThat(pixels(Curves.plot(large, "loss"), 0)).contains(0x1f77b4);
  }

  @Test
  void labels() {
    assertThat(Curves.label(0.30000000000000004, 0)).isEqualTo("0.3");
    assertThat(Curves.label(0.30000000000000004, 2)).isEqualTo("0.30");
    assertThat(Curves.label(0.125, 2)).isEqualTo("0.125");
    assertThat(Curves.label(0, 0)).isEqualTo("0");
    assertThat(Curves.label(0, 1)).isEqualTo("0.0");
    assertThat(Curves.label(1200, 0)).isEqualTo("1200");
    assertThat(Curves.label(9e-4, 4)).isEqualTo("0.0009");
    assertThat(Curves.label(1e-3, 4)).isEqualTo("0.0010");
    assertThat(Curves.label(2.5e-7, 6)).isEqualTo("2.5e-7");
  }

  private static List<Integer> pixels(BufferedImage image, int half) {
    int width = image.getWidth() / 2;
    int[] rgb = image.getRGB(half * width, 0, width, image.getHeight(), null, 0, width);
    return Arrays.stream(rgb).map(value -> value & 0xFFFFFF).distinct().boxed().toList();
  }

  @Test
  void pictures() {
    BufferedImage bytes =
        Pictures.of(Tensor.of(new byte[] {0, 10, 20, 30, 40, (byte) 255}, 3, 1, 2));
    assertThat(bytes.getRGB(0, 0) & 0xFFFFFF).isEqualTo(0x001428);
    assertThat(bytes.getRGB(1, 0) & 0xFFFFFF).isEqualTo(0x0A1EFF);
    BufferedImage grey = Pictures.of(Tensor.of(new double[][] {{-1, 1}, {0, 3}}));
    assertThat(grey.getRGB(0, 0) & 0xFFFFFF).isZero();
    assertThat(grey.getRGB(1, 0) & 0xFFFFFF).isEqualTo(0x808080);
    assertThat(grey.getRGB(1, 1) & 0xFFFFFF).isEqualTo(0xFFFFFF);
    assertThatThrownBy(() -> Pictures.of(Tensor.ones(2, 3, 3)))
        .hasMessage("Pictures: [2, 3, 3] is no image; [C, H, W] with 1 or 3 channels is wanted");
    assertThatThrownBy(() -> Pictures.weights(Tensor.ones(2, 12), 3, 3, 3))
        .hasMessage("Pictures: weights [2, 12] are not of images [3, 3, 3]");
    var model = new Mlp(Mlp.options(10, 2));
    assertThat(Pictures.firstLayer(model)).isEmpty();
    assertThat(Pictures.firstLayer(new Mlp(Mlp.options(784, 2)))).isPresent();
  }

  @Test
  void theSurestMistakesComeFirst() {
    var predictions =
        new Predictions(
            Tensor.of(new double[][] {{5, 0}, {3, 0}, {0, 1}, {0, 9}}),
            Tensor.of(new long[] {1, 1, 0, 1}, 4));
    List<Mistake> worst = Mistake.worst(predictions, 2);
    assertThat(worst).extracting(Mistake::index).containsExactly(0, 1);
    assertThat(worst.getFirst().prediction()).isZero();
    assertThat(worst.getFirst().label()).isEqualTo(1);
    assertThat(worst.getFirst().predictionProbability()).isBetween(0.993, 0.994);
    assertThat(Mistake.worst(predictions, 10)).hasSize(3);
  }

  @Test
  void aReportNeedsNothingElse() throws IOException {
    String html = report(folder.resolve("report.html"));
    assertThat(html)
        .contains(
            "<h1>Shapes &lt;1&gt;</h1>",
            "test accuracy",
            "Confusion matrix",
            "Worst mistakes",
            "First-layer weights",
            "Environment",
            "a &amp; b",
            "default-src 'none'")
        .doesNotContain("http://", "https://", "<script", "<link", "@import", "url(");
    var images = Pattern.compile("src=\"([^\"]*)\"").matcher(html).results().toList();
    // loss, accuracy, learning rate; 24 mistakes; weights
    assertThat(images).hasSize(3 + 24 + 1);
    for (var image : images) {
      assertThat(image.group(1)).startsWith("data:image/png;base64,");
      byte[] png = Base64.getDecoder().decode(image.group(1).split(",", 2)[1]);
      assertThat(ImageIO.read(new ByteArrayInputStream(png)).getWidth()).isPositive();
    }
  }

  @Test
  void refusesImagesOfOthers() {
    ImageDatasets data = SyntheticImages.generate(10, 10, 1);
    Report report = new Report("", Map.of(), HISTORY, null, List.of(), "", 0, null, null);
    assertThatThrownBy(
            () ->
                report.test(
                    new Predictions(Tensor.ones(9, 10), Tensor.zeros(9)),
                    data.test(),
                    data.classes()))
        .hasMessage("Report: outputs [9, 10] for 10 images and 10 classes; [10, 10] is wanted");
  }

  /// Trains a little on generated images and writes the report of it.
  static String report(Path file) throws IOException {
    ImageDatasets data = SyntheticImages.generate(600, 200, 1);
    Normalize normalize = Normalize.fit(data.train());
    Mlp model;
    try (var _ = Generator.scope(1)) {
      model = new Mlp(Mlp.options(3072, 10).hidden(48));
    }
    var test = new DataLoader(data.test().map(normalize), 100);
    var trainer =
        new Trainer(
            model,
            new CrossEntropyLoss(),
            new Adam(model.parameters(), 1e-3),
            new DataLoader(
                data.train().map(normalize), DataLoader.options().batchSize(50).shuffle(true)),
            Trainer.options().validation(test).metrics(Metric.accuracy()));
    trainer.fit(6);
    Report.of(trainer)
        .title("Shapes <1>")
        .options(Map.of("data", "a & b"))
        .test(trainer.predict(test), data.test(), data.classes())
        .save(file);
    return Files.readString(file);
  }
}
