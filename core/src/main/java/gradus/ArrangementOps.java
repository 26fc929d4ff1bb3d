// SPDX-License-Identifier: Apache-2.0
package gradus;

/// The ops of a [Tensor] that put the same values, or some of them, in other places: results are
/// copies. What needs none is in [ViewOps].
public sealed interface ArrangementOps permits Tensor {
  private Tensor self() {
    return (Tensor) this;
  }

  /// Returns the elements in reverse order along each of `dims`. (PyTorch: `torch.flip`.)
  ///
  /// @throws IllegalArgumentException if a dimension is out of range or named twice
  default Tensor flip(int... dims) {
    return Arrangement.flip(self(), dims);
  }

  /// Returns the elements moved on by `shift` places in row-major order, those pushed out at the
  /// end coming in at the start. (PyTorch: `torch.roll`.)
  default Tensor roll(int shift) {
    return Arrangement.roll(self().flatten(), shift, 0).reshape(self().shape());
  }

  /// Returns the elements moved on by `shift` places along dimension `dim`.
  default Tensor roll(int shift, int dim) {
    return Arrangement.roll(self(), shift, self().shape().axis("roll", dim));
  }

  /// Returns the elements moved on by `shifts[i]` places along dimension `dims[i]`.
  ///
  /// @throws IllegalArgumentException if there are more shifts than dimensions or fewer
  default Tensor roll(int[] shifts, int[] dims) {
    return Arrangement.roll(self(), shifts, dims);
  }

  /// Returns this `times[d]` times along each dimension; dimensions that `times` has more than this
  /// come in front. (PyTorch: `Tensor.repeat`.)
  ///
  /// @throws IllegalArgumentException if `times` has fewer dimensions than this or a negative
  ///   number
  default Tensor repeat(int... times) {
    if (times.length < self().dim()) {
      throw new IllegalArgumentException(
          "repeat: %s by %s: a number is missing; tile() takes those of leading dimensions as 1"
              .formatted(self().shape(), java.util.Arrays.toString(times)));
    }
    return Arrangement.repeat("repeat", self(), times);
  }

  /// As [#repeat(int...)], but numbers that are missing in front are 1. (PyTorch: `torch.tile`.)
  ///
  /// @throws IllegalArgumentException if a number is negative
  default Tensor tile(int... times) {
    return Arrangement.repeat("tile", self(), times);
  }

  /// Returns all elements in row-major order, each `repeats` times in a row. (PyTorch:
  /// `torch.repeat_interleave`.)
  ///
  /// @throws IllegalArgumentException if `repeats` is negative
  default Tensor repeatInterleave(int repeats) {
    return repeatInterleave(repeats, Arrangement.flat(self()), 0);
  }

  /// Returns each slice of dimension `dim` `repeats` times in a row.
  ///
  /// @throws IllegalArgumentException if `repeats` is negative
  default Tensor repeatInterleave(int repeats, int dim) {
    return repeatInterleave(repeats, self(), self().shape().axis("repeatInterleave", dim));
  }

  private static Tensor repeatInterleave(int repeats, Tensor x, int axis) {
    return Arrangement.repeatInterleave(x, repeats, axis);
  }

  /// Returns element `i` of all `repeats[i]` times in a row, in one dimension.
  ///
  /// @throws IllegalArgumentException as [#repeatInterleave(Tensor, int)]
  default Tensor repeatInterleave(Tensor repeats) {
    return Arrangement.repeatInterleave(Arrangement.flat(self()), repeats, 0);
  }

  /// Returns slice `i` of dimension `dim` `repeats[i]` times in a row; one number is for all.
  ///
  /// @throws IllegalArgumentException if `repeats` isn't an int64 vector of the dimension's size or
  ///   of one element, or has a negative number
  default Tensor repeatInterleave(Tensor repeats, int dim) {
    return Arrangement.repeatInterleave(
        self(), repeats, self().shape().axis("repeatInterleave", dim));
  }

  /// Returns this with zeros around it: `pad` has the numbers before and after the last dimension,
  /// then those of the one before it, and so on. A negative number cuts off. (PyTorch:
  /// `torch.nn.functional.pad`.)
  ///
  /// @throws IllegalArgumentException if `pad` has an odd number of numbers, too many of them, or
  ///   cuts off more than there is
  default Tensor pad(int... pad) {
    return pad(pad, 0);
  }

  /// As [#pad(int...)], with `value` around it.
  default Tensor pad(int[] pad, double value) {
    return Border.constant(self(), pad, value);
  }

  /// As [#pad(int...)], with values of this around it.
  ///
  /// @throws IllegalArgumentException also if there are fewer values than `mode` takes
  default Tensor pad(int[] pad, PadMode mode) {
    return Border.of(self(), pad, mode);
  }

  /// Returns the elements of each matrix on and below the main diagonal, zeros above. (PyTorch:
  /// `torch.tril`.)
  ///
  /// @throws IllegalArgumentException if there are fewer than two dimensions
  default Tensor tril() {
    return tril(0);
  }

  /// Returns the elements on and below diagonal `diagonal`, which lies above the main one if it is
  /// positive.
  default Tensor tril(int diagonal) {
    return Arrangement.triangle("tril", self(), diagonal);
  }

  /// Returns the elements of each matrix on and above the main diagonal, zeros below. (PyTorch:
  /// `torch.triu`.)
  ///
  /// @throws IllegalArgumentException if there are fewer than two dimensions
  default Tensor triu() {
    return triu(0);
  }

  /// Returns the elements on and above diagonal `diagonal`, which lies above the main one if it is
  /// positive.
  default Tensor triu(int diagonal) {
    return Arrangement.triangle("triu", self(), diagonal);
  }

  /// Returns the diagonal of a matrix, or for a vector the matrix that has it as diagonal and zeros
  /// elsewhere. (PyTorch: `torch.diag`.)
  ///
  /// @throws IllegalArgumentException if this is neither
  default Tensor diag() {
    return diag(0);
  }

  /// As [#diag()], for diagonal `diagonal`, which lies above the main one if it is positive.
  default Tensor diag(int diagonal) {
    return switch (self().dim()) {
      case 1 -> Arrangement.diagEmbed(self(), diagonal);
      case 2 -> self().diagonal(diagonal, 0, 1);
      default ->
          throw new IllegalArgumentException(
              "diag: %s is neither a vector nor a matrix; use diagonal() or diagEmbed()"
                  .formatted(self().shape()));
    };
  }

  /// Returns matrices with the last dimension as their diagonal and zeros elsewhere. (PyTorch:
  /// `torch.diag_embed`.)
  ///
  /// @throws IllegalArgumentException if this is a scalar
  default Tensor diagEmbed() {
    return diagEmbed(0);
  }

  /// As [#diagEmbed()], for diagonal `offset`, which lies above the main one if it is positive.
  default Tensor diagEmbed(int offset) {
    return Arrangement.diagEmbed(self(), offset);
  }

  /// Returns windows of `size` indices of dimension `dim`, each `step` after the one before: the
  /// dimension becomes the number of windows, and their elements a last dimension. (PyTorch:
  /// `Tensor.unfold`.)
  ///
  /// @throws IllegalArgumentException if `size` isn't in 0 … the dimension's size or `step` isn't
  ///   positive
  default Tensor unfold(int dim, int size, int step) {
    return Arrangement.unfold(self(), dim, size, step);
  }
}
