// SPDX-License-Identifier: Apache-2.0
package gradus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every record of the tape is differentiated, twice, against finite differences.
class CatalogueTest {
  static Stream<Catalogue.Row> rows() {
    return Catalogue.rows().stream();
  }

  @Test
  void everyRecordHasARow() {
    Set<Class<?>> covered = rows().map(Catalogue.Row::node).collect(Collectors.toSet());
    Set<Class<?>> missing = records();
    missing.removeAll(covered);
    missing.removeAll(Catalogue.NOT_DIFFERENTIABLE);
    assertThat(missing).as("records of the tape without a row in the catalogue").isEmpty();
    assertThat(covered).doesNotContainAnyElementsOf(Catalogue.NOT_DIFFERENTIABLE);
  }

  /// The leaves of the sealed hierarchy.
  private static Set<Class<?>> records() {
    Set<Class<?>> records = new LinkedHashSet<>();
    var open = new ArrayList<Class<?>>(List.of(Node.class));
    while (!open.isEmpty()) {
      Class<?> type = open.removeLast();
      if (type.isSealed()) {
        open.addAll(List.of(type.getPermittedSubclasses()));
      } else {
        records.add(type);
      }
    }
    return records;
  }

  @ParameterizedTest
  @MethodSource("rows")
  void putsItsRecordOnTheTape(Catalogue.Row row) {
    Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    collect(row.op().apply(row.inputs()).edge, seen);
    assertThat(seen).hasAtLeastOneElementOfType(row.node());
  }

  private static void collect(Object part, Set<Node> seen) {
    switch (part) {
      case Edge edge when edge.node != null && seen.add(edge.node) -> {
        for (RecordComponent component : edge.node.getClass().getRecordComponents()) {
          try {
            component.getAccessor().setAccessible(true);
            collect(component.getAccessor().invoke(edge.node), seen);
          } catch (ReflectiveOperationException e) {
            throw new LinkageError("a record component cannot be read", e);
          }
        }
      }
      case Collection<?> parts -> parts.forEach(p -> collect(p, seen));
      case null, default -> {}
    }
  }

  @ParameterizedTest
  @MethodSource("rows")
  void firstDerivative(Catalogue.Row row) {
    Autograd.gradcheck(row.op(), row.inputs().toArray(Tensor[]::new));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void secondDerivative(Catalogue.Row row) {
    Autograd.gradgradcheck(row.op(), row.inputs().toArray(Tensor[]::new));
  }

  /// The fast derivative and the one that is itself recorded are two pieces of code in fused ops:
  /// they must agree.
  @ParameterizedTest
  @MethodSource("rows")
  void recordedDerivativeIsTheFastOne(Catalogue.Row row) {
    List<Tensor> wanted = row.inputs().stream().filter(Tensor::requiresGrad).toList();
    Tensor y = row.op().apply(row.inputs());
    Tensor u = new Generator(7).normal(y.dtype(), 0, 1, y.shape());
    Autograd.Options options = Autograd.options().retainGraph(true).allowUnused(true).gradient(u);
    List<Tensor> fast = Autograd.grad(y, wanted, options);
    List<Tensor> recorded = Autograd.grad(y, wanted, options.createGraph(true));
    for (int i = 0; i < fast.size(); i++) {
      double[] expected = fast.get(i).toDoubleArray();
      double[] actual = recorded.get(i).toDoubleArray();
      for (int k = 0; k < expected.length; k++) {
        assertThat(actual[k]).isCloseTo(expected[k], offset(1e-12 * (1 + Math.abs(expected[k]))));
      }
    }
  }
}
