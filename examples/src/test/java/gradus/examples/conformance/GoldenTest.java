// SPDX-License-Identifier: Apache-2.0

package gradus.examples.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import gradus.examples.conformance.Runner.Outcome;
import gradus.examples.conformance.Runner.Verdict;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Gradus agrees with all that is recorded of PyTorch.
class GoldenTest {
  private static List<Family> golden() throws IOException, URISyntaxException {
    return Family.readAll(Path.of(GoldenTest.class.getResource("/golden").toURI()));
  }

  @TestFactory
  Stream<DynamicTest> everyFamilyAgrees() throws Exception {
    return golden().stream()
        .flatMap(
            family ->
                Stream.of(Precision.values())
                    .map(
                        precision ->
                            dynamicTest(
                                family.name() + " in " + precision,
                                () -> assertNothingFails(family, precision))));
  }

  private static void assertNothingFails(Family family, Precision precision) {
    List<Outcome> outcomes = Runner.run(family.cases(), precision);
    assertThat(outcomes).isNotEmpty();
    assertThat(
            outcomes.stream()
                .filter(o -> o.verdict() == Verdict.FAILED || o.verdict() == Verdict.ADVISORY)
                .map(o -> o.golden().id() + ": " + o.problem()))
        .isEmpty();
  }

  @Test
  void everyLineOfTheTablesIsUsed() throws Exception {
    Set<String> used = new HashSet<>();
    for (Family family : golden()) {
      for (Case each : family.cases()) {
        used.add(each.api());
        for (JsonNode step : each.json().path("args").path("steps")) {
          used.add(step.path("api").asText());
        }
      }
    }
    assertThat(used).containsAll(OpTable.ALL.apis());
  }
}
