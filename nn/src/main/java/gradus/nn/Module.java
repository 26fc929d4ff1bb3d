// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.Buffer;
import gradus.DType;
import gradus.Parameter;
import gradus.RemovableHandle;
import gradus.Tensor;
import gradus.internal.Raw;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;

/// A network or a part of one: parameters, buffers and child modules, which are its *fields*.
///
/// Fields of type [Module], [Parameter] and [Buffer] are found by themselves, private and final
/// ones too, in the order of declaration, superclass first; so are those inside lists, arrays, maps
/// with a defined order, records and `Optional`s. A field that is null is absent; static fields do
/// not count. A plain [Tensor] is a constant, no state. Names are the fields' own (`fc1.weight`),
/// list items go by index (`blocks.0.weight`), map values by key; [Name] sets another.
///
/// A `Module` has no forward: most networks extend [Layer], which maps one tensor to one. Modules
/// with several inputs declare a typed `apply(…)` over [#call].
///
/// If the user's code is a JPMS module, its `module-info` must open the package: `opens user to
/// gradus.nn;`. All methods that look for members throw `IllegalStateException` if it does not, and
/// `IllegalArgumentException` for a field that cannot be named or would be missed: a module
/// captured by a lambda or inner class, a cycle, a map or set without an order.
///
/// PyTorch: `torch.nn.Module`.
@SuppressWarnings("JavaLangClash") // PyTorch's name; nets extend Layer and never spell it
public abstract class Module {
  private final Hooks hooks = new Hooks();
  private boolean training = true;

  /// Returns this module's direct children, each once.
  public final List<Module> children() {
    return List.copyOf(namedChildren().values());
  }

  /// Returns this module's direct children by name; one held under several names goes by the first.
  public final SequencedMap<String, Module> namedChildren() {
    return once(Members.of(this).children()::forEach);
  }

  /// Returns this module and all below it, parents first, each once.
  public final List<Module> modules() {
    return List.copyOf(namedModules().values());
  }

  /// Returns this module (named `""`) and all below it by their dotted names, parents first; one
  /// held under several names goes by the first.
  public final SequencedMap<String, Module> namedModules() {
    return once(this::forEachModule);
  }

  /// Returns all parameters of this module and those below it, each once: what an optimizer takes.
  public final List<Parameter> parameters() {
    return List.copyOf(namedParameters().values());
  }

  /// Returns all parameters by their dotted names, a module's own before its children's; one held
  /// under several names goes by the first.
  public final SequencedMap<String, Parameter> namedParameters() {
    return once(found -> forEachMembers((name, at) -> at.parameters().forEach(under(name, found))));
  }

  /// Returns all buffers of this module and those below it, each once.
  public final List<Buffer> buffers() {
    return List.copyOf(namedBuffers().values());
  }

  /// Returns all buffers by their dotted names, a module's own before its children's; one held
  /// under several names goes by the first.
  public final SequencedMap<String, Buffer> namedBuffers() {
    return once(found -> forEachMembers((name, at) -> at.buffers().forEach(under(name, found))));
  }

  /// Returns the number of elements of all parameters, frozen ones too, shared ones once.
  public final long numParameters() {
    return parameters().stream().mapToLong(Parameter::numel).sum();
  }

  /// Returns whether this module is in training mode, as every new module is; [Dropout] and batch
  /// normalisation behave differently in the two modes.
  public final boolean isTraining() {
    return training;
  }

  /// Puts this module and all below it into training mode.
  public final void train() {
    modules().forEach(module -> module.training = true);
  }

  /// Puts this module and all below it into evaluation mode.
  public final void eval() {
    modules().forEach(module -> module.training = false);
  }

  /// Puts this module and all below it into evaluation mode until the scope is closed, which gives
  /// each of them the mode it had before.
  ///
  /// ```java
  /// try (var _ = model.evaluating(); var _ = Grad.off()) {
  ///   accuracy = …
  /// }
  /// ```
  public final Scope evaluating() {
    Scope modes = modes();
    eval();
    return modes;
  }

  /// Returns a scope that, when closed, gives this module and all below it the modes of now.
  final Scope modes() {
    List<Module> all = modules();
    Set<Module> trained = Collections.newSetFromMap(new IdentityHashMap<>());
    all.stream().filter(Module::isTraining).forEach(trained::add);
    return () -> all.forEach(module -> module.training = trained.contains(module));
  }

  /// Converts all floating-point parameters and buffers to `dtype` and drops the gradients. The
  /// [Parameter] and [Buffer] objects stay the same, so an optimizer built on them still holds.
  ///
  /// @throws IllegalArgumentException if `dtype` is not a floating-point type
  public final void to(DType dtype) {
    if (!dtype.isFloating()) {
      throw new IllegalArgumentException(
          "to: parameters cannot be " + dtype + "; use FLOAT32 or FLOAT64");
    }
    State.tensors(this).values().stream()
        .filter(tensor -> tensor.dtype().isFloating())
        .forEach(tensor -> Raw.convert(tensor, dtype));
  }

  /// Returns a copy of all parameters and buffers by their dotted names, a module's own parameters,
  /// then its buffers, then its children's: PyTorch's names and order. A shared one stays under
  /// each of its names. The tensors are a snapshot: later training does not change them.
  public final SequencedMap<String, Tensor> stateDict() {
    return State.copy(this);
  }

  /// Sets all parameters and buffers from `state`, which must have exactly this module's names,
  /// shapes and dtypes. Values are copied.
  ///
  /// @throws IllegalArgumentException naming every missing and unexpected key and every tensor of
  ///   another shape or dtype; nothing is changed then
  public final void loadStateDict(Map<String, ? extends Tensor> state) {
    State.load(this, state);
  }

  /// Sets the parameters and buffers that `state` has a tensor for, as PyTorch's `strict=False`,
  /// and returns the names that only one of the two has.
  ///
  /// @throws IllegalArgumentException naming every tensor of another shape or dtype; nothing is
  ///   changed then
  public final IncompatibleKeys loadMatching(Map<String, ? extends Tensor> state) {
    return State.loadMatching(this, state);
  }

  /// Drops the gradients of all parameters.
  public final void zeroGrad() {
    parameters().forEach(Tensor::zeroGrad);
  }

  /// Freezes (`false`) or unfreezes (`true`) all parameters: a frozen one gets no gradient and is
  /// left alone by optimizers.
  public final void requiresGrad(boolean on) {
    parameters().forEach(parameter -> parameter.requiresGrad(on));
  }

  /// Calls `action` with every module below this one and then with this one, children first, each
  /// once; say, to initialise weights.
  public final void apply(Consumer<? super Module> action) {
    applyOnce(action, Collections.newSetFromMap(new IdentityHashMap<>()));
  }

  private void applyOnce(Consumer<? super Module> action, Set<Module> seen) {
    if (seen.add(this)) {
      children().forEach(child -> child.applyOnce(action, seen));
      action.accept(this);
    }
  }

  /// Registers a hook that is called before every forward of this module, after those registered
  /// earlier, until the handle is closed.
  public final RemovableHandle registerForwardPreHook(ForwardPreHook hook) {
    return hooks.before.add(hook);
  }

  /// Registers a hook that is called after every forward of this module, after those registered
  /// earlier, until the handle is closed.
  public final RemovableHandle registerForwardHook(ForwardHook hook) {
    return hooks.after.add(hook);
  }

  /// Registers a hook that is called, after those registered earlier, whenever backward has passed
  /// through a forward that this module began afterwards, until the handle is closed: once the
  /// gradients of all inputs that ask for one are there; if none does, as each output's arrives.
  ///
  /// PyTorch: `register_full_backward_hook`.
  public final RemovableHandle registerFullBackwardHook(BackwardHook hook) {
    return hooks.backward.add(hook);
  }

  final boolean hasHooks() {
    return !hooks.areNone();
  }

  /// Runs the forward hooks around `forward`: what every module's public `apply(…)` is made of.
  ///
  /// ```java
  /// public Tensor apply(Tensor query, Tensor key) {
  ///   return call(List.of(query, key), in -> forward(in.get(0), in.get(1)));
  /// }
  /// ```
  ///
  /// @param input what the hooks see and may replace: a tensor, or a list or record of tensors
  /// @throws IllegalStateException if a hook replaces a value by one of another type
  protected final <I, O> O call(I input, Function<? super I, ? extends O> forward) {
    return hooks.around(this, input, forward);
  }

  /// Returns what stands between the parentheses of [#toString()], such as `in_features=3`; empty
  /// unless overridden.
  protected String extraRepr() {
    return "";
  }

  /// Returns the children to print; [Sequential] adds its plain functions.
  SequencedMap<String, ?> printedChildren() {
    return Members.of(this).children();
  }

  /// Returns PyTorch's printed form: the class and its settings, and its children indented below.
  @Override
  public String toString() {
    var lines = new ArrayList<String>();
    if (!extraRepr().isEmpty()) {
      lines.add(extraRepr());
    }
    SequencedMap<String, ?> children = printedChildren();
    children.forEach((name, child) -> lines.add("(" + name + "): " + child));
    String inside = String.join("\n", lines);
    return Repr.name(getClass())
        + "("
        + (children.isEmpty() ? inside : ("\n" + inside).replace("\n", "\n  ") + "\n")
        + ")";
  }

  /// Ends on close what was begun.
  public interface Scope extends AutoCloseable {
    @Override
    void close();
  }

  /// Calls `action` with every occurrence of every module from this one down, parents first.
  final void forEachModule(BiConsumer<String, Module> action) {
    walk("", Collections.newSetFromMap(new IdentityHashMap<>()), action);
  }

  private void walk(String prefix, Set<Module> path, BiConsumer<String, Module> action) {
    action.accept(prefix, this);
    path.add(this);
    Members.of(this)
        .children()
        .forEach(
            (name, child) -> {
              if (path.contains(child)) {
                throw new IllegalArgumentException(
                    "%s.%s holds the %s that contains it; a module cannot be inside itself"
                        .formatted(getClass().getName(), name, child.getClass().getSimpleName()));
              }
              child.walk(Members.join(prefix, name), path, action);
            });
    path.remove(this);
  }

  private void forEachMembers(BiConsumer<String, Members> action) {
    namedModules().forEach((name, module) -> action.accept(name, Members.of(module)));
  }

  private static <T> BiConsumer<String, T> under(String prefix, BiConsumer<String, T> found) {
    return (name, member) -> found.accept(Members.join(prefix, name), member);
  }

  /// Collects what `source` reports, each object under its first name only.
  private static <T> SequencedMap<String, T> once(Consumer<BiConsumer<String, T>> source) {
    var out = new LinkedHashMap<String, T>();
    Set<T> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    source.accept(
        (name, member) -> {
          if (seen.add(member)) {
            out.put(name, member);
          }
        });
    return Collections.unmodifiableSequencedMap(out);
  }
}
