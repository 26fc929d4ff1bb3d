// SPDX-License-Identifier: Apache-2.0

package gradus.examples.conformance;

import gradus.nn.BCELoss;
import gradus.nn.BCEWithLogitsLoss;
import gradus.nn.CosineEmbeddingLoss;
import gradus.nn.CosineSimilarity;
import gradus.nn.CrossEntropyLoss;
import gradus.nn.GaussianNLLLoss;
import gradus.nn.HingeEmbeddingLoss;
import gradus.nn.HuberLoss;
import gradus.nn.KLDivLoss;
import gradus.nn.L1Loss;
import gradus.nn.MSELoss;
import gradus.nn.MarginRankingLoss;
import gradus.nn.Module;
import gradus.nn.MultiMarginLoss;
import gradus.nn.NLLLoss;
import gradus.nn.PairwiseDistance;
import gradus.nn.PoissonNLLLoss;
import gradus.nn.SmoothL1Loss;
import gradus.nn.SoftMarginLoss;
import gradus.nn.TripletMarginLoss;
import java.util.Map;
import java.util.function.Function;

/// How PyTorch's losses and distances are made as modules.
final class LossModules {
  private LossModules() {}

  static void addTo(Map<String, Function<Fields, Module>> makers) {
    makers.put("CrossEntropyLoss", a -> new CrossEntropyLoss(LossOptions.crossEntropy(a)));
    makers.put("NLLLoss", a -> new NLLLoss(LossOptions.nllLoss(a)));
    makers.put("SmoothL1Loss", a -> new SmoothL1Loss(LossOptions.smoothL1Loss(a)));
    makers.put("HuberLoss", a -> new HuberLoss(LossOptions.huberLoss(a)));
    makers.put("BCELoss", a -> new BCELoss(LossOptions.binaryCrossEntropy(a)));
    makers.put(
        "BCEWithLogitsLoss",
        a -> new BCEWithLogitsLoss(LossOptions.binaryCrossEntropyWithLogits(a)));
    makers.put("KLDivLoss", a -> new KLDivLoss(LossOptions.klDiv(a)));
    makers.put("PoissonNLLLoss", a -> new PoissonNLLLoss(LossOptions.poissonNllLoss(a)));
    makers.put("GaussianNLLLoss", a -> new GaussianNLLLoss(LossOptions.gaussianNllLoss(a)));
    makers.put("MultiMarginLoss", a -> new MultiMarginLoss(LossOptions.multiMarginLoss(a)));
    makers.put(
        "HingeEmbeddingLoss", a -> new HingeEmbeddingLoss(LossOptions.hingeEmbeddingLoss(a)));
    makers.put(
        "CosineEmbeddingLoss", a -> new CosineEmbeddingLoss(LossOptions.cosineEmbeddingLoss(a)));
    makers.put("MarginRankingLoss", a -> new MarginRankingLoss(LossOptions.marginRankingLoss(a)));
    makers.put("TripletMarginLoss", a -> new TripletMarginLoss(LossOptions.tripletMarginLoss(a)));
    makers.put("MSELoss", a -> new MSELoss(LossOptions.reduction(a)));
    makers.put("L1Loss", a -> new L1Loss(LossOptions.reduction(a)));
    makers.put("SoftMarginLoss", a -> new SoftMarginLoss(LossOptions.reduction(a)));
    makers.put(
        "CosineSimilarity", a -> new CosineSimilarity(a.integer("dim", 1), a.number("eps", 1e-8)));
    makers.put("PairwiseDistance", a -> new PairwiseDistance(LossOptions.pairwiseDistance(a)));
  }
}
