// SPDX-License-Identifier: Apache-2.0
package gradus.optim;

import gradus.Parameter;
import gradus.Tensor;
import java.util.Collection;
import java.util.List;

/// Adagrad: each coordinate has a learning rate of its own, which falls with the squares of its
/// gradients so far: `torch.optim.Adagrad`.
///
/// With gradient g, weight decay λ, learning rate γ and its decay η, in step t:
///
/// ```text
/// g ← g + λ·w                          (g ← −g + λ·w with maximize)
/// s ← s + g²                           (s is the initial accumulator value at first)
/// w ← w − γ/(1 + (t−1)·η) · g / (√s + ε)
/// ```
///
/// Duchi, Hazan, Singer: Adaptive Subgradient Methods for Online Learning and Stochastic
/// Optimization, JMLR 12, 2011.
///
/// **In courses.** CS231n's `cache += dx**2; x += -lr * dx / (np.sqrt(cache) + eps)` is this with
/// the defaults but for ε, which it gives as 1e-4 to 1e-8: a decay of the learning rate over time
/// is no part of Adagrad there.
public final class Adagrad extends Optimizer<Adagrad.Options> {
  private static final String SUM = "sum";

  /// Makes an optimizer of one group of parameters with PyTorch's defaults.
  ///
  /// @throws IllegalArgumentException if there are no parameters, or one is there twice
  public Adagrad(Collection<Parameter> params) {
    this(params, options());
  }

  /// Makes an optimizer of one group of parameters with a learning rate.
  ///
  /// @throws IllegalArgumentException if there are no parameters, or one is there twice
  public Adagrad(Collection<Parameter> params, double lr) {
    this(params, options().lr(lr));
  }

  /// Makes an optimizer of one group of parameters.
  ///
  /// @throws IllegalArgumentException if there are no parameters, or one is there twice
  public Adagrad(Collection<Parameter> params, Options options) {
    this(ParamGroup.of(params, options));
  }

  /// Makes an optimizer of several groups of parameters, each with its own options.
  ///
  /// @throws IllegalArgumentException if there is no group, or a parameter is there twice
  @SafeVarargs
  @SuppressWarnings("varargs")
  public Adagrad(ParamGroup<Options>... groups) {
    super(List.of(groups));
  }

  /// Returns PyTorch's defaults: lr 0.01, lr decay 0, weight decay 0, initial accumulator value 0,
  /// eps 1e-10, no maximize.
  public static Options options() {
    return new Options(1e-2, 0, 0, 0, 1e-10, false);
  }

  /// Options of [Adagrad].
  ///
  /// @param lr learning rate γ ≥ 0
  /// @param lrDecay decay η ≥ 0 of the learning rate over the steps
  /// @param weightDecay λ ≥ 0, the gradient of ½·λ·‖w‖²
  /// @param initialAccumulatorValue what s starts from, ≥ 0
  /// @param eps ε ≥ 0, keeps the denominator from 0
  /// @param maximize whether to climb instead
  public record Options(
      double lr,
      double lrDecay,
      double weightDecay,
      double initialAccumulatorValue,
      double eps,
      boolean maximize)
      implements Optimizer.Options<Options> {

    /// Checks the options.
    ///
    /// @throws IllegalArgumentException if one is out of its range
    public Options {
      Check.notNegative("Adagrad", "lr", lr);
      Check.notNegative("Adagrad", "lrDecay", lrDecay);
      Check.notNegative("Adagrad", "weightDecay", weightDecay);
      Check.notNegative("Adagrad", "initialAccumulatorValue", initialAccumulatorValue);
      Check.notNegative("Adagrad", "eps", eps);
    }

    /// Returns the same with another learning rate γ ≥ 0.
    @Override
    public Options lr(double lr) {
      return new Options(lr, lrDecay, weightDecay, initialAccumulatorValue, eps, maximize);
    }

    /// Returns the same with another decay η ≥ 0 of the learning rate.
    public Options lrDecay(double lrDecay) {
      return new Options(lr, lrDecay, weightDecay, initialAccumulatorValue, eps, maximize);
    }

    /// Returns the same with another weight decay λ ≥ 0.
    public Options weightDecay(double weightDecay) {
      return new Options(lr, lrDecay, weightDecay, initialAccumulatorValue, eps, maximize);
    }

    /// Returns the same with another value ≥ 0 to start s from.
    public Options initialAccumulatorValue(double initialAccumulatorValue) {
      return new Options(lr, lrDecay, weightDecay, initialAccumulatorValue, eps, maximize);
    }

    /// Returns the same with another ε ≥ 0.
    public Options eps(double eps) {
      return new Options(lr, lrDecay, weightDecay, initialAccumulatorValue, eps, maximize);
    }

    /// Returns the same, climbing or descending.
    public Options maximize(boolean maximize) {
      return new Options(lr, lrDecay, weightDecay, initialAccumulatorValue, eps, maximize);
    }
  }

  @Override
  protected List<String> stateNames(Options options) {
    return List.of(SUM);
  }

  @Override
  protected void update(Parameter param, Tensor grad, Options o, ParamState state) {
    if (state.step() == 1 && o.initialAccumulatorValue != 0) {
      state.set(SUM, state.get(SUM).add(o.initialAccumulatorValue));
    }
    double stepSize = o.lr / (1 + (state.step() - 1) * o.lrDecay);
    new AdagradKernel(o.maximize ? -1 : 1, o.weightDecay, stepSize, o.eps)
        .update(param, grad, state.get(SUM));
  }
}
