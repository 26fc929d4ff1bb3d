// SPDX-License-Identifier: Apache-2.0

package gradus.examples.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import gradus.examples.conformance.Runner.Outcome;
import gradus.examples.conformance.Runner.Verdict;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Gradus agrees with all that is recorded of PyTorch: the golden data, and more of our own with
/// other arguments.
class GoldenTest {
  /// The families of both folders: `golden`, and `golden-wide`, which has more of the arguments,
  /// types and functions that there are.
  private static List<Family> golden() throws IOException, URISyntaxException {
    List<Family> families = new ArrayList<>();
    for (String folder : List.of("/golden", "/golden-wide")) {
      families.addAll(Family.readAll(Path.of(GoldenTest.class.getResource(folder).toURI())));
    }
    return families;
  }

  private static List<Family> variants() throws IOException, URISyntaxException {
    return Family.readAll(Path.of(GoldenTest.class.getResource("/golden-variants").toURI()));
  }

  private static List<Family> all() throws IOException, URISyntaxException {
    return Stream.concat(golden().stream(), variants().stream()).toList();
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

  /// What a case says of how to compute, rather than of the result: a change there may not show.
  private static final Set<String> GIVEN =
      Set.of(
          ("id op api tags note args inputs cotangent cotangents double_cotangents mode problem"
                  + " grads_in metrics optimizer scheduler initial_lr model loss x y initial file input"
                  + " call training state")
              .split(" "));

  @TestFactory
  Stream<DynamicTest> everyVariantAgrees() throws Exception {
    return variants().stream()
        .flatMap(
            family ->
                Stream.of(Precision.values())
                    .map(
                        precision ->
                            dynamicTest(
                                family.name() + " in " + precision,
                                () -> assertAllPass(family, precision))));
  }

  /// As [#assertNothingFails], and nothing is unsupported.
  private static void assertAllPass(Family family, Precision precision) {
    assertNothingFails(family, precision);
    assertThat(
            Runner.run(family.cases(), precision).stream()
                .filter(o -> o.verdict() == Verdict.UNSUPPORTED)
                .map(o -> o.golden().id()))
        .isEmpty();
  }

  @Test
  void everyRecordedValueCounts() throws Exception {
    List<Family> kinds = new ArrayList<>(golden());
    variants().stream().filter(family -> family.name().endsWith("modules")).forEach(kinds::add);
    List<String> overlooked = new ArrayList<>();
    int changed = 0;
    for (Family family : kinds) {
      Set<String> ops = new HashSet<>();
      for (Case each : family.cases()) {
        if (Runner.run(each, Precision.FLOAT64).verdict() == Verdict.PASSED && ops.add(each.op())) {
          for (List<Object> path : values(each.json())) {
            changed++;
            var tampered = new Case(each.folder(), changed(each.json(), path));
            if (Runner.run(tampered, Precision.FLOAT64).verdict() == Verdict.PASSED) {
              overlooked.add(each.id() + " " + path);
            }
          }
        }
      }
    }
    assertThat(changed).isGreaterThan(1000);
    assertThat(overlooked).isEmpty();
  }

  /// Returns where the first value and the last stand in each list below the results, and all in
  /// their objects. Where a property of the result is recorded, its shape is given.
  private static List<List<Object>> values(JsonNode json) {
    List<List<Object>> paths = new ArrayList<>();
    json.fieldNames()
        .forEachRemaining(
            key -> {
              if (!GIVEN.contains(key) && !(key.equals("shape") && json.has("property"))) {
                collect(json.get(key), List.of(key), paths);
              }
            });
    return paths;
  }

  private static void collect(JsonNode node, List<Object> path, List<List<Object>> paths) {
    if (node.isValueNode() && !node.isNull()) {
      paths.add(path);
    } else if (node.isArray() && !node.isEmpty()) {
      collect(node.get(0), joined(path, 0), paths);
      if (node.size() > 1) {
        collect(node.get(node.size() - 1), joined(path, node.size() - 1), paths);
      }
    } else {
      node.fieldNames()
          .forEachRemaining(
              key -> {
                if (!key.equals(OptimizerCases.LITERAL)) {
                  collect(node.get(key), joined(path, key), paths);
                }
              });
    }
  }

  private static List<Object> joined(List<Object> path, Object last) {
    List<Object> all = new ArrayList<>(path);
    all.add(last);
    return all;
  }

  private static JsonNode changed(JsonNode json, List<Object> path) {
    JsonNode copy = json.deepCopy();
    JsonNode parent = copy;
    for (Object step : path.subList(0, path.size() - 1)) {
      parent = step instanceof Integer index ? parent.get(index) : parent.get((String) step);
    }
    if (path.getLast() instanceof Integer index) {
      ((ArrayNode) parent).set(index, changed(parent.get(index)));
    } else {
      String key = (String) path.getLast();
      ((ObjectNode) parent).set(key, changed(parent.get(key)));
    }
    return copy;
  }

  private static JsonNode changed(JsonNode value) {
    return switch (value.getNodeType()) {
      case BOOLEAN -> BooleanNode.valueOf(!value.booleanValue());
      case STRING -> TextNode.valueOf(value.asText().equals("NaN") ? "Infinity" : "NaN");
      default ->
          value.isInt()
              ? IntNode.valueOf(value.intValue() + 1)
              : DoubleNode.valueOf(value.doubleValue() * 1.25 + 1);
    };
  }

  @Test
  void everyLineOfTheTablesIsUsed() throws Exception {
    Set<String> used = new HashSet<>();
    for (Family family : all()) {
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
