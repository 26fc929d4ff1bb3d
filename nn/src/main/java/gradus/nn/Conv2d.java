// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.ConvOptions;
import gradus.Shape;
import gradus.Tensor;
import org.jspecify.annotations.Nullable;

/// The convolution over two dimensions; see [Tensor#conv2d].
///
/// Shapes: `[N, inChannels, H, W]` becomes `[N, outChannels, Hʹ, Wʹ]`, without a batch likewise,
/// where each size becomes `(size + 2 · padding − dilation · (kernel − 1) − 1) / stride + 1`,
/// rounded down. For the state see [Conv].
///
/// PyTorch: `torch.nn.Conv2d`.
public final class Conv2d extends Conv {
  /// Makes the layer with a bias and PyTorch's defaults, and a kernel of size `kernelSize` in both
  /// dimensions; draws weight, then bias, from [gradus.Generator#current()].
  ///
  /// @throws IllegalArgumentException if a number is not positive
  public Conv2d(int inChannels, int outChannels, int kernelSize) {
    this(inChannels, outChannels, kernelSize, options());
  }

  /// Makes the layer with a bias, and a kernel of size `kernelSize` in both dimensions.
  ///
  /// @throws IllegalArgumentException if a number is not positive, or groups do not divide the
  ///   channels
  public Conv2d(int inChannels, int outChannels, int kernelSize, ConvOptions options) {
    this(inChannels, outChannels, Kernels.cube(kernelSize, 2), options);
  }

  /// Makes the layer with a bias.
  ///
  /// @param kernelSize height and width
  /// @throws IllegalArgumentException if a number is not positive, or groups do not divide the
  ///   channels
  public Conv2d(int inChannels, int outChannels, Shape kernelSize, ConvOptions options) {
    this(inChannels, outChannels, kernelSize, options, true);
  }

  private Conv2d(
      int inChannels, int outChannels, Shape kernelSize, ConvOptions options, boolean withBias) {
    super(2, inChannels, outChannels, kernelSize, options, withBias);
  }

  /// Makes the layer without a bias: PyTorch's `bias=False`.
  ///
  /// @throws IllegalArgumentException if a number is not positive, or groups do not divide the
  ///   channels
  public static Conv2d withoutBias(
      int inChannels, int outChannels, int kernelSize, ConvOptions options) {
    return withoutBias(inChannels, outChannels, Kernels.cube(kernelSize, 2), options);
  }

  /// Makes the layer without a bias: PyTorch's `bias=False`.
  ///
  /// @param kernelSize height and width
  /// @throws IllegalArgumentException if a number is not positive, or groups do not divide the
  ///   channels
  public static Conv2d withoutBias(
      int inChannels, int outChannels, Shape kernelSize, ConvOptions options) {
    return new Conv2d(inChannels, outChannels, kernelSize, options, false);
  }

  @Override
  Tensor convolve(Tensor x, Tensor weight, @Nullable Tensor bias, ConvOptions options) {
    return F.conv2d(x, weight, bias, options);
  }
}
