// SPDX-License-Identifier: Apache-2.0

package gradus.examples.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import gradus.AvgPoolOptions;
import gradus.ConvOptions;
import gradus.ConvTransposeOptions;
import gradus.MaxPoolOptions;
import gradus.MaxResult;
import gradus.PadMode;
import gradus.Padding;
import gradus.Shape;
import gradus.Tensor;
import gradus.UnfoldOptions;
import gradus.nn.F;
import gradus.nn.Upsample;
import java.util.List;
import java.util.Locale;
import java.util.stream.StreamSupport;

/// Convolutions, poolings and other sizes: family 06.
final class SpatialTable {
  private SpatialTable() {}

  static void addTo(OpTable t) {
    t.one(
        "torch.nn.functional.conv1d",
        c -> F.conv1d(c.input(), weight(c), c.optional("bias"), conv(c.args())));
    t.one(
        "torch.nn.functional.conv2d",
        c -> F.conv2d(c.input(), weight(c), c.optional("bias"), conv(c.args())));
    t.one(
        "torch.nn.functional.conv3d",
        c -> F.conv3d(c.input(), weight(c), c.optional("bias"), conv(c.args())));
    t.one(
        "torch.nn.functional.conv_transpose1d",
        c -> F.convTranspose1d(c.input(), weight(c), c.optional("bias"), transposed(c.args())));
    t.one(
        "torch.nn.functional.conv_transpose2d",
        c -> F.convTranspose2d(c.input(), weight(c), c.optional("bias"), transposed(c.args())));
    t.one(
        "torch.nn.functional.conv_transpose3d",
        c -> F.convTranspose3d(c.input(), weight(c), c.optional("bias"), transposed(c.args())));
    t.several(
        "torch.nn.functional.max_pool3d",
        c -> found(c, c.input().maxPool3dWithIndices(max(c.args()))));
    t.one("torch.nn.functional.avg_pool3d", c -> F.avgPool3d(c.input(), avg(c.args())));
    t.one(
        "torch.nn.functional.adaptive_avg_pool3d",
        c -> F.adaptiveAvgPool3d(c.input(), outputSize(c.args())));
    t.several(
        "torch.nn.functional.adaptive_max_pool1d",
        c -> found(c, c.input().adaptiveMaxPool1dWithIndices(outputSize(c.args())[0])));
    t.several(
        "torch.nn.functional.adaptive_max_pool3d",
        c -> found(c, c.input().adaptiveMaxPool3dWithIndices(outputSize(c.args()))));
    t.several(
        "torch.nn.functional.max_pool1d",
        c -> found(c, c.input().maxPool1dWithIndices(max(c.args()))));
    t.several(
        "torch.nn.functional.max_pool2d",
        c -> found(c, c.input().maxPool2dWithIndices(max(c.args()))));
    t.one("torch.nn.functional.avg_pool1d", c -> F.avgPool1d(c.input(), avg(c.args())));
    t.one("torch.nn.functional.avg_pool2d", c -> F.avgPool2d(c.input(), avg(c.args())));
    t.one(
        "torch.nn.functional.adaptive_avg_pool2d",
        c -> F.adaptiveAvgPool2d(c.input(), outputSize(c.args())));
    t.one(
        "torch.nn.functional.adaptive_avg_pool1d",
        c -> F.adaptiveAvgPool1d(c.input(), outputSize(c.args())[0]));
    t.several(
        "torch.nn.functional.adaptive_max_pool2d",
        c -> found(c, c.input().adaptiveMaxPool2dWithIndices(outputSize(c.args()))));
    t.one("torch.nn.functional.unfold", c -> F.unfold(c.input(), windows(c.args())));
    t.one(
        "torch.nn.functional.fold",
        c -> F.fold(c.input(), Shape.of(c.args().integers("output_size")), windows(c.args())));
    t.one("torch.nn.functional.interpolate", SpatialTable::interpolate);
    t.one(
        "torch.nn.functional.pixel_shuffle",
        c -> F.pixelShuffle(c.input(), c.args().integer("upscale_factor")));
    t.one(
        "torch.nn.functional.pixel_unshuffle",
        c -> F.pixelUnshuffle(c.input(), c.args().integer("downscale_factor")));
  }

  /// Returns the maxima, and if they are asked for where they were found.
  private static List<Tensor> found(Call c, MaxResult result) {
    return c.args().flag("return_indices", false)
        ? List.of(result.values(), result.indices())
        : List.of(result.values());
  }

  private static Tensor weight(Call c) {
    return c.tensor("weight");
  }

  /// Returns the options of a convolution, whose padding may be a word.
  static ConvOptions conv(Fields a) {
    ConvOptions o = ConvOptions.defaults();
    if (a.has("padding") && a.get("padding").isTextual()) {
      o = o.padding(a.text("padding").equals("same") ? Padding.SAME : Padding.VALID);
    } else {
      o = a.setSizes(o, "padding", ConvOptions::padding);
    }
    if (a.has("padding_mode")) {
      String mode = a.text("padding_mode");
      o = o.paddingMode(mode.equals("zeros") ? PadMode.CONSTANT : ShapeTable.padMode(mode));
    }
    o = a.setSizes(o, "stride", ConvOptions::stride);
    o = a.setSizes(o, "dilation", ConvOptions::dilation);
    return o.groups(a.integer("groups", 1));
  }

  /// Returns the options of a transposed convolution.
  static ConvTransposeOptions transposed(Fields a) {
    ConvTransposeOptions o = ConvTransposeOptions.defaults();
    if (a.has("padding_mode") && !a.text("padding_mode").equals("zeros")) {
      throw new Mismatch("a transposed convolution knows no padding but zeros");
    }
    o = a.setSizes(o, "stride", ConvTransposeOptions::stride);
    o = a.setSizes(o, "padding", ConvTransposeOptions::padding);
    o = a.setSizes(o, "output_padding", ConvTransposeOptions::outputPadding);
    o = a.setSizes(o, "dilation", ConvTransposeOptions::dilation);
    return o.groups(a.integer("groups", 1));
  }

  /// Returns the options of a maximum pooling.
  static MaxPoolOptions max(Fields a) {
    MaxPoolOptions o = MaxPoolOptions.kernel(a.integers("kernel_size"));
    o = a.setSizes(o, "stride", MaxPoolOptions::stride);
    o = a.setSizes(o, "padding", MaxPoolOptions::padding);
    o = a.setSizes(o, "dilation", MaxPoolOptions::dilation);
    return a.setFlag(o, "ceil_mode", MaxPoolOptions::ceilMode);
  }

  /// Returns the options of an average pooling.
  static AvgPoolOptions avg(Fields a) {
    AvgPoolOptions o = AvgPoolOptions.kernel(a.integers("kernel_size"));
    o = a.setSizes(o, "stride", AvgPoolOptions::stride);
    o = a.setSizes(o, "padding", AvgPoolOptions::padding);
    o = a.setFlag(o, "ceil_mode", AvgPoolOptions::ceilMode);
    o = a.setFlag(o, "count_include_pad", AvgPoolOptions::countIncludePad);
    return a.given("divisor_override") ? o.divisorOverride(a.integer("divisor_override")) : o;
  }

  /// Returns the size of an adaptive pooling's output, where null is the input's.
  static int[] outputSize(Fields a) {
    JsonNode size = a.get("output_size");
    return size.isArray()
        ? StreamSupport.stream(size.spliterator(), false).mapToInt(each -> each.asInt(-1)).toArray()
        : new int[] {size.asInt(-1)};
  }

  /// Returns the options of windows made columns.
  static UnfoldOptions windows(Fields a) {
    UnfoldOptions o = UnfoldOptions.kernel(a.integers("kernel_size"));
    o = a.setSizes(o, "stride", UnfoldOptions::stride);
    o = a.setSizes(o, "padding", UnfoldOptions::padding);
    return a.setSizes(o, "dilation", UnfoldOptions::dilation);
  }

  /// Returns the options of a change of size by a factor, or to a size.
  static Upsample.Options sizes(Fields a) {
    Upsample.Options o =
        a.given("size")
            ? Upsample.size(a.integers("size"))
            : Upsample.scale(a.numbers("scale_factor"));
    a.ignore("size", "scale_factor");
    String mode = a.text("mode", "nearest").toUpperCase(Locale.ROOT).replace('-', '_');
    o = o.mode(Upsample.Mode.valueOf(mode));
    o = a.setFlag(o, "recompute_scale_factor", Upsample.Options::recomputeScaleFactor);
    return a.setFlag(o, "align_corners", Upsample.Options::alignCorners);
  }

  private static Tensor interpolate(Call c) {
    c.args().mustBe("antialias", false);
    return F.interpolate(c.input(), sizes(c.args()));
  }
}
