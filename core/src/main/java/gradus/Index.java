// SPDX-License-Identifier: Apache-2.0
package gradus;

import org.jspecify.annotations.Nullable;

/// One place between the brackets of `x[…]`, for [Tensor#at(Index...)]; to be imported statically.
///
/// | PyTorch | Gradus |
/// |---|---|
/// | `x[3]` | `x.at(at(3))`, or `x.get(3)` |
/// | `x[:, 2:8]` | `x.at(all(), range(2, 8))`, or `x.slice(1, 2, 8)` |
/// | `x[1:8:2]` | `x.at(range(1, 8, 2))` |
/// | `x[2:]`, `x[:-1]` | `x.at(from(2))`, `x.at(until(-1))` |
/// | `x[::2]` | `x.at(every(2))` |
/// | `x[..., 0]` | `x.at(ELLIPSIS, at(0))` |
/// | `x[:, None]` | `x.at(all(), NEW_AXIS)` |
/// | `x[:, idx]`, `x[mask]` | `x.at(all(), of(idx))`, `x.at(of(mask))`, or `x.index(mask)` |
///
/// Bounds are Python's: negative ones count from the end, and what lies outside is cut off. Several
/// tensors broadcast and are taken together, as in PyTorch: their dimensions stand where the first
/// of them was if they are side by side, else in front.
public sealed interface Index {
  /// As many whole dimensions as the other indices leave: Python's `...`.
  Index ELLIPSIS = new Ellipsis();

  /// A new dimension of size 1: Python's `None`.
  Index NEW_AXIS = new NewAxis();

  /// Returns a whole dimension: Python's `:`.
  static Index all() {
    return new Range(null, null, 1);
  }

  /// Returns one index, whose dimension vanishes; a negative one counts from the end.
  static Index at(int index) {
    return new At(index);
  }

  /// Returns indices `start` … `end`−1: Python's `start:end`.
  static Index range(int start, int end) {
    return new Range(start, end, 1);
  }

  /// Returns every `step`-th of indices `start` … `end`−1: Python's `start:end:step`.
  ///
  /// @throws IllegalArgumentException if `step` isn't positive
  static Index range(int start, int end, int step) {
    return new Range(start, end, step);
  }

  /// Returns the indices from `start` on: Python's `start:`.
  static Index from(int start) {
    return new Range(start, null, 1);
  }

  /// Returns the indices before `end`: Python's `:end`.
  static Index until(int end) {
    return new Range(null, end, 1);
  }

  /// Returns every `step`-th index: Python's `::step`.
  ///
  /// @throws IllegalArgumentException if `step` isn't positive
  static Index every(int step) {
    return new Range(null, null, step);
  }

  /// Returns the indices in an int64 tensor, negative ones counting from the end; or those where a
  /// bool tensor is true, which takes as many dimensions as it has.
  ///
  /// @throws IllegalArgumentException if the type is another
  static Index of(Tensor indices) {
    return new Chosen(indices);
  }

  /// `...`
  record Ellipsis() implements Index {}

  /// `None`
  record NewAxis() implements Index {}

  /// `index`
  record At(int index) implements Index {}

  /// `start:end:step`, of which a missing bound is the edge.
  record Range(@Nullable Integer start, @Nullable Integer end, int step) implements Index {
    /// Checks the step.
    public Range {
      if (step <= 0) {
        throw new IllegalArgumentException("Index: step %d is not positive".formatted(step));
      }
    }
  }

  /// The indices in a tensor.
  record Chosen(Tensor indices) implements Index {
    /// Checks the type.
    public Chosen {
      if (indices.dtype() != DType.INT64 && indices.dtype() != DType.BOOL) {
        throw new IllegalArgumentException(
            "Index: %s is neither int64 nor bool; convert it with to(DType.INT64)"
                .formatted(indices.dtype()));
      }
    }
  }
}
