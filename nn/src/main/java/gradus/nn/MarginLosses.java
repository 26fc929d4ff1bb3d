// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.Tensor;
import java.util.Arrays;

/// The losses of what should differ by a margin, behind [F#hingeEmbeddingLoss] and its like, out of
/// tensor ops.
final class MarginLosses {
  /// What [#cosineEmbedding] adds to squared lengths.
  private static final double EPSILON = 1e-12;

  private MarginLosses() {}

  static Tensor hingeEmbedding(Tensor input, Tensor target, HingeEmbeddingLoss.Options options) {
    Check.floating("hingeEmbeddingLoss", "input", input);
    Tensor close = input.neg().add(options.margin());
    Tensor losses = chosen(target, input, positivePart(close));
    return options.reduction().of(Check.oneBroadcast("hingeEmbeddingLoss", input, target, losses));
  }

  static Tensor cosineEmbedding(
      Tensor input1, Tensor input2, Tensor target, CosineEmbeddingLoss.Options options) {
    String op = "cosineEmbeddingLoss";
    Check.floating(op, "first input", input1);
    Check.sameType(op, "first input", input1, "second input", input2);
    int dims = Math.max(input1.dim(), input2.dim());
    int[] expected = dims == 2 ? new int[] {Math.max(rows(input1), rows(input2))} : new int[0];
    if (dims < 1 || dims > 2 || !Arrays.equals(target.shape().toArray(), expected)) {
      throw new IllegalArgumentException(
          "%s: the inputs are %s and %s and the target %s; they need [N, D] and [N], or [D] and []"
              .formatted(op, input1.shape(), input2.shape(), target.shape()));
    }
    Tensor lengths =
        input1.square().sum(-1).add(EPSILON).mul(input2.square().sum(-1).add(EPSILON)).sqrt();
    Tensor cosine = input1.mul(input2).sum(-1).div(lengths);
    Tensor apart = cosine.neg().add(1);
    Tensor close = positivePart(cosine.sub(options.margin()));
    return options.reduction().of(chosen(target, apart, close));
  }

  private static int rows(Tensor input) {
    return input.dim() == 2 ? input.size(0) : 1;
  }

  static Tensor marginRanking(
      Tensor input1, Tensor input2, Tensor target, MarginRankingLoss.Options options) {
    Check.floating("marginRankingLoss", "first input", input1);
    Check.sameType("marginRankingLoss", "first input", input1, "second input", input2);
    Tensor wrong = target.neg().mul(input1.sub(input2)).add(options.margin());
    return options.reduction().of(positivePart(wrong));
  }

  static Tensor softMargin(Tensor input, Tensor target, Reduction reduction) {
    Check.floating("softMarginLoss", "input", input);
    Tensor losses = target.mul(input).logsigmoid().neg();
    return reduction.of(Check.oneBroadcast("softMarginLoss", input, target, losses));
  }

  static Tensor tripletMargin(
      Tensor anchor, Tensor positive, Tensor negative, TripletMarginLoss.Options options) {
    var norm = new PairwiseDistance.Options(options.p(), options.eps(), false);
    Tensor near = F.pairwiseDistance(anchor, positive, norm);
    Tensor far = F.pairwiseDistance(anchor, negative, norm);
    if (options.swap()) {
      far = far.minimum(F.pairwiseDistance(positive, negative, norm));
    }
    return options.reduction().of(positivePart(near.sub(far).add(options.margin())));
  }

  /// Returns `yes` where the target is 1, `no` where it is −1, and both elsewhere.
  private static Tensor chosen(Tensor target, Tensor yes, Tensor no) {
    Tensor zero = Tensor.zerosLike(yes);
    return Tensor.where(target.ne(-1), yes, zero).add(Tensor.where(target.ne(1), no, zero));
  }

  /// Returns `max(x, 0)`, whose derivative at 0 is 1, as with PyTorch's `clamp_min`.
  private static Tensor positivePart(Tensor x) {
    return x.clamp(0, Double.POSITIVE_INFINITY);
  }
}
