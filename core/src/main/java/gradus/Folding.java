// SPDX-License-Identifier: Apache-2.0
package gradus;

/// A reduction brought to the one form that kernels know: `[outer, length, inner]`, of which the
/// middle is reduced.
///
/// @param x the input with its reduced dimensions side by side, a view
/// @param kept the result's shape with the reduced dimensions as size 1
/// @param dropped the result's shape without them
record Folding(Tensor x, int outer, int length, int inner, Shape kept, Shape dropped) {
  static Folding of(String op, Tensor x, Dims dims) {
    boolean[] reduced = dims.reduced(op, x.shape());
    int n = x.dim();
    int[] kept = x.shape().toArray();
    int length = 1;
    int remaining = 0;
    int first = -1;
    int last = -1;
    for (int d = 0; d < n; d++) {
      if (reduced[d]) {
        length *= kept[d];
        kept[d] = 1;
        first = first < 0 ? d : first;
        last = d;
      } else {
        remaining++;
      }
    }
    int[] dropped = new int[remaining];
    int[] order = new int[n];
    boolean sideBySide = true;
    for (int d = 0, k = 0; d < n; d++) {
      if (!reduced[d]) {
        sideBySide &= d < first || d > last;
        order[k] = d;
        dropped[k++] = x.shape().sizes[d];
      }
    }
    int outer = 1;
    int inner = 1;
    Tensor flat = x.detach();
    if (sideBySide) {
      for (int d = 0; d < n; d++) {
        outer *= d < first ? x.shape().sizes[d] : 1;
        inner *= d > last && last >= 0 ? x.shape().sizes[d] : 1;
      }
      if (last < 0) {
        inner = x.numel();
      }
    } else {
      // The reduced dimensions come last, in their order.
      for (int d = 0, k = remaining; d < n; d++) {
        if (reduced[d]) {
          order[k++] = d;
        }
      }
      flat = new Tensor(x.storage, x.layout.permute(order));
      for (int size : dropped) {
        outer *= size;
      }
    }
    return new Folding(flat, outer, length, inner, Shape.wrap(kept), Shape.wrap(dropped));
  }

  /// The input with its reduced dimensions side by side, one element after the other.
  Tensor contiguous() {
    return Launch.contiguous(x);
  }

  /// The result's shape.
  Shape shape(Dims dims) {
    return dims.keeps() ? kept : dropped;
  }

  /// Refuses to reduce nothing, for ops that have no value for it.
  void notEmpty(String op, Tensor input) {
    if (length == 0 && outer * inner > 0) {
      throw new IllegalArgumentException(
          "%s: %s: the reduced dimensions are empty and %s of nothing is undefined"
              .formatted(op, input.shape(), op));
    }
  }
}
