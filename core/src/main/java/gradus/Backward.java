// SPDX-License-Identifier: Apache-2.0
package gradus;

import it.unimi.dsi.fastutil.objects.Reference2ReferenceOpenHashMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The engine: visits the graph from the outputs to the leaves, deepest edge first, without
/// recursion.
final class Backward {
  private final boolean retainGraph;
  private final Cotangents to;

  /// Interior edges whose cotangents are asked for, and those found.
  private final Reference2ReferenceOpenHashMap<Edge, @Nullable Tensor> targets =
      new Reference2ReferenceOpenHashMap<>();

  /// Whether a target is where the pass ends, rather than a place that it goes through.
  private final boolean stopAtTargets;

  /// Edges less deep than all targets cannot lead to one.
  private int floor;

  private Backward(boolean retainGraph, boolean stopAtTargets, Cotangents to) {
    this.retainGraph = retainGraph;
    this.to = to;
    this.stopAtTargets = stopAtTargets;
  }

  private static Backward of(Autograd.Options o) {
    return new Backward(o.keepsGraph(), false, new Cotangents(o.createGraph(), null));
  }

  /// Accumulates into the leaves' gradients.
  static void run(Tensor root, Autograd.Options o) {
    Tensor seed = seed("backward", root, o.gradient());
    try (var _ = Grad.set(o.createGraph())) {
      var pass = of(o);
      pass.visit(List.of(root), List.of(seed));
      pass.to.intoLeaves();
    }
  }

  /// Returns the gradients of the inputs; null where an output doesn't depend on one.
  static List<@Nullable Tensor> grad(
      List<Tensor> outputs,
      List<? extends @Nullable Tensor> gradients,
      List<? extends Tensor> inputs,
      Autograd.Options o) {
    List<Tensor> seeds = new ArrayList<>();
    for (int i = 0; i < outputs.size(); i++) {
      seeds.add(seed("Autograd.grad", outputs.get(i), gradients.get(i)));
    }
    try (var _ = Grad.set(o.createGraph())) {
      return of(o).toward(inputs, outputs, seeds);
    }
  }

  /// The gradients of a small graph inside another, which ends at `inputs`; recorded.
  static List<@Nullable Tensor> through(Tensor output, Tensor seed, List<Tensor> inputs) {
    seed.storage.holders++;
    return new Backward(true, true, new Cotangents(true, null))
        .toward(inputs, List.of(output), List.of(seed));
  }

  /// Runs a graph inside another, which consists of the edges `inside`, and hands on to `to` what
  /// leaves it.
  static void inside(Set<Edge> inside, Tensor output, Tensor seed, Cotangents to) {
    boolean createGraph = Grad.enabled();
    var pass = new Backward(createGraph, false, new Cotangents(createGraph, inside));
    pass.visit(List.of(output), List.of(seed));
    pass.to.handOn(to);
  }

  private static Tensor seed(String op, Tensor root, @Nullable Tensor given) {
    if (!root.requiresGrad()) {
      throw new IllegalStateException(
          "%s: this %s %s doesn't require a gradient: no leaf that it was computed from does, or it was computed under Grad.off()"
              .formatted(op, root.dtype(), root.shape()));
    }
    if (given == null) {
      if (root.numel() != 1) {
        throw new IllegalArgumentException(
            "%s: %s is not a scalar: reduce it (sum(), mean()) or give the gradient of its elements"
                .formatted(op, root.shape()));
      }
      return Tensor.onesLike(root);
    }
    if (!given.shape().equals(root.shape())) {
      throw new IllegalArgumentException(
          "%s: the gradient given is %s, the output %s: they must have the same shape"
              .formatted(op, given.shape(), root.shape()));
    }
    given.storage.holders++;
    return given;
  }

  private List<@Nullable Tensor> toward(
      List<? extends Tensor> inputs, List<Tensor> outputs, List<Tensor> seeds) {
    floor = Integer.MAX_VALUE;
    for (Tensor input : inputs) {
      floor = Math.min(floor, input.edge.depth);
      if (!input.edge.isLeaf()) {
        targets.put(input.edge, null);
      }
    }
    visit(outputs, seeds);
    List<@Nullable Tensor> found = new ArrayList<>();
    for (Tensor input : inputs) {
      found.add(input.edge.isLeaf() ? to.ofLeaf(input.edge) : targets.get(input.edge));
    }
    return found;
  }

  private void visit(List<Tensor> roots, List<Tensor> seeds) {
    for (int i = 0; i < roots.size(); i++) {
      to.add(roots.get(i).edge, seeds.get(i));
    }
    try {
      while (!to.isEmpty()) {
        Edge e = to.pop();
        Tensor cotangent = e.cotangent;
        e.cotangent = null;
        e.owned = false;
        if (cotangent == null) {
          throw new AssertionError("an edge without a cotangent was queued");
        }
        Tensor grad = e.extras == null ? cotangent : e.extras.arrived(e, cotangent);
        if (!targets.isEmpty() && targets.containsKey(e)) {
          targets.put(e, grad);
          grad.storage.holders++;
          if (stopAtTargets) {
            continue;
          }
        }
        if (e.depth > floor) {
          propagate(e, grad);
        }
        // What it handed on may be a view of it, as where a weight was transposed: now its alone.
        cotangent.storage.holders--;
        if (cotangent.storage.holders == 0 && !Grad.enabled()) {
          // Neither a slot nor a node nor a user has it.
          Spares.keep(cotangent);
        }
      }
    } finally {
      to.clear();
    }
  }

  private void propagate(Edge e, Tensor grad) {
    Node node = e.node;
    if (node == null) {
      throw new IllegalStateException(
          "backward: the graph that made this %s tensor was freed by an earlier backward(); keep it with backward(Autograd.options().retainGraph(true))"
              .formatted(e.shape));
    }
    try {
      node.vjp(grad, to);
    } catch (IllegalStateException
        | IllegalArgumentException
        | UnsupportedOperationException problem) {
      throw problem.getMessage() != null && problem.getMessage().startsWith("backward")
          ? problem
          : new IllegalStateException(
              "backward through %s: %s".formatted(e, problem.getMessage()), problem);
    }
    if (!retainGraph) {
      if (!Grad.enabled()) {
        Spares.keepSaved(e, node);
      }
      e.node = null;
      e.saved = null;
    }
  }
}
