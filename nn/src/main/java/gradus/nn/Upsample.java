// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.Shape;
import gradus.Tensor;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Brings `[N, C, …]` with one to three spatial dimensions to another size.
///
/// With [Mode#NEAREST] each output is the input at `⌊i · in / out⌋`; else it is interpolated
/// between the neighbours of `(i + ½) · in / out − ½`, or, with `alignCorners`, of `i · (in − 1) /
/// (out − 1)`. A scale factor stands for `out / in`, with `out = ⌊in · scale⌋`.
///
/// ```java
/// new Upsample(2)                                                  // twice as large
/// new Upsample(Upsample.size(32, 32).mode(Upsample.Mode.BILINEAR)) // to 32 × 32
/// ```
///
/// PyTorch: `torch.nn.Upsample`.
public final class Upsample extends Layer {
  private final Options options;

  /// Makes the layer that repeats each element `scaleFactor` times in each dimension.
  ///
  /// @throws IllegalArgumentException if the factor is not positive and finite
  public Upsample(double scaleFactor) {
    this(scale(scaleFactor));
  }

  /// Makes the layer.
  public Upsample(Options options) {
    this.options = options;
  }

  /// Returns the options for an output of this size, nearest neighbours; one number stands for all
  /// dimensions.
  public static Options size(int... size) {
    return new Options(Shape.of(size), null, Mode.NEAREST, false);
  }

  /// Returns the options for an output of so many times the input's size, nearest neighbours.
  ///
  /// @throws IllegalArgumentException if the factor is not positive and finite
  public static Options scale(double factor) {
    return new Options(null, factor, Mode.NEAREST, false);
  }

  /// How elements between those of the input are found.
  public enum Mode {
    /// The element before, in one to three dimensions.
    NEAREST(0),
    /// Along straight lines, in one dimension.
    LINEAR(1),
    /// Along straight lines in two dimensions.
    BILINEAR(2),
    /// Along straight lines in three dimensions.
    TRILINEAR(3);

    private final int rank;

    Mode(int rank) {
      this.rank = rank;
    }

    /// The number of spatial dimensions, 0 for any.
    int rank() {
      return rank;
    }
  }

  /// Settings; one of `size` and `scaleFactor` is null.
  ///
  /// @param size the output's size, one number for all dimensions or one for each
  /// @param scaleFactor how many times larger the output is, > 0
  /// @param mode how elements are found
  /// @param alignCorners whether the outermost elements keep their values; nearest ones ignore it
  public record Options(
      @Nullable Shape size, @Nullable Double scaleFactor, Mode mode, boolean alignCorners) {
    /// Checks the settings.
    ///
    /// @throws IllegalArgumentException if not exactly one of size and factor is given, or the
    ///   factor is not positive and finite
    public Options {
      if ((size == null) == (scaleFactor == null)) {
        throw new IllegalArgumentException(
            "upsample: size %s and scaleFactor %s: expected one of them"
                .formatted(size, scaleFactor));
      }
      if (scaleFactor != null && !(scaleFactor > 0 && scaleFactor < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "upsample: scaleFactor: " + scaleFactor + " is not in (0, ∞)");
      }
    }

    /// Returns a copy with another mode.
    public Options mode(Mode value) {
      return new Options(size, scaleFactor, value, alignCorners);
    }

    /// Returns a copy that keeps the corners' values, or does not.
    public Options alignCorners(boolean value) {
      return new Options(size, scaleFactor, mode, value);
    }
  }

  @Override
  protected Tensor forward(Tensor x) {
    return F.interpolate(x, options);
  }

  @Override
  protected String extraRepr() {
    Shape size = options.size();
    return "%s, mode='%s'"
        .formatted(
            size != null
                ? "size=" + Kernels.number(size)
                : "scale_factor=" + Repr.of(Objects.requireNonNull(options.scaleFactor())),
            options.mode().name().toLowerCase(Locale.ROOT));
  }
}
