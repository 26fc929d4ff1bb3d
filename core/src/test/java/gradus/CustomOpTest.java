// SPDX-License-Identifier: Apache-2.0
package gradus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Ops of users' own.
class CustomOpTest {
  private static final Autograd.Options CREATE = Autograd.options().createGraph(true);

  /// x³ from its input.
  static final class Cube extends CustomOp {
    @Override
    protected Tensor forward(Context context, List<Tensor> inputs) {
      Tensor x = inputs.getFirst();
      context.save(x);
      return x.mul(x).mul(x);
    }

    @Override
    protected List<Tensor> vjp(Context context, Tensor grad) {
      return List.of(grad.mul(context.saved(0).square()).mul(3));
    }
  }

  /// eˣ from its own result.
  static final class Exponential extends CustomOp {
    @Override
    protected Tensor forward(Context context, List<Tensor> inputs) {
      Tensor y = inputs.getFirst().exp();
      context.save(y);
      return y;
    }

    @Override
    protected List<Tensor> vjp(Context context, Tensor grad) {
      return List.of(grad.mul(context.saved(0)));
    }
  }

  /// scale · a · b, with a constant and broadcasting.
  static final class ScaledProduct extends CustomOp {
    private final double scale;

    ScaledProduct(double scale) {
      this.scale = scale;
    }

    @Override
    protected Tensor forward(Context context, List<Tensor> inputs) {
      context.save(inputs.get(0), inputs.get(1));
      context.saveConstant(Tensor.scalar(scale, DType.FLOAT64));
      return inputs.get(0).mul(inputs.get(1)).mul(scale);
    }

    @Override
    protected List<@Nullable Tensor> vjp(Context context, Tensor grad) {
      Tensor g = grad.mul(context.saved(2));
      return Arrays.asList(
          context.needsGrad(0) ? g.mul(context.saved(1)) : null,
          context.needsGrad(1) ? g.mul(context.saved(0)) : null);
    }
  }

  /// sin x, whose derivative is computed by hand.
  static final class HandSine extends CustomOp {
    @Override
    protected Tensor forward(Context context, List<Tensor> inputs) {
      context.saveConstant(inputs.getFirst().cos());
      return inputs.getFirst().sin();
    }

    @Override
    protected List<Tensor> vjp(Context context, Tensor grad) {
      return List.of(grad.mul(context.saved(0)));
    }

    @Override
    protected boolean onceDifferentiable() {
      return true;
    }
  }

  private static CustomOp op(
      BiFunction<CustomOp.Context, List<Tensor>, Tensor> forward,
      BiFunction<CustomOp.Context, Tensor, List<Tensor>> vjp) {
    return new CustomOp() {
      @Override
      protected Tensor forward(Context context, List<Tensor> inputs) {
        return forward.apply(context, inputs);
      }

      @Override
      protected List<Tensor> vjp(Context context, Tensor grad) {
        return vjp.apply(context, grad);
      }
    };
  }

  @Test
  void isCheckedAsAnyOp() {
    Tensor x = Catalogue.signed(2, 3);
    for (CustomOp op : List.of(new Cube(), new Exponential())) {
      Autograd.gradcheck(op::apply, x);
      Autograd.gradgradcheck(op::apply, x);
    }
    Tensor row = Catalogue.signed(3);
    Autograd.gradcheck(new ScaledProduct(2.5)::apply, x, row);
    Autograd.gradgradcheck(new ScaledProduct(2.5)::apply, x, row);
    Autograd.gradcheck(new ScaledProduct(2.5)::apply, x.detach(), row);
  }

  @Test
  void hasThirdDerivatives() {
    Tensor x = Tensor.float64(new double[] {2}).requiresGrad(true);
    Tensor f = new Cube().apply(x);
    Tensor f1 = Autograd.grad(f, List.of(x), CREATE).getFirst();
    Tensor f2 = Autograd.grad(f1, List.of(x), CREATE).getFirst();
    Tensor f3 = Autograd.grad(f2, List.of(x)).getFirst();
    assertThat(List.of(f.item(), f1.item(), f2.item(), f3.item()))
        .containsExactly(8.0, 12.0, 12.0, 6.0);
  }

  @Test
  void recordsOnlyWhereAnyOpDoes() {
    Tensor x = Tensor.of(1, 2);
    assertThat(new Cube().apply(x).requiresGrad()).isFalse();
    x.requiresGrad(true);
    assertThat(new Cube().apply(x).toString()).isEqualTo("tensor([1., 8.], node=Cube)");
    try (var _ = Grad.off()) {
      assertThat(new Cube().apply(x).requiresGrad()).isFalse();
    }
  }

  @Test
  void aSecondDerivativeOfAOnceDifferentiableOpThrows() {
    Tensor x = Catalogue.signed(2, 2);
    Autograd.gradcheck(new HandSine()::apply, x);
    Tensor g = Autograd.grad(new HandSine().apply(x).sum(), List.of(x), CREATE).getFirst();
    assertThat(g.toDoubleArray()).containsExactly(x.detach().cos().toDoubleArray());
    assertThatThrownBy(() -> g.sum().backward())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "backward through HandSineBackward [2, 2]: HandSine is once differentiable: its derivative has no derivative");
    assertThatThrownBy(() -> Autograd.gradgradcheck(new HandSine()::apply, x))
        .hasMessageContaining("HandSine is once differentiable");
  }

  @Test
  void whatForwardComputedCannotBeSavedByMistake() {
    CustomOp wrong =
        op(
            (context, in) -> {
              Tensor s = in.getFirst().sigmoid();
              context.save(s);
              return in.getFirst().mul(s);
            },
            (context, grad) -> List.of(grad.mul(context.saved(0))));
    assertThatThrownBy(() -> wrong.apply(Tensor.of(1, 2).requiresGrad(true)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "CustomOp: save() was given float32 [2], which is neither input nor result, so a second derivative would take it for constant; save the inputs and compute it again in vjp, or use saveConstant()");
    CustomOp mask =
        op(
            (context, in) -> {
              Tensor positive = in.getFirst().gt(0);
              context.save(positive);
              return in.getFirst().mul(positive);
            },
            (context, grad) -> List.of(grad.mul(context.saved(0))));
    Autograd.gradgradcheck(mask::apply, Catalogue.signed(4));
  }

  @Test
  void forwardMayReturnAnInput() {
    Tensor x = Tensor.of(1, 2).requiresGrad(true);
    CustomOp identity = op((_, in) -> in.getFirst(), (_, grad) -> List.of(grad.mul(5)));
    Tensor y = identity.apply(x);
    assertThat(x.isLeaf()).isTrue();
    y.sum().backward();
    assertThat(x.grad().toDoubleArray()).containsExactly(5, 5);
  }

  @Test
  void aTensorOfTheOpsOwnIsNotWrittenTo() {
    Tensor own = Tensor.of(7, 7);
    CustomOp constant = op((_, in) -> in.getFirst().mul(1), (_, _) -> List.of(own));
    Tensor x = Tensor.of(1, 2).requiresGrad(true);
    constant.apply(x).sum().backward();
    constant.apply(x).sum().backward();
    assertThat(x.grad().toDoubleArray()).containsExactly(14, 14);
    assertThat(own.toDoubleArray()).containsExactly(7, 7);
  }

  @Test
  void aSavedParameterMustNotChange() {
    Parameter w = new Parameter(Tensor.of(1, 2));
    Tensor y = new Cube().apply(w).sum();
    w.assign(Tensor.of(3, 4));
    assertThatThrownBy(y::backward)
        .hasMessage(
            "backward through Cube [2]: a saved parameter [2] was changed in place (1 times) after forward; call backward()"
                + " before optimizer.step() or assign()");
  }

  @Test
  void aDerivativeOfAnotherFormThrows() {
    Tensor x = Tensor.of(1, 2).requiresGrad(true);
    CustomOp none = op((_, in) -> in.getFirst().mul(1), (_, _) -> List.of());
    assertThatThrownBy(() -> none.apply(x).sum().backward())
        .hasMessage(
            "backward through CustomOp [2]: vjp returned 0 gradients for 1 inputs; null stands for none");
    CustomOp shape = op((_, in) -> in.getFirst().mul(1), (_, grad) -> List.of(grad.get(0)));
    assertThatThrownBy(() -> shape.apply(x).sum().backward())
        .hasMessage("backward through CustomOp [2]: vjp returned [] for input 0, which is [2]");
    CustomOp missing =
        op((_, in) -> in.getFirst().mul(1), (context, _) -> List.of(context.saved(0)));
    assertThatThrownBy(() -> missing.apply(x).sum().backward())
        .hasMessage(
            "backward through CustomOp [2]: CustomOp: saved(0), but forward saved 0 tensors");
  }
}
