// SPDX-License-Identifier: Apache-2.0
package gradus;

import gradus.kernel.Binary;
import gradus.kernel.Unary;

/// Activation functions whose derivative is a function of their value. The derivatives are nodes,
/// so that they can be differentiated again.
sealed interface Activation extends Pointwise {
  /// max(x, 0); its derivative at 0 is 0.
  record Relu(Edge x, Tensor y) implements Activation {
    static Tensor of(Tensor x) {
      if (!x.dtype().isFloating()) {
        return x.maximum(Tensor.zerosLike(x));
      }
      Tensor y = Launch.unary(Unary.RELU, x);
      return y.by(x, () -> new Relu(x.edge(), y));
    }

    @Override
    public Tensor ownResult() {
      return y;
    }

    @Override
    public void vjp(Tensor grad, Cotangents to) {
      to.add(x, () -> ReluGrad.of(grad, y));
    }
  }

  /// dy where y > 0, else 0. It is constant in y.
  record ReluGrad(Edge dy, Saved y) implements Activation {
    static Tensor of(Tensor dy, Tensor y) {
      return Launch.binary(Binary.RELU_GRAD, "relu", dy, y)
          .by(dy, () -> new ReluGrad(dy.edge(), y.saved()));
    }

    @Override
    public void vjp(Tensor grad, Cotangents to) {
      to.add(dy, () -> of(grad, y.get()));
    }
  }

  /// 1 / (1 + e⁻ˣ).
  record Sigmoid(Edge x, Tensor y) implements Activation {
    static Tensor of(Tensor x) {
      Tensor y = Launch.unary(Unary.SIGMOID, x);
      return y.by(x, () -> new Sigmoid(x.edge(), y));
    }

    @Override
    public Tensor ownResult() {
      return y;
    }

    @Override
    public void vjp(Tensor grad, Cotangents to) {
      to.add(x, () -> SigmoidGrad.of(grad, y));
    }
  }

  /// dy · y · (1 − y).
  record SigmoidGrad(Edge dy, Edge y, Saved dyValue, Saved yValue) implements Activation {
    static Tensor of(Tensor dy, Tensor y) {
      return Launch.binary(Binary.SIGMOID_GRAD, "sigmoid", dy, y)
          .by(dy, y, () -> new SigmoidGrad(dy.edge(), y.edge(), dy.savedFor(y), y.saved()));
    }

    @Override
    public void vjp(Tensor grad, Cotangents to) {
      to.add(dy, () -> of(grad, yValue.get()));
      to.add(y, () -> grad.mul(dyValue.get()).mul(yValue.get().mul(-2).add(1)));
    }
  }

  /// tanh x.
  record Tanh(Edge x, Tensor y) implements Activation {
    static Tensor of(Tensor x) {
      Tensor y = Launch.unary(Unary.TANH, x);
      return y.by(x, () -> new Tanh(x.edge(), y));
    }

    @Override
    public Tensor ownResult() {
      return y;
    }

    @Override
    public void vjp(Tensor grad, Cotangents to) {
      to.add(x, () -> TanhGrad.of(grad, y));
    }
  }

  /// dy · (1 − y²).
  record TanhGrad(Edge dy, Edge y, Saved dyValue, Saved yValue) implements Activation {
    static Tensor of(Tensor dy, Tensor y) {
      return Launch.binary(Binary.TANH_GRAD, "tanh", dy, y)
          .by(dy, y, () -> new TanhGrad(dy.edge(), y.edge(), dy.savedFor(y), y.saved()));
    }

    @Override
    public void vjp(Tensor grad, Cotangents to) {
      to.add(dy, () -> of(grad, yValue.get()));
      to.add(y, () -> grad.mul(dyValue.get()).mul(yValue.get().mul(-2)));
    }
  }
}
