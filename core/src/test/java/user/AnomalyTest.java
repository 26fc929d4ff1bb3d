// SPDX-License-Identifier: Apache-2.0
package user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gradus.Autograd;
import gradus.CustomOp;
import gradus.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

/// NaN and infinities are traced to the user's line. In a package of its own, as users are.
class AnomalyTest {
  private int line;

  private static Tensor leaf(double... values) {
    return Tensor.of(values).requiresGrad(true);
  }

  /// The call whose place messages name.
  private Tensor root(Tensor x) {
    line = new Throwable().getStackTrace()[0].getLineNumber() + 1;
    return x.sqrt();
  }

  private String place() {
    return "called at user.AnomalyTest.root(AnomalyTest.java:" + line + ")";
  }

  @Test
  void namesOpAndCallOfTheFirstGradientThatIsNotFinite() {
    Tensor x = leaf(4, 0);
    try (var _ = Autograd.detectAnomaly()) {
      // d√x/dx at 0 is infinite, and 0 · ∞ further on would be NaN.
      Tensor y = root(x.mul(0)).mul(3).sum();
      assertThatThrownBy(y::backward)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(
              "backward through Sqrt [2] %s: detectAnomaly: the gradient for its input Mul [2] has infinity at element 0 of 2"
                  .formatted(place()));
      assertThat(x.grad()).isNull();
    }
    root(x.mul(0)).mul(3).sum().backward();
    assertThat(x.grad().toFloatArray()).containsExactly(Float.NaN, Float.NaN);
  }

  @Test
  void findsNaN() {
    try (var _ = Autograd.detectAnomaly()) {
      Tensor y = root(leaf(4, -1)).sum();
      assertThatThrownBy(y::backward)
          .hasMessage(
              "backward through Sqrt [2] %s: detectAnomaly: the gradient for its input leaf [2] has nan at element 1 of 2"
                  .formatted(place()));
    }
  }

  @Test
  void saysIfThePlaceIsNotKnown() {
    Tensor y = root(leaf(4, 0)).sum();
    try (var _ = Autograd.detectAnomaly()) {
      assertThatThrownBy(y::backward)
          .hasMessage(
              "backward through Sqrt [2] (called outside detectAnomaly(), at a place not known): detectAnomaly: the gradient for its input leaf [2] has infinity at element 1 of 2");
    }
  }

  @Test
  void seesWhatIsGivenAndWhatHooksReturn() {
    Tensor x = leaf(1, 2);
    try (var _ = Autograd.detectAnomaly()) {
      Tensor y = x.mul(2);
      assertThatThrownBy(() -> y.backward(Tensor.of(1, Double.NEGATIVE_INFINITY)))
          .hasMessage(
              "backward: detectAnomaly: the gradient given for Mul [2] has -infinity at element 1 of 2");
      Tensor z = x.mul(2);
      z.registerHook(g -> g.div(0));
      assertThatThrownBy(() -> z.sum().backward())
          .hasMessageMatching(
              "backward: detectAnomaly: a hook on Mul \\[2] called at user\\.AnomalyTest\\.\\S+ returned infinity at element 0 of 2");
    }
  }

  @Test
  void looksIntoCheckpointsAndCustomOps() {
    CustomOp bad =
        new CustomOp() {
          @Override
          protected Tensor forward(Context context, List<Tensor> inputs) {
            return inputs.getFirst().mul(2);
          }

          @Override
          protected List<Tensor> vjp(Context context, Tensor grad) {
            return List.of(grad.div(0));
          }

          @Override
          protected String name() {
            return "Bad";
          }
        };
    try (var _ = Autograd.detectAnomaly()) {
      Tensor y = Autograd.checkpoint(t -> root(t).mul(2), leaf(4, 0)).sum();
      assertThatThrownBy(y::backward)
          .hasMessageStartingWith("backward through Sqrt [2] " + place());
      assertThatThrownBy(() -> bad.apply(leaf(1)).sum().backward())
          .hasMessageMatching("backward through Bad \\[1] called at user\\.AnomalyTest\\..*");
    }
  }

  @Test
  void forwardIsCheckedIfWanted() {
    Tensor x = leaf(4, -1);
    try (var _ = Autograd.detectAnomaly()) {
      assertThat(root(x).toFloatArray()[1]).isNaN();
    }
    try (var _ = Autograd.detectAnomalyInForward()) {
      assertThatThrownBy(() -> root(x))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(
              "detectAnomaly: Sqrt [2] %s gives nan at element 1 of 2, from inputs without"
                  .formatted(place()));
      assertThatThrownBy(() -> leaf(1000).exp())
          .hasMessageContaining("gives infinity at element 0 of 1");
      // Not new: NaN from NaN, infinity from infinity, and what is put there.
      assertThat(leaf(Double.NaN).exp().item()).isNaN();
      assertThat(leaf(Double.POSITIVE_INFINITY).mul(2).item()).isInfinite();
      Tensor masked =
          Tensor.where(
              Tensor.of(new boolean[] {true, false}),
              leaf(1, 2),
              Tensor.of(Double.NEGATIVE_INFINITY));
      assertThat(masked.softmax(0).toFloatArray()).containsExactly(1, 0);
    }
  }

  @Test
  void endsWithItsScope() {
    Tensor x = leaf(0);
    try (var _ = Autograd.detectAnomalyInForward();
        var _ = Autograd.detectAnomaly()) {
      assertThatThrownBy(() -> x.sqrt().backward()).hasMessageContaining("detectAnomaly");
    }
    x.sqrt().backward();
    assertThat(x.grad().item()).isInfinite();
  }
}
