// SPDX-License-Identifier: Apache-2.0
package gradus;

import static gradus.Catalogue.positive;
import static gradus.Catalogue.signed;

import gradus.kernel.ConvAxis;
import gradus.kernel.ConvShape;
import gradus.kernel.PoolAxis;
import gradus.kernel.PoolShape;

/// The rows of convolutions and poolings.
final class SpatialRows {
  private SpatialRows() {}

  static void addTo(Catalogue c) {
    convolutions(c);
    transposed(c);
    weights(c);
    pools(c);
    derivatives(c);
  }

  private static void convolutions(Catalogue c) {
    ConvOptions o = ConvOptions.defaults();
    Class<? extends Node> node = Convolution.Convolve.class;
    c.row(
        node,
        "one dimension, strided and padded",
        in -> in.get(0).conv1d(in.get(1), in.get(2), o.stride(2).padding(1)),
        signed(2, 2, 5),
        positive(3, 2, 3),
        signed(3));
    c.row(
        node,
        "two dimensions, in groups, dilated",
        in -> in.get(0).conv2d(in.get(1), in.get(2), o.groups(2).dilation(1, 2).stride(2, 1)),
        signed(1, 4, 3, 4),
        positive(2, 2, 2, 2),
        signed(2));
    c.row(
        node,
        "of the same size, without a batch",
        in -> in.get(0).conv2d(in.get(1), null, o.padding(Padding.SAME)).square(),
        signed(2, 3, 3),
        positive(2, 2, 2, 3));
    c.row(
        node,
        "three dimensions",
        in -> in.get(0).conv3d(in.get(1), null, o.padding(0, 1, 0)),
        signed(1, 1, 2, 3, 2),
        positive(1, 1, 2, 2, 2));
    c.row(
        node,
        "input alone, not contiguous",
        in -> in.get(0).permute(2, 3, 0, 1).conv2d(in.get(1), null, o).square(),
        signed(3, 3, 1, 2),
        positive(1, 2, 2, 2).detach());
    c.row(
        node,
        "weight alone, not contiguous",
        in -> in.get(0).conv2d(in.get(1).transpose(0, 3), null, o).square(),
        signed(1, 2, 3, 3).detach(),
        positive(2, 2, 2, 3));
    c.row(
        node,
        "bias alone",
        in -> in.get(0).conv1d(in.get(1), in.get(2), o).square(),
        signed(2, 3).detach(),
        positive(2, 2, 2).detach(),
        signed(2));
  }

  private static void transposed(Catalogue c) {
    ConvTransposeOptions o = ConvTransposeOptions.defaults();
    Class<? extends Node> node = Convolution.ConvolveTransposed.class;
    c.row(
        node,
        "one dimension, strided, padded and extended",
        in ->
            in.get(0)
                .convTranspose1d(in.get(1), in.get(2), o.stride(2).padding(1).outputPadding(1)),
        signed(2, 2, 3),
        positive(2, 3, 3),
        signed(3));
    c.row(
        node,
        "two dimensions, in groups, dilated",
        in ->
            in.get(0)
                .convTranspose2d(in.get(1), in.get(2), o.groups(2).dilation(2, 1).stride(1, 3)),
        signed(1, 4, 2, 2),
        positive(4, 1, 2, 2),
        signed(2));
    c.row(
        node,
        "without a batch",
        in -> in.get(0).convTranspose2d(in.get(1), null, o).square(),
        signed(2, 2, 2),
        positive(2, 1, 2, 2));
  }

  private static void weights(Catalogue c) {
    ConvAxis height = new ConvAxis(4, 2, 2, 2, 0, 1);
    ConvAxis width = new ConvAxis(3, 3, 2, 1, 1, 2);
    var s = new ConvShape(2, 1, 2, 3, ConvAxis.NONE, height, width);
    c.row(
        Convolution.ConvolveWeights.class,
        "two dimensions",
        in -> Convolution.ConvolveWeights.of(in.get(0), in.get(1), s, Shape.of(3, 2, 2, 2)),
        signed(2, 2, 4, 3),
        positive(2, 3, 2, 3));
  }

  private static void pools(Catalogue c) {
    Tensor x = signed(1, 2, 5, 4);
    MaxPoolOptions max = MaxPoolOptions.kernel(2);
    c.row(Pooling.MaxPool.class, "side by side", in -> in.getFirst().maxPool2d(max).square(), x);
    c.row(
        Pooling.MaxPool.class,
        "overlapping, padded, dilated",
        in ->
            in.getFirst()
                .maxPool2d(MaxPoolOptions.kernel(3, 2).stride(1).padding(1, 1).dilation(1, 2))
                .square(),
        x);
    c.row(
        Pooling.MaxPool.class,
        "in one dimension, not contiguous",
        in -> in.getFirst().t().maxPool1d(max.stride(1)).square(),
        signed(5, 3));
    c.row(
        Pooling.MaxPool.class, "adaptive", in -> in.getFirst().adaptiveMaxPool2d(2, 3).square(), x);
    AvgPoolOptions avg = AvgPoolOptions.kernel(2);
    c.row(Pooling.AvgPool.class, "side by side", in -> in.getFirst().avgPool2d(avg).square(), x);
    c.row(
        Pooling.AvgPool.class,
        "overlapping, padded, beyond the end",
        in ->
            in.getFirst()
                .avgPool2d(avg.stride(3, 1).padding(1).ceilMode(true).countIncludePad(false))
                .square(),
        x);
    c.row(
        Pooling.AvgPool.class,
        "in one dimension, not contiguous",
        in -> in.getFirst().t().avgPool1d(avg.divisorOverride(3)).square(),
        signed(5, 3));
    c.row(
        Pooling.AvgPool.class, "adaptive", in -> in.getFirst().adaptiveAvgPool2d(3, 5).square(), x);
    UnfoldOptions windows = UnfoldOptions.kernel(2, 3).padding(1).stride(2, 1).dilation(2, 1);
    c.row(Pooling.Unfold.class, "windows", in -> in.getFirst().im2col(windows).square(), x);
    c.row(
        Pooling.Fold.class,
        "windows",
        in -> in.getFirst().col2im(Shape.of(5, 4), windows).square(),
        signed(2, 6, 12));
  }

  private static void derivatives(Catalogue c) {
    var picks = new Pooling.Picks(2, 4, 3, new int[] {1, 1, 3, 0, 2, 1});
    c.row(
        Pooling.MaxUnpool.class,
        "one place twice",
        in -> Pooling.MaxUnpool.of(in.getFirst(), picks, Shape.of(2, 4)).square(),
        signed(2, 3));
    var axis = new PoolAxis(5, new int[] {0, 1, 3}, new int[] {3, 3, 5}, 1, new int[] {2, 3, 4});
    var s = new PoolShape(2, PoolAxis.NONE, PoolAxis.NONE, axis);
    c.row(
        Pooling.AvgUnpool.class,
        "overlapping windows",
        in -> Pooling.AvgUnpool.of(in.getFirst(), s, Shape.of(2, 5)).square(),
        signed(2, 3));
  }
}
