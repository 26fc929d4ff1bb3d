// SPDX-License-Identifier: Apache-2.0
package gradus.optim;

import gradus.Parameter;
import gradus.Tensor;
import java.util.Collection;
import java.util.List;

/// Lion: steps of exactly the learning rate in every coordinate, in the direction of the sign of a
/// momentum. Not in PyTorch.
///
/// With gradient g, decays β₁ and β₂, weight decay λ and learning rate γ:
///
/// ```text
/// c ← β₁·m + (1−β₁)·g                  (g ← −g with maximize)
/// w ← (1 − γ·λ)·w − γ·sign(c)
/// m ← β₂·m + (1−β₂)·g
/// ```
///
/// Its steps are larger than [AdamW]'s, so that it wants a learning rate 3 to 10 times smaller, and
/// a weight decay as many times larger.
///
/// Chen, Liang, Huang, Real, Wang, Liu, Pham, Dong, Luong, Hsieh, Lu, Le: Symbolic Discovery of
/// Optimization Algorithms, NeurIPS 2023.
public final class Lion extends Optimizer<Lion.Options> {
  private static final String MEAN = "exp_avg";

  /// Makes an optimizer of one group of parameters with the paper's defaults.
  ///
  /// @throws IllegalArgumentException if there are no parameters, or one is there twice
  public Lion(Collection<Parameter> params) {
    this(params, options());
  }

  /// Makes an optimizer of one group of parameters with a learning rate.
  ///
  /// @throws IllegalArgumentException if there are no parameters, or one is there twice
  public Lion(Collection<Parameter> params, double lr) {
    this(params, options().lr(lr));
  }

  /// Makes an optimizer of one group of parameters.
  ///
  /// @throws IllegalArgumentException if there are no parameters, or one is there twice
  public Lion(Collection<Parameter> params, Options options) {
    this(ParamGroup.of(params, options));
  }

  /// Makes an optimizer of several groups of parameters, each with its own options.
  ///
  /// @throws IllegalArgumentException if there is no group, or a parameter is there twice
  @SafeVarargs
  @SuppressWarnings("varargs")
  public Lion(ParamGroup<Options>... groups) {
    super(List.of(groups));
  }

  /// Returns the paper's defaults: lr 1e-4, betas 0.9 and 0.99, weight decay 0, no maximize.
  public static Options options() {
    return new Options(1e-4, 0.9, 0.99, 0, false);
  }

  /// Options of [Lion].
  ///
  /// @param lr learning rate γ ≥ 0
  /// @param beta1 the weight β₁ of the momentum in a step, in [0, 1)
  /// @param beta2 decay β₂ of the momentum, in [0, 1)
  /// @param weightDecay λ ≥ 0, by which each step shrinks the weights, times γ
  /// @param maximize whether to climb instead
  public record Options(double lr, double beta1, double beta2, double weightDecay, boolean maximize)
      implements Optimizer.BetaOptions<Options> {

    /// Checks the options.
    ///
    /// @throws IllegalArgumentException if one is out of its range
    public Options {
      Check.notNegative("Lion", "lr", lr);
      Check.fraction("Lion", "beta1", beta1);
      Check.fraction("Lion", "beta2", beta2);
      Check.notNegative("Lion", "weightDecay", weightDecay);
    }

    /// Returns the same with another learning rate γ ≥ 0.
    @Override
    public Options lr(double lr) {
      return new Options(lr, beta1, beta2, weightDecay, maximize);
    }

    /// Returns the same with another weight β₁ of the momentum in a step, in [0, 1).
    @Override
    public Options beta1(double beta1) {
      return new Options(lr, beta1, beta2, weightDecay, maximize);
    }

    /// Returns the same with another decay β₂ of the momentum, in [0, 1).
    public Options beta2(double beta2) {
      return new Options(lr, beta1, beta2, weightDecay, maximize);
    }

    /// Returns the same with another weight decay λ ≥ 0.
    public Options weightDecay(double weightDecay) {
      return new Options(lr, beta1, beta2, weightDecay, maximize);
    }

    /// Returns the same, climbing or descending.
    public Options maximize(boolean maximize) {
      return new Options(lr, beta1, beta2, weightDecay, maximize);
    }
  }

  @Override
  protected List<String> stateNames(Options options) {
    return List.of(MEAN);
  }

  @Override
  protected void update(Parameter param, Tensor grad, Options o, ParamState state) {
    new LionKernel(o.maximize ? -1 : 1, 1 - o.lr * o.weightDecay, o.beta1, o.beta2, o.lr)
        .update(param, grad, state.get(MEAN));
  }
}
