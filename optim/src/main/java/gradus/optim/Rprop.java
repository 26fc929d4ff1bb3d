// SPDX-License-Identifier: Apache-2.0
package gradus.optim;

import gradus.Parameter;
import gradus.Tensor;
import java.util.Collection;
import java.util.List;

/// Resilient propagation: each weight has a step size of its own, which grows while the sign of its
/// gradient stays and shrinks when it turns; the gradient's size doesn't matter:
/// `torch.optim.Rprop`. For whole data sets, not for mini-batches.
///
/// With gradient g (−g with maximize), and p what it was in the step before, 0 at first:
///
/// ```text
/// s ← clamp(η₊·s, s₀, s₁)  if g·p > 0,  clamp(η₋·s, s₀, s₁)  if g·p < 0      (s is lr at first)
/// g ← 0                    if g·p < 0
/// w ← w − s·sign(g)
/// p ← g
/// ```
///
/// Riedmiller, Braun: A Direct Adaptive Method for Faster Backpropagation Learning: The RPROP
/// Algorithm, ICNN 1993; in the variant without taking steps back (iRprop−: Igel, Hüsken, 2000).
public final class Rprop extends Optimizer<Rprop.Options> {
  private static final String PREVIOUS = "prev";
  private static final String STEP_SIZE = "step_size";

  /// Makes an optimizer of one group of parameters with PyTorch's defaults.
  ///
  /// @throws IllegalArgumentException if there are no parameters, or one is there twice
  public Rprop(Collection<Parameter> params) {
    this(params, options());
  }

  /// Makes an optimizer of one group of parameters with a learning rate.
  ///
  /// @throws IllegalArgumentException if there are no parameters, or one is there twice
  public Rprop(Collection<Parameter> params, double lr) {
    this(params, options().lr(lr));
  }

  /// Makes an optimizer of one group of parameters.
  ///
  /// @throws IllegalArgumentException if there are no parameters, or one is there twice
  public Rprop(Collection<Parameter> params, Options options) {
    this(ParamGroup.of(params, options));
  }

  /// Makes an optimizer of several groups of parameters, each with its own options.
  ///
  /// @throws IllegalArgumentException if there is no group, or a parameter is there twice
  @SafeVarargs
  @SuppressWarnings("varargs")
  public Rprop(ParamGroup<Options>... groups) {
    super(List.of(groups));
  }

  /// Returns PyTorch's defaults: lr 0.01, etas 0.5 and 1.2, step sizes from 1e-6 to 50, no
  /// maximize.
  public static Options options() {
    return new Options(1e-2, 0.5, 1.2, 1e-6, 50, false);
  }

  /// Options of [Rprop].
  ///
  /// @param lr the first step size ≥ 0; later changes have no effect
  /// @param etaMinus η₋ in (0, 1), by which a step size shrinks
  /// @param etaPlus η₊ > 1, by which it grows
  /// @param minStep the smallest step size s₀ ≥ 0
  /// @param maxStep the largest step size s₁
  /// @param maximize whether to climb instead
  public record Options(
      double lr, double etaMinus, double etaPlus, double minStep, double maxStep, boolean maximize)
      implements Optimizer.Options<Options> {

    /// Checks the options.
    ///
    /// @throws IllegalArgumentException if one is out of its range
    public Options {
      Check.notNegative("Rprop", "lr", lr);
      Check.that(etaMinus > 0 && etaMinus < 1, "Rprop", "etaMinus", etaMinus, "in (0, 1)");
      Check.that(
          etaPlus > 1 && etaPlus < Double.POSITIVE_INFINITY,
          "Rprop",
          "etaPlus",
          etaPlus,
          "a number > 1");
      Check.notNegative("Rprop", "minStep", minStep);
      Check.notNegative("Rprop", "maxStep", maxStep);
    }

    /// Returns the same with another first step size ≥ 0.
    @Override
    public Options lr(double lr) {
      return new Options(lr, etaMinus, etaPlus, minStep, maxStep, maximize);
    }

    /// Returns the same with another factor η₋ in (0, 1), by which a step size shrinks.
    public Options etaMinus(double etaMinus) {
      return new Options(lr, etaMinus, etaPlus, minStep, maxStep, maximize);
    }

    /// Returns the same with another factor η₊ > 1, by which a step size grows.
    public Options etaPlus(double etaPlus) {
      return new Options(lr, etaMinus, etaPlus, minStep, maxStep, maximize);
    }

    /// Returns the same with another smallest step size ≥ 0.
    public Options minStep(double minStep) {
      return new Options(lr, etaMinus, etaPlus, minStep, maxStep, maximize);
    }

    /// Returns the same with another largest step size.
    public Options maxStep(double maxStep) {
      return new Options(lr, etaMinus, etaPlus, minStep, maxStep, maximize);
    }

    /// Returns the same, climbing or descending.
    public Options maximize(boolean maximize) {
      return new Options(lr, etaMinus, etaPlus, minStep, maxStep, maximize);
    }
  }

  @Override
  protected List<String> stateNames(Options options) {
    return List.of(PREVIOUS, STEP_SIZE);
  }

  @Override
  protected void update(Parameter param, Tensor grad, Options o, ParamState state) {
    if (state.step() == 1) {
      state.set(STEP_SIZE, state.get(STEP_SIZE).add(o.lr));
    }
    new RpropKernel(o.maximize ? -1 : 1, o.etaMinus, o.etaPlus, o.minStep, o.maxStep)
        .update(param, grad, state.get(PREVIOUS), state.get(STEP_SIZE));
  }
}
