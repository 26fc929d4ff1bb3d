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
}
