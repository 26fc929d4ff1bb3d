// SPDX-License-Identifier: Apache-2.0
package gradus;

/// Settings of a convolution; [#defaults()] has PyTorch's. Sizes are one number for all spatial
/// dimensions, or one for each.
///
/// @param stride how far neighbouring windows are apart, > 0
/// @param padding how much is put around the input
/// @param paddingMode what is put there: zeros, for which [PadMode#CONSTANT] stands, or what the
///   input has near its edges (an option of PyTorch's layers, `padding_mode`)
/// @param dilation how far neighbouring taps of a kernel are apart, > 0
/// @param groups into how many groups the channels are divided, each convolved on its own
public record ConvOptions(
    Shape stride, Padding padding, PadMode paddingMode, Shape dilation, int groups) {
  private static final ConvOptions DEFAULTS =
      new ConvOptions(Shape.of(1), Padding.VALID, PadMode.CONSTANT, Shape.of(1), 1);

  /// Checks the settings.
  ///
  /// @throws IllegalArgumentException if a stride, a dilation or `groups` is not positive
  public ConvOptions {
    Spatial.positive("stride", stride);
    Spatial.positive("dilation", dilation);
    Spatial.positive("groups", groups);
  }

  /// Returns PyTorch's defaults: stride 1, no padding (zeros if any), dilation 1, one group.
  public static ConvOptions defaults() {
    return DEFAULTS;
  }

  /// Returns a copy with another stride.
  public ConvOptions stride(int... value) {
    return stride(Shape.of(value));
  }

  /// Returns a copy with another stride.
  public ConvOptions stride(Shape value) {
    return new ConvOptions(value, padding, paddingMode, dilation, groups);
  }

  /// Returns a copy with so much padding on both sides.
  public ConvOptions padding(int... value) {
    return padding(Padding.of(value));
  }

  /// Returns a copy with another padding.
  public ConvOptions padding(Padding value) {
    return new ConvOptions(stride, value, paddingMode, dilation, groups);
  }

  /// Returns a copy that pads with something else.
  public ConvOptions paddingMode(PadMode value) {
    return new ConvOptions(stride, padding, value, dilation, groups);
  }

  /// Returns a copy with another dilation.
  public ConvOptions dilation(int... value) {
    return dilation(Shape.of(value));
  }

  /// Returns a copy with another dilation.
  public ConvOptions dilation(Shape value) {
    return new ConvOptions(stride, padding, paddingMode, value, groups);
  }

  /// Returns a copy with another number of groups.
  public ConvOptions groups(int value) {
    return new ConvOptions(stride, padding, paddingMode, dilation, value);
  }
}
