// SPDX-License-Identifier: Apache-2.0
package gradus.optim;

import gradus.Parameter;
import gradus.Tensor;
import java.util.Collection;
import java.util.List;

/// Adam: steps of about the learning rate in every coordinate, from running means of the gradient
/// and of its square: `torch.optim.Adam`.
///
/// With gradient g, decays β₁ and β₂, weight decay λ and learning rate γ, in step t:
///
/// ```text
/// g ← g + λ·w                          (g ← −g + λ·w with maximize)
/// m ← β₁·m + (1−β₁)·g
/// v ← β₂·v + (1−β₂)·g²
/// w ← w − γ/(1−β₁ᵗ) · m / (√v/√(1−β₂ᵗ) + ε)
/// ```
///
/// Kingma, Ba: Adam: A Method for Stochastic Optimization, ICLR 2015. For weight decay that is not
/// scaled by v, see [AdamW].
///
/// **In courses.** CS231n's full form, `mt = m / (1-beta1**t); vt = v / (1-beta2**t); x += -lr * mt
/// / (np.sqrt(vt) + eps)`, is this. Its first form, without the two corrections, takes steps that
/// are √(1−β₂ᵗ)/(1−β₁ᵗ) of these in step t, but for ε: 0.32 in the first, at the default betas, and
/// as good as 1 after some thousands. The paper's shorter form γ·√(1−β₂ᵗ)/(1−β₁ᵗ)·m/(√v + ε̂),
/// which Keras has, is this with ε = ε̂/√(1−β₂ᵗ).
public final class Adam extends Optimizer<Adam.Options> {

  /// Makes an optimizer of one group of parameters with PyTorch's defaults.
  ///
  /// @throws IllegalArgumentException if there are no parameters, or one is there twice
  public Adam(Collection<Parameter> params) {
    this(params, options());
  }

  /// Makes an optimizer of one group of parameters with a learning rate.
  ///
  /// @throws IllegalArgumentException if there are no parameters, or one is there twice
  public Adam(Collection<Parameter> params, double lr) {
    this(params, options().lr(lr));
  }

  /// Makes an optimizer of one group of parameters.
  ///
  /// @throws IllegalArgumentException if there are no parameters, or one is there twice
  public Adam(Collection<Parameter> params, Options options) {
    this(ParamGroup.of(params, options));
  }

  /// Makes an optimizer of several groups of parameters, each with its own options.
  ///
  /// @throws IllegalArgumentException if there is no group, or a parameter is there twice
  @SafeVarargs
  @SuppressWarnings("varargs")
  public Adam(ParamGroup<Options>... groups) {
    super(List.of(groups));
  }

  /// Returns PyTorch's defaults: lr 0.001, betas 0.9 and 0.999, eps 1e-8, weight decay 0, no
  /// amsgrad, no maximize.
  public static Options options() {
    return new Options(1e-3, 0.9, 0.999, 1e-8, 0, false, false);
  }

  /// Options of [Adam].
  ///
  /// @param lr learning rate γ ≥ 0
  /// @param beta1 decay β₁ of the mean of the gradients, in [0, 1)
  /// @param beta2 decay β₂ of the mean of their squares, in [0, 1)
  /// @param eps ε ≥ 0, keeps the denominator from 0
  /// @param weightDecay λ ≥ 0, the gradient of ½·λ·‖w‖²
  /// @param amsgrad whether to divide by the largest v so far (Reddi, Kale, Kumar: On the
  ///   Convergence of Adam and Beyond, ICLR 2018)
  /// @param maximize whether to climb instead
  public record Options(
      double lr,
      double beta1,
      double beta2,
      double eps,
      double weightDecay,
      boolean amsgrad,
      boolean maximize)
      implements Optimizer.BetaOptions<Options> {

    /// Checks the options.
    ///
    /// @throws IllegalArgumentException if one is out of its range
    public Options {
      Check.notNegative("Adam", "lr", lr);
      Check.fraction("Adam", "beta1", beta1);
      Check.fraction("Adam", "beta2", beta2);
      Check.notNegative("Adam", "eps", eps);
      Check.notNegative("Adam", "weightDecay", weightDecay);
    }

    /// Returns the same with another learning rate γ ≥ 0.
    @Override
    public Options lr(double lr) {
      return new Options(lr, beta1, beta2, eps, weightDecay, amsgrad, maximize);
    }

    /// Returns the same with another decay β₁ of the mean of the gradients, in [0, 1).
    @Override
    public Options beta1(double beta1) {
      return new Options(lr, beta1, beta2, eps, weightDecay, amsgrad, maximize);
    }

    /// Returns the same with another decay β₂ of the mean of their squares, in [0, 1).
    public Options beta2(double beta2) {
      return new Options(lr, beta1, beta2, eps, weightDecay, amsgrad, maximize);
    }

    /// Returns the same with another ε ≥ 0.
    public Options eps(double eps) {
      return new Options(lr, beta1, beta2, eps, weightDecay, amsgrad, maximize);
    }

    /// Returns the same with another weight decay λ ≥ 0.
    public Options weightDecay(double weightDecay) {
      return new Options(lr, beta1, beta2, eps, weightDecay, amsgrad, maximize);
    }

    /// Returns the same with or without AMSGrad.
    public Options amsgrad(boolean amsgrad) {
      return new Options(lr, beta1, beta2, eps, weightDecay, amsgrad, maximize);
    }

    /// Returns the same, climbing or descending.
    public Options maximize(boolean maximize) {
      return new Options(lr, beta1, beta2, eps, weightDecay, amsgrad, maximize);
    }
  }

  @Override
  protected List<String> stateNames(Options options) {
    return AdamKernel.stateNames(options.amsgrad);
  }

  @Override
  protected void update(Parameter param, Tensor grad, Options options, ParamState state) {
    AdamKernel.of(options, state.step()).update(param, grad, state, options.amsgrad);
  }
}
