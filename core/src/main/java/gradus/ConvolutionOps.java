// SPDX-License-Identifier: Apache-2.0
package gradus;

import org.jspecify.annotations.Nullable;

/// The convolutions of a [Tensor], which is `[N, C, …]` or, without a batch, `[C, …]`.
///
/// As everywhere in neural networks, the kernel is not flipped: `y[o, i] = bias[o] + Σ weight[o, c,
/// k] · x[c, i · stride − padding + k · dilation]` over channels c and taps k, with zeros outside
/// of x. Each element is a chain of fused multiply-adds in the order of channels and taps, in fixed
/// blocks: the same bits at any thread count and SIMD width.
///
/// All throw an `IllegalArgumentException` if shapes, groups or types don't fit, or the kernel is
/// larger than the padded input.
public sealed interface ConvolutionOps permits Tensor {
  private Tensor self() {
    return (Tensor) this;
  }

  /// Returns the convolution over one dimension. (PyTorch: `torch.nn.functional.conv1d`.)
  ///
  /// @param weight `[out, C / groups, kernel]`
  /// @param bias `[out]` or null
  default Tensor conv1d(Tensor weight, @Nullable Tensor bias, ConvOptions options) {
    return Convolutions.conv(1, self(), weight, bias, options);
  }

  /// Returns the convolution over two dimensions. (PyTorch: `torch.nn.functional.conv2d`.)
  ///
  /// @param weight `[out, C / groups, kernelHeight, kernelWidth]`
  /// @param bias `[out]` or null
  default Tensor conv2d(Tensor weight, @Nullable Tensor bias, ConvOptions options) {
    return Convolutions.conv(2, self(), weight, bias, options);
  }

  /// Returns the convolution over three dimensions. (PyTorch: `torch.nn.functional.conv3d`.)
  ///
  /// @param weight `[out, C / groups, kernelDepth, kernelHeight, kernelWidth]`
  /// @param bias `[out]` or null
  default Tensor conv3d(Tensor weight, @Nullable Tensor bias, ConvOptions options) {
    return Convolutions.conv(3, self(), weight, bias, options);
  }

  /// Returns the transposed convolution over one dimension: what is to a convolution as its
  /// derivative by the input. The output has the size `(L − 1) · stride − 2 · padding + dilation ·
  /// (kernel − 1) + outputPadding + 1`. (PyTorch: `torch.nn.functional.conv_transpose1d`.)
  ///
  /// @param weight `[C, out / groups, kernel]`
  /// @param bias `[out]` or null
  default Tensor convTranspose1d(
      Tensor weight, @Nullable Tensor bias, ConvTransposeOptions options) {
    return Convolutions.transposed(1, self(), weight, bias, options);
  }

  /// Returns the transposed convolution over two dimensions; see [#convTranspose1d]. (PyTorch:
  /// `torch.nn.functional.conv_transpose2d`.)
  ///
  /// @param weight `[C, out / groups, kernelHeight, kernelWidth]`
  /// @param bias `[out]` or null
  default Tensor convTranspose2d(
      Tensor weight, @Nullable Tensor bias, ConvTransposeOptions options) {
    return Convolutions.transposed(2, self(), weight, bias, options);
  }

  /// Returns the transposed convolution over three dimensions; see [#convTranspose1d]. (PyTorch:
  /// `torch.nn.functional.conv_transpose3d`.)
  ///
  /// @param weight `[C, out / groups, kernelDepth, kernelHeight, kernelWidth]`
  /// @param bias `[out]` or null
  default Tensor convTranspose3d(
      Tensor weight, @Nullable Tensor bias, ConvTransposeOptions options) {
    return Convolutions.transposed(3, self(), weight, bias, options);
  }
}
