// SPDX-License-Identifier: Apache-2.0
package gradus.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OptionsTest {

  static Stream<Record> options() {
    return Stream.of(
        SGD.options().momentum(0.5),
        Adam.options(),
        AdamW.options(),
        Adagrad.options(),
        RMSprop.options(),
        Adadelta.options(),
        Adamax.options(),
        NAdam.options(),
        RAdam.options(),
        Rprop.options().etaPlus(2.5),
        ASGD.options(),
        Lion.options(),
        LBFGS.options().maxEval(7),
        CyclicLR.options(0.1, 1).stepSizeDown(3),
        OneCycleLR.options(0.1, 20),
        ReduceLROnPlateau.options());
  }

  @ParameterizedTest
  @MethodSource("options")
  void eachWitherChangesItsOwnComponentOnly(Record options) throws ReflectiveOperationException {
    RecordComponent[] components = options.getClass().getRecordComponents();
    for (RecordComponent changed : components) {
      // SGD refuses nesterov with dampening, so that component starts from 0.
      Object value = other(changed.getAccessor().invoke(options));
      Object result =
          options.getClass().getMethod(changed.getName(), changed.getType()).invoke(options, value);
      for (RecordComponent component : components) {
        Object expected =
            component.equals(changed) ? value : component.getAccessor().invoke(options);
        assertThat(component.getAccessor().invoke(result))
            .as("%s after %s(%s)", component.getName(), changed.getName(), value)
            .isEqualTo(expected);
      }
    }
  }

  private static Object other(Object value) {
    return switch (value) {
      case Double d -> d / 2 + 0.125;
      case Integer i -> i + 1;
      case Boolean b -> !b;
      case CyclicLR.Mode _ -> CyclicLR.Mode.EXP_RANGE;
      case OneCycleLR.Anneal _ -> OneCycleLR.Anneal.LINEAR;
      case LBFGS.LineSearch _ -> LBFGS.LineSearch.STRONG_WOLFE;
      case ReduceLROnPlateau.Mode _ -> ReduceLROnPlateau.Mode.MAX;
      case ReduceLROnPlateau.ThresholdMode _ -> ReduceLROnPlateau.ThresholdMode.ABS;
      case List<?> _ -> List.of(0.5, 0.25);
      default -> throw new AssertionError(value);
    };
  }

  @Test
  void defaultsArePyTorchs() {
    assertThat(SGD.options()).isEqualTo(new SGD.Options(1e-3, 0, 0, 0, false, false));
    assertThat(Adam.options()).isEqualTo(new Adam.Options(1e-3, 0.9, 0.999, 1e-8, 0, false, false));
    assertThat(AdamW.options())
        .isEqualTo(new AdamW.Options(1e-3, 0.9, 0.999, 1e-8, 0.01, false, false));
    assertThat(Adagrad.options()).isEqualTo(new Adagrad.Options(1e-2, 0, 0, 0, 1e-10, false));
    assertThat(RMSprop.options())
        .isEqualTo(new RMSprop.Options(1e-2, 0.99, 1e-8, 0, 0, false, false));
    assertThat(Adadelta.options()).isEqualTo(new Adadelta.Options(1, 0.9, 1e-6, 0, false));
    assertThat(Adamax.options()).isEqualTo(new Adamax.Options(2e-3, 0.9, 0.999, 1e-8, 0, false));
    assertThat(NAdam.options())
        .isEqualTo(new NAdam.Options(2e-3, 0.9, 0.999, 1e-8, 0, 4e-3, false, false));
    assertThat(RAdam.options())
        .isEqualTo(new RAdam.Options(1e-3, 0.9, 0.999, 1e-8, 0, false, false));
    assertThat(Rprop.options()).isEqualTo(new Rprop.Options(1e-2, 0.5, 1.2, 1e-6, 50, false));
    assertThat(ASGD.options()).isEqualTo(new ASGD.Options(1e-2, 1e-4, 0.75, 1e6, 0, false));
    assertThat(LBFGS.options())
        .isEqualTo(new LBFGS.Options(1, 20, null, 1e-7, 1e-9, 100, LBFGS.LineSearch.NONE));
    assertThat(Lion.options()).isEqualTo(new Lion.Options(1e-4, 0.9, 0.99, 0, false));
  }

  @Test
  void valuesOutOfRangeAreNamed() {
    refused(() -> SGD.options().lr(-1), "SGD: lr -1.0 is not a number ≥ 0");
    refused(() -> SGD.options().lr(Double.NaN), "SGD: lr NaN is not a number ≥ 0");
    refused(
        () -> SGD.options().lr(Double.POSITIVE_INFINITY), "SGD: lr Infinity is not a number ≥ 0");
    refused(() -> SGD.options().momentum(-0.1), "SGD: momentum -0.1 is not a number ≥ 0");
    refused(() -> SGD.options().dampening(Double.NaN), "SGD: dampening NaN is not a finite number");
    refused(() -> SGD.options().weightDecay(-1), "SGD: weightDecay -1.0 is not a number ≥ 0");
    refused(
        () -> SGD.options().nesterov(true),
        "SGD: nesterov needs momentum > 0 and dampening 0, not momentum 0.0 and dampening 0.0;"
            + " set momentum before nesterov");
    refused(() -> Adam.options().lr(-1), "Adam: lr -1.0 is not a number ≥ 0");
    refused(() -> Adam.options().beta1(1), "Adam: beta1 1.0 is not in [0, 1)");
    refused(() -> Adam.options().beta2(-0.1), "Adam: beta2 -0.1 is not in [0, 1)");
    refused(() -> Adam.options().eps(-1), "Adam: eps -1.0 is not a number ≥ 0");
    refused(() -> AdamW.options().beta2(1), "AdamW: beta2 1.0 is not in [0, 1)");
    refused(() -> AdamW.options().weightDecay(-1), "AdamW: weightDecay -1.0 is not a number ≥ 0");
    refused(() -> RMSprop.options().alpha(1.5), "RMSprop: alpha 1.5 is not in [0, 1]");
    refused(() -> Adadelta.options().rho(-1), "Adadelta: rho -1.0 is not in [0, 1]");
    refused(
        () -> Adagrad.options().initialAccumulatorValue(-1),
        "Adagrad: initialAccumulatorValue -1.0 is not a number ≥ 0");
    refused(() -> Rprop.options().etaMinus(1), "Rprop: etaMinus 1.0 is not in (0, 1)");
    refused(() -> Rprop.options().etaPlus(1), "Rprop: etaPlus 1.0 is not a number > 1");
    refused(() -> ASGD.options().alpha(Double.NaN), "ASGD: alpha NaN is not a finite number");
    refused(() -> LBFGS.options().maxIter(0), "LBFGS: maxIter 0 is not a number > 0");
    refused(() -> LBFGS.options().maxEval(0), "LBFGS: maxEval 0 is not a number > 0");
    var plateau = ReduceLROnPlateau.options();
    refused(() -> plateau.factor(1), "ReduceLROnPlateau: factor 1.0 is not in [0, 1)");
    refused(() -> plateau.patience(-1), "ReduceLROnPlateau: patience -1 is not a number ≥ 0");
    refused(
        () -> plateau.minLr(List.of()),
        "ReduceLROnPlateau: minLr [] is not one number or one for each group");
    refused(() -> plateau.minLr(-1), "ReduceLROnPlateau: minLr -1.0 is not a number ≥ 0");
  }

  private static void refused(Runnable action, String message) {
    assertThatThrownBy(action::run)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }
}
