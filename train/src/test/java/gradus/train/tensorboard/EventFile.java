// SPDX-License-Identifier: Apache-2.0
package gradus.train.tensorboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Reads event files by the published definitions, `event.proto` and `summary.proto`, independently
/// of what writes them: checksums by the bitwise definition of CRC-32C, fields by their numbers.
final class EventFile {
  private EventFile() {}

  /// The fields of a message: numbers as `Long` and `Double`, the rest as buffers.
  record Message(List<Field> fields) {
    record Field(int number, Object value) {}

    boolean has(int number) {
      return fields.stream().anyMatch(field -> field.number == number);
    }

    Object get(int number) {
      return fields.stream().filter(f -> f.number == number).findFirst().orElseThrow().value;
    }

    Message message(int number) {
      return parse((ByteBuffer) get(number));
    }

    String string(int number) {
      return StandardCharsets.UTF_8.decode(((ByteBuffer) get(number)).duplicate()).toString();
    }

    byte[] bytes(int number) {
      ByteBuffer buffer = ((ByteBuffer) get(number)).duplicate();
      var bytes = new byte[buffer.remaining()];
      buffer.get(bytes);
      return bytes;
    }

    double[] doubles(int number) {
      ByteBuffer packed = ((ByteBuffer) get(number)).duplicate().order(ByteOrder.LITTLE_ENDIAN);
      var values = new double[packed.remaining() / 8];
      packed.asDoubleBuffer().get(values);
      return values;
    }
  }

  /// Returns the events of a file, whose checksums must be right.
  static List<Message> read(Path file) throws IOException {
    ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    List<Message> events = new ArrayList<>();
    while (in.hasRemaining()) {
      ByteBuffer length = in.slice(in.position(), 8);
      int size = Math.toIntExact(in.getLong());
      assertThat(in.getInt()).isEqualTo(masked(length));
      ByteBuffer data = in.slice(in.position(), size);
      in.position(in.position() + size);
      assertThat(in.getInt()).isEqualTo(masked(data));
      events.add(parse(data));
    }
    return events;
  }

  static int masked(ByteBuffer bytes) {
    int crc = ~0;
    for (int i = bytes.position(); i < bytes.limit(); i++) {
      crc ^= bytes.get(i) & 0xFF;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 1) != 0 ? (crc >>> 1) ^ 0x82F63B78 : crc >>> 1;
      }
    }
    crc = ~crc;
    return ((crc >>> 15) | (crc << 17)) + 0xa282ead8;
  }

  private static Message parse(ByteBuffer message) {
    ByteBuffer in = message.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    List<Message.Field> fields = new ArrayList<>();
    while (in.hasRemaining()) {
      long tag = varint(in);
      Object value =
          switch ((int) (tag & 7)) {
            case 0 -> varint(in);
            case 1 -> in.getDouble();
            case 2 -> {
              int length = (int) varint(in);
              ByteBuffer bytes = in.slice(in.position(), length);
              in.position(in.position() + length);
              yield bytes;
            }
            case 5 -> (double) in.getFloat();
            default -> throw new AssertionError("wire type " + (tag & 7));
          };
      fields.add(new Message.Field((int) (tag >>> 3), value));
    }
    return new Message(fields);
  }

  private static long varint(ByteBuffer in) {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      byte b = in.get();
      value |= (long) (b & 0x7F) << shift;
      if (b >= 0) {
        return value;
      }
    }
  }
}
