// SPDX-License-Identifier: Apache-2.0
package gradus;

/// Settings of a transposed convolution; [#defaults()] has PyTorch's. Sizes are one number for all
/// spatial dimensions, or one for each.
///
/// @param stride how far neighbouring inputs are apart in the output, > 0
/// @param padding how much is cut off the output on both sides
/// @param outputPadding by how much the output is larger at the end; less than stride or dilation
/// @param dilation how far neighbouring taps of a kernel are apart, > 0
/// @param groups into how many groups the channels are divided, each convolved on its own
public record ConvTransposeOptions(
    Shape stride, Shape padding, Shape outputPadding, Shape dilation, int groups) {
  private static final ConvTransposeOptions DEFAULTS =
      new ConvTransposeOptions(Shape.of(1), Shape.of(0), Shape.of(0), Shape.of(1), 1);

  /// Checks the settings.
  ///
  /// @throws IllegalArgumentException if a stride, a dilation or `groups` is not positive
  public ConvTransposeOptions {
    Spatial.positive("stride", stride);
    Spatial.positive("dilation", dilation);
    Spatial.positive("groups", groups);
  }

  /// Returns PyTorch's defaults: stride 1, no padding, dilation 1, one group.
  public static ConvTransposeOptions defaults() {
    return DEFAULTS;
  }

  /// Returns a copy with another stride.
  public ConvTransposeOptions stride(int... value) {
    return stride(Shape.of(value));
  }

  /// Returns a copy with another stride.
  public ConvTransposeOptions stride(Shape value) {
    return new ConvTransposeOptions(value, padding, outputPadding, dilation, groups);
  }

  /// Returns a copy with another padding.
  public ConvTransposeOptions padding(int... value) {
    return padding(Shape.of(value));
  }

  /// Returns a copy with another padding.
  public ConvTransposeOptions padding(Shape value) {
    return new ConvTransposeOptions(stride, value, outputPadding, dilation, groups);
  }

  /// Returns a copy with another output padding.
  public ConvTransposeOptions outputPadding(int... value) {
    return outputPadding(Shape.of(value));
  }

  /// Returns a copy with another output padding.
  public ConvTransposeOptions outputPadding(Shape value) {
    return new ConvTransposeOptions(stride, padding, value, dilation, groups);
  }

  /// Returns a copy with another dilation.
  public ConvTransposeOptions dilation(int... value) {
    return dilation(Shape.of(value));
  }

  /// Returns a copy with another dilation.
  public ConvTransposeOptions dilation(Shape value) {
    return new ConvTransposeOptions(stride, padding, outputPadding, value, groups);
  }

  /// Returns a copy with another number of groups.
  public ConvTransposeOptions groups(int value) {
    return new ConvTransposeOptions(stride, padding, outputPadding, dilation, value);
  }
}
