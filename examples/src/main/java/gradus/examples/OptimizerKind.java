// SPDX-License-Identifier: Apache-2.0

package gradus.examples;

import gradus.Parameter;
import gradus.optim.Adam;
import gradus.optim.AdamW;
import gradus.optim.Optimizer;
import gradus.optim.SGD;
import java.util.Collection;
import java.util.OptionalDouble;

/// The optimizers of the command line, with what they start from if nothing else is asked for.
enum OptimizerKind {
  /// Stochastic gradient descent with momentum.
  SGD(
      0.02,
      5e-4,
      OptionalDouble.of(0.9),
      (params, s) ->
          new SGD(
              params,
              gradus.optim.SGD.options().lr(s.lr).momentum(s.momentum).weightDecay(s.weightDecay))),
  /// Adam, weight decay in the gradient.
  ADAM(
      1e-3,
      5e-4,
      OptionalDouble.empty(),
      (params, s) -> new Adam(params, Adam.options().lr(s.lr).weightDecay(s.weightDecay))),
  /// Adam, weight decay beside it.
  ADAMW(
      1e-3,
      0.5,
      OptionalDouble.empty(),
      (params, s) -> new AdamW(params, AdamW.options().lr(s.lr).weightDecay(s.weightDecay)));

  /// What an optimizer is made with; those without momentum ignore it.
  record Settings(double lr, double weightDecay, double momentum) {}

  private interface Maker {
    Optimizer<?> make(Collection<Parameter> params, Settings settings);
  }

  private final double lr;
  private final double weightDecay;
  private final OptionalDouble momentum;

  @SuppressWarnings("ImmutableEnumChecker") // lambdas that capture nothing
  private final Maker maker;

  OptimizerKind(double lr, double weightDecay, OptionalDouble momentum, Maker maker) {
    this.lr = lr;
    this.weightDecay = weightDecay;
    this.momentum = momentum;
    this.maker = maker;
  }

  double lr() {
    return lr;
  }

  double weightDecay() {
    return weightDecay;
  }

  /// The momentum; empty if this has none.
  OptionalDouble momentum() {
    return momentum;
  }

  Optimizer<?> make(Collection<Parameter> params, Settings settings) {
    return maker.make(params, settings);
  }

  @Override
  public String toString() {
    return Choice.name(this);
  }
}
