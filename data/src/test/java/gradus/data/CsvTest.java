// SPDX-License-Identifier: Apache-2.0
package gradus.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvTest {
  private static final String FLOWERS =
      """
      length,width,species
      5.1,3.5,setosa
      7,3.2e0,versicolor

      -4.9,.5,"setosa"
      """;

  @TempDir private Path temp;

  private Path file(String text) {
    return Fixtures.write(temp.resolve("a.csv"), text.getBytes(StandardCharsets.UTF_8));
  }

  private Csv read(String text, Csv.Options options) throws IOException {
    return Csv.read(file(text), options);
  }

  private void refused(String text, Csv.Options options, String message) {
    assertThatThrownBy(() -> read(text, options))
        .isInstanceOf(DatasetException.class)
        .hasMessage(temp.resolve("a.csv") + ": " + message);
  }

  @Test
  void classesAreLabelled() throws IOException {
    Csv csv = Csv.read(file(FLOWERS));
    assertThat(csv.features()).containsExactly("length", "width");
    assertThat(csv.classes()).containsExactly("setosa", "versicolor");
    assertThat(csv.dataset().batch(0, 1, 2).x().toFloatArray())
        .containsExactly(5.1f, 3.5f, 7, 3.2f, -4.9f, 0.5f);
    assertThat(csv.dataset().batch(0, 1, 2).y().toLongArray()).containsExactly(0, 1, 0);
  }

  @Test
  void theHeaderIsOptional() throws IOException {
    Csv csv = Csv.read(file("\ufeff1,2,b\r\n3,4,a\r\n"));
    assertThat(csv.features()).containsExactly("column 1", "column 2");
    assertThat(csv.classes()).containsExactly("a", "b");
    assertThat(csv.dataset().size()).isEqualTo(2);
    var present = Csv.options().header(Csv.Header.PRESENT);
    assertThat(read("1,2\n3,4\n", present).dataset().size()).isEqualTo(1);
    assertThat(read("1,2\n3,4\n", Csv.options()).dataset().size()).isEqualTo(2);
    refused(
        FLOWERS,
        Csv.options().header(Csv.Header.ABSENT),
        "line 1, column 1: (column 1) 'length' is not a number");
  }

  @Test
  void anyColumnMayHoldTargets() throws IOException {
    var options = Csv.options().column("y").separator(';');
    Csv csv = read("y;\"a;\"\"b\"\nno; 1\nyes;2", options);
    assertThat(csv.features()).containsExactly("a;\"b");
    assertThat(csv.classes()).containsExactly("no", "yes");
    assertThat(read("no;1\nyes;2", options.column("1")).dataset().size()).isEqualTo(2);
    refused("x;y\n1;2", options.column("z"), "has no column 'z'; its columns are x, y");
  }

  @Test
  void numbersAreClassesOrTargets() throws IOException {
    String text = "1,10\n2,9\n3,10\n";
    Csv classes = read(text, Csv.options());
    assertThat(classes.classes()).containsExactly("9", "10");
    assertThat(classes.dataset().batch(0, 1, 2).y().toLongArray()).containsExactly(1, 0, 1);
    Csv numbers = read(text, Csv.options().target(Csv.Target.NUMBER));
    assertThat(numbers.classes()).isEmpty();
    assertThat(numbers.dataset().batch(0, 1, 2).y().toFloatArray()).containsExactly(10, 9, 10);
  }

  @Test
  void mistakesHaveALineAndAColumn() {
    refused("1,2,a\n1,,a", Csv.options(), "line 2, column 2: (column 2) '' is not a number");
    refused(
        "x,y,c\n1,2,a\n1,0x1p3,b", Csv.options(), "line 3, column 2: (y) '0x1p3' is not a number");
    refused("1,2,a\n1,1f,a", Csv.options(), "line 2, column 2: (column 2) '1f' is not a number");
    refused(
        "1,2,a\n1,1e99,a", Csv.options(), "line 2, column 2: (column 2) '1e99' is not a number");
    refused("1,2,a\n\n1,2", Csv.options(), "line 3 has 2 columns; there were 3 before");
    refused("1,2,a\n1,2,", Csv.options(), "line 2, column 3: (column 3) the class is missing");
    refused("1,2,\"a", Csv.options(), "line 1, column 3: a quote is not closed");
    refused("1,2,\"a\"b", Csv.options(), "line 1, column 3: something follows a closed quote");
    refused(
        "1,2\n1,x",
        Csv.options().target(Csv.Target.NUMBER),
        "line 2, column 2: (column 2) 'x' is not a number");
    refused(
        "1;2\n",
        Csv.options(),
        "line 1 has no ','; at least one column of numbers and one of targets are wanted");
    refused("a,b\n", Csv.options(), "holds no line of numbers");
    refused("", Csv.options(), "holds no line of numbers");
    Path missing = temp.resolve("none.csv");
    assertThatThrownBy(() -> Csv.read(missing))
        .isInstanceOf(DatasetException.class)
        .hasMessage(missing + ": there is no such file; is the path right?");
    assertThatThrownBy(() -> Csv.options().separator('.'))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Csv: fields cannot be separated by '.'");
  }

  @Test
  void otherEncodingsAreRefused() {
    Path file = Fixtures.write(temp.resolve("a.csv"), new byte[] {'1', ',', (byte) 0xe4, '\n'});
    assertThatThrownBy(() -> Csv.read(file))
        .isInstanceOf(DatasetException.class)
        .hasMessage(file + ": is not text in UTF-8, after line 0");
  }

  @Property(tries = 100, seed = "20250105")
  void anyBytesAreReadOrRefused(@ForAll @Size(max = 60) byte[] bytes) throws IOException {
    check(bytes);
  }

  @Property(tries = 200, seed = "20250105")
  void anyTextIsReadOrRefused(
      @ForAll @StringLength(max = 30) @Chars({'1', '-', ',', '"', '\n', 'a', ' '}) String text)
      throws IOException {
    check(text.getBytes(StandardCharsets.UTF_8));
  }

  private static void check(byte[] bytes) throws IOException {
    Path file = Files.createTempFile("any", ".csv");
    try {
      Csv csv = Csv.read(Files.write(file, bytes));
      assertThat(csv.dataset().size()).isPositive();
    } catch (DatasetException e) {
      assertThat(e).hasMessageStartingWith(file + ": ");
    } finally {
      Files.delete(file);
    }
  }
}
