// SPDX-License-Identifier: Apache-2.0
package gradus;

import gradus.internal.Registry;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What few edges but the leaves have: a gradient that is kept, hooks, the place in the program
/// where the op was called.
final class Extras {
  /// A leaf's gradient, or that of an interior edge that was told to retain it.
  @Nullable Tensor grad;

  /// Whether anybody was given the gradient, and may still read it.
  boolean shown;

  /// Whether an interior edge keeps its gradient.
  boolean retains;

  /// Where the op was called, if anybody will ask.
  @Nullable String calledAt;

  final Registry<Function<? super Tensor, ? extends @Nullable Tensor>> hooks = new Registry<>();

  /// What is to be done when a leaf's gradient has been added to.
  final Registry<Runnable> accumulated = new Registry<>();

  /// Drops a leaf's gradient, whose array is used again unless somebody saw it.
  synchronized void drop() {
    Tensor dropped = grad;
    grad = null;
    if (dropped != null && !shown) {
      Spares.keep(dropped);
    }
    shown = false;
  }

  /// What goes on from `edge`, an interior one, if `cotangent` has come in.
  Tensor arrived(Edge edge, Tensor cotangent) {
    Tensor c = hooked(edge, cotangent);
    if (retains) {
      grad = grad == null ? Cotangents.own(c) : grad.add(c);
      c.storage.holders++;
    }
    return c;
  }

  /// What the hooks of `edge` make of its whole gradient.
  Tensor hooked(Edge edge, Tensor gradient) {
    Tensor g = gradient;
    for (var hook : hooks) {
      // The hook may keep what it sees or returns: neither may become an array to be written to.
      g.storage.holders += 2;
      Tensor replaced = hook.apply(g);
      if (replaced != null) {
        if (!replaced.shape().equals(edge.shape) || replaced.dtype() != edge.dtype) {
          throw new IllegalStateException(
              "backward: a hook on %s returned %s %s in place of a gradient %s %s"
                  .formatted(edge, replaced.dtype(), replaced.shape(), edge.dtype, edge.shape));
        }
        Anomaly anomaly = Anomaly.current();
        if (anomaly != null) {
          anomaly.checkHook(edge, replaced);
        }
        g = replaced;
        g.storage.holders += 2;
      }
    }
    return g;
  }
}
