// SPDX-License-Identifier: Apache-2.0
package gradus.testing;

import static gradus.testing.GradAssertions.assertSameBits;
import static gradus.testing.OpChecks.check;

import gradus.AvgPoolOptions;
import gradus.ConvOptions;
import gradus.ConvTransposeOptions;
import gradus.MaxPoolOptions;
import gradus.MaxResult;
import gradus.Shape;
import gradus.Tensor;
import gradus.UnfoldOptions;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;

/// Convolutions and poolings of images and sequences.
class SpatialDerivativesTest {
  /// An input, a weight and a bias that fit, without groups, and settings that the sizes allow for.
  record Filter(Tensor x, Tensor weight, Tensor bias, ConvOptions options) {
    List<Tensor> all() {
      return List.of(x, weight, bias);
    }

    ConvTransposeOptions transposed() {
      return ConvTransposeOptions.defaults().stride(options.stride()).dilation(options.dilation());
    }
  }

  @OpProperty({"conv1d(Tensor, Tensor, ConvOptions)"})
  void conv1d(@ForAll("filters1") Filter f) {
    check(in -> in.get(0).conv1d(in.get(1), in.get(2), f.options()), f.all());
    check((x, w) -> x.conv1d(w, null, f.options()), f.x(), f.weight());
  }

  @OpProperty({"conv2d(Tensor, Tensor, ConvOptions)"})
  void conv2d(@ForAll("filters2") Filter f) {
    check(in -> in.get(0).conv2d(in.get(1), in.get(2), f.options()), f.all());
  }

  @OpProperty({"conv3d(Tensor, Tensor, ConvOptions)"})
  void conv3d(@ForAll("filters3") Filter f) {
    check(in -> in.get(0).conv3d(in.get(1), in.get(2), f.options()), f.all());
  }

  @OpProperty({"convTranspose1d(Tensor, Tensor, ConvTransposeOptions)"})
  void convTranspose1d(@ForAll("filters1") Filter f) {
    check(
        in -> in.get(0).convTranspose1d(in.get(1).transpose(0, 1), in.get(2), f.transposed()),
        f.all());
  }

  @OpProperty({"convTranspose2d(Tensor, Tensor, ConvTransposeOptions)"})
  void convTranspose2d(@ForAll("filters2") Filter f) {
    check(
        in -> in.get(0).convTranspose2d(in.get(1).transpose(0, 1), in.get(2), f.transposed()),
        f.all());
  }

  @OpProperty({"convTranspose3d(Tensor, Tensor, ConvTransposeOptions)"})
  void convTranspose3d(@ForAll("filters3") Filter f) {
    check(
        in -> in.get(0).convTranspose3d(in.get(1).transpose(0, 1), in.get(2), f.transposed()),
        f.all());
  }

  @OpProperty({
    "maxPool1d(MaxPoolOptions)",
    "maxPool1dWithIndices(MaxPoolOptions)",
    "avgPool1d(AvgPoolOptions)",
    "adaptiveAvgPool1d(int)",
    "adaptiveMaxPool1d(int)",
    "adaptiveMaxPool1dWithIndices(int)"
  })
  void pool1d(@ForAll("windows1") Window w) {
    check(x -> x.maxPool1d(w.max()), w.x());
    check(x -> x.maxPool1dWithIndices(w.max()).values(), w.x());
    check(x -> x.avgPool1d(w.avg()), w.x());
    check(x -> x.adaptiveAvgPool1d(w.kernel()), w.x());
    check(x -> x.adaptiveMaxPool1d(w.kernel()), w.x());
    MaxResult adaptive = w.x().adaptiveMaxPool1dWithIndices(w.kernel());
    assertSameBits(w.x().gather(-1, adaptive.indices()), adaptive.values());
    MaxResult max = w.x().maxPool1dWithIndices(w.max());
    assertSameBits(w.x().gather(-1, max.indices()), max.values());
  }

  @OpProperty({
    "maxPool2d(MaxPoolOptions)",
    "maxPool2dWithIndices(MaxPoolOptions)",
    "avgPool2d(AvgPoolOptions)"
  })
  void pool2d(@ForAll("windows2") Window w) {
    check(x -> x.maxPool2d(w.max()), w.x());
    check(x -> x.avgPool2d(w.avg()), w.x());
    picked(2, w.x(), w.x().maxPool2dWithIndices(w.max()));
  }

  @OpProperty({
    "adaptiveAvgPool2d(int...)",
    "adaptiveMaxPool2d(int...)",
    "adaptiveMaxPool2dWithIndices(int...)"
  })
  void adaptivePool2d(@ForAll("windows2") Window w) {
    check(x -> x.adaptiveAvgPool2d(w.kernel(), 2), w.x());
    check(x -> x.adaptiveMaxPool2d(w.kernel(), -1), w.x());
    picked(2, w.x(), w.x().adaptiveMaxPool2dWithIndices(2, w.kernel()));
  }

  @OpProperty({
    "maxPool3d(MaxPoolOptions)",
    "maxPool3dWithIndices(MaxPoolOptions)",
    "avgPool3d(AvgPoolOptions)"
  })
  void pool3d(@ForAll("windows3") Window w) {
    check(x -> x.maxPool3d(w.max()), w.x());
    check(x -> x.avgPool3d(w.avg()), w.x());
    picked(3, w.x(), w.x().maxPool3dWithIndices(w.max()));
  }

  @OpProperty({
    "adaptiveAvgPool3d(int...)",
    "adaptiveMaxPool3d(int...)",
    "adaptiveMaxPool3dWithIndices(int...)"
  })
  void adaptivePool3d(@ForAll("windows3") Window w) {
    check(x -> x.adaptiveAvgPool3d(w.kernel(), 2, 1), w.x());
    check(x -> x.adaptiveMaxPool3d(w.kernel(), -1, 2), w.x());
    picked(3, w.x(), w.x().adaptiveMaxPool3dWithIndices(2, w.kernel(), 1));
  }

  private static void picked(int rank, Tensor x, MaxResult max) {
    Tensor elements = x.flatten(-rank).gather(-1, max.indices().flatten(-rank));
    assertSameBits(elements, max.values().flatten(-rank));
  }

  @OpProperty({"im2col(UnfoldOptions)", "col2im(Shape, UnfoldOptions)"})
  void windows(@ForAll("windows2") Window w) {
    UnfoldOptions options =
        UnfoldOptions.kernel(w.kernel()).stride(w.stride()).padding(w.padding());
    check(x -> x.im2col(options), w.x());
    Shape size = Shape.of(w.x().size(-2), w.x().size(-1));
    check(x -> x.col2im(size, options), w.x().im2col(options));
  }

  /// An input whose elements differ, and windows that fit.
  record Window(Tensor x, int kernel, int stride, int padding) {
    MaxPoolOptions max() {
      return MaxPoolOptions.kernel(kernel).stride(stride).padding(padding);
    }

    AvgPoolOptions avg() {
      return AvgPoolOptions.kernel(kernel)
          .stride(stride)
          .padding(padding)
          .ceilMode(stride == 2)
          .countIncludePad(kernel == 2);
    }
  }

  @Provide
  Arbitrary<Window> windows1() {
    return windows(1);
  }

  @Provide
  Arbitrary<Window> windows2() {
    return windows(2);
  }

  @Provide
  Arbitrary<Window> windows3() {
    return windows(3);
  }

  private static Arbitrary<Window> windows(int rank) {
    return Combinators.combine(
            Shapes.any().rank(rank + 2, rank + 2).sizes(1, 2),
            Shapes.uniform(1, 3).list().ofSize(rank),
            Shapes.uniform(1, 3),
            Shapes.uniform(1, 2),
            Shapes.uniform(0, 1),
            Shapes.uniform(0, 1))
        .flatAs(
            (sizes, larger, kernel, stride, padding, unbatched) -> {
              int[] x = new int[rank + 2 - unbatched];
              x[0] = sizes.size(0);
              x[1 - unbatched] = sizes.size(1);
              for (int i = 0; i < rank; i++) {
                x[i + 2 - unbatched] = kernel + larger.get(i) - 1;
              }
              return Tensors.float64()
                  .distinct()
                  .of(Shape.of(x))
                  .map(input -> new Window(input, kernel, stride, Math.min(padding, kernel / 2)));
            });
  }

  @Provide
  Arbitrary<Filter> filters1() {
    return filters(1);
  }

  @Provide
  Arbitrary<Filter> filters2() {
    return filters(2);
  }

  @Provide
  Arbitrary<Filter> filters3() {
    return filters(3);
  }

  private static Arbitrary<Filter> filters(int rank) {
    return Combinators.combine(
            Shapes.any().rank(rank + 3, rank + 3).sizes(1, 2),
            Shapes.uniform(1, 3).list().ofSize(rank),
            Shapes.uniform(1, 2),
            Shapes.uniform(0, 1),
            Shapes.uniform(1, 2),
            Shapes.uniform(0, 1))
        .flatAs(
            (sizes, larger, stride, padding, dilation, unbatched) -> {
              ConvOptions options =
                  ConvOptions.defaults().stride(stride).padding(padding).dilation(dilation);
              int[] x = new int[rank + 2 - unbatched];
              int[] w = new int[rank + 2];
              x[0] = sizes.size(0);
              x[1 - unbatched] = sizes.size(1);
              w[0] = sizes.size(2);
              w[1] = sizes.size(1);
              for (int i = 0; i < rank; i++) {
                w[i + 2] = sizes.size(i + 3);
                x[i + 2 - unbatched] = (w[i + 2] - 1) * dilation + larger.get(i);
              }
              return Combinators.combine(
                      Tensors.float64().of(Shape.of(x)),
                      Tensors.float64().of(Shape.of(w)),
                      Tensors.float64().of(Shape.of(w[0])))
                  .as((input, weight, bias) -> new Filter(input, weight, bias, options));
            });
  }
}
