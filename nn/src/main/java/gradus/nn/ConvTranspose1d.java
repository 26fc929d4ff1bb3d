// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.ConvTransposeOptions;
import gradus.Shape;
import gradus.Tensor;
import org.jspecify.annotations.Nullable;

/// The transposed convolution over one dimension; see [Tensor#convTranspose1d].
///
/// Shapes: `[N, inChannels, L]` becomes `[N, outChannels, Lʹ]`, without a batch likewise, where
/// each size becomes `(size − 1) · stride − 2 · padding + dilation · (kernel − 1) + outputPadding +
/// 1`. For the state see [ConvTranspose].
///
/// PyTorch: `torch.nn.ConvTranspose1d`.
public final class ConvTranspose1d extends ConvTranspose {
  /// Makes the layer with a bias and PyTorch's defaults, and a kernel of size `kernelSize`; draws
  /// weight, then bias, from [gradus.Generator#current()].
  ///
  /// @throws IllegalArgumentException if a number is not positive
  public ConvTranspose1d(int inChannels, int outChannels, int kernelSize) {
    this(inChannels, outChannels, kernelSize, options());
  }

  /// Makes the layer with a bias, and a kernel of size `kernelSize`.
  ///
  /// @throws IllegalArgumentException if a number is not positive, or groups do not divide the
  ///   channels
  public ConvTranspose1d(
      int inChannels, int outChannels, int kernelSize, ConvTransposeOptions options) {
    this(inChannels, outChannels, Shape.of(kernelSize), options, true);
  }

  private ConvTranspose1d(
      int inChannels,
      int outChannels,
      Shape kernelSize,
      ConvTransposeOptions options,
      boolean withBias) {
    super(1, inChannels, outChannels, kernelSize, options, withBias);
  }

  /// Makes the layer without a bias: PyTorch's `bias=False`.
  ///
  /// @throws IllegalArgumentException if a number is not positive, or groups do not divide the
  ///   channels
  public static ConvTranspose1d withoutBias(
      int inChannels, int outChannels, int kernelSize, ConvTransposeOptions options) {
    return new ConvTranspose1d(inChannels, outChannels, Shape.of(kernelSize), options, false);
  }

  @Override
  Tensor convolve(Tensor x, Tensor weight, @Nullable Tensor bias, ConvTransposeOptions options) {
    return F.convTranspose1d(x, weight, bias, options);
  }
}
