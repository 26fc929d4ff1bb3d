// SPDX-License-Identifier: Apache-2.0
package gradus;

import org.jspecify.annotations.Nullable;

/// The windows of a maximum pooling. Sizes are one number for all spatial dimensions, or one for
/// each.
///
/// @param kernelSize elements that a window looks at, > 0
/// @param stride how far neighbouring windows are apart, > 0, or null for the kernel's size
/// @param padding elements on both sides that lose against every other, at most half a kernel
/// @param dilation how far neighbouring elements of a window are apart, > 0
/// @param ceilMode whether the last window may go beyond the input, if it begins before its end
public record MaxPoolOptions(
    Shape kernelSize, @Nullable Shape stride, Shape padding, Shape dilation, boolean ceilMode) {
  /// Checks the settings.
  ///
  /// @throws IllegalArgumentException if kernel, stride or dilation is not positive
  public MaxPoolOptions {
    Spatial.positive("kernelSize", kernelSize);
    if (stride != null) {
      Spatial.positive("stride", stride);
    }
    Spatial.positive("dilation", dilation);
  }

  /// Returns PyTorch's defaults for windows of a size: side by side, not padded, dilation 1.
  public static MaxPoolOptions kernel(int... size) {
    return new MaxPoolOptions(Shape.of(size), null, Shape.of(0), Shape.of(1), false);
  }

  /// Returns a copy with another size of the windows.
  public MaxPoolOptions kernelSize(Shape value) {
    return new MaxPoolOptions(value, stride, padding, dilation, ceilMode);
  }

  /// Returns a copy with another stride.
  public MaxPoolOptions stride(int... value) {
    return stride(Shape.of(value));
  }

  /// Returns a copy with another stride; null for the kernel's size.
  public MaxPoolOptions stride(@Nullable Shape value) {
    return new MaxPoolOptions(kernelSize, value, padding, dilation, ceilMode);
  }

  /// Returns a copy with another padding.
  public MaxPoolOptions padding(int... value) {
    return padding(Shape.of(value));
  }

  /// Returns a copy with another padding.
  public MaxPoolOptions padding(Shape value) {
    return new MaxPoolOptions(kernelSize, stride, value, dilation, ceilMode);
  }

  /// Returns a copy with another dilation.
  public MaxPoolOptions dilation(int... value) {
    return dilation(Shape.of(value));
  }

  /// Returns a copy with another dilation.
  public MaxPoolOptions dilation(Shape value) {
    return new MaxPoolOptions(kernelSize, stride, padding, value, ceilMode);
  }

  /// Returns a copy whose last window may go beyond the input, or may not.
  public MaxPoolOptions ceilMode(boolean value) {
    return new MaxPoolOptions(kernelSize, stride, padding, dilation, value);
  }
}
