// SPDX-License-Identifier: Apache-2.0
package gradus.optim;

import gradus.Parameter;
import gradus.Tensor;
import java.util.Collection;
import java.util.List;

/// RAdam: [Adam] that knows how uncertain its mean of squares is in the first steps, and takes
/// plain momentum steps until there are enough: `torch.optim.RAdam`.
///
/// With gradient g, decays β₁ and β₂, weight decay λ and learning rate γ, in step t:
///
/// ```text
/// g ← g + λ·w                          (g ← −g + λ·w with maximize; w ← (1−γ·λ)·w if decoupled)
/// m ← β₁·m + (1−β₁)·g
/// v ← β₂·v + (1−β₂)·g²
/// ρ∞ = 2/(1−β₂) − 1,  ρₜ = ρ∞ − 2·t·β₂ᵗ/(1−β₂ᵗ)
/// w ← w − γ/(1−β₁ᵗ) · r · m·√(1−β₂ᵗ) / (√v + ε),  r = √((ρₜ−4)·(ρₜ−2)·ρ∞ / ((ρ∞−4)·(ρ∞−2)·ρₜ)),  if ρₜ > 5
/// w ← w − γ/(1−β₁ᵗ) · m                                                                         else
/// ```
///
/// Liu, Jiang, He, Chen, Liu, Gao, Han: On the Variance of the Adaptive Learning Rate and Beyond,
/// ICLR 2020; the paper has ρₜ > 4.
public final class RAdam extends Optimizer<RAdam.Options> {
  private static final String MEAN = "exp_avg";
  private static final String SQUARE = "exp_avg_sq";

  /// Makes an optimizer of one group of parameters with PyTorch's defaults.
  ///
  /// @throws IllegalArgumentException if there are no parameters, or one is there twice
  public RAdam(Collection<Parameter> params) {
    this(params, options());
  }

  /// Makes an optimizer of one group of parameters with a learning rate.
  ///
  /// @throws IllegalArgumentException if there are no parameters, or one is there twice
  public RAdam(Collection<Parameter> params, double lr) {
    this(params, options().lr(lr));
  }

  /// Makes an optimizer of one group of parameters.
  ///
  /// @throws IllegalArgumentException if there are no parameters, or one is there twice
  public RAdam(Collection<Parameter> params, Options options) {
    this(ParamGroup.of(params, options));
  }

  /// Makes an optimizer of several groups of parameters, each with its own options.
  ///
  /// @throws IllegalArgumentException if there is no group, or a parameter is there twice
  @SafeVarargs
  @SuppressWarnings("varargs")
  public RAdam(ParamGroup<Options>... groups) {
    super(List.of(groups));
  }

  /// Returns PyTorch's defaults: lr 0.001, betas 0.9 and 0.999, eps 1e-8, weight decay 0 and not
  /// decoupled, no maximize.
  public static Options options() {
    return new Options(1e-3, 0.9, 0.999, 1e-8, 0, false, false);
  }

  /// Options of [RAdam].
  ///
  /// @param lr learning rate γ ≥ 0
  /// @param beta1 decay β₁ of the mean of the gradients, in [0, 1)
  /// @param beta2 decay β₂ of the mean of their squares, in [0, 1)
  /// @param eps ε ≥ 0, keeps the denominator from 0
  /// @param weightDecay λ ≥ 0, the gradient of ½·λ·‖w‖²
  /// @param decoupledWeightDecay whether to shrink the weights by γ·λ, as [AdamW] does, rather than
  ///   add λ·w to the gradient
  /// @param maximize whether to climb instead
  public record Options(
      double lr,
      double beta1,
      double beta2,
      double eps,
      double weightDecay,
      boolean decoupledWeightDecay,
      boolean maximize)
      implements Optimizer.BetaOptions<Options> {

    /// Checks the options.
    ///
    /// @throws IllegalArgumentException if one is out of its range
    public Options {
      Check.notNegative("RAdam", "lr", lr);
      Check.fraction("RAdam", "beta1", beta1);
      Check.fraction("RAdam", "beta2", beta2);
      Check.notNegative("RAdam", "eps", eps);
      Check.notNegative("RAdam", "weightDecay", weightDecay);
    }

    /// Returns the same with another learning rate γ ≥ 0.
    @Override
    public Options lr(double lr) {
      return new Options(lr, beta1, beta2, eps, weightDecay, decoupledWeightDecay, maximize);
    }

    /// Returns the same with another decay β₁ of the mean of the gradients, in [0, 1).
    @Override
    public Options beta1(double beta1) {
      return new Options(lr, beta1, beta2, eps, weightDecay, decoupledWeightDecay, maximize);
    }

    /// Returns the same with another decay β₂ of the mean of their squares, in [0, 1).
    public Options beta2(double beta2) {
      return new Options(lr, beta1, beta2, eps, weightDecay, decoupledWeightDecay, maximize);
    }

    /// Returns the same with another ε ≥ 0.
    public Options eps(double eps) {
      return new Options(lr, beta1, beta2, eps, weightDecay, decoupledWeightDecay, maximize);
    }

    /// Returns the same with another weight decay λ ≥ 0.
    public Options weightDecay(double weightDecay) {
      return new Options(lr, beta1, beta2, eps, weightDecay, decoupledWeightDecay, maximize);
    }

    /// Returns the same with or without decoupled weight decay.
    public Options decoupledWeightDecay(boolean decoupledWeightDecay) {
      return new Options(lr, beta1, beta2, eps, weightDecay, decoupledWeightDecay, maximize);
    }

    /// Returns the same, climbing or descending.
    public Options maximize(boolean maximize) {
      return new Options(lr, beta1, beta2, eps, weightDecay, decoupledWeightDecay, maximize);
    }
  }

  @Override
  protected List<String> stateNames(Options options) {
    return List.of(MEAN, SQUARE);
  }

  @Override
  protected void update(Parameter param, Tensor grad, Options o, ParamState state) {
    long t = state.step();
    double correction2 = AdamKernel.correction(o.beta2, t);
    double rhoInf = 2 / (1 - o.beta2) - 1;
    double rho = rhoInf - 2 * t * (1 - correction2) / correction2;
    boolean adaptive = rho > 5;
    double stepSize = o.lr / AdamKernel.correction(o.beta1, t);
    new RAdamKernel(
            o.maximize ? -1 : 1,
            o.decoupledWeightDecay ? 0 : o.weightDecay,
            o.decoupledWeightDecay ? 1 - o.lr * o.weightDecay : 1,
            o.beta1,
            o.beta2,
            o.eps,
            adaptive ? stepSize * rectification(rho, rhoInf) * Math.sqrt(correction2) : stepSize,
            adaptive)
        .update(param, grad, state.get(MEAN), state.get(SQUARE));
  }

  /// r
  private static double rectification(double rho, double rhoInf) {
    return Math.sqrt((rho - 4) * (rho - 2) * rhoInf / ((rhoInf - 4) * (rhoInf - 2) * rho));
  }
}
