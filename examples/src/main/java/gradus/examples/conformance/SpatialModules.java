// SPDX-License-Identifier: Apache-2.0

package gradus.examples.conformance;

import gradus.ConvOptions;
import gradus.ConvTransposeOptions;
import gradus.Shape;
import gradus.nn.AdaptiveAvgPool1d;
import gradus.nn.AdaptiveAvgPool2d;
import gradus.nn.AdaptiveMaxPool2d;
import gradus.nn.AvgPool1d;
import gradus.nn.AvgPool2d;
import gradus.nn.Conv1d;
import gradus.nn.Conv2d;
import gradus.nn.ConvTranspose1d;
import gradus.nn.ConvTranspose2d;
import gradus.nn.Fold;
import gradus.nn.MaxPool1d;
import gradus.nn.MaxPool2d;
import gradus.nn.Module;
import gradus.nn.PixelShuffle;
import gradus.nn.Unfold;
import gradus.nn.Upsample;
import java.util.Map;
import java.util.function.Function;

/// How PyTorch's modules on images and sequences are made.
final class SpatialModules {
  private SpatialModules() {}

  static void addTo(Map<String, Function<Fields, Module>> makers) {
    makers.put("Conv1d", SpatialModules::conv1d);
    makers.put("Conv2d", SpatialModules::conv2d);
    makers.put("ConvTranspose1d", SpatialModules::convTranspose1d);
    makers.put("ConvTranspose2d", SpatialModules::convTranspose2d);
    makers.put("MaxPool1d", a -> new MaxPool1d(SpatialTable.max(a)));
    makers.put("MaxPool2d", a -> new MaxPool2d(SpatialTable.max(a)));
    makers.put("AvgPool1d", a -> new AvgPool1d(SpatialTable.avg(a)));
    makers.put("AvgPool2d", a -> new AvgPool2d(SpatialTable.avg(a)));
    makers.put("AdaptiveAvgPool1d", a -> new AdaptiveAvgPool1d(a.integer("output_size")));
    makers.put("AdaptiveAvgPool2d", a -> new AdaptiveAvgPool2d(SpatialTable.outputSize(a)));
    makers.put("AdaptiveMaxPool2d", a -> new AdaptiveMaxPool2d(SpatialTable.outputSize(a)));
    makers.put("Upsample", a -> new Upsample(SpatialTable.sizes(a)));
    makers.put("PixelShuffle", a -> new PixelShuffle(a.integer("upscale_factor")));
    makers.put("Unfold", a -> new Unfold(SpatialTable.windows(a)));
    makers.put("Fold", a -> new Fold(Shape.of(a.integers("output_size")), SpatialTable.windows(a)));
  }

  private static Module conv1d(Fields a) {
    int in = a.integer("in_channels");
    int out = a.integer("out_channels");
    int kernel = a.integers("kernel_size")[0];
    ConvOptions o = SpatialTable.conv(a);
    return a.flag("bias", true)
        ? new Conv1d(in, out, kernel, o)
        : Conv1d.withoutBias(in, out, kernel, o);
  }

  private static Module conv2d(Fields a) {
    int in = a.integer("in_channels");
    int out = a.integer("out_channels");
    ConvOptions o = SpatialTable.conv(a);
    return a.flag("bias", true)
        ? new Conv2d(in, out, square(a), o)
        : Conv2d.withoutBias(in, out, square(a), o);
  }

  private static Module convTranspose1d(Fields a) {
    int in = a.integer("in_channels");
    int out = a.integer("out_channels");
    int kernel = a.integers("kernel_size")[0];
    ConvTransposeOptions o = SpatialTable.transposed(a);
    return a.flag("bias", true)
        ? new ConvTranspose1d(in, out, kernel, o)
        : ConvTranspose1d.withoutBias(in, out, kernel, o);
  }

  private static Module convTranspose2d(Fields a) {
    int in = a.integer("in_channels");
    int out = a.integer("out_channels");
    ConvTransposeOptions o = SpatialTable.transposed(a);
    return a.flag("bias", true)
        ? new ConvTranspose2d(in, out, square(a), o)
        : ConvTranspose2d.withoutBias(in, out, square(a), o);
  }

  private static Shape square(Fields a) {
    int[] sizes = a.integers("kernel_size");
    return Shape.of(sizes[0], sizes[sizes.length - 1]);
  }
}
