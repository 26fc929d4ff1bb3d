// SPDX-License-Identifier: Apache-2.0
package gradus;

/// The windows of [Tensor#im2col] and [Tensor#col2im]. Sizes are one number for both dimensions, or
/// one for each.
///
/// @param kernelSize elements of a window, > 0
/// @param dilation how far neighbouring elements of a window are apart, > 0
/// @param padding zeros on both sides of the image
/// @param stride how far neighbouring windows are apart, > 0
public record UnfoldOptions(Shape kernelSize, Shape dilation, Shape padding, Shape stride) {
  /// Checks the settings.
  ///
  /// @throws IllegalArgumentException if kernel, dilation or stride is not positive
  public UnfoldOptions {
    Spatial.positive("kernelSize", kernelSize);
    Spatial.positive("dilation", dilation);
    Spatial.positive("stride", stride);
  }

  /// Returns PyTorch's defaults for windows of a size: dilation 1, no padding, stride 1.
  public static UnfoldOptions kernel(int... size) {
    return new UnfoldOptions(Shape.of(size), Shape.of(1), Shape.of(0), Shape.of(1));
  }

  /// Returns a copy with another size of the windows.
  public UnfoldOptions kernelSize(Shape value) {
    return new UnfoldOptions(value, dilation, padding, stride);
  }

  /// Returns a copy with another dilation.
  public UnfoldOptions dilation(int... value) {
    return dilation(Shape.of(value));
  }

  /// Returns a copy with another dilation.
  public UnfoldOptions dilation(Shape value) {
    return new UnfoldOptions(kernelSize, value, padding, stride);
  }

  /// Returns a copy with another padding.
  public UnfoldOptions padding(int... value) {
    return padding(Shape.of(value));
  }

  /// Returns a copy with another padding.
  public UnfoldOptions padding(Shape value) {
    return new UnfoldOptions(kernelSize, dilation, value, stride);
  }

  /// Returns a copy with another stride.
  public UnfoldOptions stride(int... value) {
    return stride(Shape.of(value));
  }

  /// Returns a copy with another stride.
  public UnfoldOptions stride(Shape value) {
    return new UnfoldOptions(kernelSize, dilation, padding, value);
  }
}
