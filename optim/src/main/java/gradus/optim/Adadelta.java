// SPDX-License-Identifier: Apache-2.0
package gradus.optim;

import gradus.Parameter;
import gradus.Tensor;
import java.util.Collection;
import java.util.List;

/// Adadelta: steps in the units of the parameter, from the ratio of two running root mean squares,
/// that of past steps and that of gradients: `torch.optim.Adadelta`.
///
/// With gradient g, decay ρ, weight decay λ and learning rate γ:
///
/// ```text
/// g ← g + λ·w                          (g ← −g + λ·w with maximize)
/// v ← ρ·v + (1−ρ)·g²
/// d ← √(u + ε) / √(v + ε) · g
/// u ← ρ·u + (1−ρ)·d²
/// w ← w − γ·d
/// ```
///
/// Zeiler: ADADELTA: An Adaptive Learning Rate Method, 2012; the paper has no γ, which is γ = 1.
public final class Adadelta extends Optimizer<Adadelta.Options> {
  private static final String SQUARE = "square_avg";
  private static final String DELTA = "acc_delta";

  /// Makes an optimizer of one group of parameters with PyTorch's defaults.
  ///
  /// @throws IllegalArgumentException if there are no parameters, or one is there twice
  public Adadelta(Collection<Parameter> params) {
    this(params, options());
  }

  /// Makes an optimizer of one group of parameters with a learning rate.
  ///
  /// @throws IllegalArgumentException if there are no parameters, or one is there twice
  public Adadelta(Collection<Parameter> params, double lr) {
    this(params, options().lr(lr));
  }

  /// Makes an optimizer of one group of parameters.
  ///
  /// @throws IllegalArgumentException if there are no parameters, or one is there twice
  public Adadelta(Collection<Parameter> params, Options options) {
    this(ParamGroup.of(params, options));
  }

  /// Makes an optimizer of several groups of parameters, each with its own options.
  ///
  /// @throws IllegalArgumentException if there is no group, or a parameter is there twice
  @SafeVarargs
  @SuppressWarnings("varargs")
  public Adadelta(ParamGroup<Options>... groups) {
    super(List.of(groups));
  }

  /// Returns PyTorch's defaults: lr 1, rho 0.9, eps 1e-6, weight decay 0, no maximize.
  public static Options options() {
    return new Options(1, 0.9, 1e-6, 0, false);
  }

  /// Options of [Adadelta].
  ///
  /// @param lr learning rate γ ≥ 0
  /// @param rho decay ρ of both means of squares, in [0, 1]
  /// @param eps ε ≥ 0 under both roots; the first steps are about √ε
  /// @param weightDecay λ ≥ 0, the gradient of ½·λ·‖w‖²
  /// @param maximize whether to climb instead
  public record Options(double lr, double rho, double eps, double weightDecay, boolean maximize)
      implements Optimizer.Options<Options> {

    /// Checks the options.
    ///
    /// @throws IllegalArgumentException if one is out of its range
    public Options {
      Check.notNegative("Adadelta", "lr", lr);
      Check.that(rho >= 0 && rho <= 1, "Adadelta", "rho", rho, "in [0, 1]");
      Check.notNegative("Adadelta", "eps", eps);
      Check.notNegative("Adadelta", "weightDecay", weightDecay);
    }

    /// Returns the same with another learning rate γ ≥ 0.
    @Override
    public Options lr(double lr) {
      return new Options(lr, rho, eps, weightDecay, maximize);
    }

    /// Returns the same with another decay ρ of both means of squares, in [0, 1].
    public Options rho(double rho) {
      return new Options(lr, rho, eps, weightDecay, maximize);
    }

    /// Returns the same with another ε ≥ 0.
    public Options eps(double eps) {
      return new Options(lr, rho, eps, weightDecay, maximize);
    }

    /// Returns the same with another weight decay λ ≥ 0.
    public Options weightDecay(double weightDecay) {
      return new Options(lr, rho, eps, weightDecay, maximize);
    }

    /// Returns the same, climbing or descending.
    public Options maximize(boolean maximize) {
      return new Options(lr, rho, eps, weightDecay, maximize);
    }
  }

  @Override
  protected List<String> stateNames(Options options) {
    return List.of(SQUARE, DELTA);
  }

  @Override
  protected void update(Parameter param, Tensor grad, Options o, ParamState state) {
    new AdadeltaKernel(o.maximize ? -1 : 1, o.weightDecay, o.rho, o.eps, o.lr)
        .update(param, grad, state.get(SQUARE), state.get(DELTA));
  }
}
