// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.ConvOptions;
import gradus.Shape;
import gradus.Tensor;
import org.jspecify.annotations.Nullable;

/// The convolution over one dimension; see [Tensor#conv1d].
///
/// Shapes: `[N, inChannels, L]` becomes `[N, outChannels, Lʹ]`, without a batch likewise, where
/// each size becomes `(size + 2 · padding − dilation · (kernel − 1) − 1) / stride + 1`, rounded
/// down. For the state see [Conv].
///
/// PyTorch: `torch.nn.Conv1d`.
public final class Conv1d extends Conv {
  /// Makes the layer with a bias and PyTorch's defaults, and a kernel of size `kernelSize`; draws
  /// weight, then bias, from [gradus.Generator#current()].
  ///
  /// @throws IllegalArgumentException if a number is not positive
  public Conv1d(int inChannels, int outChannels, int kernelSize) {
    this(inChannels, outChannels, kernelSize, options());
  }

  /// Makes the layer with a bias, and a kernel of size `kernelSize`.
  ///
  /// @throws IllegalArgumentException if a number is not positive, or groups do not divide the
  ///   channels
  public Conv1d(int inChannels, int outChannels, int kernelSize, ConvOptions options) {
    this(inChannels, outChannels, Shape.of(kernelSize), options, true);
  }

  private Conv1d(
      int inChannels, int outChannels, Shape kernelSize, ConvOptions options, boolean withBias) {
    super(1, inChannels, outChannels, kernelSize, options, withBias);
  }

  /// Makes the layer without a bias: PyTorch's `bias=False`.
  ///
  /// @throws IllegalArgumentException if a number is not positive, or groups do not divide the
  ///   channels
  public static Conv1d withoutBias(
      int inChannels, int outChannels, int kernelSize, ConvOptions options) {
    return new Conv1d(inChannels, outChannels, Shape.of(kernelSize), options, false);
  }

  @Override
  Tensor convolve(Tensor x, Tensor weight, @Nullable Tensor bias, ConvOptions options) {
    return F.conv1d(x, weight, bias, options);
  }
}
