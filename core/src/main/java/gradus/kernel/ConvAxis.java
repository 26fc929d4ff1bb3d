// SPDX-License-Identifier: Apache-2.0
package gradus.kernel;

/// One spatial dimension of a convolution: output o reads input `o · stride − padding + k ·
/// dilation` for each tap k of the kernel, and 0 where there is no such input.
///
/// @param in the size of the input
/// @param out the size of the output
/// @param kernel the number of taps
/// @param stride how far the windows of neighbouring outputs are apart
/// @param padding how far the first window begins before the input
/// @param dilation how far neighbouring taps are apart
public record ConvAxis(int in, int out, int kernel, int stride, int padding, int dilation) {
  /// A dimension that is not there.
  public static final ConvAxis NONE = new ConvAxis(1, 1, 1, 1, 0, 1);

  /// How many inputs, of those there are and the zeros around them, all windows together span.
  int span() {
    return (out - 1) * stride + (kernel - 1) * dilation + 1;
  }
}
