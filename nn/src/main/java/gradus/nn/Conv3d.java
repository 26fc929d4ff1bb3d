// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.ConvOptions;
import gradus.Shape;
import gradus.Tensor;
import org.jspecify.annotations.Nullable;

/// The convolution over three dimensions; see [Tensor#conv3d].
///
/// Shapes: `[N, inChannels, D, H, W]` becomes `[N, outChannels, Dʹ, Hʹ, Wʹ]`, without a batch
/// likewise, where each size becomes `(size + 2 · padding − dilation · (kernel − 1) − 1) / stride +
/// 1`, rounded down. For the state see [Conv].
///
/// PyTorch: `torch.nn.Conv3d`.
public final class Conv3d extends Conv {
  /// Makes the layer with a bias and PyTorch's defaults, and a kernel of size `kernelSize` in all
  /// dimensions; draws weight, then bias, from [gradus.Generator#current()].
  ///
  /// @throws IllegalArgumentException if a number is not positive
  public Conv3d(int inChannels, int outChannels, int kernelSize) {
    this(inChannels, outChannels, kernelSize, options());
  }

  /// Makes the layer with a bias, and a kernel of size `kernelSize` in all dimensions.
  ///
  /// @throws IllegalArgumentException if a number is not positive, or groups do not divide the
  ///   channels
  public Conv3d(int inChannels, int outChannels, int kernelSize, ConvOptions options) {
    this(inChannels, outChannels, Kernels.cube(kernelSize, 3), options);
  }

  /// Makes the layer with a bias.
  ///
  /// @param kernelSize depth, height and width
  /// @throws IllegalArgumentException if a number is not positive, or groups do not divide the
  ///   channels
  public Conv3d(int inChannels, int outChannels, Shape kernelSize, ConvOptions options) {
    this(inChannels, outChannels, kernelSize, options, true);
  }

  private Conv3d(
      int inChannels, int outChannels, Shape kernelSize, ConvOptions options, boolean withBias) {
    super(3, inChannels, outChannels, kernelSize, options, withBias);
  }

  /// Makes the layer without a bias: PyTorch's `bias=False`.
  ///
  /// @throws IllegalArgumentException if a number is not positive, or groups do not divide the
  ///   channels
  public static Conv3d withoutBias(
      int inChannels, int outChannels, int kernelSize, ConvOptions options) {
    return withoutBias(inChannels, outChannels, Kernels.cube(kernelSize, 3), options);
  }

  /// Makes the layer without a bias: PyTorch's `bias=False`.
  ///
  /// @param kernelSize depth, height and width
  /// @throws IllegalArgumentException if a number is not positive, or groups do not divide the
  ///   channels
  public static Conv3d withoutBias(
      int inChannels, int outChannels, Shape kernelSize, ConvOptions options) {
    return new Conv3d(inChannels, outChannels, kernelSize, options, false);
  }

  @Override
  Tensor convolve(Tensor x, Tensor weight, @Nullable Tensor bias, ConvOptions options) {
    return F.conv3d(x, weight, bias, options);
  }
}
