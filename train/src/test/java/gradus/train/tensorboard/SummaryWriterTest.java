// SPDX-License-Identifier: Apache-2.0
package gradus.train.tensorboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gradus.Tensor;
import gradus.data.DataLoader;
import gradus.data.TensorDataset;
import gradus.nn.F;
import gradus.nn.Linear;
import gradus.nn.Sequential;
import gradus.optim.SGD;
import gradus.train.Trainer;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SummaryWriterTest {
  @TempDir private Path folder;

  /// The check value of CRC-32C, masked by hand.
  @Test
  void checksums() {
    byte[] digits = "123456789".getBytes(StandardCharsets.US_ASCII);
    int crc = 0xE3069283;
    int masked = ((crc >>> 15) | (crc << 17)) + 0xa282ead8;
    assertThat(EventFile.masked(ByteBuffer.wrap(digits))).isEqualTo(masked);
    assertThat(SummaryWriter.maskedCrc(ByteBuffer.wrap(digits))).isEqualTo(masked);
  }

  @Test
  void scalars() throws IOException {
    List<EventFile.Message> events =
        written(
            writer -> {
              writer.addScalar("loss", 0.75, 300);
              writer.addScalar("τ", Double.NaN, 1L << 40);
              writer.addStart(12);
            });
    assertThat(events).hasSize(4);
    // Event: 1 wall_time, 2 step, 3 file_version, 5 summary, 7 session_log.
    assertThat(events.getFirst().string(3)).isEqualTo("brain.Event:2");
    assertThat((double) events.getFirst().get(1)).isGreaterThan(1.7e9);
    assertThat(events.get(1).get(2)).isEqualTo(300L);
    // Summary: 1 value. Value: 1 tag, 2 simple_value.
    EventFile.Message value = events.get(1).message(5).message(1);
    assertThat(value.string(1)).isEqualTo("loss");
    assertThat(value.get(2)).isEqualTo(0.75);
    assertThat(events.get(2).get(2)).isEqualTo(1L << 40);
    assertThat(events.get(2).message(5).message(1).string(1)).isEqualTo("τ");
    assertThat(events.get(2).message(5).message(1).get(2)).isEqualTo(Double.NaN);
    // SessionLog: 1 status, START = 1.
    assertThat(events.get(3).get(2)).isEqualTo(12L);
    assertThat(events.get(3).message(7).get(1)).isEqualTo(1L);
  }

  @Test
  void histograms() throws IOException {
    Tensor values = Tensor.of(-1, 0, 0.5, 2, Double.NaN, Double.POSITIVE_INFINITY);
    // Value: 5 histo. HistogramProto: 1 min, 2 max, 3 num, 4 sum, 5 sum_squares, 6 bucket_limit,
    // 7 bucket.
    EventFile.Message histogram = histogram(values);
    assertThat(histogram.get(1)).isEqualTo(-1.0);
    assertThat(histogram.get(2)).isEqualTo(2.0);
    assertThat(histogram.get(3)).isEqualTo(4.0);
    assertThat(histogram.get(4)).isEqualTo(1.5);
    assertThat(histogram.get(5)).isEqualTo(5.25);
    double[] limits = histogram.doubles(6);
    double[] counts = histogram.doubles(7);
    assertThat(limits).hasSameSizeAs(counts).isSorted();
    assertThat(limits[limits.length - 1]).isEqualTo(2);
    assertThat(counts[0]).isEqualTo(1);
    assertThat(counts[counts.length - 1]).isEqualTo(1);
    assertThat(java.util.Arrays.stream(counts).sum()).isEqualTo(4);
  }

  @Test
  void histogramsOfOneValueAndOfNone() throws IOException {
    EventFile.Message one = histogram(Tensor.of(3, 3));
    assertThat(one.doubles(6)).containsExactly(3);
    assertThat(one.doubles(7)).containsExactly(2);
    EventFile.Message none = histogram(Tensor.of(Double.NaN));
    assertThat(none.get(3)).isEqualTo(0.0);
    assertThat(none.doubles(7)).containsExactly(0);
  }

  private EventFile.Message histogram(Tensor values) throws IOException {
    List<EventFile.Message> events = written(writer -> writer.addHistogram("w", values, 5));
    return events.get(1).message(5).message(1).message(5);
  }

  @Test
  void images() throws IOException {
    var image = new BufferedImage(3, 2, BufferedImage.TYPE_INT_RGB);
    image.setRGB(2, 1, 0x123456);
    EventFile.Message value =
        written(writer -> writer.addImage("i", image, 5)).get(1).message(5).message(1);
    // Value: 4 image. Image: 1 height, 2 width, 3 colorspace, 4 encoded_image_string.
    EventFile.Message message = value.message(4);
    assertThat(message.get(1)).isEqualTo(2L);
    assertThat(message.get(2)).isEqualTo(3L);
    assertThat(message.get(3)).isEqualTo(3L);
    BufferedImage read = ImageIO.read(new ByteArrayInputStream(message.bytes(4)));
    assertThat(read.getRGB(2, 1) & 0xFFFFFF).isEqualTo(0x123456);
  }

  private List<EventFile.Message> written(Writing writing) throws IOException {
    try (var writer = new SummaryWriter(folder)) {
      writing.to(writer);
      return EventFile.read(writer.file());
    }
  }

  private interface Writing {
    void to(SummaryWriter writer) throws IOException;
  }

  @Test
  void eachFileHasAName() throws IOException {
    try (var a = new SummaryWriter(folder);
        var b = new SummaryWriter(folder)) {
      assertThat(a.file()).isNotEqualTo(b.file());
      assertThat(a.file().getFileName().toString()).startsWith("events.out.tfevents.");
    }
  }

  @Test
  void aTraining() throws IOException {
    var model = new Sequential(new Linear(75, 4));
    var data = new TensorDataset(Tensor.rand(12, 75), Tensor.randint(0, 4, 12));
    var trainer =
        new Trainer(
            model,
            F::crossEntropy,
            new SGD(model.parameters(), 0.1),
            new DataLoader(data, 4),
            Trainer.options().callbacks(new TensorBoardLogger(folder, 2)));
    trainer.fit(2);
    try (var files = Files.list(folder)) {
      List<EventFile.Message> events = EventFile.read(files.findFirst().orElseThrow());
      List<String> tags =
          events.stream()
              .filter(event -> event.has(5))
              .map(event -> event.get(2) + " " + event.message(5).message(1).string(1))
              .toList();
      assertThat(tags)
          .containsExactly(
              "2 loss_step",
              "3 loss",
              "3 lr",
              "3 0.weight",
              "3 0.bias",
              "3 first_layer",
              "4 loss_step",
              "6 loss_step",
              "6 loss",
              "6 lr",
              "6 0.weight",
              "6 0.bias",
              "6 first_layer");
    }
  }

  @Test
  void errors() throws IOException {
    assertThatThrownBy(() -> new TensorBoardLogger(folder, 0))
        .hasMessage("TensorBoardLogger: everySteps 0 is not positive");
    Path file = Files.writeString(folder.resolve("file"), "x");
    var model = new Sequential(new Linear(2, 1));
    var data = new TensorDataset(Tensor.rand(4, 2), Tensor.rand(4, 1));
    var trainer =
        new Trainer(
            model,
            F::mseLoss,
            new SGD(model.parameters(), 0.1),
            new DataLoader(data, 4),
            Trainer.options().callbacks(new TensorBoardLogger(file)));
    assertThatThrownBy(() -> trainer.fit(1))
        .hasMessageStartingWith("TensorBoardLogger: " + file + ": cannot be written: ");
  }
}
