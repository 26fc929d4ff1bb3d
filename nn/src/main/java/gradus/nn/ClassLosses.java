// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.DType;
import gradus.Tensor;
import java.util.Arrays;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// The losses of class targets behind [F#crossEntropy], [F#nllLoss] and [F#multiMarginLoss], out of
/// tensor ops.
///
/// Class `c` of element `n` is at `[n, c]`; `C` is dimension 1, or 0 if there is no batch.
final class ClassLosses {
  private ClassLosses() {}

  static Tensor crossEntropy(Tensor input, Tensor target, CrossEntropyLoss.Options options) {
    checkInput("crossEntropy", input, options.weight());
    Tensor logProbabilities = input.logSoftmax(classDim(input));
    return target.dtype().isFloating()
        ? ofProbabilities(logProbabilities, target, options)
        : ofClasses("crossEntropy", logProbabilities, target, options);
  }

  static Tensor nllLoss(Tensor input, Tensor target, NLLLoss.Options options) {
    checkInput("nllLoss", input, options.weight());
    if (target.dtype().isFloating()) {
      throw new IllegalArgumentException(
          "nllLoss: the target is %s, not classes; convert it with to(DType.INT64)"
              .formatted(target.dtype()));
    }
    var unsmoothed =
        new CrossEntropyLoss.Options(
            options.weight(), options.ignoreIndex(), 0, options.reduction());
    return ofClasses("nllLoss", input, target, unsmoothed);
  }

  static Tensor multiMarginLoss(Tensor input, Tensor target, MultiMarginLoss.Options options) {
    String op = "multiMarginLoss";
    checkInput(op, input, options.weight());
    if (input.dim() == 1 && target.dim() == 1) {
      // As with PyTorch's, one example whose class is in a list is a batch.
      return multiMarginLoss(input.unsqueeze(0), target, options);
    }
    if (input.dim() > 2) {
      throw new IllegalArgumentException(
          "%s: the input is %s; it needs [C] or [N, C]".formatted(op, input.shape()));
    }
    checkClasses(op, input, target, OptionalLong.empty());
    Tensor index = target.to(DType.INT64).unsqueeze(-1);
    Tensor margins = input.sub(input.gather(-1, index)).add(options.margin()).relu();
    if (options.p() == 2) {
      margins = margins.square();
    }
    Tensor others = index.ne(Tensor.arange(input.size(-1)));
    Tensor losses =
        Tensor.where(others, margins, Tensor.zerosLike(margins))
            .sum(-1)
            .div((double) input.size(-1));
    Tensor weight = options.weight();
    if (weight != null) {
      losses = losses.mul(ofElements(weight, target.to(DType.INT64)));
    }
    return options.reduction().of(losses);
  }

  /// Returns the weight of each element's class.
  private static Tensor ofElements(Tensor weight, Tensor index) {
    return weight.detach().indexSelect(0, index.flatten()).reshape(index.shape());
  }

  private static Tensor ofClasses(
      String op, Tensor logProbabilities, Tensor target, CrossEntropyLoss.Options options) {
    int dim = classDim(logProbabilities);
    int classes = logProbabilities.size(dim);
    boolean ignoring =
        checkClasses(op, logProbabilities, target, OptionalLong.of(options.ignoreIndex()));
    Tensor labels = target.to(DType.INT64);
    Tensor kept = labels.ne(Tensor.scalar(options.ignoreIndex()));
    Tensor index = ignoring ? Tensor.where(kept, labels, Tensor.zerosLike(labels)) : labels;
    Tensor losses = logProbabilities.gather(dim, index.unsqueeze(dim)).squeeze(dim).neg();
    Tensor weight = options.weight();
    Tensor weights = null; // of the elements; null if all are 1
    if (weight != null) {
      weights = ofElements(weight, index);
      losses = losses.mul(weights);
    }
    double smoothing = options.labelSmoothing();
    if (smoothing > 0) {
      Tensor spread = weighted(logProbabilities, weight).sum(dim).neg();
      losses = losses.mul(1 - smoothing).add(spread.mul(smoothing / classes));
    }
    if (ignoring) { // chosen, not multiplied by 0: an ignored element may be infinite
      losses = Tensor.where(kept, losses, Tensor.zerosLike(losses));
      Tensor counted = kept.to(losses.dtype());
      weights = weights == null ? counted : weights.mul(counted);
    }
    return options.reduction() == Reduction.MEAN && weights != null
        ? losses.sum().div(weights.sum())
        : options.reduction().of(losses);
  }

  private static Tensor ofProbabilities(
      Tensor logProbabilities, Tensor target, CrossEntropyLoss.Options options) {
    if (!target.shape().equals(logProbabilities.shape())) {
      throw new IllegalArgumentException(
          "crossEntropy: the target probabilities are %s but the input is %s; for classes use int64"
              .formatted(target.shape(), logProbabilities.shape()));
    }
    Check.sameType("crossEntropy", "input", logProbabilities, "target", target);
    int dim = classDim(logProbabilities);
    double smoothing = options.labelSmoothing();
    Tensor smoothed =
        smoothing > 0
            ? target.mul(1 - smoothing).add(smoothing / logProbabilities.size(dim))
            : target;
    Tensor losses = weighted(logProbabilities, options.weight()).mul(smoothed).sum(dim).neg();
    return options.reduction().of(losses);
  }

  /// Multiplies along the class dimension by `weight`, if any.
  private static Tensor weighted(Tensor logProbabilities, @Nullable Tensor weight) {
    if (weight == null) {
      return logProbabilities;
    }
    var shape = new int[logProbabilities.dim()];
    Arrays.fill(shape, 1);
    shape[classDim(logProbabilities)] = -1;
    return logProbabilities.mul(weight.detach().reshape(shape));
  }

  private static int classDim(Tensor input) {
    return input.dim() == 1 ? 0 : 1;
  }

  private static void checkInput(String op, Tensor input, @Nullable Tensor weight) {
    Check.floating(op, "input", input);
    if (input.dim() == 0) {
      throw new IllegalArgumentException(op + ": the input is a scalar; it needs [C] or [N, C]");
    }
    if (weight != null) {
      Check.sameType(op, "input", input, "weight", weight);
      int classes = input.size(classDim(input));
      if (weight.dim() != 1 || weight.size(0) != classes) {
        throw new IllegalArgumentException(
            "%s: the weight is %s but the input %s has %s classes"
                .formatted(op, weight.shape(), input.shape(), classes));
      }
    }
  }

  /// Checks every label and returns whether any is `ignored`.
  private static boolean checkClasses(
      String op, Tensor input, Tensor target, OptionalLong ignored) {
    int[] sizes = input.shape().toArray();
    int dim = classDim(input);
    int[] expected = new int[sizes.length - 1];
    System.arraycopy(sizes, 0, expected, 0, dim);
    System.arraycopy(sizes, dim + 1, expected, dim, expected.length - dim);
    if (!Arrays.equals(target.shape().toArray(), expected)) {
      throw new IllegalArgumentException(
          "%s: the target is %s but the input %s needs %s"
              .formatted(op, target.shape(), input.shape(), Arrays.toString(expected)));
    }
    if (target.dtype() != DType.INT64 && target.dtype() != DType.UINT8) {
      throw new IllegalArgumentException(
          "%s: the target is %s, not classes; convert it with to(DType.INT64)"
              .formatted(op, target.dtype()));
    }
    long[] labels = target.to(DType.INT64).toLongArray();
    boolean any = false;
    for (int i = 0; i < labels.length; i++) {
      if (ignored.isPresent() && labels[i] == ignored.getAsLong()) {
        any = true;
      } else if (labels[i] < 0 || labels[i] >= sizes[dim]) {
        throw new IllegalArgumentException(
            "%s: the target is %s at %s, but the input %s has classes 0 to %s"
                .formatted(op, labels[i], position(i, expected), input.shape(), sizes[dim] - 1));
      }
    }
    return any;
  }

  private static String position(int index, int[] shape) {
    var position = new int[shape.length];
    int rest = index;
    for (int d = shape.length - 1; d >= 0; d--) {
      position[d] = rest % shape[d];
      rest /= shape[d];
    }
    return Arrays.toString(position);
  }
}
