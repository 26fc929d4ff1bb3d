// SPDX-License-Identifier: Apache-2.0
package gradus.optim;

import gradus.Parameter;
import gradus.Tensor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// RMSprop: divides the gradient by a running root mean square of itself: `torch.optim.RMSprop`.
///
/// With gradient g, decay α, momentum μ, weight decay λ and learning rate γ:
///
/// ```text
/// g ← g + λ·w                          (g ← −g + λ·w with maximize)
/// v ← α·v + (1−α)·g²
/// m ← α·m + (1−α)·g                    with centered, else m = 0
/// d ← g / (√(v − m²) + ε)
/// b ← μ·b + d                          with momentum, else b = d
/// w ← w − γ·b
/// ```
///
/// Tieleman, Hinton: Lecture 6.5 — rmsprop, COURSERA: Neural Networks for Machine Learning, 2012;
/// centered: Graves, Generating Sequences With Recurrent Neural Networks, 2013.
///
/// **In courses.** CS231n's `cache = decay * cache + (1 - decay) * dx**2; x += -lr * dx /
/// (np.sqrt(cache) + eps)` is this, with its `decay` as alpha, and ε outside the root as here.
/// Keras, and Graves's paper, have it inside, √(v + ε): where v is small, their ε of 1e-7 acts like
/// one of √1e-7 ≈ 3e-4 here. The learning rate is outside the momentum, as in [SGD].
public final class RMSprop extends Optimizer<RMSprop.Options> {
  private static final String SQUARE = "square_avg";
  private static final String BUFFER = "momentum_buffer";
  private static final String MEAN = "grad_avg";

  /// Makes an optimizer of one group of parameters with PyTorch's defaults.
  ///
  /// @throws IllegalArgumentException if there are no parameters, or one is there twice
  public RMSprop(Collection<Parameter> params) {
    this(params, options());
  }

  /// Makes an optimizer of one group of parameters with a learning rate.
  ///
  /// @throws IllegalArgumentException if there are no parameters, or one is there twice
  public RMSprop(Collection<Parameter> params, double lr) {
    this(params, options().lr(lr));
  }

  /// Makes an optimizer of one group of parameters.
  ///
  /// @throws IllegalArgumentException if there are no parameters, or one is there twice
  public RMSprop(Collection<Parameter> params, Options options) {
    this(ParamGroup.of(params, options));
  }

  /// Makes an optimizer of several groups of parameters, each with its own options.
  ///
  /// @throws IllegalArgumentException if there is no group, or a parameter is there twice
  @SafeVarargs
  @SuppressWarnings("varargs")
  public RMSprop(ParamGroup<Options>... groups) {
    super(List.of(groups));
  }

  /// Returns PyTorch's defaults: lr 0.01, alpha 0.99, eps 1e-8, weight decay 0, momentum 0, not
  /// centered, no maximize.
  public static Options options() {
    return new Options(1e-2, 0.99, 1e-8, 0, 0, false, false);
  }

  /// Options of [RMSprop].
  ///
  /// @param lr learning rate γ ≥ 0
  /// @param alpha decay α of the mean of the squares, in [0, 1]
  /// @param eps ε ≥ 0, keeps the denominator from 0
  /// @param weightDecay λ ≥ 0, the gradient of ½·λ·‖w‖²
  /// @param momentum μ ≥ 0; 0 needs no memory
  /// @param centered whether to divide by the standard deviation instead
  /// @param maximize whether to climb instead
  public record Options(
      double lr,
      double alpha,
      double eps,
      double weightDecay,
      double momentum,
      boolean centered,
      boolean maximize)
      implements Optimizer.MomentumOptions<Options> {

    /// Checks the options.
    ///
    /// @throws IllegalArgumentException if one is out of its range
    public Options {
      Check.notNegative("RMSprop", "lr", lr);
      Check.that(alpha >= 0 && alpha <= 1, "RMSprop", "alpha", alpha, "in [0, 1]");
      Check.notNegative("RMSprop", "eps", eps);
      Check.notNegative("RMSprop", "weightDecay", weightDecay);
      Check.notNegative("RMSprop", "momentum", momentum);
    }

    /// Returns the same with another learning rate γ ≥ 0.
    @Override
    public Options lr(double lr) {
      return new Options(lr, alpha, eps, weightDecay, momentum, centered, maximize);
    }

    /// Returns the same with another decay α of the mean of the squares, in [0, 1].
    public Options alpha(double alpha) {
      return new Options(lr, alpha, eps, weightDecay, momentum, centered, maximize);
    }

    /// Returns the same with another ε ≥ 0.
    public Options eps(double eps) {
      return new Options(lr, alpha, eps, weightDecay, momentum, centered, maximize);
    }

    /// Returns the same with another weight decay λ ≥ 0.
    public Options weightDecay(double weightDecay) {
      return new Options(lr, alpha, eps, weightDecay, momentum, centered, maximize);
    }

    /// Returns the same with another momentum μ ≥ 0.
    @Override
    public Options momentum(double momentum) {
      return new Options(lr, alpha, eps, weightDecay, momentum, centered, maximize);
    }

    /// Returns the same with or without centring.
    public Options centered(boolean centered) {
      return new Options(lr, alpha, eps, weightDecay, momentum, centered, maximize);
    }

    /// Returns the same, climbing or descending.
    public Options maximize(boolean maximize) {
      return new Options(lr, alpha, eps, weightDecay, momentum, centered, maximize);
    }
  }

  @Override
  protected List<String> stateNames(Options o) {
    List<String> names = new ArrayList<>(List.of(SQUARE));
    if (o.centered) {
      names.add(MEAN);
    }
    if (o.momentum > 0) {
      names.add(BUFFER);
    }
    return names;
  }

  @Override
  protected void update(Parameter param, Tensor grad, Options o, ParamState state) {
    new RmsPropKernel(
            o.maximize ? -1 : 1, o.weightDecay, o.alpha, o.eps, o.centered, o.momentum, o.lr)
        .update(param, grad, state.getAll(stateNames(o)));
  }
}
