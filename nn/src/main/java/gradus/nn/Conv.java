// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.ConvOptions;
import gradus.PadMode;
import gradus.Parameter;
import gradus.Shape;
import gradus.Tensor;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A convolution with weights of its own: [Conv1d], [Conv2d], [Conv3d].
///
/// State: `weight` `[outChannels, inChannels / groups, kernel…]` and `bias` `[outChannels]`; both
/// start uniform in `±1/√(inChannels / groups · kernel)`, as float32.
public abstract sealed class Conv extends Layer permits Conv1d, Conv2d, Conv3d {
  private final Parameter weight;
  private final @Nullable Parameter bias;
  private final ConvOptions options;

  Conv(
      int rank,
      int inChannels,
      int outChannels,
      Shape kernelSize,
      ConvOptions options,
      boolean withBias) {
    String name = "Conv" + rank + "d";
    Kernels.check(name, rank, inChannels, outChannels, kernelSize, options.groups());
    this.options = options;
    weight = Kernels.weight(outChannels, inChannels / options.groups(), kernelSize);
    bias = withBias ? Kernels.bias(outChannels, weight) : null;
  }

  /// Returns PyTorch's defaults: stride 1, no padding, dilation 1, one group.
  public static ConvOptions options() {
    return ConvOptions.defaults();
  }

  /// Returns the weight, `[outChannels, inChannels / groups, kernel…]`.
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

  abstract Tensor convolve(Tensor x, Tensor weight, @Nullable Tensor bias, ConvOptions options);

  @Override
  protected final String extraRepr() {
    int rank = weight.dim() - 2;
    int groups = options.groups();
    int[] kernel = Arrays.copyOfRange(weight.shape().toArray(), 2, rank + 2);
    var text = new StringBuilder();
    text.append(weight.size(1) * groups).append(", ").append(weight.size(0));
    text.append(", kernel_size=").append(Kernels.tuple(Shape.of(kernel), rank));
    text.append(", stride=").append(Kernels.tuple(options.stride(), rank));
    switch (options.padding().kind()) {
      case ZEROS -> Kernels.append(text, "padding", options.padding().sizes(), 0, rank);
      case SAME -> text.append(", padding=same");
    }
    Kernels.append(text, "dilation", options.dilation(), 1, rank);
    Kernels.append(text, groups, bias);
    if (options.paddingMode() != PadMode.CONSTANT) {
      text.append(", padding_mode=").append(options.paddingMode().name().toLowerCase(Locale.ROOT));
    }
    return text.toString();
  }
}
