// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.ConvTransposeOptions;
import gradus.Shape;
import gradus.Tensor;
import org.jspecify.annotations.Nullable;

/// The transposed convolution over two dimensions; see [Tensor#convTranspose2d].
///
/// Shapes: `[N, inChannels, H, W]` becomes `[N, outChannels, Hʹ, Wʹ]`, without a batch likewise,
/// where each size becomes `(size − 1) · stride − 2 · padding + dilation · (kernel − 1) +
/// outputPadding + 1`. For the state see [ConvTranspose].
///
/// PyTorch: `torch.nn.ConvTranspose2d`.
public final class ConvTranspose2d extends ConvTranspose {
  /// Makes the layer with a bias and PyTorch's defaults, and a kernel of size `kernelSize` in both
  /// dimensions; draws weight, then bias, from [gradus.Generator#current()].
  ///
  /// @throws IllegalArgumentException if a number is not positive
  public ConvTranspose2d(int inChannels, int outChannels, int kernelSize) {
    this(inChannels, outChannels, kernelSize, options());
  }

  /// Makes the layer with a bias, and a kernel of size `kernelSize` in both dimensions.
  ///
  /// @throws IllegalArgumentException if a number is not positive, or groups do not divide the
  ///   channels
  public ConvTranspose2d(
      int inChannels, int outChannels, int kernelSize, ConvTransposeOptions options) {
    this(inChannels, outChannels, Kernels.cube(kernelSize, 2), options);
  }

  /// Makes the layer with a bias.
  ///
  /// @param kernelSize height and width
  /// @throws IllegalArgumentException if a number is not positive, or groups do not divide the
  ///   channels
  public ConvTranspose2d(
      int inChannels, int outChannels, Shape kernelSize, ConvTransposeOptions options) {
    this(inChannels, outChannels, kernelSize, options, true);
  }

  private ConvTranspose2d(
      int inChannels,
      int outChannels,
      Shape kernelSize,
      ConvTransposeOptions options,
      boolean withBias) {
    super(2, inChannels, outChannels, kernelSize, options, withBias);
  }

  /// Makes the layer without a bias: PyTorch's `bias=False`.
  ///
  /// @throws IllegalArgumentException if a number is not positive, or groups do not divide the
  ///   channels
  public static ConvTranspose2d withoutBias(
      int inChannels, int outChannels, int kernelSize, ConvTransposeOptions options) {
    return withoutBias(inChannels, outChannels, Kernels.cube(kernelSize, 2), options);
  }

  /// Makes the layer without a bias: PyTorch's `bias=False`.
  ///
  /// @param kernelSize height and width
  /// @throws IllegalArgumentException if a number is not positive, or groups do not divide the
  ///   channels
  public static ConvTranspose2d withoutBias(
      int inChannels, int outChannels, Shape kernelSize, ConvTransposeOptions options) {
    return new ConvTranspose2d(inChannels, outChannels, kernelSize, options, false);
  }

  @Override
  Tensor convolve(Tensor x, Tensor weight, @Nullable Tensor bias, ConvTransposeOptions options) {
    return F.convTranspose2d(x, weight, bias, options);
  }
}
