// SPDX-License-Identifier: Apache-2.0
package gradus.optim;

import gradus.Grad;
import gradus.Parameter;
import gradus.Tensor;
import gradus.internal.Raw;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Updates parameters from their gradients: `torch.optim.Optimizer`.
///
/// ```java
/// optimizer.zeroGrad();
/// loss.backward();
/// optimizer.step();
/// ```
///
/// An optimizer of your own is a record of options and one method, [#update], in tensor operations:
///
/// ```java
/// @Override
/// protected void update(Parameter p, Tensor grad, Options o, ParamState state) {
///   p.assign(p.sub(grad.sign().mul(o.lr())));
/// }
/// ```
///
/// @param <O> its options
public abstract class Optimizer<O extends Optimizer.Options<O>> implements Stateful {

  /// What every optimizer's options have: a learning rate, which schedulers move.
  ///
  /// @param <O> the options themselves, a record
  public interface Options<O extends Options<O>> {

    /// Returns the learning rate.
    double lr();

    /// Returns the same options with another learning rate.
    ///
    /// @throws IllegalArgumentException if `lr` is negative, infinite or NaN
    O lr(double lr);
  }

  /// Options with a momentum, which [OneCycleLR] and [CyclicLR] move too.
  ///
  /// @param <O> the options themselves, a record
  public interface MomentumOptions<O extends MomentumOptions<O>> extends Options<O> {

    /// Returns the momentum.
    double momentum();

    /// Returns the same options with another momentum.
    ///
    /// @throws IllegalArgumentException if `momentum` is out of its range
    O momentum(double momentum);
  }

  /// Options with a decay β₁ of a mean of gradients, which is a momentum.
  ///
  /// @param <O> the options themselves, a record
  public interface BetaOptions<O extends BetaOptions<O>> extends MomentumOptions<O> {

    /// Returns β₁.
    double beta1();

    /// Returns the same options with another β₁.
    ///
    /// @throws IllegalArgumentException if `beta1` is not in [0, 1)
    O beta1(double beta1);

    /// Returns β₁.
    @Override
    default double momentum() {
      return beta1();
    }

    /// Returns the same options with another β₁.
    @Override
    default O momentum(double momentum) {
      return beta1(momentum);
    }
  }

  private final List<ParamGroup<O>> groups = new ArrayList<>();
  private final Map<Parameter, ParamState> states = new HashMap<>();

  /// Makes an optimizer of these groups; more can be added later.
  ///
  /// @throws IllegalArgumentException if there is no group, or a parameter is in two of them
  protected Optimizer(List<ParamGroup<O>> groups) {
    if (groups.isEmpty()) {
      throw new IllegalArgumentException(name() + ": no parameter groups; give at least one");
    }
    for (ParamGroup<O> group : groups) {
      addParamGroup(group);
    }
  }

  /// Updates `param` in place, inside a no-grad scope.
  ///
  /// @param param has a gradient
  /// @param options the options of its group
  /// @param grad its gradient, which [#zeroGrad()] takes away again; copy() it to remember it
  /// @param state what is remembered about it; the names of [#stateNames], all zeros at first
  protected abstract void update(Parameter param, Tensor grad, O options, ParamState state);

  /// Returns the names of the tensors that are remembered for a parameter with these options.
  protected abstract List<String> stateNames(O options);

  /// Returns the names of the numbers that are remembered for a parameter; by default there are
  /// none.
  protected List<String> numberNames() {
    return List.of();
  }

  /// Updates every parameter that has a gradient; the others, and what is remembered about them,
  /// stay as they are.
  public void step() {
    try (var _ = Grad.off()) {
      for (ParamGroup<O> group : groups) {
        O options = group.options();
        for (Parameter param : group.params()) {
          Tensor grad = Raw.gradient(param);
          if (grad != null) {
            ParamState state =
                states.computeIfAbsent(
                    param, p -> new ParamState(p, stateNames(options), numberNames()));
            state.nextStep(param);
            update(param, grad, options, state);
          }
        }
      }
    }
  }

  /// Computes the loss and its gradients by `closure`, updates the parameters once, and returns the
  /// loss. [LBFGS] calls the closure several times.
  ///
  /// @param closure forgets the gradients, computes the loss, calls `backward` on it and returns it
  public Tensor step(Supplier<Tensor> closure) {
    Tensor loss = closure.get();
    step();
    return loss;
  }

  /// Forgets all gradients: PyTorch's `zero_grad(set_to_none=True)`.
  public void zeroGrad() {
    for (ParamGroup<O> group : groups) {
      group.params().forEach(Parameter::zeroGrad);
    }
  }

  /// Returns the groups, in the order in which they were added.
  public final List<ParamGroup<O>> groups() {
    return Collections.unmodifiableList(groups);
  }

  /// Adds parameters with options of their own: PyTorch's `add_param_group`.
  ///
  /// @throws IllegalArgumentException if a parameter is already there
  public final void addParamGroup(ParamGroup<O> group) {
    Map<Parameter, Integer> groupOf = new HashMap<>();
    for (int g = 0; g < groups.size(); g++) {
      for (Parameter param : groups.get(g).params()) {
        groupOf.put(param, g);
      }
    }
    int index = 0;
    for (Parameter param : group.params()) {
      Integer other = groupOf.put(param, groups.size());
      if (other != null) {
        throw new IllegalArgumentException(
            String.format(
                "%s: parameter %d of group %d, %s, is already in group %d; a parameter is updated"
                    + " once per step",
                name(), index, groups.size(), param.shape(), other));
      }
      index++;
    }
    groups.add(group);
  }

  /// Returns the learning rates, `groups.<group>.lr`, and momenta, `groups.<group>.momentum`, which
  /// schedulers move, and what is remembered about each parameter that has taken a step,
  /// `state.<parameter>.step` and `state.<parameter>.<name>`, where parameters are counted through
  /// all groups.
  ///
  /// The other options are the program's to state, not the state's.
  @Override
  public final StateDict stateDict() {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    Map<String, Double> scalars = new LinkedHashMap<>();
    int index = 0;
    for (int g = 0; g < groups.size(); g++) {
      scalars.put(lrKey(g), groups.get(g).lr());
      if (groups.get(g).options() instanceof MomentumOptions<?> o) {
        scalars.put(momentumKey(g), o.momentum());
      }
      for (Parameter param : groups.get(g).params()) {
        String prefix = prefix(index++);
        ParamState state = states.get(param);
        if (state != null) {
          scalars.put(prefix + "step", (double) state.step());
          state.numbers().forEach((name, number) -> scalars.put(prefix + name, number));
          state.tensors().forEach((name, tensor) -> tensors.put(prefix + name, tensor.copy()));
        }
      }
    }
    save(tensors, scalars);
    return new StateDict(tensors, scalars);
  }

  @Override
  public final void loadStateDict(StateDict dict) {
    var reader = new StateDict.Reader(name(), dict);
    List<O> options = new ArrayList<>();
    Map<Parameter, ParamState> loaded = new HashMap<>();
    int index = 0;
    for (int g = 0; g < groups.size(); g++) {
      O moved = moved(g, reader);
      options.add(moved);
      for (Parameter param : groups.get(g).params()) {
        String prefix = prefix(index++);
        if (reader.has(prefix + "step")) {
          long step = reader.count(prefix + "step", 1L << 53);
          Map<String, Tensor> tensors = new LinkedHashMap<>();
          for (String name : stateNames(moved)) {
            tensors.put(name, reader.tensor(prefix + name, param));
          }
          Map<String, Double> numbers = new LinkedHashMap<>();
          for (String name : numberNames()) {
            numbers.put(name, reader.scalar(prefix + name));
          }
          loaded.put(param, new ParamState(step, tensors, numbers));
        }
      }
    }
    Runnable more = load(reader);
    reader.end();
    for (int g = 0; g < groups.size(); g++) {
      groups.get(g).options(options.get(g));
    }
    states.clear();
    states.putAll(loaded);
    more.run();
  }

  /// Adds what is remembered about all parameters together to the state.
  void save(Map<String, Tensor> tensors, Map<String, Double> scalars) {}

  /// Reads what [#save] wrote, and returns what puts it in place once all has been read.
  Runnable load(StateDict.Reader reader) {
    return () -> {};
  }

  /// Returns what is remembered about a parameter; null before its first step.
  final @Nullable ParamState state(Parameter param) {
    return states.get(param);
  }

  /// Returns a group's options with the learning rate and momentum of a state.
  private O moved(int g, StateDict.Reader reader) {
    O options = groups.get(g).options();
    double lr = reader.scalar(lrKey(g));
    boolean accelerated = options instanceof MomentumOptions<?>;
    double momentum = accelerated ? reader.scalar(momentumKey(g)) : 0;
    if (Double.isNaN(lr) || Double.isNaN(momentum)) {
      return options;
    }
    try {
      O moved = options.lr(lr);
      return accelerated ? ParamGroup.withMomentum(moved, momentum) : moved;
    } catch (IllegalArgumentException e) {
      reader.problem(String.valueOf(e.getMessage()));
      return options;
    }
  }

  /// Returns the class name and the groups with their options, a line each.
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(name());
    for (ParamGroup<O> group : groups) {
      text.append("\n  ").append(group.params().size()).append(" parameters: ");
      text.append(group.options());
    }
    return text.toString();
  }

  private String name() {
    return getClass().getSimpleName();
  }

  private static String lrKey(int group) {
    return "groups." + group + ".lr";
  }

  private static String momentumKey(int group) {
    return "groups." + group + ".momentum";
  }

  private static String prefix(int index) {
    return "state." + index + ".";
  }
}
