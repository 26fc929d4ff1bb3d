// SPDX-License-Identifier: Apache-2.0
package gradus.testing;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import gradus.Tensor;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// No public op without a property.
class EveryOpIsCheckedTest {
  private static final List<Class<?>> CHECKS =
      List.of(
          PointwiseDerivativesTest.class,
          ActivationDerivativesTest.class,
          ReductionDerivativesTest.class,
          SequenceDerivativesTest.class,
          ViewDerivativesTest.class,
          ArrangementDerivativesTest.class,
          IndexingDerivativesTest.class,
          RowDerivativesTest.class,
          LinalgDerivativesTest.class,
          SpatialDerivativesTest.class,
          RecurrentDerivativesTest.class,
          NoDerivativeTest.class,
          SamplingTest.class);

  @Test
  void everyOpHasAProperty() {
    Set<String> checked = new TreeSet<>();
    for (Class<?> type : CHECKS) {
      for (Method method : type.getDeclaredMethods()) {
        OpProperty property = method.getAnnotation(OpProperty.class);
        if (property != null) {
          checked.addAll(List.of(property.value()));
        }
      }
    }
    assertThat(checked).isEqualTo(ops());
  }

  /// The methods of the interfaces that [Tensor] gets its ops from, and its static ones that take
  /// tensors.
  private static Set<String> ops() {
    Stream<Method> instance =
        Arrays.stream(Tensor.class.getInterfaces())
            .flatMap(family -> Arrays.stream(family.getDeclaredMethods()))
            .filter(method -> Modifier.isPublic(method.getModifiers()));
    Stream<Method> makers =
        Arrays.stream(Tensor.class.getMethods())
            .filter(method -> Modifier.isStatic(method.getModifiers()))
            .filter(EveryOpIsCheckedTest::takesTensors)
            .filter(method -> !method.getName().endsWith("Like"));
    Set<String> ops = new TreeSet<>();
    Stream.concat(instance, makers).map(EveryOpIsCheckedTest::signature).forEach(ops::add);
    return ops;
  }

  private static boolean takesTensors(Method method) {
    return Arrays.stream(method.getParameterTypes())
        .anyMatch(type -> type == Tensor.class || type == Tensor[].class || type == List.class);
  }

  private static String signature(Method method) {
    return method.getName()
        + Arrays.stream(method.getParameterTypes())
            .map(
                type ->
                    type.isArray()
                        ? type.getComponentType().getSimpleName() + "..."
                        : type.getSimpleName())
            .collect(joining(", ", "(", ")"));
  }
}
