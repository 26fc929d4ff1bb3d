// SPDX-License-Identifier: Apache-2.0

package gradus.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The command notices what differs, and says so.
class ConformanceTest {
  private static final String SQUARE =
      """
      {"id": "square/01", "op": "square", "api": "torch.square", "args": {},
       "inputs": [{"name": "input", "shape": [1, 2], "data": [0.5, 3.0], "requires_grad": true}],
       "output": {"shape": [1, 2], "data": [0.25, 9.0]},
       "cotangent": {"shape": [1, 2], "data": [2.0, 0.5]},
       "grads": [{"name": "input", "shape": [1, 2], "data": [2.0, 3.0]}],
       "double_cotangents": [{"name": "input", "shape": [1, 2], "data": [1.0, 4.0]}],
       "double_grads": [{"name": "input", "shape": [1, 2], "data": [4.0, 4.0]},
        {"name": "cotangent", "shape": [1, 2], "data": [1.0, 24.0]}]}
      """;

  private static final String LOG =
      """
      {"id": "log/01", "op": "log", "api": "torch.log", "args": {}, "tags": ["special"],
       "inputs": [{"name": "input", "shape": [3], "data": [-1.0, 0.0, "Infinity"]}],
       "output": {"shape": [3], "data": ["NaN", "-Infinity", "Infinity"]}}
      """;

  private static final String TRANSPOSED =
      """
      {"id": "sum/01", "op": "sum", "api": "torch.sum", "args": {"dim": 0},
       "inputs": [{"name": "input", "shape": [2, 2], "data": [1.0, 3.0, 2.0, 4.0],
        "requires_grad": true,
        "layout": {"base_shape": [2, 2], "base_data": [1.0, 2.0, 3.0, 4.0],
         "view": [{"op": "transpose", "dim0": 0, "dim1": 1}]}}],
       "output": {"shape": [2], "data": [3.0, 7.0]},
       "cotangent": {"shape": [2], "data": [1.0, 2.0]},
       "grads": [{"name": "input", "shape": [2, 2], "data": [1.0, 2.0, 1.0, 2.0],
        "base_grad": [1.0, 1.0, 2.0, 2.0]}]}
      """;

  private static final String ARGMAX =
      """
      {"id": "argmax/01", "op": "argmax", "api": "torch.argmax", "args": {"dim": 0},
       "inputs": [{"name": "input", "shape": [3], "data": [1.0, 3.0, 2.0]}],
       "output": {"shape": [], "dtype": "int64", "data": [1]}}
      """;

  private static final String PROGRAM =
      """
      {"id": "program:p/01", "op": "program:p", "api": "golden.program", "args": {"steps": [
        {"out": "p", "op": "split", "api": "torch.split", "in": {"tensor": "x"},
         "args": {"split_size_or_sections": 1}},
        {"out": "y", "op": "mul", "api": "torch.mul", "in": {"input": "p[0]", "other": "p[1]"},
         "args": {}}], "result": "y"},
       "inputs": [{"name": "x", "shape": [2], "data": [3.0, 4.0], "requires_grad": true}],
       "output": {"shape": [1], "data": [12.0]},
       "cotangent": {"shape": [1], "data": [1.0]},
       "grads": [{"name": "x", "shape": [2], "data": [4.0, 3.0]}]}
      """;

  private record Outcome(int exitCode, String out, String err) {}

  @TempDir private Path folder;

  @Test
  void agreementPasses() throws IOException {
    Outcome all = run(SQUARE, LOG, TRANSPOSED, ARGMAX, PROGRAM);
    assertThat(all.exitCode()).as(all.out()).isZero();
    assertThat(all.out())
        .containsPattern("01_mine +5 +0 +0 +5 +0 +0\\n")
        .contains("\n10 passed, 0 failed, 0 unsupported, 0 skipped")
        .doesNotContain("failed, 01", "unsupported, 01");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          [0.25, 9.0] | [0.25, 9.00000001] | output[0, 1]: 9.0, expected 9.00000001
          [0.25, 9.0] | ["NaN", "Infinity"] | output[0, 0]: 0.25, expected NaN (2 of 2 differ)
          [0.25, 9.0] | [0.25, "-Infinity"] | output[0, 1]: 9.0, expected -Infinity
          "output": {"shape": [1, 2] | "output": {"shape": [2] | output: shape [1, 2], expected [2]
          "output": {"shape" | "output": {"dtype": "int64", "shape" | output: float64, expected int64
          "data": [2.0, 3.0] | "data": [2.0, 3.5] | gradient of input[0, 1]: 3.0, expected 3.5
          [4.0, 4.0] | [4.0, 5.0] | second gradient of input[0, 1]: 4.0, expected 5.0
          [1.0, 24.0] | [1.0, 6.0] | second gradient of cotangent[0, 1]: 24.0, expected 6.0
          "args": {} | "args": {"out": 1} | square/01.args has [out], which is not supported
          "args": {} | "args": {}, "extra": 1 | square/01 has [extra], which is not supported
          "inputs": [ | "inputs": [{"name": "base", "shape": [], "data": [1]}, | inputs [base] are not supported
          "data": [0.5, 3.0] | "data": [0.5, 3.0, 2.0] | input: 3 values for shape [1, 2]
          [{"name": "input", "shape": [1, 2], "data": [2.0, 3.0]}] | [] | 1 gradients, expected 0
          """)
  void aDifferenceFails(String right, String wrong, String message) throws IOException {
    assertFails(SQUARE, right, wrong, "square/01 float64: " + message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ["NaN", "-Infinity", "Infinity"] | [0.0, "-Infinity", "Infinity"] | output[0]: NaN, expected 0.0
          ["NaN", "-Infinity", "Infinity"] | ["NaN", -1e300, "Infinity"] | output[1]: -Infinity, expected -1.0E300
          ["NaN", "-Infinity", "Infinity"] | ["NaN", "Infinity", "Infinity"] | output[1]: -Infinity, expected Infinity
          ["NaN", "-Infinity", "Infinity"] | ["NaN", "-Infinity", "huge"] | is no number: "huge"
          """)
  void whatIsNotFiniteIsCompared(String right, String wrong, String message) throws IOException {
    assertFails(LOG, right, wrong, message);
  }

  @Test
  void viewsAreBuiltAndTheirBasesCompared() throws IOException {
    assertFails(TRANSPOSED, "[1.0, 1.0, 2.0, 2.0]", "[1.0, 1.0, 2.0, 3.0]", "base gradient of");
    assertFails(TRANSPOSED, "[1.0, 2.0, 3.0, 4.0]", "[1.0, 2.0, 3.0, 5.0]", "the view input[1, 1]");
    assertFails(TRANSPOSED, "\"transpose\"", "\"flip\"", "a view by flip is not known");
  }

  @Test
  void wholeNumbersAreExact() throws IOException {
    assertFails(ARGMAX, "\"data\": [1]}", "\"data\": [2]}", "output: 1, expected 2");
    assertFails(ARGMAX, "\"dtype\": \"int64\", ", "", "output: int64, expected float64");
  }

  @Test
  void programsAreCompared() throws IOException {
    assertFails(PROGRAM, "[12.0]", "[13.0]", "output[0]: 12.0, expected 13.0");
    assertFails(PROGRAM, "[4.0, 3.0]", "[4.0, 4.0]", "gradient of x[1]: 3.0, expected 4.0");
    assertFails(PROGRAM, "\"p[1]\"", "\"p[2]\"", "there is no variable p[2]");
  }

  @Test
  void whatIsThrownFails() throws IOException {
    assertFails(ARGMAX, "\"dim\": 0", "\"dim\": 1", "IllegalArgumentException: argmax: [3]");
  }

  @Test
  void tolerancesAreThoseOfThePrecision() throws IOException {
    assertThat(run(SQUARE.replace("9.0", "9.000000009")).exitCode()).isZero();
    assertThat(run(SQUARE.replace("9.0", "9.0009")).out())
        .contains("square/01 float64: output")
        .doesNotContain("square/01 float32");
    assertThat(run(SQUARE.replace("9.0", "9.001")).out())
        .contains("square/01 float64: output", "square/01 float32: output");
  }

  @Test
  void aNameWithoutALineIsUnsupported() throws IOException {
    String unknown = SQUARE.replace("torch.square", "torch.special.quadrate");
    Outcome required = run(unknown);
    assertThat(required.exitCode()).isEqualTo(1);
    assertThat(required.out())
        .containsPattern("01_mine +0 +0 +1 +0 +0 +1\\n")
        .contains("unsupported, 01_mine: square\n");

    Outcome optional = run(LOG, unknown.replace("\"args\"", "\"tags\": [\"optional\"], \"args\""));
    assertThat(optional.exitCode()).isZero();
    assertThat(optional.out())
        .containsPattern("01_mine +1 +0 +1 \\(1\\) +1 +0 +1 \\(1\\)\\n")
        .contains("unsupported but optional, 01_mine: square\n");

    Outcome step =
        run(
            PROGRAM.replace(
                "\"op\": \"mul\", \"api\": \"torch.mul\"",
                "\"op\": \"wedge\", \"api\": \"torch.wedge\""));
    assertThat(step.exitCode()).isEqualTo(1);
    assertThat(step.out()).contains("unsupported, 01_mine: program:p (needs wedge)\n");
  }

  @Test
  void anOptionalFailureIsShownButDoesNotDecide() throws IOException {
    Outcome optional =
        run(
            SQUARE
                .replace("[2.0, 0.5]", "[2.0, 5.0]")
                .replace("\"args\"", "\"tags\": [\"optional\"], \"args\""));
    assertThat(optional.exitCode()).isZero();
    assertThat(optional.out()).contains("2 (2) failed", "square/01 float64: gradient of input");
  }

  @Test
  void whatPyTorchsReleasesDisagreeOnIsAdvisory() throws IOException {
    Outcome advisory = run(LOG.replace("special", "version_dependent").replace("\"NaN\"", "0.0"));
    assertThat(advisory.exitCode()).isZero();
    assertThat(advisory.out())
        .contains(
            "0 passed, 0 failed, 0 unsupported, 0 skipped (comparable in float64 only), 2 advisory")
        .contains("log/01 float64: output[0]: NaN, expected 0.0");
  }

  @Test
  void whatOverflowsInFloat32IsSkippedThere() throws IOException {
    String large = SQUARE.replace("\"args\"", "\"tags\": [\"f64_only\"], \"args\"");
    assertThat(run(large).out()).contains("1 passed, 0 failed, 0 unsupported, 1 skipped");
  }

  @Test
  void familiesAndCasesAreSelected() throws IOException {
    write("01.json", "01_one", SQUARE, LOG);
    write("02.json", "02_two", SQUARE, ARGMAX);
    assertThat(execute("--family", "02").out()).contains("02_two").doesNotContain("01_one");
    assertThat(execute("--case", "square/01").out()).contains("01_one", "02_two", "4 passed");
    assertThat(execute("--case", "argmax/01", "--family", "0").out()).contains("2 passed");
    Outcome none = execute("--case", "argmax/01", "--family", "01");
    assertUsage(none, "no case of " + folder + " is selected by --family and --case");
  }

  @Test
  void manyFailuresAreCutShort() throws IOException {
    String wrong = SQUARE.replace("[2.0, 0.5]", "[2.0, 5.0]");
    String[] many = new String[8];
    Arrays.setAll(many, i -> wrong.replace("square/01", "square/0" + i));
    assertThat(run(many).out())
        .contains("square/04")
        .doesNotContain("square/05")
        .contains("and 11 more");
    assertThat(execute("--verbose").out()).contains("square/07 float32").doesNotContain("more;");
  }

  @Test
  void aFolderThatIsNoneIsWrongUsage() {
    Path missing = folder.resolve("missing");
    assertUsage(executeOn(missing), "there is no folder " + missing);
    assertUsage(execute(), folder + " has no .json files; is it golden data?");
  }

  private static void assertUsage(Outcome outcome, String message) {
    assertThat(outcome)
        .isEqualTo(
            new Outcome(
                2,
                "",
                "gradus conformance: %s%nTry 'gradus conformance --help'.%n".formatted(message)));
  }

  @Test
  void aFileThatCannotBeReadFails() throws IOException {
    assertBroken("{\"family\": \"x\", \"cases\": [", "line 1, column", "Unexpected end-of-input");
    assertBroken("{\"cases\": []}", "has no \"family\" and \"cases\"; is it golden data?");
    assertBroken("[]", "has no \"family\" and \"cases\"; is it golden data?");
    assertBroken(
        "{\"family\": \"x\", \"count\": 2, \"cases\": [{\"id\": \"a\", \"op\": \"b\"}]}",
        "has 1 cases where \"count\" says 2");
    assertBroken(
        "{\"family\": \"x\", \"count\": 1, \"cases\": [{\"id\": \"a\"}]}",
        "case 0 has no \"id\" and \"op\"");
  }

  private void assertBroken(String text, String... message) throws IOException {
    Files.writeString(folder.resolve("broken.json"), text);
    Outcome broken = execute();
    assertThat(broken.exitCode()).isEqualTo(1);
    assertThat(broken.out()).isEmpty();
    assertThat(broken.err())
        .startsWith("gradus conformance: ")
        .contains("broken.json")
        .contains(message);
    assertThat(broken.err().lines()).hasSize(1);
  }

  private void assertFails(String golden, String right, String wrong, String message)
      throws IOException {
    assertThat(golden).contains(right);
    assertThat(run(golden).exitCode()).as("before the change").isZero();
    Outcome tampered = run(golden.replace(right, wrong));
    assertThat(tampered.out()).contains("failed, 01_mine:\n", message);
    assertThat(tampered.exitCode()).isEqualTo(1);
  }

  private Outcome run(String... cases) throws IOException {
    write("01_mine.json", "01_mine", cases);
    return execute();
  }

  private void write(String file, String family, String... cases) throws IOException {
    Files.writeString(
        folder.resolve(file),
        "{\"family\": \"%s\", \"count\": %d, \"cases\": [%s]}"
            .formatted(family, cases.length, String.join(",\n", cases)));
  }

  private Outcome execute(String... options) {
    return executeOn(folder, options);
  }

  private static Outcome executeOn(Path folder, String... options) {
    var out = new StringWriter();
    var err = new StringWriter();
    List<String> arguments = new ArrayList<>(List.of("conformance"));
    arguments.addAll(List.of(options));
    arguments.add(folder.toString());
    int exitCode =
        Main.commandLine()
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(arguments.toArray(String[]::new));
    return new Outcome(exitCode, out.toString(), err.toString());
  }
}
