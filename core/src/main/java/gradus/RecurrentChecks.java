// SPDX-License-Identifier: Apache-2.0
package gradus;

import gradus.kernel.RecurrentKind;
import gradus.kernel.RecurrentShape;
import org.jspecify.annotations.Nullable;

/// Holds the inputs of a recurrent layer against one another.
final class RecurrentChecks {
  private RecurrentChecks() {}

  /// Returns the sizes of a layer.
  ///
  /// @throws IllegalArgumentException if its inputs do not fit
  static RecurrentShape shape(
      String op,
      RecurrentKind kind,
      Tensor x,
      RecurrentWeights w,
      Tensor h,
      @Nullable Tensor c,
      Direction direction) {
    Launch.floating(op, x);
    Tensor ih = w.weightIh();
    Tensor hh = w.weightHh();
    Tensor hr = w.weightHr();
    if (x.dim() != 3 || x.size(0) == 0) {
      throw new IllegalArgumentException(
          "%s: the input %s is not [L, N, features] with L > 0".formatted(op, x.shape()));
    }
    int rows = ih.dim() == 2 ? ih.size(0) : 0;
    int hidden = rows / kind.gates;
    if (ih.dim() != 2 || ih.size(1) != x.size(2) || rows == 0 || rows % kind.gates != 0) {
      throw new IllegalArgumentException(
          "%s: the weightIh is %s; the input %s needs [%d · hidden, %d]"
              .formatted(op, ih.shape(), x.shape(), kind.gates, x.size(2)));
    }
    if (hr != null && kind != RecurrentKind.LSTM) {
      throw new IllegalArgumentException(op + ": only an lstm projects its states; weightHr given");
    }
    int size = hr == null ? hidden : hr.size(0);
    if (hr != null) {
      fits(op, x, "weightHr", hr, size, hidden);
    }
    fits(op, x, "weightIh", ih, rows, x.size(2));
    fits(op, x, "weightHh", hh, rows, size);
    if (w.biasIh() != null) {
      fits(op, x, "biasIh", w.biasIh(), rows);
    }
    if (w.biasHh() != null) {
      fits(op, x, "biasHh", w.biasHh(), rows);
    }
    fits(op, x, "h", h, x.size(1), size);
    if (c != null) {
      fits(op, x, "c", c, x.size(1), hidden);
    }
    boolean reverse = direction == Direction.REVERSE;
    return new RecurrentShape(kind, x.size(0), x.size(1), hidden, size, hr != null, reverse);
  }

  private static void fits(String op, Tensor x, String name, Tensor t, int... expected) {
    Launch.sameType(op, x, t);
    if (!t.shape().equals(Shape.of(expected))) {
      throw new IllegalArgumentException(
          "%s: the %s is %s, not %s".formatted(op, name, t.shape(), Shape.of(expected)));
    }
  }
}
