// SPDX-License-Identifier: Apache-2.0
package gradus.kernel;

/// What is convolved with what: an input `[batch, groups · in, d.in, h.in, w.in]` with weights
/// `[groups · out, in, d.kernel, h.kernel, w.kernel]` to an output `[batch, groups · out, d.out,
/// h.out, w.out]`.
///
/// @param in input channels of a group
/// @param out output channels of a group
public record ConvShape(
    int batch, int groups, int in, int out, ConvAxis d, ConvAxis h, ConvAxis w) {
  /// Taps of a kernel.
  int taps() {
    return d.kernel() * h.kernel() * w.kernel();
  }

  /// Outputs of a channel.
  int pixels() {
    return d.out() * h.out() * w.out();
  }

  /// Inputs of a channel.
  int inputs() {
    return d.in() * h.in() * w.in();
  }

  boolean isEmpty() {
    return batch == 0 || groups == 0 || in == 0 || out == 0 || pixels() == 0 || inputs() == 0;
  }
}
