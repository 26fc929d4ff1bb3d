// SPDX-License-Identifier: Apache-2.0
package gradus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/// Functions that backward computes again.
class CheckpointTest {
  private static Tensor leaf(double... values) {
    return Tensor.of(values).requiresGrad(true);
  }

  private static Tensor dropout(Tensor x) {
    return x.mul(Generator.current().bernoulli(0.5, x.shape().toArray()).to(x.dtype())).mul(2);
  }

  @Test
  void gradientsHaveTheSameBits() {
    Parameter w = new Parameter(Tensor.of(new double[] {0.5, -1, 2, 0.25}, 2, 2));
    UnaryOperator<Tensor> block = x -> x.matmul(w).tanh().mul(x).sigmoid();
    Tensor x = Tensor.of(new double[] {1, 2, 3, 4}, 2, 2).requiresGrad(true);
    Tensor plain = block.apply(block.apply(x));
    plain.sum().backward();
    float[] dx = x.grad().toFloatArray();
    float[] dw = w.grad().toFloatArray();
    x.zeroGrad();
    w.zeroGrad();
    Tensor y = Autograd.checkpoint(block, Autograd.checkpoint(block, x));
    assertThat(y.toFloatArray()).containsExactly(plain.toFloatArray());
    y.sum().backward();
    assertThat(x.grad().toFloatArray()).containsExactly(dx);
    assertThat(w.grad().toFloatArray()).containsExactly(dw);
  }

  @Test
  void keepsNothingButItsInputs() {
    List<WeakReference<Object>> inner = new ArrayList<>();
    UnaryOperator<Tensor> f =
        t -> {
          Tensor h = t;
          for (int i = 0; i < 4; i++) {
            h = h.mul(1.5).tanh();
            inner.add(new WeakReference<>(h.storage.array()));
          }
          return h.mul(2);
        };
    Tensor x = Tensor.ones(1000).requiresGrad(true);
    Tensor y = Autograd.checkpoint(f, x);
    System.gc();
    assertThat(inner).hasSize(4).allSatisfy(r -> assertThat(r.get()).isNull());
    y.sum().backward();
    assertThat(inner).hasSize(8);
    assertThat(x.grad()).isNotNull();
    // Without, backward would find these alive.
    inner.clear();
    Tensor kept = f.apply(x);
    System.gc();
    assertThat(inner.subList(0, 3)).allSatisfy(r -> assertThat(r.get()).isNotNull());
    assertThat(kept.requiresGrad()).isTrue();
  }

  @Test
  void nestedOnesKeepNothingEither() {
    List<WeakReference<Object>> inner = new ArrayList<>();
    UnaryOperator<Tensor> small =
        t -> {
          Tensor h = t.exp();
          inner.add(new WeakReference<>(h.storage.array()));
          return h.sin();
        };
    List<Long> alive = new ArrayList<>();
    UnaryOperator<Tensor> large =
        t -> {
          Tensor h = t;
          for (int i = 0; i < 3; i++) {
            h = Autograd.checkpoint(small, h);
          }
          System.gc();
          alive.add(inner.stream().filter(r -> r.get() != null).count());
          return h;
        };
    Tensor x = leaf(0.1, 0.2);
    Autograd.checkpoint(large, x).sum().backward();
    assertThat(alive).containsExactly(0L, 0L);
    assertThat(inner).hasSize(9); // forward, the large one again, each small one again
    Tensor z = leaf(0.1, 0.2);
    small.apply(small.apply(small.apply(z))).sum().backward();
    assertThat(x.grad().toFloatArray()).containsExactly(z.grad().toFloatArray());
  }

  @Test
  void drawsTheSameRandomNumbersAgain() {
    Tensor x = Tensor.ones(64).requiresGrad(true);
    float[] after;
    float[] plain;
    try (var _ = Generator.scope(5)) {
      plain = dropout(dropout(x)).toFloatArray();
      after = Tensor.rand(3).toFloatArray();
    }
    try (var _ = Generator.scope(5)) {
      Tensor y = Autograd.checkpoint(t -> dropout(dropout(t)), x);
      assertThat(y.toFloatArray()).containsExactly(plain);
      assertThat(Tensor.rand(3).toFloatArray()).containsExactly(after);
      Tensor before = Generator.current().getState();
      y.sum().backward();
      assertThat(x.grad().toFloatArray()).containsExactly(plain); // d(mask·x)/dx at x = 1
      assertThat(Generator.current().getState().toLongArray())
          .containsExactly(before.toLongArray());
    }
  }

  @Test
  void whatTheFunctionUsesBesidesItsInputsGetsGradients() {
    Parameter w = new Parameter(Tensor.of(3, 4));
    Tensor x = leaf(1, 2);
    Tensor h = x.mul(x); // interior, deeper than the input
    Tensor deep = h.mul(1).mul(1).mul(1);
    Tensor data = Tensor.of(1, 1);
    Tensor y = Autograd.checkpoint(t -> t.add(deep).mul(w), data);
    // `deep` is used outside, too: its gradient must be whole before it goes on.
    y.add(deep).sum().backward();
    assertThat(w.grad().toDoubleArray()).containsExactly(2, 5);
    assertThat(x.grad().toDoubleArray()).containsExactly(2 * (3 + 1), 4 * (4 + 1));
    assertThat(data.grad()).isNull();
  }

  @Test
  void gradAndHooksReachInside() {
    Parameter w = new Parameter(Tensor.of(3, 4));
    List<Double> seen = new ArrayList<>();
    w.registerHook(
        g -> {
          seen.add(g.sum().item());
          return g;
        });
    Tensor x = leaf(1, 2);
    Tensor y = Autograd.checkpoint(t -> t.mul(w), x).add(w).sum();
    List<Tensor> g = Autograd.grad(y, List.of(x, w), Autograd.options().retainGraph(true));
    assertThat(g.get(0).toDoubleArray()).containsExactly(3, 4);
    assertThat(g.get(1).toDoubleArray()).containsExactly(2, 3);
    y.backward();
    assertThat(seen).containsExactly(5.0, 5.0);
    assertThat(w.grad().toDoubleArray()).containsExactly(2, 3);
  }

  @Test
  void hasSecondDerivatives() {
    Function<List<Tensor>, Tensor> f = in -> in.get(0).sin().mul(in.get(1)).exp();
    Tensor a = Catalogue.signed(3);
    Tensor b = Catalogue.positive(3);
    Autograd.gradcheck(in -> Autograd.checkpoint(f, in), a, b);
    Autograd.gradgradcheck(in -> Autograd.checkpoint(f, in), a, b);
    Autograd.gradgradcheck(
        in -> Autograd.checkpoint(o -> Autograd.checkpoint(f, o).mul(o.get(0)), in), a, b);
  }

  @Test
  void buffersAreAssignedOnce() {
    Buffer count = new Buffer(Tensor.of(0));
    Tensor x = leaf(1, 2);
    Tensor y =
        Autograd.checkpoint(
            t -> {
              count.assign(count.add(1));
              return t.mul(t);
            },
            x);
    y.sum().backward();
    assertThat(count.item()).isEqualTo(1);
    count.assign(Tensor.of(5));
    assertThat(count.item()).isEqualTo(5);
  }

  @Test
  void isThePlainFunctionWhereNothingIsRecorded() {
    Tensor x = leaf(1, 2);
    try (var _ = Grad.off()) {
      assertThat(Autograd.checkpoint(Tensor::exp, x).requiresGrad()).isFalse();
    }
    assertThat(Autograd.checkpoint(Tensor::exp, Tensor.of(1)).requiresGrad()).isFalse();
    assertThat(Autograd.checkpoint(t -> t, x).mul(2).sum()).satisfies(Tensor::backward);
    assertThat(x.grad().toDoubleArray()).containsExactly(2, 2);
  }

  @Test
  void runsAgainWhileTheGraphIsKept() {
    Tensor x = leaf(1, 2);
    Tensor y = Autograd.checkpoint(Tensor::square, x).sum();
    y.backward(Autograd.options().retainGraph(true));
    y.backward();
    assertThat(x.grad().toDoubleArray()).containsExactly(4, 8);
    assertThatThrownBy(y::backward).hasMessageContaining("was freed by an earlier backward()");
  }

  @Test
  void otherValuesThanInForwardAreRefused() {
    Parameter w = new Parameter(Tensor.of(3, 4));
    Tensor y = Autograd.checkpoint(t -> t.mul(w), leaf(1, 2)).sum();
    w.assign(Tensor.of(5, 6));
    assertThatThrownBy(y::backward)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "backward through Checkpoint [2]: computed again, the checkpointed function gave other values than in forward; it must be a function of its inputs, parameters and Generator.current() alone, and these must not change before backward()");
    Tensor z = Autograd.checkpoint(Tensor::square, w).sum();
    w.assign(Tensor.of(1, 1));
    assertThatThrownBy(z::backward)
        .hasMessageContaining("backward through Checkpoint [2]: a saved parameter [2] was changed");
  }

  @Test
  void whatIsMadeInsideCannotBeUsedOutside() {
    List<Tensor> leaked = new ArrayList<>();
    Autograd.checkpoint(
        t -> {
          leaked.add(t.exp());
          return t.sin();
        },
        leaf(1));
    assertThatThrownBy(() -> leaked.getFirst().sum().backward())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "backward through Unkept [1]: made within a checkpointed function, which keeps nothing for a backward pass; use only what the function returns");
  }
}
