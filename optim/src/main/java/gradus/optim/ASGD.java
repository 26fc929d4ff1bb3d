// SPDX-License-Identifier: Apache-2.0
package gradus.optim;

import gradus.Parameter;
import gradus.Tensor;
import java.util.Collection;
import java.util.List;

/// Averaged stochastic gradient descent, with a learning rate that falls over the steps:
/// `torch.optim.ASGD`.
///
/// With gradient g, weight decay λ, learning rate γ, in step t, and η = γ at first:
///
/// ```text
/// g ← g + λ·w                          (g ← −g + λ·w with maximize)
/// w ← (1 − Λ·η)·w − η·g
/// a ← a + (w − a)/max(1, t − 1 − t₀)   (until step t₀ + 2 this is w)
/// η ← γ/(1 + Λ·γ·t)^α
/// ```
///
/// The average a is [#average(Parameter)], and is not used in the steps.
///
/// Polyak, Juditsky: Acceleration of Stochastic Approximation by Averaging, SIAM J. Control and
/// Optimization 30, 1992; the schedule is that of Bottou's `sgd`. For an average of any optimizer's
/// weights see [WeightAverage].
public final class ASGD extends Optimizer<ASGD.Options> {
  private static final String AVERAGE = "ax";
  private static final String ETA = "eta";
  private static final String MU = "mu";

  /// Makes an optimizer of one group of parameters with PyTorch's defaults.
  ///
  /// @throws IllegalArgumentException if there are no parameters, or one is there twice
  public ASGD(Collection<Parameter> params) {
    this(params, options());
  }

  /// Makes an optimizer of one group of parameters with a learning rate.
  ///
  /// @throws IllegalArgumentException if there are no parameters, or one is there twice
  public ASGD(Collection<Parameter> params, double lr) {
    this(params, options().lr(lr));
  }

  /// Makes an optimizer of one group of parameters.
  ///
  /// @throws IllegalArgumentException if there are no parameters, or one is there twice
  public ASGD(Collection<Parameter> params, Options options) {
    this(ParamGroup.of(params, options));
  }

  /// Makes an optimizer of several groups of parameters, each with its own options.
  ///
  /// @throws IllegalArgumentException if there is no group, or a parameter is there twice
  @SafeVarargs
  @SuppressWarnings("varargs")
  public ASGD(ParamGroup<Options>... groups) {
    super(List.of(groups));
  }

  /// Returns PyTorch's defaults: lr 0.01, lambda 1e-4, alpha 0.75, t0 1e6, weight decay 0, no
  /// maximize.
  public static Options options() {
    return new Options(1e-2, 1e-4, 0.75, 1e6, 0, false);
  }

  /// Options of [ASGD].
  ///
  /// @param lr learning rate γ ≥ 0
  /// @param lambda Λ ≥ 0, by which the learning rate and the weights decay (PyTorch: `lambd`)
  /// @param alpha exponent α of the learning rate
  /// @param t0 the step after which averaging begins
  /// @param weightDecay λ ≥ 0, the gradient of ½·λ·‖w‖²
  /// @param maximize whether to climb instead
  public record Options(
      double lr, double lambda, double alpha, double t0, double weightDecay, boolean maximize)
      implements Optimizer.Options<Options> {

    /// Checks the options.
    ///
    /// @throws IllegalArgumentException if one is out of its range
    public Options {
      Check.notNegative("ASGD", "lr", lr);
      Check.notNegative("ASGD", "lambda", lambda);
      Check.finite("ASGD", "alpha", alpha);
      Check.finite("ASGD", "t0", t0);
      Check.notNegative("ASGD", "weightDecay", weightDecay);
    }

    /// Returns the same with another learning rate γ ≥ 0.
    @Override
    public Options lr(double lr) {
      return new Options(lr, lambda, alpha, t0, weightDecay, maximize);
    }

    /// Returns the same with another decay Λ ≥ 0.
    public Options lambda(double lambda) {
      return new Options(lr, lambda, alpha, t0, weightDecay, maximize);
    }

    /// Returns the same with another exponent α of the learning rate.
    public Options alpha(double alpha) {
      return new Options(lr, lambda, alpha, t0, weightDecay, maximize);
    }

    /// Returns the same with another step after which averaging begins.
    public Options t0(double t0) {
      return new Options(lr, lambda, alpha, t0, weightDecay, maximize);
    }

    /// Returns the same with another weight decay λ ≥ 0.
    public Options weightDecay(double weightDecay) {
      return new Options(lr, lambda, alpha, t0, weightDecay, maximize);
    }

    /// Returns the same, climbing or descending.
    public Options maximize(boolean maximize) {
      return new Options(lr, lambda, alpha, t0, weightDecay, maximize);
    }
  }

  @Override
  protected List<String> stateNames(Options options) {
    return List.of(AVERAGE);
  }

  @Override
  protected List<String> numberNames() {
    return List.of(ETA, MU);
  }

  @Override
  protected void update(Parameter param, Tensor grad, Options o, ParamState state) {
    long t = state.step();
    double eta = t == 1 ? o.lr : state.number(ETA);
    double mu = t == 1 ? 1 : state.number(MU);
    new AsgdKernel(o.maximize ? -1 : 1, o.weightDecay, 1 - o.lambda * eta, eta, mu)
        .update(param, grad, state.get(AVERAGE));
    state.number(ETA, o.lr / StrictMath.pow(1 + o.lambda * o.lr * t, o.alpha));
    state.number(MU, 1 / Math.max(1, t - o.t0));
  }

  /// Returns a copy of the average a of a parameter's values; the parameter itself before its first
  /// step.
  public Tensor average(Parameter param) {
    ParamState state = state(param);
    return (state == null ? param.detach() : state.get(AVERAGE)).copy();
  }
}
