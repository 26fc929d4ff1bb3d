// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.ConvTransposeOptions;
import gradus.Shape;
import gradus.Tensor;
import org.jspecify.annotations.Nullable;

/// The transposed convolution over three dimensions; see [Tensor#convTranspose3d].
///
/// Shapes: `[N, inChannels, D, H, W]` becomes `[N, outChannels, Dʹ, Hʹ, Wʹ]`, without a batch
/// likewise, where each size becomes `(size − 1) · stride − 2 · padding + dilation · (kernel − 1) +
/// outputPadding + 1`. For the state see [ConvTranspose].
///
/// PyTorch: `torch.nn.ConvTranspose3d`.
public final class ConvTranspose3d extends ConvTranspose {
  /// Makes the layer with a bias and PyTorch's defaults, and a kernel of size `kernelSize` in all
  /// dimensions; draws weight, then bias, from [gradus.Generator#current()].
  ///
  /// @throws IllegalArgumentException if a number is not positive
  public ConvTranspose3d(int inChannels, int outChannels, int kernelSize) {
    this(inChannels, outChannels, kernelSize, options());
  }

  /// Makes the layer with a bias, and a kernel of size `kernelSize` in all dimensions.
  ///
  /// @throws IllegalArgumentException if a number is not positive, or groups do not divide the
  ///   channels
  public ConvTranspose3d(
      int inChannels, int outChannels, int kernelSize, ConvTransposeOptions options) {
    this(inChannels, outChannels, Kernels.cube(kernelSize, 3), options);
  }

  /// Makes the layer with a bias.
  ///
  /// @param kernelSize depth, height and width
  /// @throws IllegalArgumentException if a number is not positive, or groups do not divide the
  ///   channels
  public ConvTranspose3d(
      int inChannels, int outChannels, Shape kernelSize, ConvTransposeOptions options) {
    this(inChannels, outChannels, kernelSize, options, true);
  }

  private ConvTranspose3d(
      int inChannels,
      int outChannels,
      Shape kernelSize,
      ConvTransposeOptions options,
      boolean withBias) {
    super(3, inChannels, outChannels, kernelSize, options, withBias);
  }

  /// Makes the layer without a bias: PyTorch's `bias=False`.
  ///
  /// @throws IllegalArgumentException if a number is not positive, or groups do not divide the
  ///   channels
  public static ConvTranspose3d withoutBias(
      int inChannels, int outChannels, int kernelSize, ConvTransposeOptions options) {
    return withoutBias(inChannels, outChannels, Kernels.cube(kernelSize, 3), options);
  }

  /// Makes the layer without a bias: PyTorch's `bias=False`.
  ///
  /// @param kernelSize depth, height and width
  /// @throws IllegalArgumentException if a number is not positive, or groups do not divide the
  ///   channels
  public static ConvTranspose3d withoutBias(
      int inChannels, int outChannels, Shape kernelSize, ConvTransposeOptions options) {
    return new ConvTranspose3d(inChannels, outChannels, kernelSize, options, false);
  }

  @Override
  Tensor convolve(Tensor x, Tensor weight, @Nullable Tensor bias, ConvTransposeOptions options) {
    return F.convTranspose3d(x, weight, bias, options);
  }
}
