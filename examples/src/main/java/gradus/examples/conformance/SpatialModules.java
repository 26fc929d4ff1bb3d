// SPDX-License-Identifier: Apache-2.0

package gradus.examples.conformance;

import gradus.ConvOptions;
import gradus.ConvTransposeOptions;
import gradus.Shape;
import gradus.nn.AdaptiveAvgPool1d;
import gradus.nn.AdaptiveAvgPool2d;
import gradus.nn.AdaptiveAvgPool3d;
import gradus.nn.AdaptiveMaxPool1d;
import gradus.nn.AdaptiveMaxPool2d;
import gradus.nn.AdaptiveMaxPool3d;
import gradus.nn.AvgPool1d;
import gradus.nn.AvgPool2d;
import gradus.nn.AvgPool3d;
import gradus.nn.Conv1d;
import gradus.nn.Conv2d;
import gradus.nn.Conv3d;
import gradus.nn.ConvTranspose1d;
import gradus.nn.ConvTranspose2d;
import gradus.nn.ConvTranspose3d;
import gradus.nn.Fold;
import gradus.nn.MaxPool1d;
import gradus.nn.MaxPool2d;
import gradus.nn.MaxPool3d;
import gradus.nn.Module;
import gradus.nn.PixelShuffle;
import gradus.nn.PixelUnshuffle;
import gradus.nn.Unfold;
import gradus.nn.Upsample;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;

/// How PyTorch's modules on images and sequences are made.
final class SpatialModules {
  private SpatialModules() {}

  static void addTo(Map<String, Function<Fields, Module>> makers) {
    conv(
        makers,
        1,
        (in, out, k, o) -> new Conv1d(in, out, k.size(0), o),
        (in, out, k, o) -> Conv1d.withoutBias(in, out, k.size(0), o));
    conv(makers, 2, Conv2d::new, Conv2d::withoutBias);
    conv(makers, 3, Conv3d::new, Conv3d::withoutBias);
    transposed(
        makers,
        1,
        (in, out, k, o) -> new ConvTranspose1d(in, out, k.size(0), o),
        (in, out, k, o) -> ConvTranspose1d.withoutBias(in, out, k.size(0), o));
    transposed(makers, 2, ConvTranspose2d::new, ConvTranspose2d::withoutBias);
    transposed(makers, 3, ConvTranspose3d::new, ConvTranspose3d::withoutBias);
    makers.put("MaxPool1d", a -> new MaxPool1d(SpatialTable.max(a)));
    makers.put("MaxPool2d", a -> new MaxPool2d(SpatialTable.max(a)));
    makers.put("MaxPool3d", a -> new MaxPool3d(SpatialTable.max(a)));
    makers.put("AvgPool3d", a -> new AvgPool3d(SpatialTable.avg(a)));
    makers.put("AvgPool1d", a -> new AvgPool1d(SpatialTable.avg(a)));
    makers.put("AvgPool2d", a -> new AvgPool2d(SpatialTable.avg(a)));
    makers.put("AdaptiveAvgPool1d", a -> new AdaptiveAvgPool1d(SpatialTable.outputSize(a)[0]));
    makers.put("AdaptiveAvgPool2d", a -> new AdaptiveAvgPool2d(SpatialTable.outputSize(a)));
    makers.put("AdaptiveMaxPool2d", a -> new AdaptiveMaxPool2d(SpatialTable.outputSize(a)));
    makers.put("AdaptiveAvgPool3d", a -> new AdaptiveAvgPool3d(SpatialTable.outputSize(a)));
    makers.put("AdaptiveMaxPool1d", a -> new AdaptiveMaxPool1d(SpatialTable.outputSize(a)[0]));
    makers.put("AdaptiveMaxPool3d", a -> new AdaptiveMaxPool3d(SpatialTable.outputSize(a)));
    makers.put("PixelUnshuffle", a -> new PixelUnshuffle(a.integer("downscale_factor")));
    makers.put("Upsample", a -> new Upsample(SpatialTable.sizes(a)));
    makers.put("PixelShuffle", a -> new PixelShuffle(a.integer("upscale_factor")));
    makers.put("Unfold", a -> new Unfold(SpatialTable.windows(a)));
    makers.put("Fold", a -> new Fold(Shape.of(a.integers("output_size")), SpatialTable.windows(a)));
  }

  /// What a convolution takes beside its channels and kernel.
  private interface Maker<O> {
    Module make(int inChannels, int outChannels, Shape kernelSize, O options);
  }

  private static <O> Module make(Fields a, int rank, O o, Maker<O> biased, Maker<O> plain) {
    int[] sizes = a.integers("kernel_size");
    int[] kernel = new int[rank];
    Arrays.setAll(kernel, i -> sizes[sizes.length == 1 ? 0 : i]);
    Maker<O> maker = a.flag("bias", true) ? biased : plain;
    return maker.make(a.integer("in_channels"), a.integer("out_channels"), Shape.of(kernel), o);
  }

  private static void conv(
      Map<String, Function<Fields, Module>> makers,
      int rank,
      Maker<ConvOptions> biased,
      Maker<ConvOptions> plain) {
    makers.put("Conv" + rank + "d", a -> make(a, rank, SpatialTable.conv(a), biased, plain));
  }

  private static void transposed(
      Map<String, Function<Fields, Module>> makers,
      int rank,
      Maker<ConvTransposeOptions> biased,
      Maker<ConvTransposeOptions> plain) {
    makers.put(
        "ConvTranspose" + rank + "d",
        a -> make(a, rank, SpatialTable.transposed(a), biased, plain));
  }
}
