// SPDX-License-Identifier: Apache-2.0
package gradus;

import gradus.internal.Raw;
import gradus.kernel.Vectors;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// An n-dimensional array of numbers that knows how it was computed.
///
/// Values live in a Java array under the garbage collector and never change, but for a
/// [Parameter]'s or [Buffer]'s. Views (`reshape`, `transpose`, `permute`, `expand`, `narrow`,
/// `select`) share them. Ops on tensors that require a gradient record themselves on a tape;
/// [#backward()] runs it in reverse and fills in [#grad()] of the leaves.
///
/// ```java
/// Tensor x = Tensor.of(1, 2, 3).requiresGrad(true);
/// x.mul(x).sum().backward();
/// x.grad(); // tensor([2., 4., 6.])
/// ```
///
/// The ops are in the interfaces that this class implements, one per family; what makes tensors,
/// `Tensor.zeros(2, 3)`, is in its superclass. `equals` is identity. (PyTorch: `torch.Tensor`.)
public sealed class Tensor extends TensorMakers
    implements PointwiseOps,
        ActivationOps,
        ComparisonOps,
        ReductionOps,
        SequenceOps,
        SamplingOps,
        ViewOps,
        ArrangementOps,
        LinalgOps,
        IndexingOps,
        NormalizationOps,
        RecurrentOps,
        ConvolutionOps,
        PoolingOps
    permits Parameter, Buffer {
  static {
    Vectors.check();
    Raw.install(new TensorAccess());
  }

  Storage storage;
  final Layout layout;
  Edge edge = Edge.NONE;

  Tensor(Storage storage, Layout layout) {
    this.storage = storage;
    this.layout = layout;
  }

  // ---- what it is

  /// Returns the sizes of the dimensions.
  public final Shape shape() {
    return layout.shape;
  }

  /// Returns the element type.
  public final DType dtype() {
    return storage.dtype;
  }

  /// Returns the number of dimensions; 0 for a scalar.
  public final int dim() {
    return layout.shape.dim();
  }

  /// Returns the size of dimension `dim`; negative dimensions count from the end.
  public final int size(int dim) {
    return layout.shape.size(dim);
  }

  /// Returns the number of elements.
  public final int numel() {
    return layout.shape.numel();
  }

  /// Returns whether the elements lie one after another in row-major order.
  public final boolean isContiguous() {
    return layout.contiguous;
  }

  /// Whether this is all of its storage, in order.
  final boolean isWhole() {
    return layout.contiguous && layout.offset == 0 && storage.length() == numel();
  }

  // ---- reading

  /// Returns the value of a tensor of one element; of a bool, 0 or 1.
  ///
  /// @throws IllegalArgumentException if there is not exactly one element
  public final double item() {
    if (numel() != 1) {
      throw new IllegalArgumentException(
          "item: %s has %d elements, not one; index it or reduce it first"
              .formatted(shape(), numel()));
    }
    return storage.get(layout.offset);
  }

  /// Returns the elements in row-major order, rounded to float.
  public final float[] toFloatArray() {
    return (float[]) Launch.toArray(this, DType.FLOAT32);
  }

  /// Returns the elements in row-major order.
  public final double[] toDoubleArray() {
    return (double[]) Launch.toArray(this, DType.FLOAT64);
  }

  /// Returns the elements in row-major order, truncated to integers.
  public final long[] toLongArray() {
    return (long[]) Launch.toArray(this, DType.INT64);
  }

  /// Returns the elements in row-major order as unsigned bytes; other types are truncated and
  /// wrapped.
  public final byte[] toByteArray() {
    return (byte[]) Launch.toArray(this, DType.UINT8);
  }

  /// Returns for each element in row-major order whether it isn't 0.
  public final boolean[] toBooleanArray() {
    byte[] bytes = (byte[]) Launch.toArray(this, DType.BOOL);
    boolean[] values = new boolean[bytes.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = bytes[i] != 0;
    }
    return values;
  }

  // ---- the graph

  /// Returns whether backward computes a gradient for this or through this.
  public final boolean requiresGrad() {
    return edge != Edge.NONE;
  }

  /// Starts or stops asking for this leaf's gradient; returns this. (PyTorch: `requires_grad_()`.)
  ///
  /// @throws IllegalArgumentException if the type isn't floating
  /// @throws IllegalStateException if this was computed from tensors that require a gradient
  public final Tensor requiresGrad(boolean on) {
    if (on == requiresGrad()) {
      return this;
    }
    if (!isLeaf()) {
      throw new IllegalStateException(
          "requiresGrad: this tensor was computed by %s; only a leaf can be told; use detach()"
              .formatted(edge));
    }
    if (on && !dtype().isFloating()) {
      throw new IllegalArgumentException(
          "requiresGrad: %s has no gradients; only float32 and float64 do".formatted(dtype()));
    }
    edge = on ? Edge.leaf(this) : Edge.NONE;
    return this;
  }

  /// Returns whether no recorded op made this.
  public final boolean isLeaf() {
    return edge.isLeaf();
  }

  /// Returns the gradient that [#backward()] has accumulated for this leaf, or for a tensor that
  /// was told to [#retainGrad()]; null if there is none yet.
  public final @Nullable Tensor grad() {
    return edge.shownGrad();
  }

  /// Replaces the gradient by a copy of `gradient`, or with null drops it.
  ///
  /// @throws IllegalStateException if this is no leaf that requires a gradient
  /// @throws IllegalArgumentException if shape or dtype differ from this tensor's
  public final void grad(@Nullable Tensor gradient) {
    if (!requiresGrad() || !isLeaf()) {
      throw new IllegalStateException(
          "grad: only a leaf that requires a gradient holds one; this %s doesn't"
              .formatted(shape()));
    }
    if (gradient != null && (!gradient.shape().equals(shape()) || gradient.dtype() != dtype())) {
      throw new IllegalArgumentException(
          "grad: %s %s given for a %s %s"
              .formatted(gradient.dtype(), gradient.shape(), dtype(), shape()));
    }
    // An array of its own: it will be clipped and added to in place.
    Tensor own = gradient == null ? null : Launch.copy(gradient);
    if (own != null) {
      own.storage.mutable = true;
    }
    Extras extras = edge.extras();
    extras.grad = own;
    extras.shown = false;
  }

  /// Drops the gradient, if there is one.
  public final void zeroGrad() {
    Extras extras = edge.extras;
    if (extras != null) {
      extras.drop();
    }
  }

  /// Keeps the gradient of this tensor, which an op made, in [#grad()] when [#backward()] comes by,
  /// after all hooks; without effect on a leaf, whose gradient is kept anyway. Returns this.
  /// (PyTorch: `Tensor.retain_grad`.)
  ///
  /// @throws IllegalStateException if this doesn't require a gradient
  public final Tensor retainGrad() {
    asksForGradient("retainGrad");
    if (!isLeaf()) {
      edge.extras().retains = true;
    }
    return this;
  }

  /// Calls `hook` with the gradient of this tensor whenever backward has found it: all of it,
  /// summed over the uses of this tensor in that pass, before it is added to a leaf's [#grad()] or
  /// handed on. What the hook returns takes the gradient's place; null leaves it as it is.
  ///
  /// Hooks run in the order of their registration, each on what the one before returned. They
  /// belong to this tensor, not to views of it. (PyTorch: `Tensor.register_hook`.)
  ///
  /// @return a handle that removes the hook
  /// @throws IllegalStateException if this doesn't require a gradient; later, from backward, if the
  ///   hook returns another shape or dtype
  public final RemovableHandle registerHook(
      Function<? super Tensor, ? extends @Nullable Tensor> hook) {
    asksForGradient("registerHook");
    return edge.extras().hooks.add(hook);
  }

  /// Calls `hook` with this leaf whenever [#backward()] has added to its [#grad()]. (PyTorch:
  /// `Tensor.register_post_accumulate_grad_hook`.)
  ///
  /// @return a handle that removes the hook
  /// @throws IllegalStateException if this is no leaf that requires a gradient
  public final RemovableHandle registerPostAccumulateGradHook(Consumer<? super Tensor> hook) {
    asksForGradient("registerPostAccumulateGradHook");
    if (!isLeaf()) {
      throw new IllegalStateException(
          "registerPostAccumulateGradHook: this tensor was computed by %s; only leaves accumulate; use registerHook()"
              .formatted(edge));
    }
    return edge.extras().accumulated.add(() -> hook.accept(this));
  }

  private void asksForGradient(String what) {
    if (!requiresGrad()) {
      throw new IllegalStateException(
          "%s: this %s %s doesn't require a gradient; call requiresGrad(true) on the leaves that it comes from"
              .formatted(what, dtype(), shape()));
    }
  }

  /// Adds to each leaf's [#grad()] the derivative of this tensor of one element with respect to it,
  /// and frees the graph.
  ///
  /// @throws IllegalArgumentException if this has more than one element
  /// @throws IllegalStateException if this doesn't require a gradient, the graph was freed by an
  ///   earlier pass, or a saved parameter was changed since
  public final void backward() {
    backward(Autograd.options());
  }

  /// As [#backward()], with `gradient` as the cotangent of this tensor's elements.
  public final void backward(Tensor gradient) {
    backward(Autograd.options().gradient(gradient));
  }

  /// As [#backward()], with options.
  public final void backward(Autograd.Options options) {
    Backward.run(this, options);
  }

  /// Returns a tensor with the same values, shared, that no gradient flows through.
  public final Tensor detach() {
    return new Tensor(storage, layout);
  }

  // ---- recording, for the nodes

  /// What made this; [Edge#NONE] if no gradient is asked for.
  final Edge edge() {
    return edge;
  }

  /// Records that `node` made this from `x`, if anybody will ask.
  final Tensor by(Tensor x, Supplier<? extends Node> node) {
    if (x.edge != Edge.NONE) {
      Grad grad = Grad.current();
      if (grad.recorder != null) {
        return by(List.of(x), node);
      }
      if (grad.enabled) {
        attach(x.edge.depth, node);
      }
    }
    return this;
  }

  /// Records that `node` made this from `a` and `b`, if anybody will ask.
  final Tensor by(Tensor a, Tensor b, Supplier<? extends Node> node) {
    if (a.edge != Edge.NONE || b.edge != Edge.NONE) {
      Grad grad = Grad.current();
      if (grad.recorder != null) {
        return by(List.of(a, b), node);
      }
      if (grad.enabled) {
        attach(Math.max(a.edge.depth, b.edge.depth), node);
      }
    }
    return this;
  }

  /// Records that `node` made this from `inputs`, if anybody will ask.
  final Tensor by(List<Tensor> inputs, Supplier<? extends Node> node) {
    int depth = -1;
    for (Tensor t : inputs) {
      depth = Math.max(depth, t.edge == Edge.NONE ? -1 : t.edge.depth);
    }
    return depth < 0 ? this : by(inputs, depth, node);
  }

  /// The same, where the deepest tensor that `node` depends on is known, but perhaps isn't among
  /// the inputs.
  final Tensor by(List<Tensor> inputs, int depth, Supplier<? extends Node> node) {
    Grad grad = Grad.current();
    if (grad.enabled && dtype().isFloating()) {
      if (grad.recorder == null) {
        attach(depth, node);
      } else {
        grad.recorder.record(this, inputs, depth, node);
      }
    }
    return this;
  }

  final void attach(int depth, Supplier<? extends Node> node) {
    if (dtype().isFloating()) {
      Grad state = Grad.current();
      Saved outer = state.saved;
      state.saved = null;
      edge = new Edge(layout.shape, dtype(), depth + 1, null);
      edge.node = node.get();
      edge.saved = state.saved;
      state.saved = outer;
      storage.holders++;
    }
  }

  /// This value, kept for a derivative.
  final Saved saved() {
    return new Saved(this);
  }

  /// This value, kept for the derivative with respect to `other`, if anybody will ask for that.
  final Saved savedFor(Tensor other) {
    return other.edge == Edge.NONE ? Saved.NOTHING : new Saved(this);
  }

  /// Sums over the dimensions in which `shape` was broadcast to this one's.
  final Tensor sumTo(Shape shape) {
    return Reduction.Sum.to(this, shape);
  }

  /// A 0-dim constant of the type that PyTorch gives a Java floating-point number beside this
  /// tensor.
  final Tensor constant(double value) {
    return full(dtype().isFloating() ? dtype() : DType.FLOAT32, value, Shape.SCALAR);
  }

  /// A 0-dim constant of the type that PyTorch gives a Java integer beside this tensor.
  final Tensor constant(long value) {
    return dtype().isFloating() || dtype() == DType.UINT8
        ? full(dtype(), (double) value, Shape.SCALAR)
        : scalar(value);
  }

  final void replaceStorage(DType dtype) {
    Storage converted = Launch.ownCopy(to(dtype).detach());
    converted.mutable = true;
    converted.version = storage.version + 1;
    storage = converted;
  }

  String kind() {
    return "tensor";
  }

  /// Returns the values in brackets, as PyTorch prints them, with type, shape and maker where they
  /// tell something.
  @Override
  public final String toString() {
    return Printer.print(this);
  }
}
