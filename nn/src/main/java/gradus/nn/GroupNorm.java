// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.Parameter;
import gradus.Tensor;
import org.jspecify.annotations.Nullable;

/// Group normalisation, over each group of channels (dimension 1) of each example alone: `y = (x −
/// mean) / √(var + eps) · weight + bias`, with the biased variance.
///
/// Shapes: `x` is `[N, numChannels, *]`, and `y` too. State, each `[numChannels]`: parameters
/// `weight` (ones) and `bias` (zeros), if affine.
///
/// PyTorch: `torch.nn.GroupNorm`. Source: Wu and He, *Group Normalization*, ECCV 2018.
public final class GroupNorm extends Layer {
  private final int numGroups;
  private final int numChannels;
  private final Options options;
  private final @Nullable Parameter weight;
  private final @Nullable Parameter bias;

  /// Makes the layer for `numChannels` channels in `numGroups` groups, with PyTorch's defaults.
  ///
  /// @throws IllegalArgumentException if a number is not positive or the groups are not of one size
  public GroupNorm(int numGroups, int numChannels) {
    this(numGroups, numChannels, options());
  }

  /// Makes the layer for `numChannels` channels in `numGroups` groups.
  ///
  /// @throws IllegalArgumentException if a number is not positive or the groups are not of one size
  public GroupNorm(int numGroups, int numChannels, Options options) {
    Check.positive("GroupNorm: numGroups", numGroups);
    Check.positive("GroupNorm: numChannels", numChannels);
    if (numChannels % numGroups != 0) {
      throw new IllegalArgumentException(
          "GroupNorm: %s channels do not make %s groups of one size"
              .formatted(numChannels, numGroups));
    }
    this.numGroups = numGroups;
    this.numChannels = numChannels;
    this.options = options;
    weight = options.affine() ? new Parameter(Tensor.ones(numChannels)) : null;
    bias = options.affine() ? new Parameter(Tensor.zeros(numChannels)) : null;
  }

  /// Returns PyTorch's defaults: `eps` 1e-5, affine.
  public static Options options() {
    return new Options(1e-5, true);
  }

  /// Settings of group normalisation.
  ///
  /// @param eps added to the variance
  /// @param affine whether to learn a weight and a bias
  public record Options(double eps, boolean affine) {
    /// Checks the settings.
    ///
    /// @throws IllegalArgumentException if `eps` is negative or not finite
    public Options {
      Check.nonNegative("groupNorm: eps", eps);
    }

    /// Returns a copy with another `eps`.
    public Options eps(double value) {
      return new Options(value, affine);
    }

    /// Returns a copy with or without weight and bias.
    public Options affine(boolean value) {
      return new Options(eps, value);
    }
  }

  @Override
  protected Tensor forward(Tensor x) {
    if (x.dim() < 2 || x.size(1) != numChannels) {
      throw new IllegalArgumentException(
          "GroupNorm: the input %s is not [N, %s, …]".formatted(x.shape(), numChannels));
    }
    return F.groupNorm(x, numGroups, weight, bias, options.eps());
  }

  @Override
  protected String extraRepr() {
    return "%s, %s, eps=%s, affine=%s"
        .formatted(numGroups, numChannels, Repr.of(options.eps()), Repr.of(options.affine()));
  }
}
