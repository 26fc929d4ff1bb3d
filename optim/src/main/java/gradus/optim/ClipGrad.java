// SPDX-License-Identifier: Apache-2.0
package gradus.optim;

import gradus.Grad;
import gradus.Parameter;
import gradus.Tensor;
import gradus.internal.Raw;
import java.util.Collection;

/// Keeps gradients from exploding: `torch.nn.utils.clip_grad`. Between `backward` and `step`.
///
/// Parameters without a gradient don't count.
public final class ClipGrad {
  private ClipGrad() {}

  /// Scales all gradients down together so that their 2-norm is at most `maxNorm`, and returns what
  /// it was: PyTorch's `clip_grad_norm_`.
  ///
  /// @throws IllegalArgumentException if `maxNorm` is negative or NaN
  public static double clipGradNorm(Collection<Parameter> params, double maxNorm) {
    return clipGradNorm(params, maxNorm, 2);
  }

  /// Scales all gradients down together so that their p-norm, taken as one vector, is at most
  /// `maxNorm`, and returns what it was: PyTorch's `clip_grad_norm_`.
  ///
  /// g ← g · min(1, maxNorm / (‖g‖ₚ + 1e-6)). If the norm is NaN, so are all gradients afterwards.
  ///
  /// @param normType p ≥ 0, which may be infinite: then the norm is the largest |g|. With 0 it is
  ///   the number of parameters whose gradient isn't 0 throughout, as PyTorch takes the norm of
  ///   norms
  /// @throws IllegalArgumentException if `maxNorm` or `normType` is negative
  public static double clipGradNorm(Collection<Parameter> params, double maxNorm, double normType) {
    Check.that(maxNorm >= 0, "clipGradNorm", "maxNorm", maxNorm, "a number ≥ 0");
    Check.that(normType >= 0, "clipGradNorm", "normType", normType, "a number ≥ 0");
    try (var _ = Grad.off()) {
      double total = totalNorm(params, normType);
      double scale = maxNorm / (total + 1e-6);
      if (!(scale >= 1)) {
        for (Parameter param : params) {
          Tensor grad = Raw.gradient(param);
          if (grad != null) {
            param.grad(grad.mul(scale));
          }
        }
      }
      return total;
    }
  }

  /// Cuts every element of every gradient off at ±`clipValue`: PyTorch's `clip_grad_value_`.
  ///
  /// @throws IllegalArgumentException if `clipValue` is negative or NaN
  public static void clipGradValue(Collection<Parameter> params, double clipValue) {
    Check.that(clipValue >= 0, "clipGradValue", "clipValue", clipValue, "a number ≥ 0");
    try (var _ = Grad.off()) {
      for (Parameter param : params) {
        Tensor grad = Raw.gradient(param);
        if (grad != null) {
          param.grad(grad.clamp(-clipValue, clipValue));
        }
      }
    }
  }

  private static double totalNorm(Collection<Parameter> params, double p) {
    double total = 0;
    for (Parameter param : params) {
      Tensor grad = Raw.gradient(param);
      if (grad != null && grad.numel() > 0) {
        total =
            p == Double.POSITIVE_INFINITY
                ? Math.max(total, grad.abs().max().item())
                : total + powerSum(grad, p);
      }
    }
    if (p == Double.POSITIVE_INFINITY || p == 1 || p == 0) {
      return total;
    }
    return p == 2 ? Math.sqrt(total) : StrictMath.pow(total, 1 / p);
  }

  /// Σ|g|ᵖ
  private static double powerSum(Tensor grad, double p) {
    if (p == 0) {
      return grad.ne(0).any().item() > 0 ? 1 : 0;
    }
    if (p == 1) {
      return grad.abs().sum().item();
    }
    return p == 2 ? grad.square().sum().item() : grad.abs().pow(p).sum().item();
  }
}
