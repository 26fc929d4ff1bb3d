// SPDX-License-Identifier: Apache-2.0
package gradus;

import static gradus.Catalogue.positive;
import static gradus.Catalogue.signed;
import static gradus.Catalogue.transposed;

/// The rows of softmax and normalisations.
final class NormRows {
  private NormRows() {}

  static void addTo(Catalogue c) {
    softmax(c);
    channelNormalization(c);
    rowNormalization(c);
    groupNormalization(c);
  }

  private static void softmax(Catalogue c) {
    Tensor weights = positive(3, 4).detach();
    c.row(
        Normalization.Softmax.class,
        "rows",
        in -> in.getFirst().softmax(1).mul(weights),
        signed(3, 4));
    c.row(
        Normalization.Softmax.class,
        "columns",
        in -> in.getFirst().softmax(0).mul(weights),
        signed(3, 4));
    c.row(Normalization.Softmax.class, "scalar", in -> in.getFirst().softmax(0), signed());
    c.row(
        Normalization.LogSoftmax.class,
        "rows",
        in -> in.getFirst().logSoftmax(-1).mul(weights),
        signed(3, 4));
    c.row(
        Normalization.LogSoftmax.class,
        "columns",
        in -> in.getFirst().logSoftmax(0).mul(weights),
        signed(3, 4));
  }

  private static void channelNormalization(Catalogue c) {
    c.row(
        ChannelNormalization.BatchNorm.class,
        "weight and bias",
        in -> in.get(0).batchNorm(in.get(1), in.get(2), 1e-3).output(),
        signed(5, 3),
        positive(3),
        signed(3));
    c.row(
        ChannelNormalization.BatchNorm.class,
        "plain",
        in -> in.get(0).batchNorm(null, null, 1e-3).output(),
        signed(5, 3));
    c.row(
        ChannelNormalization.BatchNorm.class,
        "channels in the middle",
        in -> in.get(0).batchNorm(in.get(1), in.get(2), 1e-3).output(),
        signed(3, 2, 4),
        positive(2),
        signed(2));
    c.row(
        ChannelNormalization.BatchNorm.class,
        "weight alone",
        in -> in.get(0).batchNorm(in.get(1), signed(3).detach(), 1e-3).output().square(),
        signed(5, 3).detach(),
        positive(3));
    Class<? extends Node> given = ChannelNormalization.BatchNormEval.class;
    c.row(
        given,
        "all inputs",
        in -> in.get(0).batchNorm(in.get(1), in.get(2), in.get(3), in.get(4), 1e-3),
        signed(5, 3),
        signed(3),
        positive(3),
        signed(3),
        signed(3));
    c.row(
        given,
        "plain",
        in -> in.get(0).batchNorm(in.get(1), in.get(2), null, null, 1e-3).square(),
        signed(5, 3),
        signed(3),
        positive(3));
    c.row(
        given,
        "channels in the middle",
        in -> in.get(0).batchNorm(in.get(1), in.get(2), in.get(3), in.get(4), 1e-3),
        signed(3, 2, 4),
        signed(2),
        positive(2),
        signed(2),
        signed(2));
    c.row(
        given,
        "not contiguous",
        in -> in.get(0).batchNorm(in.get(1), in.get(2), in.get(3), null, 1e-3),
        transposed(signed(4, 3)),
        signed(4),
        positive(4),
        signed(4));
    c.row(
        given,
        "statistics that are constants",
        in -> in.get(0).batchNorm(in.get(1), in.get(2), in.get(3), in.get(4), 1e-3).square(),
        signed(5, 3),
        signed(3).detach(),
        positive(3).detach(),
        signed(3),
        signed(3));
    c.row(
        given,
        "mean and bias alone",
        in -> in.get(0).batchNorm(in.get(1), in.get(2), null, in.get(3), 1e-3).square(),
        signed(5, 3).detach(),
        signed(3),
        positive(3).detach(),
        signed(3));
    c.row(
        given,
        "weight alone",
        in -> in.get(0).batchNorm(in.get(1), in.get(2), in.get(3), null, 1e-3).square(),
        signed(5, 3).detach(),
        signed(3).detach(),
        positive(3).detach(),
        signed(3));
  }

  private static void groupNormalization(Catalogue c) {
    Class<? extends Node> node = RowNormalization.GroupNorm.class;
    c.row(
        node,
        "weight and bias",
        in -> in.get(0).groupNorm(2, in.get(1), in.get(2), 1e-3),
        signed(2, 4, 3),
        positive(4),
        signed(4));
    c.row(node, "plain", in -> in.getFirst().groupNorm(3, null, null, 1e-3), signed(2, 3, 2, 2));
    c.row(
        node,
        "not contiguous",
        in -> in.get(0).groupNorm(1, transposed(positive(4)), in.get(1), 1e-3),
        transposed(signed(4, 3)),
        signed(4));
    c.row(
        node,
        "weight alone",
        in -> in.get(0).groupNorm(2, in.get(1), null, 1e-3).square(),
        signed(3, 4).detach(),
        positive(4));
  }

  private static void rowNormalization(Catalogue c) {
    Shape four = Shape.of(4);
    Shape matrix = Shape.of(3, 4);
    Class<? extends Node> node = RowNormalization.LayerNorm.class;
    c.row(
        node,
        "weight and bias",
        in -> in.get(0).layerNorm(four, in.get(1), in.get(2), 1e-3),
        signed(2, 3, 4),
        positive(4),
        signed(4));
    c.row(node, "plain", in -> in.getFirst().layerNorm(four, null, null, 1e-3), signed(3, 4));
    c.row(
        node,
        "two dimensions",
        in -> in.get(0).layerNorm(matrix, in.get(1), in.get(2), 1e-3).square(),
        signed(2, 3, 4),
        positive(3, 4),
        signed(3, 4));
    c.row(
        node,
        "not contiguous",
        in -> in.get(0).layerNorm(four, transposed(positive(4)), in.get(1), 1e-3),
        transposed(signed(4, 3)),
        signed(4));
    c.row(
        node,
        "weight alone",
        in -> in.get(0).layerNorm(four, in.get(1), null, 1e-3).square(),
        signed(3, 4).detach(),
        positive(4));
    c.row(
        node,
        "mean squares and weight",
        in -> in.get(0).rmsNorm(four, in.get(1), 1e-3),
        signed(2, 3, 4),
        positive(4));
    c.row(node, "mean squares", in -> in.getFirst().rmsNorm(matrix, null, 1e-3), signed(2, 3, 4));
  }
}
