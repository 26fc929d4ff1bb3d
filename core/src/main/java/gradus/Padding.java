// SPDX-License-Identifier: Apache-2.0
package gradus;

/// How many zeros a convolution adds around its input.
///
/// @param kind what decides on the number
/// @param sizes for [Kind#ZEROS], one number for all dimensions, or one for each
public record Padding(Kind kind, Shape sizes) {
  /// None. (PyTorch: `padding="valid"`.)
  public static final Padding VALID = of(0);

  /// As many as keep the size where the stride is 1; of an odd number the larger half at the end.
  /// (PyTorch: `padding="same"`.)
  public static final Padding SAME = new Padding(Kind.SAME, Shape.of(0));

  /// What decides on the number of zeros.
  public enum Kind {
    /// The sizes given, on both sides.
    ZEROS,
    /// The kernel; see [Padding#SAME].
    SAME
  }

  /// Returns a padding by as many zeros on both sides: one number for all dimensions, or one for
  /// each.
  ///
  /// @throws IllegalArgumentException if a number is negative
  public static Padding of(int... sizes) {
    return new Padding(Kind.ZEROS, Shape.of(sizes));
  }
}
