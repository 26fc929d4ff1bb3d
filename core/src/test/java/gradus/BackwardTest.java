// SPDX-License-Identifier: Apache-2.0
package gradus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The engine: accumulation, freeing, versions, and what a graph keeps.
class BackwardTest {
  private static Tensor leaf(double... values) {
    return Tensor.of(values).requiresGrad(true);
  }

  private static double[] grad(Tensor t) {
    Tensor g = t.grad();
    assertThat(g).isNotNull();
    return g.toDoubleArray();
  }

  @Test
  void diamond() {
    Tensor x = leaf(2, 3);
    Tensor a = x.mul(3);
    Tensor b = a.mul(a);
    Tensor c = a.add(1);
    b.mul(c).sum().backward();
    // y = 9x²·(3x + 1): y' = 81x² + 18x
    assertThat(grad(x)).containsExactly(360, 783);
  }

  @Test
  void sameTensorOnBothSides() {
    Tensor x = leaf(2, 3);
    Tensor y = leaf(5, 7);
    x.add(x).add(y).sum().backward();
    assertThat(grad(x)).containsExactly(2, 2);
    assertThat(grad(y)).containsExactly(1, 1);
  }

  /// `sum` hands on a cotangent of stride 0, `add` the same one to both inputs: neither may be
  /// added into.
  @Test
  void expandedCotangentsAreNotAddedInto() {
    Tensor x = leaf(1, 2, 3);
    Tensor y = leaf(4, 5, 6);
    Tensor s = x.add(y);
    s.sum().add(x.mul(2).sum()).add(x.sum()).add(s.mul(y.detach()).sum()).backward();
    assertThat(grad(x)).containsExactly(1 + 2 + 1 + 4, 1 + 2 + 1 + 5, 1 + 2 + 1 + 6);
    assertThat(grad(y)).containsExactly(1 + 4, 1 + 5, 1 + 6);
  }

  /// Pieces add to what other uses, and pieces before them, have left, of leaves and of others.
  @Test
  void piecesAddUpWhereTheyOverlap() {
    for (boolean other : new boolean[] {false, true}) {
      Tensor x = leaf(1, 2, 3, 4);
      Tensor y = other ? x.mul(1) : x;
      Tensor pieces =
          y.narrow(0, 0, 2)
              .sum()
              .add(y.slice(0, 1, 4, 2).mul(10).sum())
              .add(y.select(0, 1).mul(100));
      pieces.add(y.mul(Tensor.of(1000, 2000, 3000, 4000)).sum()).backward();
      assertThat(grad(x)).containsExactly(1001, 2111, 3000, 4010);
    }
  }

  @Test
  void piecesLeaveACotangentAloneThatOthersRead() {
    Tensor x = leaf(1, 2);
    Tensor y = leaf(3, 4);
    // Add hands the same cotangent to both; the pieces of x are visited last.
    x.add(y).mul(Tensor.of(5, 6)).sum().add(x.select(0, 0)).add(x.select(0, 1)).backward();
    assertThat(grad(x)).containsExactly(6, 7);
    assertThat(grad(y)).containsExactly(5, 6);
  }

  @Test
  void piecesInsideACheckpointDoNotSeeWhatWaitsOutside() {
    Tensor x = leaf(1, 2);
    Tensor y = x.mul(3);
    Tensor inside = Autograd.checkpoint(t -> t.mul(y.select(0, 1)).add(y.select(0, 0)), leaf(7));
    inside.sum().add(y.relu().mul(2).relu().sum()).backward();
    assertThat(grad(x)).containsExactly(3 + 6, 21 + 6);
  }

  /// A pass that is recorded adds nothing in place.
  @Test
  void piecesAreDifferentiatedTwice() {
    Tensor x = leaf(1, 2, 3);
    Tensor cube = x.narrow(0, 0, 2).pow(3).sum().add(x.narrow(0, 1, 2).pow(3).sum());
    Tensor first = Autograd.grad(cube, List.of(x), Autograd.options().createGraph(true)).getFirst();
    assertThat(first.toDoubleArray()).containsExactly(3, 24, 27);
    first.sum().backward();
    assertThat(grad(x)).containsExactly(6, 24, 18);
  }

  @Test
  void leavesUnderOneAddHaveGradientsOfTheirOwn() {
    Tensor x = leaf(1, 2);
    Tensor y = leaf(3, 4);
    x.add(y).sum().backward();
    assertThat(x.grad().storage).isNotSameAs(y.grad().storage);
    assertThat(x.grad().isWhole()).isTrue();
    x.grad().storage.floats()[0] = 100; // what clipping in place does
    assertThat(grad(y)).containsExactly(1, 1);
  }

  @Test
  void theGradientOfATransposedWeightIsTheArrayThatTheProductMade() {
    Tensor w = Tensor.randn(4, 2).requiresGrad(true);
    Tensor.randn(3, 2).matmul(w.t()).sum().backward();
    // A copy would have come from no slot.
    assertThat(w.grad().storage.holders).isOne();
  }

  @Test
  void leavesUnderViewsThatShareACotangentHaveGradientsOfTheirOwn() {
    Tensor x = leaf(1, 2);
    Tensor y = leaf(3, 4);
    x.unsqueeze(0).add(y.unsqueeze(0)).relu().sum().backward();
    x.grad().storage.floats()[0] = 100; // what clipping in place does
    assertThat(grad(y)).containsExactly(1, 1);
  }

  @Test
  void aRetainedGradientAndThatOfTheLeafBehindItAreNotOneArray() {
    Tensor x = leaf(1, 2);
    Tensor view = x.unsqueeze(0);
    view.retainGrad();
    view.mul(2).sum().backward();
    x.grad().storage.floats()[0] = 100;
    assertThat(grad(view)).containsExactly(2, 2);
  }

  @Test
  void aGradientAskedForAndOneRetainedBehindItAreNotOneArray() {
    Tensor x = leaf(1, 2);
    Tensor retained = x.mul(1);
    retained.retainGrad();
    Tensor view = retained.unsqueeze(0);
    Tensor found = Autograd.grad(view.mul(2).sum(), List.of(view, x)).getFirst();
    retained.grad().storage.floats()[0] = 100;
    assertThat(found.toDoubleArray()).containsExactly(2, 2);
  }

  @Test
  void aGivenCotangentIsNotTakenAway() {
    Tensor x = leaf(1, 2);
    Tensor seed = Tensor.of(10, 20);
    x.backward(seed);
    x.backward(seed);
    assertThat(grad(x)).containsExactly(20, 40);
    assertThat(seed.toDoubleArray()).containsExactly(10, 20);
  }

  @Test
  void accumulatesOverPassesUntilDropped() {
    Tensor x = leaf(1, 2);
    x.mul(x).sum().backward();
    x.mul(x).sum().backward();
    assertThat(grad(x)).containsExactly(4, 8);
    x.zeroGrad();
    assertThat(x.grad()).isNull();
    x.sum().backward();
    assertThat(grad(x)).containsExactly(1, 1);
  }

  @Test
  void aGradientSetByHandIsACopy() {
    Tensor x = leaf(1, 2);
    Tensor g = Tensor.of(5, 6);
    x.grad(g);
    x.sum().backward();
    assertThat(grad(x)).containsExactly(6, 7);
    assertThat(g.toDoubleArray()).containsExactly(5, 6);
    assertThatThrownBy(() -> x.grad(Tensor.of(1, 2, 3)))
        .hasMessage("grad: float32 [3] given for a float32 [2]");
    assertThatThrownBy(() -> x.mul(2).grad(g))
        .hasMessage("grad: only a leaf that requires a gradient holds one; this [2] doesn't");
  }

  @Test
  void twiceNeedsTheGraph() {
    Tensor x = leaf(1, 2);
    Tensor loss = x.mul(x).sum();
    loss.backward(Autograd.options().retainGraph(true));
    loss.backward();
    assertThat(grad(x)).containsExactly(4, 8);
    assertThatThrownBy(loss::backward)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "backward: the graph that made this [] tensor was freed by an earlier backward(); keep"
                + " it with backward(Autograd.options().retainGraph(true))");
  }

  @Test
  void aPassThatFailsLeavesNothingBehind() {
    Parameter w = new Parameter(Tensor.of(3, 4));
    Tensor x = leaf(1, 2);
    Tensor shared = x.mul(2);
    Tensor bad = shared.mul(w).sum().add(shared.sum());
    w.assign(Tensor.of(0, 0));
    assertThatThrownBy(bad::backward).isInstanceOf(IllegalStateException.class);
    assertThat(x.grad()).isNull();
    shared.sum().backward();
    assertThat(grad(x)).containsExactly(2, 2);
  }

  @Test
  void aSavedParameterMustNotChange() {
    Parameter w = new Parameter(Tensor.of(3, 4));
    Tensor x = leaf(1, 2);
    Tensor loss = x.mul(w).sum();
    w.assign(Tensor.of(5, 6));
    assertThatThrownBy(loss::backward)
        .hasMessage(
            "backward through Mul [2]: a saved parameter [2] was changed in place (1 times) after"
                + " forward; call backward() before optimizer.step() or assign()");
  }

  @Test
  void aSavedViewOfAParameterMustNotChange() {
    Parameter w = new Parameter(Tensor.of(new double[] {1, 2, 3, 4}, 2, 2));
    Tensor x = leaf(1, 2);
    Tensor loss = x.matmul(w.t()).sum();
    w.assign(Tensor.zeros(2, 2));
    assertThatThrownBy(loss::backward)
        .hasMessageContaining(
            "backward through MatMul [1, 2]: a saved tensor [2, 2] was changed in place");
  }

  @Test
  void aParameterThatNoDerivativeReadsMayChange() {
    Parameter w = new Parameter(Tensor.of(3, 4));
    Tensor x = Tensor.of(1, 2);
    Tensor loss = x.mul(w).add(w).sum(); // d/dw = x + 1
    w.assign(Tensor.of(5, 6));
    loss.backward();
    assertThat(grad(w)).containsExactly(2, 3);
  }

  @Test
  void rootsThatCannotBeRun() {
    Tensor x = leaf(1, 2);
    assertThatThrownBy(() -> x.mul(2).backward())
        .hasMessage(
            "backward: [2] is not a scalar: reduce it (sum(), mean()) or give the gradient of its"
                + " elements");
    assertThatThrownBy(() -> Tensor.scalar(1.0).backward())
        .hasMessage(
            "backward: this float32 [] doesn't require a gradient: no leaf that it was computed"
                + " from does, or it was computed under Grad.off()");
    assertThatThrownBy(() -> x.mul(2).backward(Tensor.of(1, 2, 3)))
        .hasMessage(
            "backward: the gradient given is [3], the output [2]: they must have the same shape");
  }

  @Test
  void nothingIsRecordedUnderOff() {
    Tensor x = leaf(1, 2);
    try (var _ = Grad.off()) {
      assertThat(x.mul(2).requiresGrad()).isFalse();
      try (var _ = Grad.on()) {
        assertThat(x.mul(2).requiresGrad()).isTrue();
      }
      assertThat(Grad.enabled()).isFalse();
    }
    assertThat(Grad.enabled()).isTrue();
    assertThat(x.detach().mul(2).requiresGrad()).isFalse();
    assertThat(x.detach().storage).isSameAs(x.storage);
  }

  @Test
  void leafRules() {
    Tensor x = leaf(1, 2);
    Tensor y = x.mul(2);
    assertThat(x.isLeaf()).isTrue();
    assertThat(y.isLeaf()).isFalse();
    assertThatThrownBy(() -> y.requiresGrad(false))
        .hasMessage(
            "requiresGrad: this tensor was computed by Mul [2]; only a leaf can be told; use"
                + " detach()");
    assertThatThrownBy(() -> Tensor.arange(3).requiresGrad(true))
        .hasMessage("requiresGrad: int64 has no gradients; only float32 and float64 do");
    assertThat(new Parameter(Tensor.of(1)).requiresGrad()).isTrue();
    assertThat(new Parameter(Tensor.of(1)).requiresGrad(false).requiresGrad()).isFalse();
    assertThatThrownBy(() -> new Parameter(Tensor.arange(3)))
        .hasMessageContaining("int64 has no gradients");
  }

  @Test
  void cotangentsComeBackInTheInputsType() {
    Tensor a = Tensor.of(1, 2).requiresGrad(true);
    Tensor b = Tensor.float64(new double[] {3, 4}).requiresGrad(true);
    a.mul(b).to(DType.FLOAT32).sum().backward();
    assertThat(a.grad().dtype()).isEqualTo(DType.FLOAT32);
    assertThat(grad(a)).containsExactly(3, 4);
    assertThat(b.grad().dtype()).isEqualTo(DType.FLOAT64);
    assertThat(grad(b)).containsExactly(1, 2);
  }

  @Test
  void aMillionNodesWithoutRecursion() {
    Tensor x = Tensor.scalar(1.0).requiresGrad(true);
    Tensor y = x;
    for (int i = 0; i < 1_000_000; i++) {
      y = y.add(x);
    }
    y.backward();
    assertThat(x.grad().item()).isEqualTo(1_000_001);
  }

  @Test
  void gradLeavesTheLeavesAlone() {
    Tensor x = leaf(3);
    Tensor h = x.mul(x);
    Tensor y = h.mul(h);
    List<Tensor> g = Autograd.grad(y, List.of(x, h));
    assertThat(g.get(0).item()).isEqualTo(108); // 4x³
    assertThat(g.get(1).item()).isEqualTo(18); // 2x²
    assertThat(x.grad()).isNull();
  }

  @Test
  void gradOfGradOfGrad() {
    // f = eˣ·x²: f' = eˣ(x² + 2x), f'' = eˣ(x² + 4x + 2), f''' = eˣ(x² + 6x + 6)
    Tensor x = Tensor.float64(new double[] {0.5}).requiresGrad(true);
    Autograd.Options create = Autograd.options().createGraph(true);
    Tensor f = x.exp().mul(x).mul(x);
    Tensor f1 = Autograd.grad(f, List.of(x), create).getFirst();
    Tensor f2 = Autograd.grad(f1, List.of(x), create).getFirst();
    Tensor f3 = Autograd.grad(f2, List.of(x)).getFirst();
    double e = Math.exp(0.5);
    assertThat(f1.item()).isCloseTo(e * 1.25, offset(1e-14));
    assertThat(f2.item()).isCloseTo(e * 4.25, offset(1e-14));
    assertThat(f3.item()).isCloseTo(e * 9.25, offset(1e-13));
  }

  @Test
  void aRecordedGradientCanBePartOfALoss() {
    Parameter w = new Parameter(Tensor.float64(new double[] {2, -3}));
    w.pow(3).sum().backward(Autograd.options().createGraph(true));
    Tensor g = w.grad(); // 3w²
    w.zeroGrad();
    g.square().sum().backward(); // Σ 9w⁴: 36w³
    assertThat(grad(w)).containsExactly(288, -972);
  }

  @Test
  void unusedInputs() {
    Tensor x = leaf(3);
    Tensor z = leaf(4);
    assertThatThrownBy(() -> Autograd.grad(x.mul(x), List.of(x, z)))
        .hasMessage(
            "Autograd.grad: the output doesn't depend on input 1, [1]; if that is meant,"
                + " allowUnused(true) gives zeros for it");
    assertThat(
            Autograd.grad(x.mul(x), List.of(x, z), Autograd.options().allowUnused(true))
                .get(1)
                .item())
        .isZero();
    assertThatThrownBy(() -> Autograd.grad(x.mul(x), List.of(Tensor.of(1))))
        .hasMessageContaining("input 0, float32 [1], doesn't require a gradient");
  }

  @Test
  void threadsShareParameters() throws InterruptedException {
    Parameter w = new Parameter(Tensor.ones(64));
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < 8; t++) {
      threads.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    for (int i = 0; i < 50; i++) {
                      w.mul(2).add(w).sum().backward();
                    }
                  }));
    }
    for (Thread t : threads) {
      t.join();
    }
    assertThat(grad(w)).containsOnly(8 * 50 * 3);
  }

  @Test
  void gradcheckFindsAWrongDerivative() {
    Tensor x = Catalogue.signed(2, 2);
    assertThatThrownBy(() -> Autograd.gradcheck(in -> in.getFirst().mul(in.getFirst().detach()), x))
        .isInstanceOf(AssertionError.class)
        .hasMessageMatching(
            "gradcheck: input 0 \\[2, 2], element 0 = 0.7: the derivative is .*, the difference"
                + " quotient .*");
    // First derivative right, second wrong: x³ whose gradient 3x² is taken as a constant in one
    // factor.
    assertThatThrownBy(
            () ->
                Autograd.gradgradcheck(
                    in -> {
                      Tensor v = in.getFirst();
                      return v.mul(v)
                          .sub(v.mul(v.detach()).mul(2))
                          .add(v.detach().square())
                          .add(v.relu().sqrt().mul(v.detach().relu().sqrt()));
                    },
                    x))
        .isInstanceOf(AssertionError.class);
    assertThatThrownBy(() -> Autograd.gradcheck(List::getFirst, Tensor.of(1).requiresGrad(true)))
        .hasMessage(
            "gradcheck: input 0 is float32: differences need float64; convert it with"
                + " to(DType.FLOAT64)");
    assertThatThrownBy(() -> Autograd.gradcheck(List::getFirst, Tensor.of(1)))
        .hasMessage(
            "gradcheck: no input requires a gradient; call requiresGrad(true) on those to check");
  }
}
