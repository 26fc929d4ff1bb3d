// SPDX-License-Identifier: Apache-2.0
package gradus;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// An op of the user's own: a forward, its derivative, and what the derivative reads.
///
/// ```java
/// /// x³.
/// final class Cube extends CustomOp {
///   @Override
///   protected Tensor forward(Context context, List<Tensor> inputs) {
///     Tensor x = inputs.getFirst();
///     context.save(x);
///     return x.mul(x).mul(x);
///   }
///
///   @Override
///   protected List<Tensor> vjp(Context context, Tensor grad) {
///     return List.of(grad.mul(context.saved(0).square()).mul(3));
///   }
/// }
///
/// Tensor y = new Cube().apply(x);
/// Autograd.gradcheck(new Cube()::apply, x64);
/// Autograd.gradgradcheck(new Cube()::apply, x64);
/// ```
///
/// A derivative that is written in tensor ops is differentiable in turn, as often as these are. One
/// that isn't (it works on arrays, or treats as constant what isn't) says so in
/// [#onceDifferentiable()]. What an op needs beside tensors, it has as fields. (PyTorch:
/// `torch.autograd.Function`.)
public abstract class CustomOp {
  /// For subclasses.
  protected CustomOp() {}

  /// Computes the result; nothing that happens here is recorded.
  ///
  /// @param context where to save what [#vjp] reads
  /// @param inputs what [#apply] was given
  protected abstract Tensor forward(Context context, List<Tensor> inputs);

  /// Returns for each input the product of `grad`, the cotangent of the result, with the derivative
  /// by that input: of the input's shape, or of one that broadcasting made of it, which is summed
  /// back; null for zero, or where [Context#needsGrad] says that nobody asks.
  protected abstract List<? extends @Nullable Tensor> vjp(Context context, Tensor grad);

  /// Returns whether [#vjp] can't itself be differentiated: a second derivative then throws, naming
  /// this op, instead of being wrong. Default false. (PyTorch: `@once_differentiable`.)
  protected boolean onceDifferentiable() {
    return false;
  }

  /// Returns the name in messages and graphs; default that of the class.
  protected String name() {
    String name = getClass().getSimpleName();
    return name.isEmpty() ? "CustomOp" : name;
  }

  /// Runs the op and records it, if any input requires a gradient and [Grad#enabled()].
  public final Tensor apply(Tensor... inputs) {
    return apply(List.of(inputs));
  }

  /// Runs the op and records it, if any input requires a gradient and [Grad#enabled()].
  ///
  /// @throws IllegalStateException if it saves a tensor that is neither input nor result
  public final Tensor apply(List<Tensor> inputs) {
    var context = new Context(this, List.copyOf(inputs));
    Tensor y;
    try (var _ = Grad.off()) {
      y = forward(context, inputs);
    }
    // Of its own: forward may return an input, or a tensor that has a place in the graph.
    Tensor result = y.detach();
    return result.by(inputs, () -> context.recorded(y, result));
  }

  /// What passes from forward to the derivative of one call.
  public static final class Context {
    private final CustomOp op;

    /// Only until forward is done.
    private @Nullable List<Tensor> inputs;

    private final List<Edge> edges;
    private final List<Tensor> kept = new ArrayList<>();
    private final List<Boolean> constant = new ArrayList<>();

    /// What is kept, with versions; the result as it is, since its version is nobody's to change.
    private final List<Object> values = new ArrayList<>();

    private Context(CustomOp op, List<Tensor> inputs) {
      this.op = op;
      this.inputs = inputs;
      edges = inputs.stream().map(Tensor::edge).toList();
    }

    /// Keeps inputs, the result, or tensors of indices and masks for [#saved].
    ///
    /// Other floating tensors are refused: a second derivative would take for constant what forward
    /// computed from the inputs. Compute them again in [CustomOp#vjp], or see [#saveConstant].
    public void save(Tensor... tensors) {
      for (Tensor t : tensors) {
        kept.add(t);
        constant.add(false);
      }
    }

    /// Keeps tensors for [#saved] that don't depend on the inputs, or that an op which is [once
    /// differentiable][CustomOp#onceDifferentiable()] may take for constant.
    public void saveConstant(Tensor... tensors) {
      for (Tensor t : tensors) {
        kept.add(t.detach());
        constant.add(true);
      }
    }

    /// Returns the `i`-th tensor that was saved, in the order of the calls.
    ///
    /// @throws IllegalArgumentException if there are fewer
    /// @throws IllegalStateException if it is a parameter or buffer that was changed since forward
    public Tensor saved(int i) {
      if (i < 0 || i >= values.size()) {
        throw new IllegalArgumentException(
            "%s: saved(%d), but forward saved %d tensors".formatted(op.name(), i, values.size()));
      }
      return values.get(i) instanceof Saved saved ? saved.get() : (Tensor) values.get(i);
    }

    /// Returns whether anybody asks for the derivative by input `i`. (PyTorch:
    /// `ctx.needs_input_grad`.)
    public boolean needsGrad(int i) {
      return edges.get(i) != Edge.NONE;
    }

    private Recorded recorded(Tensor y, Tensor result) {
      for (int i = 0; i < kept.size(); i++) {
        Tensor t = kept.get(i);
        boolean input = inputs != null && inputs.stream().anyMatch(in -> in == t);
        if (!input && t != y && !constant.get(i) && t.dtype().isFloating()) {
          throw new IllegalStateException(
              "%s: save() was given %s %s, which is neither input nor result, so a second derivative would take it for constant; save the inputs and compute it again in vjp, or use saveConstant()"
                  .formatted(op.name(), t.dtype(), t.shape()));
        }
        values.add(t == y && !input ? result : t.saved());
      }
      inputs = null;
      kept.clear();
      return new Recorded(op, edges, this);
    }
  }

  /// The node of a call.
  record Recorded(CustomOp op, List<Edge> inputs, Context context) implements Node {
    @Override
    public void vjp(Tensor grad, Cotangents to) {
      boolean last = op.onceDifferentiable() && Grad.enabled();
      // The op may hold it for longer than it runs.
      grad.storage.holders++;
      List<? extends @Nullable Tensor> found;
      try (var _ = Grad.set(Grad.enabled() && !last)) {
        found = op.vjp(context, grad);
      }
      if (found.size() != inputs.size()) {
        throw new IllegalStateException(
            "vjp returned %d gradients for %d inputs; null stands for none"
                .formatted(found.size(), inputs.size()));
      }
      for (int i = 0; i < inputs.size(); i++) {
        Tensor c = found.get(i);
        if (c != null) {
          Edge input = inputs.get(i);
          check(i, input, c);
          to.add(input, last ? once(c, grad) : c);
        }
      }
    }

    private void check(int i, Edge input, Tensor c) {
      if (input != Edge.NONE && !expands(input.shape.sizes, c.shape().sizes)) {
        throw new IllegalStateException(
            "vjp returned %s for input %d, which is %s".formatted(c.shape(), i, input.shape));
      }
      // The op may hold it, too: it must not become a gradient that is added to in place.
      c.storage.holders++;
    }

    private static boolean expands(int[] from, int[] to) {
      int extra = to.length - from.length;
      return extra >= 0
          && IntStream.range(0, from.length)
              .allMatch(d -> from[d] == 1 || from[d] == to[d + extra]);
    }

    /// `c` as the result of an op that has no derivative.
    private Tensor once(Tensor c, Tensor grad) {
      int depth = grad.edge.depth;
      for (Edge e : inputs) {
        depth = Math.max(depth, e.depth);
      }
      return c.detach().by(List.of(grad), depth, () -> new Once(op.name(), grad.edge, inputs));
    }

    @Override
    public String name() {
      return op.name();
    }
  }

  /// The derivative of an op that is once differentiable.
  record Once(String op, Edge grad, List<Edge> inputs) implements Node {
    @Override
    public void vjp(Tensor grad, Cotangents to) {
      throw new UnsupportedOperationException(
          "%s is once differentiable: its derivative has no derivative".formatted(op));
    }

    @Override
    public String name() {
      return op + "Backward";
    }
  }
}
