// SPDX-License-Identifier: Apache-2.0
package gradus.optim;

import gradus.Parameter;
import gradus.Tensor;
import java.util.Collection;
import java.util.List;

/// NAdam: [Adam] with Nesterov's momentum: `torch.optim.NAdam`.
///
/// With gradient g, decays β₁ and β₂, decay of the momentum ψ, weight decay λ and learning rate γ,
/// in step t:
///
/// ```text
/// g ← g + λ·w                          (g ← −g + λ·w with maximize; w ← (1−γ·λ)·w if decoupled)
/// μₜ ← β₁·(1 − ½·0.96^(t·ψ))
/// m ← β₁·m + (1−β₁)·g
/// v ← β₂·v + (1−β₂)·g²
/// w ← w − γ·((1−μₜ)/(1−Πμ)·g + μₜ₊₁/(1−Πμ·μₜ₊₁)·m) / (√(v/(1−β₂ᵗ)) + ε)
/// ```
///
/// where Πμ = μ₁·…·μₜ. As PyTorch from release 2 on; 1.13 had another factor there.
///
/// Dozat: Incorporating Nesterov Momentum into Adam, ICLR workshop, 2016.
public final class NAdam extends Optimizer<NAdam.Options> {
  private static final String MEAN = "exp_avg";
  private static final String SQUARE = "exp_avg_sq";
  private static final String PRODUCT = "mu_product";

  /// Makes an optimizer of one group of parameters with PyTorch's defaults.
  ///
  /// @throws IllegalArgumentException if there are no parameters, or one is there twice
  public NAdam(Collection<Parameter> params) {
    this(params, options());
  }

  /// Makes an optimizer of one group of parameters with a learning rate.
  ///
  /// @throws IllegalArgumentException if there are no parameters, or one is there twice
  public NAdam(Collection<Parameter> params, double lr) {
    this(params, options().lr(lr));
  }

  /// Makes an optimizer of one group of parameters.
  ///
  /// @throws IllegalArgumentException if there are no parameters, or one is there twice
  public NAdam(Collection<Parameter> params, Options options) {
    this(ParamGroup.of(params, options));
  }

  /// Makes an optimizer of several groups of parameters, each with its own options.
  ///
  /// @throws IllegalArgumentException if there is no group, or a parameter is there twice
  @SafeVarargs
  @SuppressWarnings("varargs")
  public NAdam(ParamGroup<Options>... groups) {
    super(List.of(groups));
  }

  /// Returns PyTorch's defaults: lr 0.002, betas 0.9 and 0.999, eps 1e-8, weight decay 0, momentum
  /// decay 0.004, weight decay not decoupled, no maximize.
  public static Options options() {
    return new Options(2e-3, 0.9, 0.999, 1e-8, 0, 4e-3, false, false);
  }

  /// Options of [NAdam].
  ///
  /// @param lr learning rate γ ≥ 0
  /// @param beta1 decay β₁ of the mean of the gradients, in [0, 1)
  /// @param beta2 decay β₂ of the mean of their squares, in [0, 1)
  /// @param eps ε ≥ 0, keeps the denominator from 0
  /// @param weightDecay λ ≥ 0, the gradient of ½·λ·‖w‖²
  /// @param momentumDecay decay ψ ≥ 0, by which the momentum grows towards β₁
  /// @param decoupledWeightDecay whether to shrink the weights by γ·λ, as [AdamW] does, rather than
  ///   add λ·w to the gradient
  /// @param maximize whether to climb instead
  public record Options(
      double lr,
      double beta1,
      double beta2,
      double eps,
      double weightDecay,
      double momentumDecay,
      boolean decoupledWeightDecay,
      boolean maximize)
      implements Optimizer.BetaOptions<Options> {

    /// Checks the options.
    ///
    /// @throws IllegalArgumentException if one is out of its range
    public Options {
      Check.notNegative("NAdam", "lr", lr);
      Check.fraction("NAdam", "beta1", beta1);
      Check.fraction("NAdam", "beta2", beta2);
      Check.notNegative("NAdam", "eps", eps);
      Check.notNegative("NAdam", "weightDecay", weightDecay);
      Check.notNegative("NAdam", "momentumDecay", momentumDecay);
    }

    /// Returns the same with another learning rate γ ≥ 0.
    @Override
    public Options lr(double lr) {
      return new Options(
          lr, beta1, beta2, eps, weightDecay, momentumDecay, decoupledWeightDecay, maximize);
    }

    /// Returns the same with another decay β₁ of the mean of the gradients, in [0, 1).
    @Override
    public Options beta1(double beta1) {
      return new Options(
          lr, beta1, beta2, eps, weightDecay, momentumDecay, decoupledWeightDecay, maximize);
    }

    /// Returns the same with another decay β₂ of the mean of their squares, in [0, 1).
    public Options beta2(double beta2) {
      return new Options(
          lr, beta1, beta2, eps, weightDecay, momentumDecay, decoupledWeightDecay, maximize);
    }

    /// Returns the same with another ε ≥ 0.
    public Options eps(double eps) {
      return new Options(
          lr, beta1, beta2, eps, weightDecay, momentumDecay, decoupledWeightDecay, maximize);
    }

    /// Returns the same with another weight decay λ ≥ 0.
    public Options weightDecay(double weightDecay) {
      return new Options(
          lr, beta1, beta2, eps, weightDecay, momentumDecay, decoupledWeightDecay, maximize);
    }

    /// Returns the same with another decay ψ ≥ 0 of the momentum.
    public Options momentumDecay(double momentumDecay) {
      return new Options(
          lr, beta1, beta2, eps, weightDecay, momentumDecay, decoupledWeightDecay, maximize);
    }

    /// Returns the same with or without decoupled weight decay.
    public Options decoupledWeightDecay(boolean decoupledWeightDecay) {
      return new Options(
          lr, beta1, beta2, eps, weightDecay, momentumDecay, decoupledWeightDecay, maximize);
    }

    /// Returns the same, climbing or descending.
    public Options maximize(boolean maximize) {
      return new Options(
          lr, beta1, beta2, eps, weightDecay, momentumDecay, decoupledWeightDecay, maximize);
    }
  }

  @Override
  protected List<String> stateNames(Options options) {
    return List.of(MEAN, SQUARE);
  }

  @Override
  protected List<String> numberNames() {
    return List.of(PRODUCT);
  }

  @Override
  protected void update(Parameter param, Tensor grad, Options o, ParamState state) {
    double before = state.step() == 1 ? 1 : state.number(PRODUCT);
    double product = before * momentum(o, state.step());
    state.number(PRODUCT, product);
    new NAdamKernel(
            o.maximize ? -1 : 1,
            o.decoupledWeightDecay ? 0 : o.weightDecay,
            o.decoupledWeightDecay ? 1 - o.lr * o.weightDecay : 1,
            o.beta1,
            o.beta2,
            o.eps,
            ofGradient(o, state.step(), product),
            ofMean(o, state.step(), product),
            Math.sqrt(AdamKernel.correction(o.beta2, state.step())))
        .update(param, grad, state.get(MEAN), state.get(SQUARE));
  }

  /// γ·(1−μₜ)/(1−Πμ)
  private static double ofGradient(Options o, long step, double product) {
    return o.lr * (1 - momentum(o, step)) / (1 - product);
  }

  /// γ·μₜ₊₁/(1−Πμ·μₜ₊₁)
  private static double ofMean(Options o, long step, double product) {
    double next = momentum(o, step + 1);
    return o.lr * next / (1 - product * next);
  }

  /// μₜ
  private static double momentum(Options o, long step) {
    return o.beta1 * (1 - 0.5 * StrictMath.pow(0.96, step * o.momentumDecay));
  }
}
