// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.Shape;
import gradus.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Brings `[N, C, …]` with one to three spatial dimensions to another size.
///
/// With [Mode#NEAREST] each output is the input at `⌊i · in / out⌋`, with [Mode#NEAREST_EXACT] at
/// `⌊(i + ½) · in / out⌋`, with [Mode#AREA] the mean of what it covers; else it is interpolated
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
    return new Options(Shape.of(size), null, Mode.NEAREST, false, false);
  }

  /// Returns the options for an output of so many times the input's size, nearest neighbours; one
  /// factor stands for all dimensions.
  ///
  /// @throws IllegalArgumentException if a factor is not positive and finite
  public static Options scale(double... factors) {
    List<Double> all = Arrays.stream(factors).boxed().toList();
    return new Options(null, all, Mode.NEAREST, false, false);
  }

  /// How elements between those of the input are found.
  public enum Mode {
    /// The element before, in one to three dimensions.
    NEAREST(0),
    /// The element that the output's middle lies in, in one to three dimensions.
    NEAREST_EXACT(0),
    /// The mean of the elements that the output covers, in one to three dimensions.
    AREA(0),
    /// Along straight lines, in one dimension.
    LINEAR(1),
    /// Along straight lines in two dimensions.
    BILINEAR(2),
    /// Along straight lines in three dimensions.
    TRILINEAR(3),
    /// Along cubic curves through four elements each, in two dimensions: Keys' convolution with a =
    /// −¾. May leave the input's range.
    BICUBIC(2);

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
  /// @param scaleFactor how many times larger the output is, > 0, one number for all dimensions or
  ///   one for each
  /// @param mode how elements are found
  /// @param alignCorners whether the outermost elements keep their values; modes that do not
  ///   interpolate ignore it
  /// @param recomputeScaleFactor whether the places follow from the sizes, rounded as they are,
  ///   rather than from the factor
  public record Options(
      @Nullable Shape size,
      @Nullable List<Double> scaleFactor,
      Mode mode,
      boolean alignCorners,
      boolean recomputeScaleFactor) {
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
      if (scaleFactor != null) {
        scaleFactor = List.copyOf(scaleFactor);
        scaleFactor.forEach(each -> Check.positive("upsample: scaleFactor", each.doubleValue()));
      }
    }

    /// Returns a copy with another mode.
    public Options mode(Mode value) {
      return new Options(size, scaleFactor, value, alignCorners, recomputeScaleFactor);
    }

    /// Returns a copy that keeps the corners' values, or does not.
    public Options alignCorners(boolean value) {
      return new Options(size, scaleFactor, mode, value, recomputeScaleFactor);
    }

    /// Returns a copy that computes with the factor as it comes out, or as it was given.
    public Options recomputeScaleFactor(boolean value) {
      return new Options(size, scaleFactor, mode, alignCorners, value);
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
                : "scale_factor=" + factors(Objects.requireNonNull(options.scaleFactor())),
            options.mode().name().toLowerCase(Locale.ROOT).replace('_', '-'));
  }

  private static String factors(List<Double> all) {
    return all.size() == 1
        ? Repr.of(all.getFirst())
        : all.stream().map(Repr::of).collect(Collectors.joining(", ", "(", ")"));
  }
}
