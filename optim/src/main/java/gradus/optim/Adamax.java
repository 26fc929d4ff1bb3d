// SPDX-License-Identifier: Apache-2.0
package gradus.optim;

import gradus.Parameter;
import gradus.Tensor;
import java.util.Collection;
import java.util.List;

/// Adamax: [Adam] with the largest absolute value of the gradient, decaying, in place of its root
/// mean square: `torch.optim.Adamax`.
///
/// With gradient g, decays β₁ and β₂, weight decay λ and learning rate γ, in step t:
///
/// ```text
/// g ← g + λ·w                          (g ← −g + λ·w with maximize)
/// m ← β₁·m + (1−β₁)·g
/// u ← max(β₂·u, |g| + ε)
/// w ← w − γ/(1−β₁ᵗ) · m / u
/// ```
///
/// Kingma, Ba: Adam: A Method for Stochastic Optimization, ICLR 2015, section 7.1; the paper has no
/// ε.
public final class Adamax extends Optimizer<Adamax.Options> {
  private static final String MEAN = "exp_avg";
  private static final String LARGEST = "exp_inf";

  /// Makes an optimizer of one group of parameters with PyTorch's defaults.
  ///
  /// @throws IllegalArgumentException if there are no parameters, or one is there twice
  public Adamax(Collection<Parameter> params) {
    this(params, options());
  }

  /// Makes an optimizer of one group of parameters with a learning rate.
  ///
  /// @throws IllegalArgumentException if there are no parameters, or one is there twice
  public Adamax(Collection<Parameter> params, double lr) {
    this(params, options().lr(lr));
  }

  /// Makes an optimizer of one group of parameters.
  ///
  /// @throws IllegalArgumentException if there are no parameters, or one is there twice
  public Adamax(Collection<Parameter> params, Options options) {
    this(ParamGroup.of(params, options));
  }

  /// Makes an optimizer of several groups of parameters, each with its own options.
  ///
  /// @throws IllegalArgumentException if there is no group, or a parameter is there twice
  @SafeVarargs
  @SuppressWarnings("varargs")
  public Adamax(ParamGroup<Options>... groups) {
    super(List.of(groups));
  }

  /// Returns PyTorch's defaults: lr 0.002, betas 0.9 and 0.999, eps 1e-8, weight decay 0, no
  /// maximize.
  public static Options options() {
    return new Options(2e-3, 0.9, 0.999, 1e-8, 0, false);
  }

  /// Options of [Adamax].
  ///
  /// @param lr learning rate γ ≥ 0
  /// @param beta1 decay β₁ of the mean of the gradients, in [0, 1)
  /// @param beta2 decay β₂ of their largest absolute value, in [0, 1)
  /// @param eps ε ≥ 0, keeps the denominator from 0
  /// @param weightDecay λ ≥ 0, the gradient of ½·λ·‖w‖²
  /// @param maximize whether to climb instead
  public record Options(
      double lr, double beta1, double beta2, double eps, double weightDecay, boolean maximize)
      implements Optimizer.BetaOptions<Options> {

    /// Checks the options.
    ///
    /// @throws IllegalArgumentException if one is out of its range
    public Options {
      Check.notNegative("Adamax", "lr", lr);
      Check.fraction("Adamax", "beta1", beta1);
      Check.fraction("Adamax", "beta2", beta2);
      Check.notNegative("Adamax", "eps", eps);
      Check.notNegative("Adamax", "weightDecay", weightDecay);
    }

    /// Returns the same with another learning rate γ ≥ 0.
    @Override
    public Options lr(double lr) {
      return new Options(lr, beta1, beta2, eps, weightDecay, maximize);
    }

    /// Returns the same with another decay β₁ of the mean of the gradients, in [0, 1).
    @Override
    public Options beta1(double beta1) {
      return new Options(lr, beta1, beta2, eps, weightDecay, maximize);
    }

    /// Returns the same with another decay β₂ of the largest absolute value, in [0, 1).
    public Options beta2(double beta2) {
      return new Options(lr, beta1, beta2, eps, weightDecay, maximize);
    }

    /// Returns the same with another ε ≥ 0.
    public Options eps(double eps) {
      return new Options(lr, beta1, beta2, eps, weightDecay, maximize);
    }

    /// Returns the same with another weight decay λ ≥ 0.
    public Options weightDecay(double weightDecay) {
      return new Options(lr, beta1, beta2, eps, weightDecay, maximize);
    }

    /// Returns the same, climbing or descending.
    public Options maximize(boolean maximize) {
      return new Options(lr, beta1, beta2, eps, weightDecay, maximize);
    }
  }

  @Override
  protected List<String> stateNames(Options options) {
    return List.of(MEAN, LARGEST);
  }

  @Override
  protected void update(Parameter param, Tensor grad, Options o, ParamState state) {
    double stepSize = o.lr / AdamKernel.correction(o.beta1, state.step());
    new AdamaxKernel(o.maximize ? -1 : 1, o.weightDecay, o.beta1, o.beta2, o.eps, stepSize)
        .update(param, grad, state.get(MEAN), state.get(LARGEST));
  }
}
