// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.ConvTransposeOptions;
import gradus.Parameter;
import gradus.Shape;
import gradus.Tensor;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A transposed convolution with weights of its own: [ConvTranspose1d], [ConvTranspose2d],
/// [ConvTranspose3d].
///
/// State: `weight` `[inChannels, outChannels / groups, kernel…]` and `bias` `[outChannels]`; both
/// start uniform in `±1/√(outChannels / groups · kernel)`, as float32.
public abstract sealed class ConvTranspose extends Layer
    permits ConvTranspose1d, ConvTranspose2d, ConvTranspose3d {
  private final Parameter weight;
  private final @Nullable Parameter bias;
  private final ConvTransposeOptions options;

  ConvTranspose(
      int rank,
      int inChannels,
      int outChannels,
      Shape kernelSize,
      ConvTransposeOptions options,
      boolean withBias) {
    String name = "ConvTranspose" + rank + "d";
    Kernels.check(name, rank, inChannels, outChannels, kernelSize, options.groups());
    this.options = options;
    weight = Kernels.weight(inChannels, outChannels / options.groups(), kernelSize);
    bias = withBias ? Kernels.bias(outChannels, weight) : null;
  }

  /// Returns PyTorch's defaults: stride 1, no padding, dilation 1, one group.
  public static ConvTransposeOptions options() {
    return ConvTransposeOptions.defaults();
  }

  /// Returns the weight, `[inChannels, outChannels / groups, kernel…]`.
  public final Parameter weight() {
    return weight;
  }

  /// Returns the bias, `[outChannels]`, or null.
  public final @Nullable Parameter bias() {
    return bias;
  }

  @Override
  protected final Tensor forward(Tensor x) {
    return convolve(x, weight, bias, options);
  }

  abstract Tensor convolve(
      Tensor x, Tensor weight, @Nullable Tensor bias, ConvTransposeOptions options);

  @Override
  protected final String extraRepr() {
    int rank = weight.dim() - 2;
    int groups = options.groups();
    int[] kernel = Arrays.copyOfRange(weight.shape().toArray(), 2, rank + 2);
    var text = new StringBuilder();
    text.append(weight.size(0)).append(", ").append(weight.size(1) * groups);
    text.append(", kernel_size=").append(Kernels.tuple(Shape.of(kernel), rank));
    text.append(", stride=").append(Kernels.tuple(options.stride(), rank));
    Kernels.append(text, "padding", options.padding(), 0, rank);
    Kernels.append(text, "dilation", options.dilation(), 1, rank);
    Kernels.append(text, "output_padding", options.outputPadding(), 0, rank);
    Kernels.append(text, groups, bias);
    return text.toString();
  }
}
