// SPDX-License-Identifier: Apache-2.0

package gradus.examples.conformance;

import gradus.Tensor;
import gradus.nn.BCELoss;
import gradus.nn.BCEWithLogitsLoss;
import gradus.nn.CosineEmbeddingLoss;
import gradus.nn.CrossEntropyLoss;
import gradus.nn.F;
import gradus.nn.GaussianNLLLoss;
import gradus.nn.HingeEmbeddingLoss;
import gradus.nn.HuberLoss;
import gradus.nn.KLDivLoss;
import gradus.nn.MarginRankingLoss;
import gradus.nn.MultiMarginLoss;
import gradus.nn.NLLLoss;
import gradus.nn.PairwiseDistance;
import gradus.nn.PoissonNLLLoss;
import gradus.nn.Reduction;
import gradus.nn.SmoothL1Loss;
import gradus.nn.TripletMarginLoss;
import java.util.Locale;
import java.util.function.Function;

/// The losses and distances of family 06.
final class LossTable {
  private LossTable() {}

  static void addTo(OpTable t) {
    loss(t, "cross_entropy", LossTable::crossEntropy);
    loss(t, "nll_loss", LossTable::nllLoss);
    loss(t, "mse_loss", c -> F.mseLoss(input(c), target(c), reduction(c.args())));
    loss(t, "l1_loss", c -> F.l1Loss(input(c), target(c), reduction(c.args())));
    loss(t, "smooth_l1_loss", LossTable::smoothL1Loss);
    loss(t, "huber_loss", LossTable::huberLoss);
    loss(t, "binary_cross_entropy", LossTable::binaryCrossEntropy);
    loss(t, "binary_cross_entropy_with_logits", LossTable::binaryCrossEntropyWithLogits);
    loss(t, "kl_div", LossTable::klDiv);
    loss(t, "poisson_nll_loss", LossTable::poissonNllLoss);
    loss(t, "gaussian_nll_loss", LossTable::gaussianNllLoss);
    loss(t, "multi_margin_loss", LossTable::multiMarginLoss);
    loss(t, "hinge_embedding_loss", LossTable::hingeEmbeddingLoss);
    loss(t, "cosine_embedding_loss", LossTable::cosineEmbeddingLoss);
    loss(t, "margin_ranking_loss", LossTable::marginRankingLoss);
    loss(t, "triplet_margin_loss", LossTable::tripletMarginLoss);
    loss(
        t,
        "soft_margin_loss",
        c -> F.softMarginLoss(c.input(), c.tensor("target"), reduction(c.args())));
    loss(t, "cosine_similarity", LossTable::cosineSimilarity);
    loss(t, "pairwise_distance", LossTable::pairwiseDistance);
  }

  private static void loss(OpTable t, String name, Function<Call, Tensor> function) {
    t.one("torch.nn.functional." + name, function);
  }

  private static Reduction reduction(Fields args) {
    return Reduction.valueOf(args.text("reduction", "mean").toUpperCase(Locale.ROOT));
  }

  /// Returns the input as large as the target is with it: Gradus refuses to stretch both, which
  /// PyTorch warns of and does.
  private static Tensor input(Call c) {
    return c.input().expand(together(c));
  }

  /// Returns the target, as large and of the type of the input.
  private static Tensor target(Call c) {
    return c.tensor("target").expand(together(c)).to(c.input().dtype());
  }

  private static int[] together(Call c) {
    return c.input().detach().add(c.tensor("target").detach()).shape().toArray();
  }

  private static Tensor crossEntropy(Call c) {
    Fields args = c.args();
    var options =
        CrossEntropyLoss.options().weight(c.optional("weight")).reduction(reduction(args));
    options = args.setNumber(options, "label_smoothing", CrossEntropyLoss.Options::labelSmoothing);
    if (args.given("ignore_index")) {
      options = options.ignoreIndex(args.integer("ignore_index"));
    }
    return F.crossEntropy(c.input(), c.tensor("target"), options);
  }

  private static Tensor nllLoss(Call c) {
    var options = NLLLoss.options().weight(c.optional("weight")).reduction(reduction(c.args()));
    if (c.args().given("ignore_index")) {
      options = options.ignoreIndex(c.args().integer("ignore_index"));
    }
    return F.nllLoss(c.input(), c.tensor("target"), options);
  }

  private static Tensor smoothL1Loss(Call c) {
    var options = SmoothL1Loss.options().reduction(reduction(c.args()));
    options = c.args().setNumber(options, "beta", SmoothL1Loss.Options::beta);
    return F.smoothL1Loss(input(c), target(c), options);
  }

  private static Tensor huberLoss(Call c) {
    var options = HuberLoss.options().reduction(reduction(c.args()));
    options = c.args().setNumber(options, "delta", HuberLoss.Options::delta);
    return F.huberLoss(input(c), target(c), options);
  }

  private static Tensor binaryCrossEntropy(Call c) {
    var options = BCELoss.options().weight(c.optional("weight")).reduction(reduction(c.args()));
    return F.binaryCrossEntropy(c.input(), c.tensor("target"), options);
  }

  private static Tensor binaryCrossEntropyWithLogits(Call c) {
    var options =
        BCEWithLogitsLoss.options()
            .weight(c.optional("weight"))
            .posWeight(c.optional("pos_weight"))
            .reduction(reduction(c.args()));
    return F.binaryCrossEntropyWithLogits(c.input(), c.tensor("target"), options);
  }

  private static Tensor klDiv(Call c) {
    var options = KLDivLoss.options().reduction(reduction(c.args()));
    options = c.args().setFlag(options, "log_target", KLDivLoss.Options::logTarget);
    return F.klDiv(c.input(), c.tensor("target"), options);
  }

  private static Tensor poissonNllLoss(Call c) {
    var options = PoissonNLLLoss.options().reduction(reduction(c.args()));
    options = c.args().setFlag(options, "log_input", PoissonNLLLoss.Options::logInput);
    options = c.args().setFlag(options, "full", PoissonNLLLoss.Options::full);
    options = c.args().setNumber(options, "eps", PoissonNLLLoss.Options::eps);
    return F.poissonNllLoss(c.input(), c.tensor("target"), options);
  }

  private static Tensor gaussianNllLoss(Call c) {
    var options = GaussianNLLLoss.options().reduction(reduction(c.args()));
    options = c.args().setFlag(options, "full", GaussianNLLLoss.Options::full);
    options = c.args().setNumber(options, "eps", GaussianNLLLoss.Options::eps);
    return F.gaussianNllLoss(c.input(), c.tensor("target"), c.tensor("var"), options);
  }

  private static Tensor multiMarginLoss(Call c) {
    var options =
        MultiMarginLoss.options().weight(c.optional("weight")).reduction(reduction(c.args()));
    options = c.args().setNumber(options, "margin", MultiMarginLoss.Options::margin);
    options = options.p(c.args().integer("p", options.p()));
    return F.multiMarginLoss(c.input(), c.tensor("target"), options);
  }

  private static Tensor hingeEmbeddingLoss(Call c) {
    var options = HingeEmbeddingLoss.options().reduction(reduction(c.args()));
    options = c.args().setNumber(options, "margin", HingeEmbeddingLoss.Options::margin);
    return F.hingeEmbeddingLoss(c.input(), c.tensor("target"), options);
  }

  private static Tensor cosineEmbeddingLoss(Call c) {
    var options = CosineEmbeddingLoss.options().reduction(reduction(c.args()));
    options = c.args().setNumber(options, "margin", CosineEmbeddingLoss.Options::margin);
    return F.cosineEmbeddingLoss(
        c.tensor("input1"), c.tensor("input2"), c.tensor("target"), options);
  }

  private static Tensor marginRankingLoss(Call c) {
    var options = MarginRankingLoss.options().reduction(reduction(c.args()));
    options = c.args().setNumber(options, "margin", MarginRankingLoss.Options::margin);
    return F.marginRankingLoss(c.tensor("input1"), c.tensor("input2"), c.tensor("target"), options);
  }

  private static Tensor tripletMarginLoss(Call c) {
    var options = TripletMarginLoss.options().reduction(reduction(c.args()));
    options = c.args().setNumber(options, "margin", TripletMarginLoss.Options::margin);
    options = c.args().setNumber(options, "p", TripletMarginLoss.Options::p);
    options = c.args().setNumber(options, "eps", TripletMarginLoss.Options::eps);
    options = c.args().setFlag(options, "swap", TripletMarginLoss.Options::swap);
    return F.tripletMarginLoss(
        c.tensor("anchor"), c.tensor("positive"), c.tensor("negative"), options);
  }

  private static Tensor cosineSimilarity(Call c) {
    int dim = c.args().integer("dim", 1);
    return F.cosineSimilarity(c.tensor("x1"), c.tensor("x2"), dim, c.args().number("eps", 1e-8));
  }

  private static Tensor pairwiseDistance(Call c) {
    var options = PairwiseDistance.options();
    options = c.args().setNumber(options, "p", PairwiseDistance.Options::p);
    options = c.args().setNumber(options, "eps", PairwiseDistance.Options::eps);
    options = c.args().setFlag(options, "keepdim", PairwiseDistance.Options::keepdim);
    return F.pairwiseDistance(c.tensor("x1"), c.tensor("x2"), options);
  }
}
