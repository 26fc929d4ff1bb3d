// SPDX-License-Identifier: Apache-2.0
package gradus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gradus.internal.Raw;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Arrays of gradients are used again, but never one that somebody can read.
class SparesTest {
  private final Tensor x = new Generator(1).uniform(-1, 1, 5, 200);
  private final Tensor w = new Generator(2).uniform(-1, 1, 100, 200).requiresGrad(true);
  private final Tensor wide = new Generator(6).uniform(-1, 1, 4000, 100);

  /// The gradient's array after a pass with factor `scale`.
  private float[] pass(double scale) {
    x.linear(w, null).mul(scale).sum().backward();
    return Raw.floats(gradient());
  }

  private Tensor gradient() {
    Tensor gradient = Raw.gradient(w);
    if (gradient == null) {
      throw new AssertionError("no gradient");
    }
    return gradient;
  }

  private Tensor shown() {
    Tensor gradient = w.grad();
    if (gradient == null) {
      throw new AssertionError("no gradient");
    }
    return gradient;
  }

  @Test
  void theArrayOfADroppedGradientIsUsedForTheNext() {
    float[] first = pass(1);
    float[] values = first.clone();
    w.zeroGrad();
    float[] second = pass(1);
    assertThat(second).isSameAs(first).isEqualTo(values);
    w.zeroGrad();
    assertThat(pass(2)).isSameAs(first).isNotEqualTo(values);
  }

  @Test
  void aGradientThatWasShownStays() {
    pass(1);
    Tensor kept = shown();
    float[] values = kept.toFloatArray();
    w.zeroGrad();
    assertThat(pass(2)).isNotEqualTo(values);
    assertThat(kept.toFloatArray()).isEqualTo(values);
    w.zeroGrad();
    pass(3);
    assertThat(kept.toFloatArray()).isEqualTo(values);
  }

  @Test
  void aGradientThatAHookSawStays() {
    var seen = new ArrayList<Tensor>();
    w.registerHook(
        g -> {
          seen.add(g);
          return null;
        });
    pass(1);
    float[] values = seen.getFirst().toFloatArray();
    w.zeroGrad();
    pass(2);
    assertThat(seen.getFirst().toFloatArray()).isEqualTo(values);
  }

  @Test
  void whatWasGivenAsAGradientStays() {
    Tensor given = new Generator(3).uniform(-1, 1, 100, 200);
    float[] values = given.toFloatArray();
    w.backward(given);
    w.zeroGrad();
    pass(1);
    assertThat(given.toFloatArray()).isEqualTo(values);
    w.grad(given);
    w.zeroGrad();
    pass(1);
    assertThat(given.toFloatArray()).isEqualTo(values);
  }

  @Test
  void aGradientWithAGraphStays() {
    x.linear(w, null).square().sum().backward(Autograd.options().createGraph(true));
    Tensor first = gradient();
    float[] values = first.toFloatArray();
    Tensor ofFirst = first.square().sum();
    w.zeroGrad();
    pass(1);
    w.zeroGrad();
    ofFirst.backward();
    assertThat(first.toFloatArray()).isEqualTo(values);
  }

  @Test
  void whoeverKeepsAnUnshownGradientIsTold() {
    pass(1);
    Tensor gradient = gradient();
    w.zeroGrad();
    assertThatThrownBy(gradient::toFloatArray)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("memory was given back");
  }

  /// A pass in which cotangents of `w`'s size are `scale` between ops.
  private void through(UnaryOperator<Tensor> op, double scale) {
    op.apply(w.mul(2)).mul(scale).sum().backward();
    w.zeroGrad();
  }

  private Tensor result() {
    return Spares.tensor(DType.FLOAT32, w.shape());
  }

  /// The array of `t` serves the next result of its size, once it is given back.
  private void serves(Tensor t) {
    float[] array = Raw.floats(t);
    Raw.giveBack(t);
    assertThat(Raw.floats(result())).isSameAs(array);
  }

  /// It does not.
  private void stays(Tensor t) {
    float[] array = Raw.floats(t);
    Raw.giveBack(t);
    assertThat(Raw.floats(result())).isNotSameAs(array);
    assertThat(Raw.floats(t)).isSameAs(array);
  }

  @Test
  void aResultGivenBackServesTheNext() {
    Tensor plain = w.detach();
    serves(plain.add(1));
    serves(plain.relu());
    Tensor other = new Generator(5).uniform(-1, 1, 200, 200).requiresGrad(true);
    Tensor product = plain.linear(other, null);
    Tensor after = product.relu();
    serves(product);
    after.sum().backward();
    assertThat(other.grad()).isNotNull();
  }

  @Test
  void aResultThatAGraphReadsStays() {
    stays(w.exp());
    stays(w.relu());
    Tensor other = new Generator(5).uniform(-1, 1, 200, 200).requiresGrad(true);
    Tensor saved = w.detach().linear(other, null);
    Tensor after = saved.exp().mul(saved);
    stays(saved);
    Tensor constant = w.detach().mul(2);
    Tensor ofConstant = constant.mul(w);
    stays(constant);
    Tensor viewed = w.detach().linear(other, null);
    Tensor view = viewed.reshape(200, 100);
    stays(viewed);
    after.sum().backward();
    ofConstant.sum().backward();
    view.sum().backward();
  }

  /// A loss, a result that a node of its graph saves twice, and one that the node reads which made
  /// it.
  private record Graph(Tensor loss, Tensor saved, Tensor own) {
    void giveBack() {
      Raw.giveBack(saved);
      Raw.giveBack(own);
    }

    boolean isThere() {
      return isThere(saved) && isThere(own);
    }

    boolean isGone() {
      return !isThere(saved) && !isThere(own);
    }

    static boolean isThere(Tensor t) {
      try {
        return t.toFloatArray().length > 0;
      } catch (IllegalStateException e) {
        assertThat(e).hasMessageContaining("memory was given back");
        return false;
      }
    }
  }

  private Graph graph() {
    Tensor saved = x.linear(w, null).linear(wide, null);
    Tensor own = saved.mul(saved).relu();
    return new Graph(own.mul(2).sum(), saved, own);
  }

  @Test
  void whatOnlyAGraphHasIsGivenBackByBackward() {
    Graph kept = graph();
    kept.loss.backward();
    assertThat(kept.isThere()).isTrue();
    float[] gradient = Raw.floats(gradient()).clone();
    w.zeroGrad();
    Graph given = graph();
    given.giveBack();
    assertThat(given.isThere()).isTrue();
    given.loss.backward();
    assertThat(given.isGone()).isTrue();
    assertThat(Raw.floats(gradient())).isEqualTo(gradient);
  }

  @Test
  void whatOnlyAGraphHasStaysAsLongAsTheGraph() {
    Graph given = graph();
    given.giveBack();
    given.loss.backward(Autograd.options().retainGraph(true));
    assertThat(given.isThere()).isTrue();
    given.loss.backward(Autograd.options().createGraph(true));
    assertThat(given.isThere()).isTrue();
    given.loss.backward();
    assertThat(given.isGone()).isTrue();
  }

  @Test
  void whatAnotherGraphReadsStaysUntilThatIsFreed() {
    Graph given = graph();
    double sum = given.own.sum().item();
    Tensor factor = Tensor.scalar(2.0).requiresGrad(true);
    Tensor other = factor.mul(given.own.detach()).sum();
    given.giveBack();
    given.loss.backward();
    assertThat(Graph.isThere(given.saved)).isFalse();
    assertThat(Graph.isThere(given.own)).isTrue();
    other.backward();
    assertThat(Graph.isThere(given.own)).isFalse();
    assertThat(grad(factor)[0]).isEqualTo((float) sum);
  }

  @Test
  void aParameterStays() {
    stays(new Parameter(w.detach()).detach());
    stays(w);
  }

  @Test
  void whatAPassHandedOnServesTheNextResults() {
    // Takes all that others left.
    while (!isZero(result())) {}
    w.mul(2).exp().mul(3).sum().backward();
    assertThat(isZero(result())).isFalse();
  }

  private static boolean isZero(Tensor t) {
    return t.abs().max().item() == 0;
  }

  @Test
  void whatAHookOfAnInteriorTensorSawStays() {
    var seen = new ArrayList<Tensor>();
    through(
        t -> {
          t.registerHook(
              g -> {
                seen.add(g);
                return null;
              });
          return t.relu();
        },
        1);
    float[] values = seen.getFirst().toFloatArray();
    through(Tensor::relu, 2);
    through(Tensor::exp, 3);
    assertThat(seen.getFirst().toFloatArray()).isEqualTo(values);
  }

  @Test
  void aRetainedGradientStays() {
    var retained = new ArrayList<Tensor>();
    through(
        t -> {
          retained.add(t.retainGrad());
          return t.relu();
        },
        1);
    float[] values = grad(retained.getFirst());
    through(Tensor::relu, 2);
    through(Tensor::exp, 3);
    assertThat(grad(retained.getFirst())).isEqualTo(values);
  }

  @Test
  void aGradientAskedForStays() {
    Tensor h = w.mul(2);
    Tensor found = Autograd.grad(h.relu().mul(3).sum(), List.of(h)).getFirst();
    float[] values = found.toFloatArray();
    through(Tensor::relu, 2);
    through(Tensor::exp, 4);
    assertThat(found.toFloatArray()).isEqualTo(values);
  }

  /// Keeps the cotangents it gets.
  private static final class Keeper extends CustomOp {
    private final List<Tensor> kept = new ArrayList<>();

    @Override
    protected Tensor forward(Context context, List<Tensor> inputs) {
      return inputs.getFirst().mul(1);
    }

    @Override
    protected List<Tensor> vjp(Context context, Tensor grad) {
      kept.add(grad);
      return List.of(grad.mul(1));
    }
  }

  @Test
  void whatACustomOpKeptStays() {
    var keeper = new Keeper();
    through(t -> keeper.apply(t.exp()).relu(), 1);
    float[] values = keeper.kept.getFirst().toFloatArray();
    through(Tensor::relu, 2);
    through(Tensor::exp, 3);
    assertThat(keeper.kept.getFirst().toFloatArray()).isEqualTo(values);
  }

  @Test
  void aCotangentThatTwoInputsShareStaysUntilBothAreDone() {
    // A recorded pass gives nothing back.
    sharing().backward(Autograd.options().createGraph(true));
    float[] expected = Raw.floats(gradient()).clone();
    w.zeroGrad();
    sharing().backward();
    assertThat(Raw.floats(gradient())).isEqualTo(expected);
  }

  private Tensor sharing() {
    Tensor a = w.mul(2);
    return a.add(a.exp().exp()).mul(3).sum();
  }

  @Test
  void twoLeavesDoNotShareAnArray() {
    Tensor v = new Generator(4).uniform(-1, 1, 100, 200).requiresGrad(true);
    w.add(v).mul(x.select(0, 0)).sum().backward();
    float[] ofV = grad(v).clone();
    w.zeroGrad();
    pass(5);
    assertThat(grad(v)).isEqualTo(ofV);
  }

  private static float[] grad(Tensor leaf) {
    @Nullable Tensor gradient = leaf.grad();
    return gradient == null ? new float[0] : gradient.toFloatArray();
  }
}
