// SPDX-License-Identifier: Apache-2.0
package gradus;

/// Settings of a convolution; [#defaults()] has PyTorch's. Sizes are one number for all spatial
/// dimensions, or one for each.
///
/// @param stride how far neighbouring windows are apart, > 0
/// @param padding zeros around the input
/// @param dilation how far neighbouring taps of a kernel are apart, > 0
/// @param groups into how many groups the channels are divided, each convolved on its own
public record ConvOptions(Shape stride, Padding padding, Shape dilation, int groups) {
  private static final ConvOptions DEFAULTS =
      new ConvOptions(Shape.of(1), Padding.VALID, Shape.of(1), 1);

  /// Checks the settings.
  ///
  /// @throws IllegalArgumentException if a stride, a dilation or `groups` is not positive
  public ConvOptions {
    Spatial.positive("stride", stride);
    Spatial.positive("dilation", dilation);
    Spatial.positive("groups", groups);
  }

  /// Returns PyTorch's defaults: stride 1, no padding, dilation 1, one group.
  public static ConvOptions defaults() {
    return DEFAULTS;
  }

  /// Returns a copy with another stride.
  public ConvOptions stride(int... value) {
    return stride(Shape.of(value));
  }

  /// Returns a copy with another stride.
  public ConvOptions stride(Shape value) {
    return new ConvOptions(value, padding, dilation, groups);
  }

  /// Returns a copy with as many zeros on both sides.
  public ConvOptions padding(int... value) {
    return padding(Padding.of(value));
  }

  /// Returns a copy with another padding.
  public ConvOptions padding(Padding value) {
    return new ConvOptions(stride, value, dilation, groups);
  }

  /// Returns a copy with another dilation.
  public ConvOptions dilation(int... value) {
    return dilation(Shape.of(value));
  }

  /// Returns a copy with another dilation.
  public ConvOptions dilation(Shape value) {
    return new ConvOptions(stride, padding, value, groups);
  }

  /// Returns a copy with another number of groups.
  public ConvOptions groups(int value) {
    return new ConvOptions(stride, padding, dilation, value);
  }
}
