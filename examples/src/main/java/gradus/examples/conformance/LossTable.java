// SPDX-License-Identifier: Apache-2.0

package gradus.examples.conformance;

import gradus.Tensor;
import gradus.nn.F;
import java.util.function.Function;

/// The losses and distances of family 06.
final class LossTable {
  private LossTable() {}

  static void addTo(OpTable t) {
    loss(
        t,
        "cross_entropy",
        c ->
            F.crossEntropy(
                c.input(),
                target(c),
                LossOptions.crossEntropy(c.args()).weight(c.optional("weight"))));
    loss(
        t,
        "nll_loss",
        c ->
            F.nllLoss(
                c.input(), target(c), LossOptions.nllLoss(c.args()).weight(c.optional("weight"))));
    loss(
        t,
        "smooth_l1_loss",
        c -> F.smoothL1Loss(input(c), like(c), LossOptions.smoothL1Loss(c.args())));
    loss(t, "huber_loss", c -> F.huberLoss(input(c), like(c), LossOptions.huberLoss(c.args())));
    loss(
        t,
        "binary_cross_entropy",
        c ->
            F.binaryCrossEntropy(
                c.input(),
                target(c),
                LossOptions.binaryCrossEntropy(c.args()).weight(c.optional("weight"))));
    loss(t, "kl_div", c -> F.klDiv(c.input(), target(c), LossOptions.klDiv(c.args())));
    loss(
        t,
        "poisson_nll_loss",
        c -> F.poissonNllLoss(c.input(), target(c), LossOptions.poissonNllLoss(c.args())));
    loss(
        t,
        "multi_margin_loss",
        c ->
            F.multiMarginLoss(
                c.input(),
                target(c),
                LossOptions.multiMarginLoss(c.args()).weight(c.optional("weight"))));
    loss(
        t,
        "hinge_embedding_loss",
        c -> F.hingeEmbeddingLoss(c.input(), target(c), LossOptions.hingeEmbeddingLoss(c.args())));
    loss(t, "mse_loss", c -> F.mseLoss(input(c), like(c), LossOptions.reduction(c.args())));
    loss(t, "l1_loss", c -> F.l1Loss(input(c), like(c), LossOptions.reduction(c.args())));
    loss(
        t,
        "soft_margin_loss",
        c -> F.softMarginLoss(c.input(), target(c), LossOptions.reduction(c.args())));
    loss(t, "binary_cross_entropy_with_logits", LossTable::binaryCrossEntropyWithLogits);
    loss(t, "gaussian_nll_loss", LossTable::gaussianNllLoss);
    loss(t, "cosine_embedding_loss", LossTable::cosineEmbeddingLoss);
    loss(t, "margin_ranking_loss", LossTable::marginRankingLoss);
    loss(t, "triplet_margin_loss", LossTable::tripletMarginLoss);
    loss(t, "cosine_similarity", LossTable::cosineSimilarity);
    loss(t, "pairwise_distance", LossTable::pairwiseDistance);
  }

  private static void loss(OpTable t, String name, Function<Call, Tensor> function) {
    t.one("torch.nn.functional." + name, function);
  }

  /// Returns the input as large as the target is with it: Gradus refuses to stretch both, which
  /// PyTorch warns of and does.
  private static Tensor input(Call c) {
    return c.input().expand(together(c));
  }

  /// Returns the target, as large and of the type of the input.
  private static Tensor like(Call c) {
    return c.tensor("target").expand(together(c)).to(c.input().dtype());
  }

  private static int[] together(Call c) {
    return c.input().detach().add(c.tensor("target").detach()).shape().toArray();
  }

  private static Tensor target(Call c) {
    return c.tensor("target");
  }

  private static Tensor binaryCrossEntropyWithLogits(Call c) {
    var options =
        LossOptions.binaryCrossEntropyWithLogits(c.args())
            .weight(c.optional("weight"))
            .posWeight(c.optional("pos_weight"));
    return F.binaryCrossEntropyWithLogits(c.input(), target(c), options);
  }

  private static Tensor gaussianNllLoss(Call c) {
    return F.gaussianNllLoss(
        c.input(), target(c), c.tensor("var"), LossOptions.gaussianNllLoss(c.args()));
  }

  private static Tensor cosineEmbeddingLoss(Call c) {
    return F.cosineEmbeddingLoss(
        c.tensor("input1"),
        c.tensor("input2"),
        target(c),
        LossOptions.cosineEmbeddingLoss(c.args()));
  }

  private static Tensor marginRankingLoss(Call c) {
    return F.marginRankingLoss(
        c.tensor("input1"), c.tensor("input2"), target(c), LossOptions.marginRankingLoss(c.args()));
  }

  private static Tensor tripletMarginLoss(Call c) {
    return F.tripletMarginLoss(
        c.tensor("anchor"),
        c.tensor("positive"),
        c.tensor("negative"),
        LossOptions.tripletMarginLoss(c.args()));
  }

  private static Tensor cosineSimilarity(Call c) {
    int dim = c.args().integer("dim", 1);
    return F.cosineSimilarity(c.tensor("x1"), c.tensor("x2"), dim, c.args().number("eps", 1e-8));
  }

  private static Tensor pairwiseDistance(Call c) {
    return F.pairwiseDistance(
        c.tensor("x1"), c.tensor("x2"), LossOptions.pairwiseDistance(c.args()));
  }
}
