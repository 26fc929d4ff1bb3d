// SPDX-License-Identifier: Apache-2.0
package gradus;

import static gradus.ErrorsTest.row;
import static gradus.ErrorsTest.t;

import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/// What convolutions and poolings refuse.
final class SpatialErrors {
  private SpatialErrors() {}

  static Stream<Arguments> rows() {
    return Stream.of(convolutions(), transposed(), pools()).flatMap(rows -> rows);
  }

  private static Stream<Arguments> convolutions() {
    ConvOptions o = ConvOptions.defaults();
    return Stream.of(
        row(
            "conv2d: the input [8, 8] is not [N, C, H, W] or [C, H, W]",
            () -> t(8, 8).conv2d(t(4, 3, 3, 3), null, o)),
        row(
            "conv1d: the input [1, 2, 8, 8] is not [N, C, L] or [C, L]",
            () -> t(1, 2, 8, 8).conv1d(t(4, 2, 3), null, o)),
        row(
            "conv3d: the input [2, 8, 8] is not [N, C, D, H, W] or [C, D, H, W]",
            () -> t(2, 8, 8).conv3d(t(4, 2, 3, 3, 3), null, o)),
        row(
            "conv2d: the input [2, 3, 8, 8] has 3 channels, but the weight [4, 2, 3, 3] with 1 group takes 2",
            () -> t(2, 3, 8, 8).conv2d(t(4, 2, 3, 3), null, o)),
        row(
            "conv2d: the input [2, 3, 8, 8] has 3 channels, but the weight [4, 2, 3, 3] with 2 groups takes 4",
            () -> t(2, 3, 8, 8).conv2d(t(4, 2, 3, 3), null, o.groups(2))),
        row(
            "conv2d: 3 output channels of the weight [3, 2, 3, 3] cannot be divided into 2 groups",
            () -> t(2, 4, 8, 8).conv2d(t(3, 2, 3, 3), null, o.groups(2))),
        row(
            "conv2d: the kernel of the weight [3, 2, 3, 5] spans 9 in dimension 3, more than the 8 of the input [1, 2, 8, 6] with padding 1",
            () -> t(1, 2, 8, 6).conv2d(t(3, 2, 3, 5), null, o.dilation(2).padding(1))),
        row(
            "conv2d: the weight [3, 2, 3] does not have 4 dimensions with at least one element",
            () -> t(1, 2, 8, 6).conv2d(t(3, 2, 3), null, o)),
        row(
            "conv2d: the weight [3, 2, 0, 3] does not have 4 dimensions with at least one element",
            () -> t(1, 2, 8, 6).conv2d(t(3, 2, 0, 3), null, o)),
        row(
            "conv1d: the bias [2] is not [3], one number for each output channel",
            () -> t(1, 2, 8).conv1d(t(3, 2, 3), t(2), o)),
        row(
            "conv1d: stride [1, 2]: expected one number or 1",
            () -> t(1, 2, 8).conv1d(t(3, 2, 3), null, o.stride(1, 2))),
        row(
            "conv1d: Padding.SAME keeps the size where the stride is 1, here it is [2]; pad by numbers",
            () -> t(1, 2, 8).conv1d(t(3, 2, 3), null, o.stride(2).padding(Padding.SAME))),
        row(
            "conv1d: float32 and float64: the types differ; convert one with to(DType.…)",
            () -> t(1, 2, 8).conv1d(Tensor.zeros(DType.FLOAT64, 3, 2, 3), null, o)),
        row("stride: 0 is not positive", () -> o.stride(0)),
        row("dilation: 0 is not positive", () -> o.dilation(1, 0)),
        row("groups: 0 is not positive", () -> o.groups(0)),
        row("shape: [-1]: a size is negative", () -> o.padding(-1)));
  }

  private static Stream<Arguments> transposed() {
    ConvTransposeOptions o = ConvTransposeOptions.defaults();
    return Stream.of(
        row(
            "convTranspose3d: the input [8, 8] is not [N, C, D, H, W] or [C, D, H, W]",
            () -> t(8, 8).convTranspose3d(t(2, 4, 3, 3, 3), null, o)),
        row(
            "convTranspose2d: the input [2, 3, 8, 8] has 3 channels, but the weight [2, 4, 3, 3] takes 2",
            () -> t(2, 3, 8, 8).convTranspose2d(t(2, 4, 3, 3), null, o)),
        row(
            "convTranspose1d: 3 input channels of the weight [3, 4, 3] cannot be divided into 2 groups",
            () -> t(2, 3, 8).convTranspose1d(t(3, 4, 3), null, o.groups(2))),
        row(
            "convTranspose1d: the bias [4] is not [8], one number for each output channel",
            () -> t(2, 2, 8).convTranspose1d(t(2, 4, 3), t(4), o.groups(2))),
        row(
            "convTranspose1d: outputPadding [2] must be less than stride [2] or dilation [1]",
            () -> t(2, 3, 8).convTranspose1d(t(3, 4, 3), null, o.stride(2).outputPadding(2))),
        row(
            "convTranspose1d: the input [1, 3, 2] and padding [2] leave an output of size 0 in dimension 2",
            () -> t(1, 3, 2).convTranspose1d(t(3, 4, 3), null, o.padding(2))),
        row("stride: 0 is not positive", () -> o.stride(0)),
        row("dilation: 0 is not positive", () -> o.dilation(0)),
        row("groups: -1 is not positive", () -> o.groups(-1)));
  }

  private static Stream<Arguments> pools() {
    MaxPoolOptions max = MaxPoolOptions.kernel(3);
    AvgPoolOptions avg = AvgPoolOptions.kernel(3);
    return Stream.of(
        row(
            "maxPool3d: the input [8, 8] is not [N, C, D, H, W] or [C, D, H, W]",
            () -> t(8, 8).maxPool3d(max)),
        row(
            "avgPool3d: the input [8, 8] is not [N, C, D, H, W] or [C, D, H, W]",
            () -> t(8, 8).avgPool3d(avg)),
        row(
            "adaptiveAvgPool3d: the input [8, 8] is not [N, C, D, H, W] or [C, D, H, W]",
            () -> t(8, 8).adaptiveAvgPool3d(2)),
        row(
            "adaptiveMaxPool3d: the input [8, 8] is not [N, C, D, H, W] or [C, D, H, W]",
            () -> t(8, 8).adaptiveMaxPool3d(2)),
        row(
            "maxPool3dWithIndices",
            "maxPool3d: the input [8, 8] is not [N, C, D, H, W] or [C, D, H, W]",
            () -> t(8, 8).maxPool3dWithIndices(max)),
        row(
            "adaptiveMaxPool3dWithIndices",
            "adaptiveMaxPool3d: the input [8, 8] is not [N, C, D, H, W] or [C, D, H, W]",
            () -> t(8, 8).adaptiveMaxPool3dWithIndices(2)),
        row(
            "adaptiveMaxPool1d: the input [4] is not [N, C, L] or [C, L]",
            () -> t(4).adaptiveMaxPool1d(2)),
        row(
            "adaptiveMaxPool1dWithIndices",
            "adaptiveMaxPool1d: the input [4] is not [N, C, L] or [C, L]",
            () -> t(4).adaptiveMaxPool1dWithIndices(2)),
        row(
            "maxPool2d: the input [8, 8] is not [N, C, H, W] or [C, H, W]",
            () -> t(8, 8).maxPool2d(max)),
        row(
            "maxPool1d: int64 is not floating; convert it with to(DType.FLOAT32)",
            () -> Tensor.zeros(DType.INT64, 2, 3).maxPool1d(max)),
        row(
            "maxPool2d: windows that span 5 don't fit the input [1, 4, 8] with padding 0",
            () -> t(1, 4, 8).maxPool2d(max.dilation(2))),
        row(
            "maxPool2dWithIndices",
            "maxPool2d: the input [8, 8] is not [N, C, H, W] or [C, H, W]",
            () -> t(8, 8).maxPool2dWithIndices(max)),
        row(
            "maxPool1dWithIndices",
            "maxPool1d: windows that span 3 don't fit the input [1, 2] with padding 0",
            () -> t(1, 2).maxPool1dWithIndices(max)),
        row(
            "avgPool1d: windows that span 3 don't fit the input [1, 2] with padding 0",
            () -> t(1, 2).avgPool1d(avg)),
        row(
            "avgPool2d: padding 2×2 is more than half of the kernel 3×3",
            () -> t(1, 8, 8).avgPool2d(avg.padding(2))),
        row(
            "maxPool2d: kernelSize [3, 3, 3]: expected one number or 2",
            () -> t(1, 8, 8).maxPool2d(MaxPoolOptions.kernel(3, 3, 3))),
        row(
            "maxPool2d: the input [2, 0, 8, 8] has no elements to pool",
            () -> t(2, 0, 8, 8).maxPool2d(max)),
        row(
            "adaptiveAvgPool2d: the input [2, 0, 8] has no elements to pool",
            () -> t(2, 0, 8).adaptiveAvgPool2d(2)),
        row(
            "adaptiveAvgPool2d: outputSize [1, 2, 3]: expected one number or 2",
            () -> t(2, 4, 8).adaptiveAvgPool2d(1, 2, 3)),
        row(
            "adaptiveAvgPool1d: the input [4] is not [N, C, L] or [C, L]",
            () -> t(4).adaptiveAvgPool1d(2)),
        row(
            "adaptiveMaxPool2dWithIndices",
            "adaptiveMaxPool2d: the input [4, 8] is not [N, C, H, W] or [C, H, W]",
            () -> t(4, 8).adaptiveMaxPool2dWithIndices(2)),
        row(
            "adaptiveMaxPool2d: outputSize [-2]: expected sizes, or -1 for the input's",
            () -> t(2, 4, 8).adaptiveMaxPool2d(-2)),
        row(
            "im2col: windows that span 9 don't fit the input [1, 8, 8] with padding 0",
            () -> t(1, 8, 8).im2col(UnfoldOptions.kernel(9))),
        row(
            "col2im: the input [2, 4, 2, 2] is not [N, C · kernel, L] or [C · kernel, L]",
            () -> t(2, 4, 2, 2).col2im(Shape.of(3), UnfoldOptions.kernel(2))),
        row(
            "col2im: the input [6, 4] does not end in a multiple of 4, the elements of a window, and 4, the number of windows in 3×3",
            () -> t(6, 4).col2im(Shape.of(3), UnfoldOptions.kernel(2))),
        row(
            "col2im: the input [8, 5] does not end in a multiple of 4, the elements of a window, and 4, the number of windows in 3×3",
            () -> t(8, 5).col2im(Shape.of(3), UnfoldOptions.kernel(2))),
        row("kernelSize: 0 is not positive", () -> MaxPoolOptions.kernel(0)),
        row("stride: 0 is not positive", () -> max.stride(0)),
        row("dilation: 0 is not positive", () -> max.dilation(0)),
        row("kernelSize: 0 is not positive", () -> AvgPoolOptions.kernel(2, 0)),
        row("stride: 0 is not positive", () -> avg.stride(0)),
        row("divisorOverride: 0 divides nothing", () -> avg.divisorOverride(0)),
        row("stride: 0 is not positive", () -> UnfoldOptions.kernel(2).stride(0)));
  }
}
