// SPDX-License-Identifier: Apache-2.0
package gradus.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import gradus.DType;
import gradus.Grad;
import gradus.Parameter;
import gradus.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LBFGSTest {
  private static final LBFGS.Options SEARCHING =
      LBFGS.options().lineSearch(LBFGS.LineSearch.STRONG_WOLFE);

  private static List<Parameter> start(DType dtype) {
    return List.of(
        new Parameter(Tensor.float64(new double[] {-1.2}).to(dtype)),
        new Parameter(Tensor.float64(new double[] {1}).to(dtype)));
  }

  /// Rosenbrock's valley, whose minimum is 0 at (1, 1).
  private static Tensor valley(List<Parameter> params) {
    Tensor x = params.get(0);
    Tensor y = params.get(1);
    Tensor loss = x.neg().add(1).square().add(y.sub(x.square()).square().mul(100)).sum();
    params.forEach(Parameter::zeroGrad);
    loss.backward();
    return loss;
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT32", "FLOAT64"})
  void findsTheBottomOfRosenbrocksValley(DType dtype) {
    List<Parameter> params = start(dtype);
    var optimizer = new LBFGS(params, SEARCHING.maxIter(60));
    Tensor before = optimizer.step(() -> valley(params));
    assertThat(before.item()).isCloseTo(24.2, within(1e-4));
    assertThat(params.get(0).item()).isCloseTo(1, within(1e-4));
    assertThat(params.get(1).item()).isCloseTo(1, within(1e-4));
  }

  @ParameterizedTest
  @EnumSource
  void aResumedMinimizationContinuesAsIfItHadNotStopped(LBFGS.LineSearch search) {
    var options = LBFGS.options().lr(0.001).lineSearch(search).maxIter(3).historySize(4);
    List<Parameter> params = start(DType.FLOAT64);
    var optimizer = new LBFGS(params, options);
    optimizer.step(() -> valley(params));
    optimizer.step(() -> valley(params));
    StateDict state = optimizer.stateDict();
    List<Parameter> copies = params.stream().map(Parameter::new).toList();
    optimizer.step(() -> valley(params));

    var resumed = new LBFGS(copies, options);
    resumed.loadStateDict(state);
    resumed.step(() -> valley(copies));
    for (int i = 0; i < copies.size(); i++) {
      assertThat(copies.get(i).item()).isEqualTo(params.get(i).item());
    }
    assertThat(resumed.stateDict().scalars()).isEqualTo(optimizer.stateDict().scalars());
  }

  @Test
  void atAMinimumNothingMoves() {
    List<Parameter> params = start(DType.FLOAT64);
    params.getFirst().assign(Tensor.float64(new double[] {1}));
    var optimizer = new LBFGS(params, SEARCHING);
    int[] calls = {0};
    try (var _ = Grad.off()) {
      optimizer.step(
          () -> {
            calls[0]++;
            return valley(params);
          });
    }
    assertThat(calls[0]).isEqualTo(1);
    assertThat(params.get(0).item()).isEqualTo(1);
  }

  @Test
  void evaluationsAreLimited() {
    List<Parameter> params = start(DType.FLOAT64);
    int[] calls = {0};
    new LBFGS(params, LBFGS.options().lr(1e-4).maxEval(3))
        .step(
            () -> {
              calls[0]++;
              return valley(params);
            });
    assertThat(calls[0]).isEqualTo(3);
  }

  @Test
  void aStepWithoutClosureAndSeveralGroupsAreRefused() {
    var optimizer = new LBFGS(start(DType.FLOAT32), 1);
    assertThatThrownBy(optimizer::step)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "LBFGS: step() needs a closure that computes the loss and its gradients;"
                + " call step(() -> …)");
    optimizer.addParamGroup(ParamGroup.of(start(DType.FLOAT32), LBFGS.options()));
    assertThatThrownBy(() -> optimizer.step(() -> Tensor.zeros(1)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("LBFGS: 2 parameter groups, but it steps on all parameters together; use one");
  }
}
