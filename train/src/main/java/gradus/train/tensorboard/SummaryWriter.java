// SPDX-License-Identifier: Apache-2.0
package gradus.train.tensorboard;

import gradus.Tensor;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;
import javax.imageio.ImageIO;

/// Writes an event file that TensorBoard shows: `torch.utils.tensorboard.SummaryWriter`.
///
/// ```java
/// try (var writer = new SummaryWriter(Path.of("runs/1"))) {
///   writer.addScalar("loss", 0.7, 100);
/// }
/// ```
///
/// A file is a row of records, each a length, its checksum, an `Event` message, its checksum
/// (CRC-32C, masked). Messages: `event.proto` and `summary.proto` of TensorBoard.
public final class SummaryWriter implements AutoCloseable {
  private static final String FILE_VERSION = "brain.Event:2";

  private final Path file;
  private final FileChannel out;

  /// Makes a new event file in a folder, which is made if it is missing.
  ///
  /// @throws IOException if the file cannot be written
  public SummaryWriter(Path folder) throws IOException {
    Files.createDirectories(folder);
    file = create(folder);
    out = FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
    write(new Proto().float64(1, wallTime()).string(3, FILE_VERSION));
  }

  /// TensorBoard reads the files of a folder in the order of their names, and knows them by
  /// `tfevents`.
  private static Path create(Path folder) throws IOException {
    for (int i = 0; ; i++) {
      String name =
          "events.out.tfevents.%010d.gradus.%d".formatted(System.currentTimeMillis() / 1000, i);
      try {
        return Files.createFile(folder.resolve(name));
      } catch (FileAlreadyExistsException _) {
        // another run of this second: take the next
      }
    }
  }

  /// Returns the file that is written.
  public Path file() {
    return file;
  }

  /// Says that the run goes on from `step`: what earlier files of the folder have from there on is
  /// forgotten.
  ///
  /// @throws IOException if the file cannot be written
  public void addStart(long step) throws IOException {
    write(event(step).message(7, new Proto().int64(1, 1)));
  }

  /// Writes a number.
  ///
  /// @throws IOException if the file cannot be written
  public void addScalar(String tag, double value, long step) throws IOException {
    addValue(new Proto().string(1, tag).float32(2, (float) value), step);
  }

  /// Writes how the finite elements of a tensor are distributed.
  ///
  /// @throws IOException if the file cannot be written
  public void addHistogram(String tag, Tensor values, long step) throws IOException {
    Proto histogram = Histogram.of(values.toDoubleArray());
    addValue(new Proto().string(1, tag).message(5, histogram), step);
  }

  /// Writes an image.
  ///
  /// @throws IOException if the file cannot be written
  public void addImage(String tag, BufferedImage image, long step) throws IOException {
    var png = new ByteArrayOutputStream();
    ImageIO.write(image, "png", png);
    Proto message =
        new Proto()
            .int64(1, image.getHeight())
            .int64(2, image.getWidth())
            .int64(3, image.getColorModel().getNumComponents())
            .bytes(4, png.toByteArray());
    addValue(new Proto().string(1, tag).message(4, message), step);
  }

  private void addValue(Proto value, long step) throws IOException {
    write(event(step).message(5, new Proto().message(1, value)));
  }

  private static Proto event(long step) {
    return new Proto().float64(1, wallTime()).int64(2, step);
  }

  private static double wallTime() {
    return System.currentTimeMillis() / 1000.0;
  }

  private void write(Proto event) throws IOException {
    byte[] data = event.toByteArray();
    ByteBuffer record = ByteBuffer.allocate(16 + data.length).order(ByteOrder.LITTLE_ENDIAN);
    record.putLong(data.length).putInt(maskedCrc(record.slice(0, 8)));
    record.put(data).putInt(maskedCrc(ByteBuffer.wrap(data)));
    record.flip();
    while (record.hasRemaining()) {
      out.write(record);
    }
  }

  /// A checksum, rotated and moved, so that checksums of what holds checksums stay good.
  static int maskedCrc(ByteBuffer bytes) {
    var crc = new CRC32C();
    crc.update(bytes);
    return Integer.rotateRight((int) crc.getValue(), 15) + 0xa282ead8;
  }

  /// Closes the file.
  ///
  /// @throws IOException if it cannot be closed
  @Override
  public void close() throws IOException {
    out.close();
  }
}
