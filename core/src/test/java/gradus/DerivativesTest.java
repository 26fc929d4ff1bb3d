// SPDX-License-Identifier: Apache-2.0
package gradus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/// Jacobians, Hessians and products with them.
class DerivativesTest {
  private static final Tensor A = f64(1, 2, 3, 4, 5, 6).reshape(3, 2);

  private static Tensor f64(double... values) {
    return Tensor.float64(values);
  }

  private static void close(Tensor actual, double... expected) {
    assertThat(actual.toDoubleArray()).containsExactly(expected, offset(1e-12));
  }

  /// f(x, y) = Σ x²·y, whose Hessian is [[2·diag(y), 2·diag(x)], [2·diag(x), 0]].
  private static Tensor cubic(List<Tensor> in) {
    return in.get(0).square().mul(in.get(1)).sum();
  }

  private static final List<Tensor> POINT = List.of(f64(1, 2), f64(3, 5));

  @Test
  void vjpAndJvpOfALinearMap() {
    Autograd.Product vjp = Autograd.vjp(A::matmul, f64(1, 1), f64(1, 0, 2));
    close(vjp.output(), 3, 7, 11);
    close(vjp.product(), 11, 14);
    Autograd.Product jvp = Autograd.jvp(A::matmul, f64(1, 1), f64(10, 1));
    close(jvp.output(), 3, 7, 11);
    close(jvp.product(), 12, 34, 56);
    assertThat(jvp.product().requiresGrad()).isFalse();
    assertThat(jvp.output().requiresGrad()).isFalse();
  }

  @Test
  void severalInputs() {
    Function<List<Tensor>, Tensor> f = in -> in.get(0).square().mul(in.get(1));
    Autograd.Products vjp = Autograd.vjp(f, POINT, f64(1, 10));
    close(vjp.products().get(0), 6, 200);
    close(vjp.products().get(1), 1, 40);
    Autograd.Product jvp = Autograd.jvp(f, POINT, List.of(f64(1, 10), f64(2, 3)));
    close(jvp.product(), 6 + 2, 200 + 12);
  }

  @Test
  void jacobianHasTheShapesOfOutputAndInput() {
    Tensor x = f64(1, 2, 3, 4, 5, 6).reshape(2, 3);
    Tensor jacobian = Autograd.jacobian(t -> t.square().sum(1), x);
    assertThat(jacobian.shape()).isEqualTo(Shape.of(2, 2, 3));
    close(jacobian, 2, 4, 6, 0, 0, 0, 0, 0, 0, 8, 10, 12);
    List<Tensor> of = Autograd.jacobian(in -> in.get(0).mul(in.get(1)), POINT);
    close(of.get(0), 3, 0, 0, 5);
    close(of.get(1), 1, 0, 0, 2);
    assertThat(Autograd.jacobian(t -> t.mul(2), Tensor.zeros(0, 3)).shape())
        .isEqualTo(Shape.of(0, 3, 0, 3));
    assertThat(Autograd.jacobian(t -> t.mul(2), Tensor.zeros(2)).dtype()).isEqualTo(DType.FLOAT32);
  }

  @Test
  void hessianInBlocks() {
    List<List<Tensor>> h = Autograd.hessian(DerivativesTest::cubic, POINT);
    close(h.get(0).get(0), 6, 0, 0, 10);
    close(h.get(0).get(1), 2, 0, 0, 4);
    close(h.get(1).get(0), 2, 0, 0, 4);
    close(h.get(1).get(1), 0, 0, 0, 0);
    close(Autograd.hessian(t -> t.pow(3).sum(), f64(1, 2)), 6, 0, 0, 12);
  }

  @Test
  void productsWithTheHessian() {
    List<Tensor> v = List.of(f64(1, 10), f64(2, 3));
    for (Autograd.Products p :
        List.of(
            Autograd.hvp(DerivativesTest::cubic, POINT, v),
            Autograd.vhp(DerivativesTest::cubic, POINT, v))) {
      close(p.output(), 3 + 20);
      close(p.products().get(0), 6 + 4, 100 + 12);
      close(p.products().get(1), 2, 40);
    }
    close(Autograd.hvp(t -> t.pow(3).sum(), f64(1, 2), f64(5, 7)).product(), 30, 84);
    close(Autograd.vhp(t -> t.pow(3).sum(), f64(1, 2), f64(5, 7)).product(), 30, 84);
  }

  /// A gradient that is no gradient has no symmetric derivative: rows and columns differ.
  @Test
  void theSidesOfAHessianAreKeptApart() {
    Function<List<Tensor>, Tensor> f = in -> in.get(0).mul(in.get(1).detach().square()).sum();
    List<Tensor> at = List.of(f64(2), f64(3));
    // The gradient is taken as (y², 0): its derivative is [[0, 0], [0, 0]] by the tape.
    close(Autograd.hvp(f, at, List.of(f64(1), f64(1))).products().get(0), 0);
    Function<List<Tensor>, Tensor> g =
        in -> {
          Tensor x = in.getFirst();
          return x.narrow(0, 0, 1).mul(x.narrow(0, 1, 1).sin()).sum();
        };
    Tensor h = Autograd.hessian(g, List.of(f64(2, 3))).getFirst().getFirst();
    Tensor v = f64(5, 7);
    close(
        Autograd.hvp(g, List.of(f64(2, 3)), List.of(v)).products().getFirst(),
        h.matmul(v).toDoubleArray());
    close(
        Autograd.vhp(g, List.of(f64(2, 3)), List.of(v)).products().getFirst(),
        v.matmul(h).toDoubleArray());
  }

  @Test
  void whatDoesNotDependIsZero() {
    Tensor x = f64(1, 2);
    close(Autograd.vjp(_ -> A, x, Tensor.onesLike(A)).product(), 0, 0);
    close(Autograd.jvp(_ -> f64(3), x, f64(1, 1)).product(), 0);
    close(Autograd.hessian(Tensor::sum, x), 0, 0, 0, 0);
    close(Autograd.hvp(Tensor::sum, x, f64(1, 1)).product(), 0, 0);
    assertThat(Autograd.jacobian(in -> in.get(0).mul(2), POINT).get(1).toDoubleArray())
        .containsOnly(0);
  }

  @Test
  void areOpsThemselves() {
    // x³ has the Hessian 6x; the Jacobian of its diagonal is 6.
    Tensor x = f64(1, 2);
    Tensor third = Autograd.jacobian(t -> Autograd.hessian(s -> s.pow(3).sum(), t).sum(0), x);
    close(third, 6, 0, 0, 6);
    Tensor w = f64(1, 2).requiresGrad(true);
    Autograd.vhp(t -> t.pow(3).sum(), w, f64(1, 10)).product().sum().backward();
    close(w.grad(), 6, 60);
    Tensor v = f64(1, 10).requiresGrad(true);
    Autograd.jvp(Tensor::square, f64(3, 4), v).product().sum().backward();
    close(v.grad(), 6, 8);
    Autograd.gradcheck(
        in -> Autograd.hvp(t -> t.sin().sum(), in.get(0), in.get(1)).product(), w, v);
    try (var _ = Grad.off()) {
      Tensor h = Autograd.hessian(t -> t.pow(3).sum(), w);
      assertThat(h.requiresGrad()).isFalse();
      close(h, 6, 0, 0, 12);
    }
  }

  @Test
  void leaveNoGradients() {
    Tensor x = f64(1, 2).requiresGrad(true);
    Parameter w = new Parameter(f64(3, 4));
    Autograd.jacobian(t -> t.mul(w), x);
    Autograd.hvp(t -> t.mul(w).square().sum(), x, f64(1, 1));
    assertThat(x.grad()).isNull();
    assertThat(w.grad()).isNull();
  }

  @Test
  void messages() {
    Tensor x = f64(1, 2);
    assertThatThrownBy(() -> Autograd.hessian(t -> t, x))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("hessian: the function gives [2], not one element; reduce it (sum(), mean())");
    assertThatThrownBy(() -> Autograd.hvp(Tensor::sum, x, f64(1)))
        .hasMessage("hvp: vector 0 is [1], the input [2]: they must have the same shape");
    assertThatThrownBy(() -> Autograd.jvp(in -> in.get(0), POINT, List.of(x)))
        .hasMessage("jvp: 2 inputs but 1 vectors");
    assertThatThrownBy(() -> Autograd.vhp(t -> t, x, x))
        .hasMessageStartingWith("vhp: the function gives");
    assertThatThrownBy(() -> Autograd.vjp(t -> t, x, f64(1)))
        .hasMessage(
            "Autograd.grad: the gradient given is [1], the output [2]: they must have the same shape");
    assertThatThrownBy(() -> Autograd.jacobian(t -> t, Tensor.arange(2)))
        .hasMessage("requiresGrad: int64 has no gradients; only float32 and float64 do");
  }
}
