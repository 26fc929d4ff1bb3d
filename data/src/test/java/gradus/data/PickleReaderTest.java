// SPDX-License-Identifier: Apache-2.0
package gradus.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PickleReaderTest {

  private static PickleValue read(byte[] pickle) throws DatasetException {
    return new PickleReader(pickle, "FILE").read();
  }

  private static void refused(PickleWriter pickle, String message) {
    refused(pickle.bytes(), message);
  }

  private static void refused(byte[] pickle, String message) {
    assertThatThrownBy(() -> read(pickle))
        .isInstanceOf(DatasetException.class)
        .hasMessage("FILE: " + message);
  }

  @Test
  void valuesAreRead() throws DatasetException {
    assertThat(read(new PickleWriter().integers(1, 255, 256, 70_000, -2).raw('.').bytes()))
        .isEqualTo(
            new PickleValue.Items(
                List.of(
                    new PickleValue.Int(1),
                    new PickleValue.Int(255),
                    new PickleValue.Int(256),
                    new PickleValue.Int(70_000),
                    new PickleValue.Int(-2))));
    assertThat(read(new PickleWriter().raw(0x8a, 2, 0x10, 0x27, '.').bytes()))
        .isEqualTo(new PickleValue.Int(10_000));
    assertThat(read(new PickleWriter().raw(0x8a, 1, 0xff, '.').bytes()))
        .isEqualTo(new PickleValue.Int(-1));
    PickleWriter again = new PickleWriter().raw(']').string("abc").raw('a', 'h', 1, 'a', '.');
    assertThat(((PickleValue.Items) read(again.bytes())).values())
        .extracting(Object::toString)
        .containsExactly("abc", "abc");
    PickleWriter one = new PickleWriter().raw('}').string("k").integer(5).raw('s', '.');
    assertThat(((PickleValue.Dict) read(one.bytes())).entries())
        .containsExactly(Map.entry("k", new PickleValue.Int(5)));
  }

  @ParameterizedTest
  @CsvSource({
    "0x69, INST", "0x6f, OBJ", "0x81, NEWOBJ", "0x93, STACK_GLOBAL", "0x50, PERSID",
    "0x51, BINPERSID", "0x82, EXT1", "0x47, BINFLOAT", "0x49, INT", "0x53, STRING",
    "0x42, BINBYTES", "0x95, FRAME", "0x80, PROTO", "0x30, POP", "0xff, 0xff"
  })
  void otherOpcodesAreRefusedByName(int opcode, String name) {
    refused(
        new PickleWriter().raw('K', 1, opcode, 'x', '\n', '.'),
        "pickle opcode " + name + " at offset 4 is not one of CIFAR's; is this the official file?");
  }

  @Test
  void otherFunctionsAreRefusedByName() {
    refused(
        new PickleWriter().lines('c', "os", "system").string("true").raw(0x85, 'R', '.'),
        "pickle opcode GLOBAL at offset 2 names os.system, which is not one of CIFAR's; is this"
            + " the official file?");
    refused(
        new PickleWriter().lines('c', "numpy", "dtype").string("f8").raw(0x85, 'R', '.'),
        "is damaged at offset 22: it calls what makes neither an array nor uint8");
  }

  @Test
  void lyingLengthsAreRefused() {
    refused(
        new PickleWriter().raw('T', 0xff, 0xff, 0xff, 0x7f),
        "is cut short; copy or download it again");
    refused(
        new PickleWriter().raw('T', 0xff, 0xff, 0xff, 0xff),
        "is damaged at offset 2: a str has 4294967295 bytes");
    refused(
        new PickleWriter().array(70_000, 70_000, new byte[5]),
        "is damaged at offset 146: an array [70000, 70000] has 5 bytes");
    refused(
        new PickleWriter().array(-1, -5, new byte[5]),
        "is damaged at offset 146: an array [-1, -5] has 5 bytes");
    byte[] lists = new byte[2_000_010];
    Arrays.fill(lists, (byte) ']');
    lists[0] = (byte) 0x80;
    lists[1] = 2;
    refused(lists, "has more than 2000000 pickle operations");
  }

  @Test
  void oneTextDoesNotBecomeMany() {
    PickleWriter twice = new PickleWriter().raw('(').lines('c', "_codecs", "encode").put();
    twice.string("x".repeat(1000)).string("latin1").raw(0x86).put().raw('R');
    int second = twice.raw('h', 1, 'h', 4).bytes().length;
    refused(
        twice.raw('R', 't', '.'),
        "is damaged at offset " + second + ": it encodes more than it holds");
  }

  @Test
  void damagedPicklesAreRefused() {
    refused(new byte[] {'(', 'd', 'p', '1'}, "is not a pickle of protocol 2");
    refused(new PickleWriter(), "is cut short; copy or download it again");
    refused(new PickleWriter().raw('.'), "is damaged at offset 2: the stack is empty");
    refused(new PickleWriter().raw('(', '.'), "is damaged at offset 3: a value is missing");
    refused(new PickleWriter().raw('K', 1, 'e'), "is damaged at offset 4: a mark is missing");
    refused(
        new PickleWriter().raw('K', 1, '.', '.'), "is damaged at offset 4: something is left over");
    refused(
        new PickleWriter().raw('h', 9, '.'),
        "is damaged at offset 2: it asks for value 9, which was not kept");
    refused(
        new PickleWriter().raw('K', 1, 'K', 1, 'a', '.'),
        "is damaged at offset 6: it appends to an int");
    refused(
        new PickleWriter().raw('}', 'K', 1, 'K', 1, 's', '.'),
        "is damaged at offset 7: a key is no short str");
    refused(
        new PickleWriter().raw(0x8a, 5, 1, 1, 1, 1, 1),
        "is damaged at offset 2: an int has 5 bytes");
    refused(
        new PickleWriter().raw('K', 1, 'N', 'b', '.'),
        "is damaged at offset 5: it builds what is no uint8 array of two dimensions");
  }

  @Property(tries = 2000, seed = "20250105")
  void anyBytesAreReadOrRefused(@ForAll @Size(max = 40) byte[] bytes) {
    byte[] pickle = new byte[bytes.length + 2];
    pickle[0] = (byte) 0x80;
    pickle[1] = 2;
    System.arraycopy(bytes, 0, pickle, 2, bytes.length);
    check(pickle);
  }

  @Property(tries = 2000, seed = "20250105")
  void damagedFilesAreReadOrRefused(
      @ForAll @IntRange(max = 220) int at, @ForAll byte value, @ForAll boolean cut) {
    byte[] pickle =
        new PickleWriter()
            .dict()
            .string("labels")
            .integers(1, 2, 300)
            .string("data")
            .arrayOfPython3(2, 3, new byte[] {1, -2, 3, -4, 5, -6})
            .end();
    if (at < pickle.length) {
      pickle[at] = value;
    }
    check(cut ? Arrays.copyOf(pickle, Math.min(at, pickle.length)) : pickle);
  }

  private static void check(byte[] pickle) {
    try {
      read(pickle);
    } catch (DatasetException e) {
      assertThat(e).hasMessageStartingWith("FILE: ");
    }
  }
}
