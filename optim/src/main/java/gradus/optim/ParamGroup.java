// SPDX-License-Identifier: Apache-2.0
package gradus.optim;

import gradus.Parameter;
import java.util.Collection;
import java.util.List;

/// Parameters that are updated with the same options.
///
/// ```java
/// var adam = Adam.options().lr(1e-3);
/// var optimizer = new Adam(
///     ParamGroup.of(net.features().parameters(), adam.lr(1e-4)),
///     ParamGroup.of(net.head().parameters(), adam.weightDecay(1e-2)));
/// ```
///
/// @param <O> the options of the optimizer that the group belongs to
public final class ParamGroup<O extends Optimizer.Options<O>> {
  private final List<Parameter> params;
  private O options;
  private double initialLr = Double.NaN;

  private ParamGroup(List<Parameter> params, O options) {
    this.params = params;
    this.options = options;
  }

  /// Returns a group of `params` with their own `options`.
  ///
  /// @throws IllegalArgumentException if there are no parameters
  public static <O extends Optimizer.Options<O>> ParamGroup<O> of(
      Collection<Parameter> params, O options) {
    if (params.isEmpty()) {
      throw new IllegalArgumentException(
          "ParamGroup: no parameters; did the module keep its layers in fields?");
    }
    return new ParamGroup<>(List.copyOf(params), options);
  }

  /// Returns the parameters, in order.
  public List<Parameter> params() {
    return params;
  }

  /// Returns the options of the next step.
  public O options() {
    return options;
  }

  /// Returns the learning rate of the next step.
  public double lr() {
    return options.lr();
  }

  /// Sets the learning rate of the next step, as schedulers do.
  ///
  /// @throws IllegalArgumentException if `lr` is negative, infinite or NaN
  public void lr(double lr) {
    options = options.lr(lr);
  }

  /// Sets the momentum, or β₁, of the next step, as some schedulers do.
  ///
  /// @throws IllegalStateException if the options have none
  /// @throws IllegalArgumentException if `momentum` is out of its range
  public void momentum(double momentum) {
    options = withMomentum(options, momentum);
  }

  @SuppressWarnings("unchecked") // The options of O's wither are of type O.
  static <O extends Optimizer.Options<O>> O withMomentum(O options, double momentum) {
    if (!(options instanceof Optimizer.MomentumOptions<?> o)) {
      throw new IllegalStateException(
          "ParamGroup: %s has no momentum; give the scheduler cycleMomentum(false)"
              .formatted(options));
    }
    return (O) o.momentum(momentum);
  }

  void options(O options) {
    this.options = options;
  }

  /// Returns what schedulers start from: the learning rate that the group had when the first one
  /// was made.
  double initialLr() {
    if (Double.isNaN(initialLr)) {
      initialLr = lr();
    }
    return initialLr;
  }

  void initialLr(double lr) {
    initialLr = lr;
  }
}
