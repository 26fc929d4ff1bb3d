// SPDX-License-Identifier: Apache-2.0
package gradus;

import org.jspecify.annotations.Nullable;

/// The windows of an average pooling. Sizes are one number for all spatial dimensions, or one for
/// each.
///
/// @param kernelSize elements that a window looks at, > 0
/// @param stride how far neighbouring windows are apart, > 0, or null for the kernel's size
/// @param padding zeros on both sides, at most half a kernel
/// @param ceilMode whether the last window may go beyond the input, if it begins before its end
/// @param countIncludePad whether a sum is divided by the number of elements with the padding's, or
///   without
/// @param divisorOverride by what to divide instead, not 0, or null
public record AvgPoolOptions(
    Shape kernelSize,
    @Nullable Shape stride,
    Shape padding,
    boolean ceilMode,
    boolean countIncludePad,
    @Nullable Integer divisorOverride) {
  /// Checks the settings.
  ///
  /// @throws IllegalArgumentException if kernel or stride is not positive, or the divisor is 0
  public AvgPoolOptions {
    Spatial.positive("kernelSize", kernelSize);
    if (stride != null) {
      Spatial.positive("stride", stride);
    }
    if (divisorOverride != null && divisorOverride == 0) {
      throw new IllegalArgumentException("divisorOverride: 0 divides nothing");
    }
  }

  /// Returns PyTorch's defaults for windows of a size: side by side, not padded, the padding
  /// counted.
  public static AvgPoolOptions kernel(int... size) {
    return new AvgPoolOptions(Shape.of(size), null, Shape.of(0), false, true, null);
  }

  /// Returns a copy with another size of the windows.
  public AvgPoolOptions kernelSize(Shape value) {
    return new AvgPoolOptions(value, stride, padding, ceilMode, countIncludePad, divisorOverride);
  }

  /// Returns a copy with another stride.
  public AvgPoolOptions stride(int... value) {
    return stride(Shape.of(value));
  }

  /// Returns a copy with another stride; null for the kernel's size.
  public AvgPoolOptions stride(@Nullable Shape value) {
    return new AvgPoolOptions(
        kernelSize, value, padding, ceilMode, countIncludePad, divisorOverride);
  }

  /// Returns a copy with another padding.
  public AvgPoolOptions padding(int... value) {
    return padding(Shape.of(value));
  }

  /// Returns a copy with another padding.
  public AvgPoolOptions padding(Shape value) {
    return new AvgPoolOptions(
        kernelSize, stride, value, ceilMode, countIncludePad, divisorOverride);
  }

  /// Returns a copy whose last window may go beyond the input, or may not.
  public AvgPoolOptions ceilMode(boolean value) {
    return new AvgPoolOptions(kernelSize, stride, padding, value, countIncludePad, divisorOverride);
  }

  /// Returns a copy that counts the padding, or does not.
  public AvgPoolOptions countIncludePad(boolean value) {
    return new AvgPoolOptions(kernelSize, stride, padding, ceilMode, value, divisorOverride);
  }

  /// Returns a copy that divides by another number; null for the number of elements.
  public AvgPoolOptions divisorOverride(@Nullable Integer value) {
    return new AvgPoolOptions(kernelSize, stride, padding, ceilMode, countIncludePad, value);
  }
}
