// SPDX-License-Identifier: Apache-2.0

package gradus.examples.conformance;

import gradus.nn.BCELoss;
import gradus.nn.BCEWithLogitsLoss;
import gradus.nn.CosineEmbeddingLoss;
import gradus.nn.CrossEntropyLoss;
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

/// The options of losses and distances, by PyTorch's names: of functions and of modules.
final class LossOptions {
  private LossOptions() {}

  static Reduction reduction(Fields a) {
    return a.has("reduction")
        ? Reduction.valueOf(a.text("reduction").toUpperCase(Locale.ROOT))
        : Reduction.MEAN;
  }

  static CrossEntropyLoss.Options crossEntropy(Fields a) {
    var o = CrossEntropyLoss.options().reduction(reduction(a));
    o = a.setNumber(o, "label_smoothing", CrossEntropyLoss.Options::labelSmoothing);
    return a.has("ignore_index") ? o.ignoreIndex(a.integer("ignore_index")) : o;
  }

  static NLLLoss.Options nllLoss(Fields a) {
    var o = NLLLoss.options().reduction(reduction(a));
    return a.has("ignore_index") ? o.ignoreIndex(a.integer("ignore_index")) : o;
  }

  static SmoothL1Loss.Options smoothL1Loss(Fields a) {
    var o = SmoothL1Loss.options().reduction(reduction(a));
    return a.setNumber(o, "beta", SmoothL1Loss.Options::beta);
  }

  static HuberLoss.Options huberLoss(Fields a) {
    var o = HuberLoss.options().reduction(reduction(a));
    return a.setNumber(o, "delta", HuberLoss.Options::delta);
  }

  static BCELoss.Options binaryCrossEntropy(Fields a) {
    return BCELoss.options().reduction(reduction(a));
  }

  static BCEWithLogitsLoss.Options binaryCrossEntropyWithLogits(Fields a) {
    return BCEWithLogitsLoss.options().reduction(reduction(a));
  }

  static KLDivLoss.Options klDiv(Fields a) {
    var o = KLDivLoss.options().reduction(reduction(a));
    return a.setFlag(o, "log_target", KLDivLoss.Options::logTarget);
  }

  static PoissonNLLLoss.Options poissonNllLoss(Fields a) {
    var o = PoissonNLLLoss.options().reduction(reduction(a));
    o = a.setFlag(o, "log_input", PoissonNLLLoss.Options::logInput);
    o = a.setFlag(o, "full", PoissonNLLLoss.Options::full);
    return a.setNumber(o, "eps", PoissonNLLLoss.Options::eps);
  }

  static GaussianNLLLoss.Options gaussianNllLoss(Fields a) {
    var o = GaussianNLLLoss.options().reduction(reduction(a));
    o = a.setFlag(o, "full", GaussianNLLLoss.Options::full);
    return a.setNumber(o, "eps", GaussianNLLLoss.Options::eps);
  }

  static MultiMarginLoss.Options multiMarginLoss(Fields a) {
    var o = MultiMarginLoss.options().reduction(reduction(a));
    o = o.p(a.integer("p", o.p()));
    return a.setNumber(o, "margin", MultiMarginLoss.Options::margin);
  }

  static HingeEmbeddingLoss.Options hingeEmbeddingLoss(Fields a) {
    var o = HingeEmbeddingLoss.options().reduction(reduction(a));
    return a.setNumber(o, "margin", HingeEmbeddingLoss.Options::margin);
  }

  static CosineEmbeddingLoss.Options cosineEmbeddingLoss(Fields a) {
    var o = CosineEmbeddingLoss.options().reduction(reduction(a));
    return a.setNumber(o, "margin", CosineEmbeddingLoss.Options::margin);
  }

  static MarginRankingLoss.Options marginRankingLoss(Fields a) {
    var o = MarginRankingLoss.options().reduction(reduction(a));
    return a.setNumber(o, "margin", MarginRankingLoss.Options::margin);
  }

  static TripletMarginLoss.Options tripletMarginLoss(Fields a) {
    var o = TripletMarginLoss.options().reduction(reduction(a));
    o = a.setNumber(o, "margin", TripletMarginLoss.Options::margin);
    o = a.setNumber(o, "p", TripletMarginLoss.Options::p);
    o = a.setNumber(o, "eps", TripletMarginLoss.Options::eps);
    return a.setFlag(o, "swap", TripletMarginLoss.Options::swap);
  }

  static PairwiseDistance.Options pairwiseDistance(Fields a) {
    var o = PairwiseDistance.options();
    o = a.setNumber(o, "p", PairwiseDistance.Options::p);
    o = a.setNumber(o, "eps", PairwiseDistance.Options::eps);
    return a.setFlag(o, "keepdim", PairwiseDistance.Options::keepdim);
  }
}
