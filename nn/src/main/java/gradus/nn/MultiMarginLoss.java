// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.Buffer;
import gradus.Tensor;
import org.jspecify.annotations.Nullable;

/// The hinge loss of many classes, as of support vector machines: `Σⱼ max(0, margin − x[y] + x[j])ᵖ
/// · w[y] / C` over all classes j but the target y, for scores x of C classes.
///
/// CS231n sums where this divides by C; multiply by C to compare.
///
/// Shapes: `input` is `[N, C]` or `[C]`; `target` is int64 (or uint8) classes, `[N]` or a scalar.
///
/// PyTorch: `torch.nn.MultiMarginLoss`. Source: Weston and Watkins, *Support Vector Machines for
/// Multi-Class Pattern Recognition*, ESANN 1999.
public final class MultiMarginLoss extends Loss {
  private final @Nullable Buffer weight;
  private final Options options;

  /// Makes the mean hinge loss with a margin of 1.
  public MultiMarginLoss() {
    this(options());
  }

  /// Makes the loss with the settings given; a class weight becomes the buffer `weight`.
  public MultiMarginLoss(Options options) {
    weight = buffer(options.weight());
    this.options = options.weight(null);
  }

  /// Returns PyTorch's defaults: `p` 1, `margin` 1, no class weight, the mean.
  public static Options options() {
    return new Options(1, 1, null, Reduction.MEAN);
  }

  /// Settings of the hinge loss.
  ///
  /// @param p the power of the margins, 1 or 2
  /// @param margin how far apart things should be
  /// @param weight a factor for each class, `[C]`, or null for all 1
  /// @param reduction what to make of the element losses
  public record Options(int p, double margin, @Nullable Tensor weight, Reduction reduction) {
    /// Checks the settings.
    ///
    /// @throws IllegalArgumentException if `p` is not 1 or 2 or `margin` is not finite
    public Options {
      if (p != 1 && p != 2) {
        throw new IllegalArgumentException("multiMarginLoss: p: " + p + " is neither 1 nor 2");
      }
      Check.finite("multiMarginLoss: margin", margin);
    }

    /// Returns a copy with another power.
    public Options p(int value) {
      return new Options(value, margin, weight, reduction);
    }

    /// Returns a copy with another margin.
    public Options margin(double value) {
      return new Options(p, value, weight, reduction);
    }

    /// Returns a copy with other class weights.
    public Options weight(@Nullable Tensor value) {
      return new Options(p, margin, value, reduction);
    }

    /// Returns a copy with another reduction.
    public Options reduction(Reduction value) {
      return new Options(p, margin, weight, value);
    }
  }

  @Override
  protected Tensor forward(Tensor input, Tensor target) {
    return F.multiMarginLoss(input, target, options.weight(weight));
  }
}
