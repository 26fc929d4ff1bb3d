// SPDX-License-Identifier: Apache-2.0
package gradus;

import it.unimi.dsi.fastutil.objects.Reference2ReferenceLinkedOpenHashMap;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The cotangents that one backward pass has found so far: where a [Node] hands on its derivative.
///
/// Accumulation and un-broadcasting happen here and nowhere else. A slot takes the first cotangent
/// by reference, since another slot may hold the same tensor (an Add hands one to both inputs); at
/// the second it allocates a sum of its own, into which all further ones are added in place, unless
/// a graph of the pass is wanted.
final class Cotangents {
  private final boolean createGraph;

  /// Leaves are shared by threads, so their slots are local to the pass.
  private final Reference2ReferenceLinkedOpenHashMap<Edge, Slot> leaves =
      new Reference2ReferenceLinkedOpenHashMap<>();

  /// Interior edges with a cotangent: a max-heap on depth.
  private Edge[] heap = new Edge[16];

  private int size;

  /// If not null, the pass ends at edges that aren't among these as it does at leaves.
  private final @Nullable Set<Edge> inside;

  private final @Nullable Anomaly anomaly = Anomaly.current();

  /// The edge whose node hands on its derivative.
  private Edge visited = Edge.NONE;

  Cotangents(boolean createGraph, @Nullable Set<Edge> inside) {
    this.createGraph = createGraph;
    this.inside = inside;
  }

  private static final class Slot {
    Tensor value;
    boolean owned;

    Slot(Tensor value) {
      this.value = value;
    }
  }

  /// Hands `cotangent` on to `input`, if `input` wants any.
  void add(Edge input, Tensor cotangent) {
    if (input != Edge.NONE) {
      accumulate(input, cotangent);
    }
  }

  /// The same, computed only if wanted.
  void add(Edge input, Supplier<Tensor> cotangent) {
    if (input != Edge.NONE) {
      accumulate(input, cotangent.get());
    }
  }

  /// The same for cotangents that are found together: computed if any input wants one.
  void addAll(List<Edge> inputs, Supplier<List<@Nullable Tensor>> cotangents) {
    if (inputs.stream().anyMatch(e -> e != Edge.NONE)) {
      List<@Nullable Tensor> found = cotangents.get();
      for (int i = 0; i < inputs.size(); i++) {
        Tensor c = found.get(i);
        if (c != null) {
          add(inputs.get(i), c);
        }
      }
    }
  }

  /// Hands on to `input` a cotangent that is `part` at every `step`-th index of dimension `axis`
  /// from `start` on, and zero elsewhere. From the second on, only these indices are added to: so a
  /// tensor that is cut into pieces costs no more than its size, however many there are.
  void addPart(Edge input, Tensor part, int axis, int start, int step) {
    if (input == Edge.NONE) {
      return;
    }
    if (createGraph || part.dtype() != input.dtype) {
      accumulate(input, Indexing.Place.of(part, input.shape, axis, start, step));
      return;
    }
    if (anomaly != null) {
      anomaly.check(visited, input, part);
    }
    boolean ends = endsAt(input);
    Slot slot = ends ? leaves.get(input) : null;
    Tensor old = !ends ? input.cotangent : slot == null ? null : slot.value;
    if (old == null) {
      put(input, Indexing.Place.of(part, input.shape, axis, start, step));
    } else {
      boolean owned = slot == null ? input.owned : slot.owned;
      Tensor sum = owned ? old : put(input, Launch.copy(old));
      Indexing.Place.addTo(sum, part, axis, start, step);
    }
  }

  /// Puts a sum that nobody else reads where the cotangent of `e` is, or will be.
  private Tensor put(Edge e, Tensor sum) {
    sum.storage.holders++;
    if (endsAt(e)) {
      Slot slot = leaves.computeIfAbsent(e, _ -> new Slot(sum));
      slot.value = sum;
      slot.owned = true;
    } else {
      if (e.cotangent == null) {
        push(e);
      }
      e.cotangent = sum;
      e.owned = true;
    }
    return sum;
  }

  private boolean endsAt(Edge e) {
    return e.isLeaf() || (inside != null && !inside.contains(e));
  }

  /// Hands on the derivative of `reference`, a fused op written in plain tensor ops: what is
  /// differentiated where a graph of the backward pass is wanted.
  void through(Tensor grad, List<Tensor> inputs, Function<List<Tensor>, Tensor> reference) {
    List<Tensor> aliases = inputs.stream().map(View.Alias::of).toList();
    List<Tensor> wanted = aliases.stream().filter(Tensor::requiresGrad).toList();
    List<@Nullable Tensor> found = Backward.through(reference.apply(aliases), grad, wanted);
    for (int i = 0, w = 0; i < aliases.size(); i++) {
      if (aliases.get(i).requiresGrad()) {
        Tensor c = found.get(w++);
        if (c != null) {
          add(inputs.get(i).edge, c);
        }
      }
    }
  }

  private void accumulate(Edge e, Tensor c) {
    if (c.dtype() != e.dtype) {
      c = c.to(e.dtype);
    }
    if (!c.shape().equals(e.shape)) {
      c = c.sumTo(e.shape);
    }
    if (anomaly != null) {
      anomaly.check(visited, e, c);
    }
    c.storage.holders++;
    if (endsAt(e)) {
      Slot slot = leaves.get(e);
      if (slot == null) {
        leaves.put(e, new Slot(c));
      } else if (slot.owned) {
        Launch.addInPlace(slot.value, c);
      } else {
        slot.value = sum(slot.value, c);
        slot.owned = !createGraph;
      }
    } else if (e.cotangent == null) {
      e.cotangent = c;
      push(e);
    } else if (e.owned) {
      Launch.addInPlace(e.cotangent, c);
    } else {
      e.cotangent = sum(e.cotangent, c);
      e.owned = !createGraph;
    }
  }

  private static Tensor sum(Tensor a, Tensor b) {
    Tensor sum = a.add(b);
    sum.storage.holders++;
    return sum;
  }

  /// What has arrived at `e`, a leaf, after its hooks.
  @Nullable Tensor ofLeaf(Edge e) {
    Slot slot = leaves.get(e);
    return slot == null ? null : hooked(e, slot.value);
  }

  /// Adds to each leaf's gradient what has arrived, after its hooks.
  void intoLeaves() {
    // All hooks before any gradient: one that throws leaves nothing behind.
    leaves.forEach((leaf, slot) -> slot.value = hooked(leaf, slot.value));
    leaves.forEach((leaf, slot) -> keep(leaf, leaf.extras(), slot.value));
    leaves.forEach((leaf, _) -> leaf.extras().accumulated.forEach(Runnable::run));
  }

  private static Tensor hooked(Edge leaf, Tensor grad) {
    return leaf.extras().hooked(leaf, grad);
  }

  private void keep(Edge leaf, Extras extras, Tensor grad) {
    synchronized (leaf) {
      Tensor old = extras.grad;
      if (old == null) {
        extras.grad = own(grad);
      } else if (createGraph || !old.isWhole()) {
        extras.grad = own(old.add(grad));
      } else {
        Launch.addInPlace(old, grad);
      }
    }
  }

  /// Hands on to another pass what has arrived where this one ended.
  void handOn(Cotangents to) {
    leaves.forEach(
        (edge, slot) -> {
          slot.value.storage.holders--;
          to.add(edge, slot.value);
        });
  }

  /// `c` as an array that nobody else reads: itself, where this pass made it and handed it to one
  /// slot alone.
  static Tensor own(Tensor c) {
    Tensor own = c.storage.holders <= 1 && !c.storage.mutable && c.isWhole() ? c : c.copy();
    own.storage.mutable = true;
    return own;
  }

  boolean isEmpty() {
    return size == 0;
  }

  private void push(Edge e) {
    if (size == heap.length) {
      heap = Arrays.copyOf(heap, 2 * size);
    }
    int i = size++;
    while (i > 0 && heap[(i - 1) >> 1].depth < e.depth) {
      heap[i] = heap[(i - 1) >> 1];
      i = (i - 1) >> 1;
    }
    heap[i] = e;
  }

  /// Takes out the deepest edge: everything that uses it has been visited.
  Edge pop() {
    Edge top = heap[0];
    visited = top;
    Edge last = heap[--size];
    heap[size] = Edge.NONE;
    if (size > 0) {
      int i = 0;
      for (int child = 1; child < size; child = 2 * i + 1) {
        if (child + 1 < size && heap[child + 1].depth > heap[child].depth) {
          child++;
        }
        if (heap[child].depth <= last.depth) {
          break;
        }
        heap[i] = heap[child];
        i = child;
      }
      heap[i] = last;
    }
    return top;
  }

  /// Forgets everything, after a pass that stopped half way.
  void clear() {
    while (size > 0) {
      Edge e = heap[--size];
      e.cotangent = null;
      e.owned = false;
    }
  }
}
