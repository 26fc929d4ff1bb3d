// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.Tensor;
import org.jspecify.annotations.Nullable;

/// The cross entropies of yes and no behind [F#binaryCrossEntropy] and
/// [F#binaryCrossEntropyWithLogits], out of tensor ops.
final class BinaryLosses {
  /// What `x · (1 − x)` is held above where the derivative divides by it: as in PyTorch, a float.
  private static final double LEAST = 1e-12f;

  private BinaryLosses() {}

  static Tensor ofProbabilities(Tensor input, Tensor target, BCELoss.Options options) {
    String op = "binaryCrossEntropy";
    check(op, input, target);
    Tensor x = input.detach();
    if (x.numel() > 0 && !(x.min().item() >= 0 && x.max().item() <= 1)) {
      throw new IllegalArgumentException(
          ("%s: the input is %s to %s, not within 0 to 1;"
                  + " for logits use binaryCrossEntropyWithLogits")
              .formatted(op, x.min().item(), x.max().item()));
    }
    Tensor inside = x.mul(x.neg().add(1)).ge(LEAST);
    Tensor losses;
    if (inside.all().item() != 0) {
      losses = entropy(input.log(), input.neg().log1p(), target);
    } else {
      Tensor safe = Tensor.where(inside, input, Tensor.full(x.dtype(), 0.5));
      losses =
          Tensor.where(
              inside, entropy(safe.log(), safe.neg().log1p(), target), saturated(input, x, target));
    }
    return options.reduction().of(weighted(op, losses, "weight", options.weight()));
  }

  /// The loss where `x` is 0 or 1, or almost: with logarithms of at least −100, and the derivative
  /// `(input − target) / LEAST`, which is that of the second term, itself 0.
  private static Tensor saturated(Tensor input, Tensor x, Tensor target) {
    Tensor value = entropy(atLeast(x.log()), atLeast(x.neg().log1p()), target);
    Tensor slope = input.mul(input.mul(0.5).sub(target.detach())).div(LEAST);
    return value.add(slope.sub(slope.detach()));
  }

  private static Tensor atLeast(Tensor log) {
    return log.clamp(-100, Double.POSITIVE_INFINITY);
  }

  static Tensor ofLogits(Tensor input, Tensor target, BCEWithLogitsLoss.Options options) {
    String op = "binaryCrossEntropyWithLogits";
    check(op, input, target);
    // ln sigmoid twice, rather than input − ln sigmoid: what is lost there are the small losses.
    Tensor yes = weighted(op, input.logsigmoid(), "posWeight", options.posWeight());
    Tensor losses = entropy(yes, input.neg().logsigmoid(), target);
    return options.reduction().of(weighted(op, losses, "weight", options.weight()));
  }

  /// Returns `−(target · yes + (1 − target) · no)`.
  private static Tensor entropy(Tensor yes, Tensor no, Tensor target) {
    return target.mul(yes).add(target.neg().add(1).mul(no)).neg();
  }

  private static void check(String op, Tensor input, Tensor target) {
    Check.pair(op, input, target);
    if (!input.shape().equals(target.shape())) {
      throw new IllegalArgumentException(
          "%s: the target is %s but the input is %s; reshape one of them"
              .formatted(op, target.shape(), input.shape()));
    }
  }

  /// Multiplies by a weight, if any, that broadcasts to the losses.
  private static Tensor weighted(String op, Tensor losses, String name, @Nullable Tensor weight) {
    if (weight == null) {
      return losses;
    }
    Check.sameType(op, "input", losses, name, weight);
    Tensor product = losses.mul(weight);
    if (!product.shape().equals(losses.shape())) {
      throw new IllegalArgumentException(
          "%s: the %s %s does not broadcast to the input %s"
              .formatted(op, name, weight.shape(), losses.shape()));
    }
    return product;
  }
}
