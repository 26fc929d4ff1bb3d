// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.Tensor;

/// The negative log likelihoods behind [F#poissonNllLoss] and [F#gaussianNllLoss], out of tensor
/// ops.
final class LikelihoodLosses {
  private LikelihoodLosses() {}

  static Tensor poisson(Tensor input, Tensor target, PoissonNLLLoss.Options options) {
    String op = "poissonNllLoss";
    Check.pair(op, input, target);
    Tensor losses =
        options.logInput()
            ? input.exp().sub(target.mul(input))
            : input.sub(target.mul(input.add(options.eps()).log()));
    if (options.full()) {
      losses = losses.add(stirling(target));
    }
    return options.reduction().of(Check.oneBroadcast(op, input, target, losses));
  }

  /// Returns Stirling's approximation of `ln n!`, 0 up to n = 1.
  private static Tensor stirling(Tensor n) {
    Tensor large = n.gt(1);
    Tensor safe = Tensor.where(large, n, Tensor.onesLike(n));
    Tensor approximation = safe.mul(safe.log()).sub(safe).add(safe.mul(2 * Math.PI).log().mul(0.5));
    return Tensor.where(large, approximation, Tensor.zerosLike(n));
  }

  static Tensor gaussian(Tensor input, Tensor target, Tensor var, GaussianNLLLoss.Options options) {
    String op = "gaussianNllLoss";
    Check.pair(op, input, target);
    Check.sameType(op, "input", input, "variance", var);
    Tensor difference = Check.oneBroadcast(op, input, target, input.sub(target));
    Tensor each = perElement(op, input, var);
    Tensor values = each.detach();
    if (values.numel() > 0 && values.min().item() < 0) {
      throw new IllegalArgumentException(
          "%s: the variance is negative, %s at the least".formatted(op, values.min().item()));
    }
    // Held above eps, but with the derivative of what is not.
    each = each.add(values.clamp(options.eps(), Double.POSITIVE_INFINITY).sub(values));
    Tensor losses = each.log().add(difference.square().div(each)).mul(0.5);
    if (options.full()) {
      losses = losses.add(0.5 * StrictMath.log(2 * Math.PI));
    }
    return options.reduction().of(losses);
  }

  /// Returns a variance that broadcasts to the input: its own shape, or without its last dimension,
  /// or with one of size 1.
  private static Tensor perElement(String op, Tensor input, Tensor var) {
    if (var.shape().equals(input.shape())) {
      return var;
    }
    if (input.dim() > 0) {
      Tensor one = input.detach().narrow(-1, 0, Math.min(1, input.size(-1)));
      if (var.shape().equals(one.shape())) {
        return var;
      }
      if (var.dim() == input.dim() - 1 && var.unsqueeze(-1).shape().equals(one.shape())) {
        return var.unsqueeze(-1);
      }
    }
    throw new IllegalArgumentException(
        "%s: the variance is %s; the input %s needs that shape, without its last dimension or with 1"
            .formatted(op, var.shape(), input.shape()));
  }
}
