// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.Tensor;

/// The losses of [F], which inherits them: a file of their own, as they are many.
///
/// `input` is the prediction and `target` what it should be. Each loss is the mean over all
/// elements, or what its options say.
abstract sealed class LossFunctions extends NormFunctions permits F {
  LossFunctions() {}

  /// Returns the mean cross entropy of logits and target classes; see [CrossEntropyLoss].
  ///
  /// @throws IllegalArgumentException if shapes or dtypes do not match or a class is not in 0…C−1
  public static Tensor crossEntropy(Tensor input, Tensor target) {
    return crossEntropy(input, target, CrossEntropyLoss.options());
  }

  /// Returns the cross entropy of logits and target classes; see [CrossEntropyLoss].
  ///
  /// @throws IllegalArgumentException if shapes or dtypes do not match or a class is not in 0…C−1
  public static Tensor crossEntropy(Tensor input, Tensor target, CrossEntropyLoss.Options options) {
    return ClassLosses.crossEntropy(input, target, options);
  }

  /// Returns the mean negative log likelihood of target classes; see [NLLLoss].
  ///
  /// @throws IllegalArgumentException if shapes or dtypes do not match or a class is not in 0…C−1
  public static Tensor nllLoss(Tensor input, Tensor target) {
    return nllLoss(input, target, NLLLoss.options());
  }

  /// Returns the negative log likelihood of target classes; see [NLLLoss].
  ///
  /// @throws IllegalArgumentException if shapes or dtypes do not match or a class is not in 0…C−1
  public static Tensor nllLoss(Tensor input, Tensor target, NLLLoss.Options options) {
    return ClassLosses.nllLoss(input, target, options);
  }

  /// Returns the mean hinge loss of scores and target classes; see [MultiMarginLoss].
  ///
  /// @throws IllegalArgumentException if shapes or dtypes do not match or a class is not in 0…C−1
  public static Tensor multiMarginLoss(Tensor input, Tensor target) {
    return multiMarginLoss(input, target, MultiMarginLoss.options());
  }

  /// Returns the hinge loss of scores and target classes; see [MultiMarginLoss].
  ///
  /// @throws IllegalArgumentException if shapes or dtypes do not match or a class is not in 0…C−1
  public static Tensor multiMarginLoss(
      Tensor input, Tensor target, MultiMarginLoss.Options options) {
    return ClassLosses.multiMarginLoss(input, target, options);
  }

  /// Returns the mean cross entropy of probabilities and targets in 0…1; see [BCELoss].
  ///
  /// @throws IllegalArgumentException if shapes or dtypes differ or the input is not within 0…1
  public static Tensor binaryCrossEntropy(Tensor input, Tensor target) {
    return binaryCrossEntropy(input, target, BCELoss.options());
  }

  /// Returns the cross entropy of probabilities and targets in 0…1; see [BCELoss].
  ///
  /// @throws IllegalArgumentException if shapes or dtypes differ, the input is not within 0…1, or
  ///   the weight does not broadcast to the input
  public static Tensor binaryCrossEntropy(Tensor input, Tensor target, BCELoss.Options options) {
    return BinaryLosses.ofProbabilities(input, target, options);
  }

  /// Returns the mean cross entropy of logits and targets in 0…1; see [BCEWithLogitsLoss].
  ///
  /// @throws IllegalArgumentException if shapes or dtypes differ
  public static Tensor binaryCrossEntropyWithLogits(Tensor input, Tensor target) {
    return binaryCrossEntropyWithLogits(input, target, BCEWithLogitsLoss.options());
  }

  /// Returns the cross entropy of logits and targets in 0…1; see [BCEWithLogitsLoss].
  ///
  /// @throws IllegalArgumentException if shapes or dtypes differ or a weight does not broadcast to
  ///   the input
  public static Tensor binaryCrossEntropyWithLogits(
      Tensor input, Tensor target, BCEWithLogitsLoss.Options options) {
    return BinaryLosses.ofLogits(input, target, options);
  }

  /// Returns the mean of `target · (ln target − input)`; see [KLDivLoss], and use
  /// [Reduction#BATCHMEAN] for the divergence itself.
  ///
  /// @throws IllegalArgumentException as [#mseLoss(Tensor, Tensor, Reduction)]
  public static Tensor klDiv(Tensor input, Tensor target) {
    return klDiv(input, target, KLDivLoss.options());
  }

  /// Returns the Kullback–Leibler divergence of log probabilities; see [KLDivLoss].
  ///
  /// @throws IllegalArgumentException as [#mseLoss(Tensor, Tensor, Reduction)]
  public static Tensor klDiv(Tensor input, Tensor target, KLDivLoss.Options options) {
    Check.pair("klDiv", input, target);
    Tensor losses;
    if (options.logTarget()) {
      losses = target.exp().mul(target.sub(input));
    } else {
      // 0 · ln 0 is 0, and so is its derivative.
      Tensor positive = Tensor.where(target.eq(0), Tensor.onesLike(target), target);
      losses = target.mul(positive.log().sub(input));
    }
    return options.reduction().of(Check.oneBroadcast("klDiv", input, target, losses));
  }

  /// Returns the mean of `(input − target)²`.
  ///
  /// @throws IllegalArgumentException as [#mseLoss(Tensor, Tensor, Reduction)]
  public static Tensor mseLoss(Tensor input, Tensor target) {
    return mseLoss(input, target, Reduction.MEAN);
  }

  /// Returns `(input − target)²`, reduced. One of the two may be broadcast to the other's shape.
  ///
  /// @throws IllegalArgumentException if dtypes differ, or if both would be broadcast, as `[N, 1]`
  ///   and `[N]` to `[N, N]`
  public static Tensor mseLoss(Tensor input, Tensor target, Reduction reduction) {
    return reduction.of(difference("mseLoss", input, target).square());
  }

  /// Returns the mean of `|input − target|`.
  ///
  /// @throws IllegalArgumentException as [#l1Loss(Tensor, Tensor, Reduction)]
  public static Tensor l1Loss(Tensor input, Tensor target) {
    return l1Loss(input, target, Reduction.MEAN);
  }

  /// Returns `|input − target|`, reduced. One of the two may be broadcast to the other's shape.
  ///
  /// @throws IllegalArgumentException if dtypes differ, or if both would be broadcast, as `[N, 1]`
  ///   and `[N]` to `[N, N]`
  public static Tensor l1Loss(Tensor input, Tensor target, Reduction reduction) {
    return reduction.of(difference("l1Loss", input, target).abs());
  }

  /// Returns the mean of the absolute error, rounded off below 1; see [SmoothL1Loss].
  ///
  /// @throws IllegalArgumentException as [#mseLoss(Tensor, Tensor, Reduction)]
  public static Tensor smoothL1Loss(Tensor input, Tensor target) {
    return smoothL1Loss(input, target, SmoothL1Loss.options());
  }

  /// Returns the absolute error, rounded off below `beta`; see [SmoothL1Loss].
  ///
  /// @throws IllegalArgumentException as [#mseLoss(Tensor, Tensor, Reduction)]
  public static Tensor smoothL1Loss(Tensor input, Tensor target, SmoothL1Loss.Options options) {
    Tensor d = difference("smoothL1Loss", input, target);
    double beta = options.beta();
    return options.reduction().of(beta == 0 ? absolute(d) : huber(d, beta).div(beta));
  }

  /// Returns the mean of the squared error that goes on straight from 1 on; see [HuberLoss].
  ///
  /// @throws IllegalArgumentException as [#mseLoss(Tensor, Tensor, Reduction)]
  public static Tensor huberLoss(Tensor input, Tensor target) {
    return huberLoss(input, target, HuberLoss.options());
  }

  /// Returns the squared error that goes on straight from `delta` on; see [HuberLoss].
  ///
  /// @throws IllegalArgumentException as [#mseLoss(Tensor, Tensor, Reduction)]
  public static Tensor huberLoss(Tensor input, Tensor target, HuberLoss.Options options) {
    Tensor d = difference("huberLoss", input, target);
    return options.reduction().of(huber(d, options.delta()));
  }

  /// Returns `|d|`, whose derivative at 0 is −1, as with PyTorch's `smooth_l1_loss` of `beta` 0.
  private static Tensor absolute(Tensor d) {
    return Tensor.where(d.gt(0), d, d.neg());
  }

  /// Returns `½ d²` where `|d| ≤ delta`, else `delta · (|d| − ½ delta)`: both are `c · (d − c/2)`
  /// for the clamped `c`.
  private static Tensor huber(Tensor d, double delta) {
    Tensor c = d.clamp(-delta, delta);
    return c.mul(d.sub(c.mul(0.5)));
  }

  /// Returns the mean negative log likelihood of counts; see [PoissonNLLLoss].
  ///
  /// @throws IllegalArgumentException as [#mseLoss(Tensor, Tensor, Reduction)]
  public static Tensor poissonNllLoss(Tensor input, Tensor target) {
    return poissonNllLoss(input, target, PoissonNLLLoss.options());
  }

  /// Returns the negative log likelihood of counts; see [PoissonNLLLoss].
  ///
  /// @throws IllegalArgumentException as [#mseLoss(Tensor, Tensor, Reduction)]
  public static Tensor poissonNllLoss(Tensor input, Tensor target, PoissonNLLLoss.Options options) {
    return LikelihoodLosses.poisson(input, target, options);
  }

  /// Returns the mean negative log likelihood of numbers; see [GaussianNLLLoss].
  ///
  /// @throws IllegalArgumentException as [#gaussianNllLoss(Tensor, Tensor, Tensor,
  ///   GaussianNLLLoss.Options)]
  public static Tensor gaussianNllLoss(Tensor input, Tensor target, Tensor var) {
    return gaussianNllLoss(input, target, var, GaussianNLLLoss.options());
  }

  /// Returns the negative log likelihood of numbers; see [GaussianNLLLoss].
  ///
  /// @throws IllegalArgumentException if dtypes differ, if both input and target would be
  ///   broadcast, or if the variance is negative somewhere or has another shape
  public static Tensor gaussianNllLoss(
      Tensor input, Tensor target, Tensor var, GaussianNLLLoss.Options options) {
    return LikelihoodLosses.gaussian(input, target, var, options);
  }

  /// Returns the mean of distances, or of how far they stay below 1; see [HingeEmbeddingLoss].
  ///
  /// @throws IllegalArgumentException if the input is not floating, or if both would be broadcast
  public static Tensor hingeEmbeddingLoss(Tensor input, Tensor target) {
    return hingeEmbeddingLoss(input, target, HingeEmbeddingLoss.options());
  }

  /// Returns distances, or how far they stay below the margin; see [HingeEmbeddingLoss].
  ///
  /// @throws IllegalArgumentException if the input is not floating, or if both would be broadcast
  public static Tensor hingeEmbeddingLoss(
      Tensor input, Tensor target, HingeEmbeddingLoss.Options options) {
    return MarginLosses.hingeEmbedding(input, target, options);
  }

  /// Returns the mean of how far apart two vectors' directions are, or how close; see
  /// [CosineEmbeddingLoss].
  ///
  /// @throws IllegalArgumentException if shapes or dtypes do not match
  public static Tensor cosineEmbeddingLoss(Tensor input1, Tensor input2, Tensor target) {
    return cosineEmbeddingLoss(input1, input2, target, CosineEmbeddingLoss.options());
  }

  /// Returns how far apart two vectors' directions are, or how close; see [CosineEmbeddingLoss].
  ///
  /// @throws IllegalArgumentException if shapes or dtypes do not match
  public static Tensor cosineEmbeddingLoss(
      Tensor input1, Tensor input2, Tensor target, CosineEmbeddingLoss.Options options) {
    return MarginLosses.cosineEmbedding(input1, input2, target, options);
  }

  /// Returns the mean of how far two scores are out of order; see [MarginRankingLoss].
  ///
  /// @throws IllegalArgumentException if an input is not floating or dtypes differ
  public static Tensor marginRankingLoss(Tensor input1, Tensor input2, Tensor target) {
    return marginRankingLoss(input1, input2, target, MarginRankingLoss.options());
  }

  /// Returns how far two scores are out of order; see [MarginRankingLoss].
  ///
  /// @throws IllegalArgumentException if an input is not floating or dtypes differ
  public static Tensor marginRankingLoss(
      Tensor input1, Tensor input2, Tensor target, MarginRankingLoss.Options options) {
    return MarginLosses.marginRanking(input1, input2, target, options);
  }

  /// Returns the mean of `ln(1 + e^(−target · input))`; see [SoftMarginLoss].
  ///
  /// @throws IllegalArgumentException as [#softMarginLoss(Tensor, Tensor, Reduction)]
  public static Tensor softMarginLoss(Tensor input, Tensor target) {
    return softMarginLoss(input, target, Reduction.MEAN);
  }

  /// Returns `ln(1 + e^(−target · input))`, reduced; see [SoftMarginLoss].
  ///
  /// @throws IllegalArgumentException if the input is not floating, or if both would be broadcast
  public static Tensor softMarginLoss(Tensor input, Tensor target, Reduction reduction) {
    return MarginLosses.softMargin(input, target, reduction);
  }

  /// Returns the mean of how much farther the positive is than the negative; see
  /// [TripletMarginLoss].
  ///
  /// @throws IllegalArgumentException if dtypes differ or the shapes cannot be broadcast
  public static Tensor tripletMarginLoss(Tensor anchor, Tensor positive, Tensor negative) {
    return tripletMarginLoss(anchor, positive, negative, TripletMarginLoss.options());
  }

  /// Returns how much farther the positive is than the negative; see [TripletMarginLoss].
  ///
  /// @throws IllegalArgumentException if dtypes differ or the shapes cannot be broadcast
  public static Tensor tripletMarginLoss(
      Tensor anchor, Tensor positive, Tensor negative, TripletMarginLoss.Options options) {
    return MarginLosses.tripletMargin(anchor, positive, negative, options);
  }

  private static Tensor difference(String op, Tensor input, Tensor target) {
    Check.pair(op, input, target);
    return Check.oneBroadcast(op, input, target, input.sub(target));
  }
}
