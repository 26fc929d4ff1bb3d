// SPDX-License-Identifier: Apache-2.0
package gradus.train;

import static org.assertj.core.api.Assertions.assertThat;

import gradus.data.DataLoader;
import gradus.nn.Penalty;
import gradus.optim.ExponentialLR;
import gradus.optim.SGD;
import java.lang.invoke.MethodType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Each wither of each options record changes its own component and no other.
class OptionsTest {
  static Stream<Record> options() {
    return Stream.of(Trainer.options(), Monitor.min("loss"));
  }

  @ParameterizedTest
  @MethodSource("options")
  void withersChangeTheirOwnComponent(Record options) throws ReflectiveOperationException {
    for (RecordComponent changed : options.getClass().getRecordComponents()) {
      Object value = another(changed, changed.getAccessor().invoke(options));
      Object result =
          options.getClass().getMethod(changed.getName(), changed.getType()).invoke(options, value);
      for (RecordComponent component : options.getClass().getRecordComponents()) {
        assertThat(component.getAccessor().invoke(result))
            .as("%s after %s(%s)", component, changed.getName(), value)
            .isEqualTo(
                component.getName().equals(changed.getName())
                    ? value
                    : component.getAccessor().invoke(options));
      }
    }
  }

  private static Object another(RecordComponent component, Object old) {
    if (component.getGenericType() instanceof ParameterizedType list) {
      return list.getActualTypeArguments()[0] == Metric.class
          ? List.of(Metric.accuracy())
          : List.of(new Callback() {});
    }
    Class<?> type = component.getType();
    Stream<?> candidates =
        type.isEnum()
            ? Stream.of(type.getEnumConstants())
            : Stream.of(
                    0.25,
                    7,
                    8L,
                    true,
                    false,
                    "name",
                    Path.of("folder"),
                    new DataLoader(Runs.examples(4, 1), 2),
                    new ExponentialLR(new SGD(Runs.model(1).parameters(), 0.1), 0.9),
                    Penalty.l2(1),
                    Monitor.max("accuracy"))
                .filter(MethodType.methodType(type).wrap().returnType()::isInstance);
    return candidates.filter(value -> !Objects.equals(value, old)).findFirst().orElseThrow();
  }
}
