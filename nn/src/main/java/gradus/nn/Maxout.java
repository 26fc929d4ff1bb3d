// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.Tensor;

/// Takes the largest of each group of `pieces` adjacent features of the last dimension: `[*, k ·
/// pieces]` becomes `[*, k]`.
///
/// After a [Linear] it is the maxout unit, which learns its own activation function. For two pieces
/// that is `max(w₁·x + b₁, w₂·x + b₂)`:
///
/// ```java
/// var unit = new Sequential(new Linear(784, 100 * 2), new Maxout(2));   // 100 units
/// ```
///
/// The gradient goes to the first of equal ones. PyTorch has no such layer. Source: Goodfellow et
/// al., *Maxout networks*, ICML 2013.
public final class Maxout extends Layer {
  private final int pieces;

  /// Makes the layer with groups of `pieces` features.
  ///
  /// @throws IllegalArgumentException if `pieces` is not positive
  public Maxout(int pieces) {
    Check.positive("Maxout: pieces", pieces);
    this.pieces = pieces;
  }

  @Override
  protected Tensor forward(Tensor x) {
    return F.maxout(x, pieces);
  }

  @Override
  protected String extraRepr() {
    return "pieces=" + pieces;
  }
}
