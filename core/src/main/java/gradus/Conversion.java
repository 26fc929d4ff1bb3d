// SPDX-License-Identifier: Apache-2.0
package gradus;

/// The same values in another array or another type.
sealed interface Conversion extends Pointwise {
  /// A contiguous copy.
  record Copy(Edge x) implements Conversion {
    static Tensor of(Tensor x) {
      return Launch.copy(x).by(x, () -> new Copy(x.edge()));
    }

    @Override
    public void vjp(Tensor grad, Cotangents to) {
      to.add(x, grad);
    }
  }

  /// Another type; the cotangent is brought back to the input's by [Cotangents].
  record Cast(Edge x) implements Conversion {
    static Tensor of(Tensor x, DType dtype) {
      return x.dtype() == dtype ? x : Launch.cast(x, dtype).by(x, () -> new Cast(x.edge()));
    }

    @Override
    public void vjp(Tensor grad, Cotangents to) {
      to.add(x, grad);
    }
  }
}
