// SPDX-License-Identifier: Apache-2.0
package gradus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What users see of gradients under way, and how they change them.
class TensorHooksTest {
  private static final Autograd.Options RETAIN = Autograd.options().retainGraph(true);
  private static final Autograd.Options CREATE = Autograd.options().createGraph(true);

  private static Tensor leaf(double... values) {
    return Tensor.of(values).requiresGrad(true);
  }

  @Test
  void anInteriorHookSeesTheWholeGradientOnceAndMayReplaceIt() {
    Tensor x = leaf(1, 2);
    Tensor h = x.mul(3);
    List<double[]> seen = new ArrayList<>();
    h.registerHook(
        g -> {
          seen.add(g.toDoubleArray());
          return g.mul(10);
        });
    h.mul(2).add(h.mul(5)).sum().backward();
    assertThat(seen).containsExactly(new double[] {7, 7});
    assertThat(x.grad().toDoubleArray()).containsExactly(210, 210);
  }

  @Test
  void aLeafHookRunsOncePerPassBeforeTheGradientIsAdded() {
    Tensor x = leaf(1, 2);
    List<double[]> seen = new ArrayList<>();
    x.registerHook(
        g -> {
          seen.add(g.toDoubleArray());
          return g.neg();
        });
    x.mul(x).sum().backward();
    x.mul(x).sum().backward();
    assertThat(seen).containsExactly(new double[] {2, 4}, new double[] {2, 4});
    assertThat(x.grad().toDoubleArray()).containsExactly(-4, -8);
  }

  @Test
  void hooksRunInOrderOnWhatTheOneBeforeReturned() {
    Tensor x = leaf(1);
    List<String> order = new ArrayList<>();
    x.registerHook(
        g -> {
          order.add("first " + g.item());
          return g.add(1);
        });
    x.registerHook(
        g -> {
          order.add("second " + g.item());
          return null;
        });
    RemovableHandle third = x.registerHook(g -> g.mul(100));
    x.mul(2).sum().backward(RETAIN);
    assertThat(order).containsExactly("first 2.0", "second 3.0");
    assertThat(x.grad().item()).isEqualTo(300);
    third.close();
    third.close();
    x.zeroGrad();
    x.mul(2).sum().backward();
    assertThat(x.grad().item()).isEqualTo(3);
  }

  @Test
  void aHookMayRemoveItself() {
    Tensor x = leaf(1);
    var handle = new RemovableHandle[1];
    handle[0] =
        x.registerHook(
            g -> {
              handle[0].close();
              return g.mul(5);
            });
    x.sum().backward();
    x.sum().backward();
    assertThat(x.grad().item()).isEqualTo(6);
  }

  @Test
  void gradSeesHooksToo() {
    Tensor x = leaf(3);
    Tensor h = x.mul(2);
    h.registerHook(g -> g.mul(10));
    x.registerHook(g -> g.mul(7));
    List<Tensor> g = Autograd.grad(h.mul(h).sum(), List.of(x, h));
    assertThat(g.get(0).item()).isEqualTo(2 * 6 * 10 * 2 * 7);
    assertThat(g.get(1).item()).isEqualTo(2 * 6 * 10);
    assertThat(x.grad()).isNull();
  }

  @Test
  void whatAHookKeepsIsNotWrittenTo() {
    Tensor x = leaf(1, 2);
    List<Tensor> kept = new ArrayList<>();
    x.registerHook(
        g -> {
          kept.add(g);
          return null;
        });
    Tensor constant = Tensor.of(5, 5);
    Tensor y = leaf(1, 2);
    y.registerHook(_ -> constant);
    for (int i = 0; i < 2; i++) {
      x.mul(x).sum().add(y.sum()).backward();
    }
    assertThat(x.grad().toDoubleArray()).containsExactly(4, 8);
    assertThat(kept.getFirst().toDoubleArray()).containsExactly(2, 4);
    assertThat(y.grad().toDoubleArray()).containsExactly(10, 10);
    assertThat(constant.toDoubleArray()).containsExactly(5, 5);
  }

  @Test
  void aHookIsPartOfTheGraphOfThePass() {
    Tensor x = leaf(3);
    x.registerHook(g -> g.mul(g));
    Tensor g = Autograd.grad(x.mul(x).sum(), List.of(x), CREATE).getFirst(); // (2x)²
    assertThat(g.item()).isEqualTo(36);
    Tensor second = Autograd.grad(g.sum(), List.of(x)).getFirst(); // (8x)², by the hook again
    assertThat(second.item()).isEqualTo(24 * 24);
  }

  @Test
  void aHookThatThrowsLeavesNothingBehind() {
    Tensor x = leaf(1);
    Tensor y = leaf(1);
    y.registerHook(
        _ -> {
          throw new IllegalStateException("enough");
        });
    assertThatThrownBy(() -> x.add(y).sum().backward()).hasMessage("enough");
    assertThat(x.grad()).isNull();
  }

  @Test
  void aHookMustKeepShapeAndType() {
    Tensor x = leaf(1, 2);
    Tensor h = x.mul(2);
    h.registerHook(Tensor::sum);
    assertThatThrownBy(() -> h.sum().backward())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "backward: a hook on Mul [2] returned float32 [] in place of a gradient float32 [2]");
    x.registerHook(g -> g.to(DType.FLOAT64));
    assertThatThrownBy(() -> x.sum().backward())
        .hasMessage(
            "backward: a hook on leaf [2] returned float64 [2] in place of a gradient float32 [2]");
  }

  @Test
  void retainGradKeepsAndAddsWhatHooksReturn() {
    Tensor x = leaf(1, 2);
    Tensor h = x.mul(3).retainGrad();
    h.registerHook(g -> g.mul(10));
    assertThat(h.grad()).isNull();
    Tensor loss = h.mul(h).sum();
    loss.backward(RETAIN);
    assertThat(h.grad().toDoubleArray()).containsExactly(60, 120);
    assertThat(x.grad().toDoubleArray()).containsExactly(180, 360);
    loss.backward();
    assertThat(h.grad().toDoubleArray()).containsExactly(120, 240);
    assertThat(x.grad().toDoubleArray()).containsExactly(360, 720);
    h.zeroGrad();
    assertThat(h.grad()).isNull();
  }

  @Test
  void aRetainedGradientIsNotThatOfALeaf() {
    Tensor x = leaf(1, 2);
    Tensor h = x.add(0).retainGrad();
    h.mul(h).sum().backward();
    x.grad().storage.floats()[0] = 100; // what clipping in place does
    assertThat(h.grad().toDoubleArray()).containsExactly(2, 4);
  }

  @Test
  void retainGradOfALeafChangesNothing() {
    Tensor x = leaf(2);
    assertThat(x.retainGrad()).isSameAs(x);
    x.mul(x).sum().backward();
    x.mul(x).sum().backward();
    assertThat(x.grad().item()).isEqualTo(8);
  }

  @Test
  void postAccumulateHooksSeeTheSum() {
    Parameter w = new Parameter(Tensor.of(2));
    List<Double> seen = new ArrayList<>();
    RemovableHandle handle = w.registerPostAccumulateGradHook(p -> seen.add(p.grad().item()));
    w.mul(w).sum().backward();
    w.mul(w).sum().backward();
    Tensor unused = Autograd.grad(w.mul(w).sum(), List.of(w)).getFirst();
    assertThat(unused.item()).isEqualTo(4);
    handle.close();
    w.sum().backward();
    assertThat(seen).containsExactly(4.0, 8.0);
  }

  @Test
  void whatHasNoGradientHasNoHooks() {
    Tensor x = Tensor.of(1, 2);
    assertThatThrownBy(() -> x.registerHook(g -> g))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "registerHook: this float32 [2] doesn't require a gradient; call requiresGrad(true) on the leaves that it comes from");
    assertThatThrownBy(x::retainGrad)
        .hasMessageStartingWith("retainGrad: this float32 [2] doesn't");
    assertThatThrownBy(() -> x.registerPostAccumulateGradHook(_ -> {}))
        .hasMessageStartingWith("registerPostAccumulateGradHook: this float32 [2] doesn't");
    assertThatThrownBy(() -> leaf(1).mul(2).registerPostAccumulateGradHook(_ -> {}))
        .hasMessage(
            "registerPostAccumulateGradHook: this tensor was computed by Mul [1]; only leaves accumulate; use registerHook()");
  }
}
