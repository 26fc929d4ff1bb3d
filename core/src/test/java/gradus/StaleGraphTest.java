// SPDX-License-Identifier: Apache-2.0
package gradus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What every op's derivative does about inputs that were assigned since forward, and about a graph
/// that was used up.
class StaleGraphTest {
  private static final Autograd.Options OPTIONS = Autograd.options().allowUnused(true);

  static Stream<Catalogue.Row> rows() {
    return Catalogue.rows().stream();
  }

  private static List<Tensor> parameters(Catalogue.Row row) {
    return row.inputs().stream()
        .map(x -> new Parameter(x.detach()).requiresGrad(x.requiresGrad()))
        .toList();
  }

  private static List<Tensor> wanted(List<Tensor> inputs) {
    return inputs.stream().filter(Tensor::requiresGrad).toList();
  }

  /// A derivative either says that a value it reads was changed, or doesn't read any of the inputs.
  @ParameterizedTest
  @MethodSource("rows")
  void aChangedInputIsNoticedOrNotRead(Catalogue.Row row) {
    List<Tensor> inputs = parameters(row);
    Tensor y = row.op().apply(inputs);
    Autograd.Options options = OPTIONS.gradient(Tensor.onesLike(y)).retainGraph(true);
    List<Tensor> before = Autograd.grad(y, wanted(inputs), options);
    inputs.forEach(x -> ((Parameter) x).assign(x.detach().mul(2).add(0.5)));
    List<Tensor> after;
    try {
      after = Autograd.grad(y, wanted(inputs), options);
    } catch (IllegalStateException e) {
      assertThat(e.getMessage())
          .matches(
              "backward through \\w+ \\[.*\\]: a saved \\w+ \\[.*\\] was changed in place \\(1"
                  + " times\\) after forward; call backward\\(\\) before optimizer.step\\(\\) or"
                  + " assign\\(\\)");
      return;
    }
    for (int i = 0; i < before.size(); i++) {
      assertThat(after.get(i).toDoubleArray()).containsExactly(before.get(i).toDoubleArray());
    }
  }

  @ParameterizedTest
  @MethodSource("rows")
  void aSecondPassSaysThatTheGraphWasFreed(Catalogue.Row row) {
    List<Tensor> inputs = parameters(row);
    Tensor y = row.op().apply(inputs);
    Autograd.Options options = OPTIONS.gradient(Tensor.onesLike(y));
    Autograd.grad(y, wanted(inputs), options);
    assertThatThrownBy(() -> Autograd.grad(y, wanted(inputs), options))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "backward: the graph that made this %s tensor was freed by an earlier backward(); keep it with backward(Autograd.options().retainGraph(true))"
                .formatted(y.shape()));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void onlyAScalarHasAGradientOfItsOwn(Catalogue.Row row) {
    Tensor y = row.op().apply(parameters(row));
    if (y.numel() == 1) {
      y.backward();
    } else {
      assertThatThrownBy(y::backward)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "backward: %s is not a scalar: reduce it (sum(), mean()) or give the gradient of its elements"
                  .formatted(y.shape()));
    }
  }
}
