// SPDX-License-Identifier: Apache-2.0
package gradus.optim;

import gradus.Parameter;
import gradus.Tensor;
import java.util.Collection;
import java.util.List;

/// Stochastic gradient descent, with momentum if wanted: `torch.optim.SGD`.
///
/// With gradient g, momentum μ, dampening τ, weight decay λ and learning rate γ:
///
/// ```text
/// g ← g + λ·w                          (g ← −g + λ·w with maximize)
/// b ← g in the first step, μ·b + (1−τ)·g in the others
/// g ← b, or g + μ·b with nesterov
/// w ← w − γ·g
/// ```
///
/// Sutskever, Martens, Dahl, Hinton: On the importance of initialization and momentum in deep
/// learning, ICML 2013; the learning rate is outside the momentum, as in PyTorch.
///
/// **In courses.** CS231n, like the paper, has the learning rate inside: `v = mu * v - lr * dx; x
/// += v`. Then v = −γ·b, and the steps are the same as long as γ is; when a schedule changes γ, the
/// steps here change at once, theirs as the old ones fade. Its Nesterov, `x += -mu * v_prev + (1 +
/// mu) * v`, is γ·(g + μ·b) here, `nesterov`: both keep the parameter that lies ahead. Ng's
/// exponentially weighted `v = β * v + (1 - β) * dw` is (1−β)·b: the same steps as with momentum β
/// and learning rate (1−β)·γ.
public final class SGD extends Optimizer<SGD.Options> {
  private static final String MOMENTUM_BUFFER = "momentum_buffer";

  /// Makes an optimizer of one group of parameters with a learning rate.
  ///
  /// @throws IllegalArgumentException if there are no parameters, or one is there twice
  public SGD(Collection<Parameter> params, double lr) {
    this(params, options().lr(lr));
  }

  /// Makes an optimizer of one group of parameters.
  ///
  /// @throws IllegalArgumentException if there are no parameters, or one is there twice
  public SGD(Collection<Parameter> params, Options options) {
    this(ParamGroup.of(params, options));
  }

  /// Makes an optimizer of several groups of parameters, each with its own options.
  ///
  /// @throws IllegalArgumentException if there is no group, or a parameter is there twice
  @SafeVarargs
  @SuppressWarnings("varargs")
  public SGD(ParamGroup<Options>... groups) {
    super(List.of(groups));
  }

  /// Returns PyTorch's defaults: lr 0.001, momentum 0, dampening 0, weight decay 0, no nesterov, no
  /// maximize.
  public static Options options() {
    return new Options(1e-3, 0, 0, 0, false, false);
  }

  /// Options of [SGD].
  ///
  /// @param lr learning rate γ ≥ 0
  /// @param momentum μ ≥ 0; 0 needs no memory
  /// @param dampening τ of the momentum
  /// @param weightDecay λ ≥ 0, the gradient of ½·λ·‖w‖²
  /// @param nesterov whether to look ahead along the momentum; needs momentum and no dampening
  /// @param maximize whether to climb instead
  public record Options(
      double lr,
      double momentum,
      double dampening,
      double weightDecay,
      boolean nesterov,
      boolean maximize)
      implements Optimizer.MomentumOptions<Options> {

    /// Checks the options.
    ///
    /// @throws IllegalArgumentException if one is out of its range
    public Options {
      Check.notNegative("SGD", "lr", lr);
      Check.notNegative("SGD", "momentum", momentum);
      Check.finite("SGD", "dampening", dampening);
      Check.notNegative("SGD", "weightDecay", weightDecay);
      if (nesterov && (momentum == 0 || dampening != 0)) {
        throw new IllegalArgumentException(
            "SGD: nesterov needs momentum > 0 and dampening 0, not momentum "
                + momentum
                + " and dampening "
                + dampening
                + "; set momentum before nesterov");
      }
    }

    /// Returns the same with another learning rate γ ≥ 0.
    @Override
    public Options lr(double lr) {
      return new Options(lr, momentum, dampening, weightDecay, nesterov, maximize);
    }

    /// Returns the same with another momentum μ ≥ 0.
    @Override
    public Options momentum(double momentum) {
      return new Options(lr, momentum, dampening, weightDecay, nesterov, maximize);
    }

    /// Returns the same with another dampening τ.
    public Options dampening(double dampening) {
      return new Options(lr, momentum, dampening, weightDecay, nesterov, maximize);
    }

    /// Returns the same with another weight decay λ ≥ 0.
    public Options weightDecay(double weightDecay) {
      return new Options(lr, momentum, dampening, weightDecay, nesterov, maximize);
    }

    /// Returns the same with or without Nesterov's momentum.
    public Options nesterov(boolean nesterov) {
      return new Options(lr, momentum, dampening, weightDecay, nesterov, maximize);
    }

    /// Returns the same, climbing or descending.
    public Options maximize(boolean maximize) {
      return new Options(lr, momentum, dampening, weightDecay, nesterov, maximize);
    }
  }

  @Override
  protected List<String> stateNames(Options o) {
    return o.momentum == 0 ? List.of() : List.of(MOMENTUM_BUFFER);
  }

  @Override
  protected void update(Parameter param, Tensor grad, Options o, ParamState state) {
    double sign = o.maximize ? -1 : 1;
    if (o.momentum == 0) {
      SgdKernel.plain(sign, o.weightDecay, o.lr).update(param, grad);
    } else {
      double take = state.step() == 1 ? 1 : 1 - o.dampening;
      new SgdKernel(sign, o.weightDecay, o.momentum, take, o.nesterov, o.lr)
          .update(param, grad, state.get(MOMENTUM_BUFFER));
    }
  }
}
