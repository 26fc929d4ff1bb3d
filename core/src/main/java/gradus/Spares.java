// SPDX-License-Identifier: Apache-2.0
package gradus;

import it.unimi.dsi.fastutil.ints.Int2ObjectOpenHashMap;
import java.lang.ref.WeakReference;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// Arrays of gradients that were dropped, of cotangents that were handed on and of results that
/// only the next layer reads, or only a graph until backward has, for the next results of their
/// size. A fresh array of some megabytes costs the time to zero it, is moved by the next
/// collection, and soon fills the heap.
///
/// They are only weakly held: the next full collection frees what nobody took.
final class Spares {
  /// Elements from which on an array is kept.
  private static final int LARGE = 1 << 14;

  /// Most arrays of a size.
  private static final int MOST = 64;

  private static final Int2ObjectOpenHashMap<ArrayDeque<WeakReference<float[]>>> BY_LENGTH =
      new Int2ObjectOpenHashMap<>();

  private Spares() {}

  /// Returns a contiguous tensor with arbitrary values, which the caller overwrites, all of them.
  static Tensor tensor(DType dtype, Shape shape) {
    int n = shape.numel();
    float[] spare = dtype == DType.FLOAT32 && n >= LARGE ? take(n) : null;
    return spare == null
        ? Tensor.empty(dtype, shape)
        : new Tensor(new Storage(dtype, spare), shape.contiguous());
  }

  private static float @Nullable [] take(int n) {
    synchronized (BY_LENGTH) {
      ArrayDeque<WeakReference<float[]>> spares = BY_LENGTH.get(n);
      while (spares != null && !spares.isEmpty()) {
        float[] spare = spares.removeLast().get();
        if (spare != null) {
          return spare;
        }
      }
      BY_LENGTH.remove(n);
      return null;
    }
  }

  /// Whether an array is worth being kept, and may be.
  static boolean isLarge(Storage storage) {
    return !storage.mutable && storage.dtype == DType.FLOAT32 && storage.length() >= LARGE;
  }

  /// Takes the array of a result that nobody but a graph can have any more: now, unless one has it,
  /// else when that is freed.
  static void keepResult(Tensor result) {
    if (Grad.current().recorder == null && isLarge(result.storage) && result.isWhole()) {
      result.storage.inner = true;
      keepUnread(result);
    }
  }

  /// Takes the arrays that only `node` still had, the node of `e`, which has done its part.
  static void keepSaved(Edge e, Node node) {
    for (Saved s = e.saved; s != null; s = s.next) {
      s.value.storage.holders--;
      keepUnread(s.value);
    }
    Tensor result = node.ownResult();
    if (result != null) {
      result.storage.holders--;
      if (result.storage.inner && result.storage.holders == 0) {
        keep(result.storage, true);
      }
    }
  }

  private static void keepUnread(Tensor value) {
    Node node = value.edge.node;
    // A result that was recorded counts its own edge.
    boolean read =
        value.edge == Edge.NONE
            ? value.storage.holders > 0
            : node == null || node.keepsResult() || value.storage.holders > 1;
    if (!read && value.storage.inner) {
      keep(value.storage, true);
    }
  }

  /// Takes the array of `gradient`, if it is large enough and nobody else can read it.
  static void keep(Tensor gradient) {
    if (gradient.storage.holders <= 1 && !gradient.requiresGrad()) {
      keep(gradient.storage, gradient.isWhole());
    }
  }

  private static void keep(Storage storage, boolean whole) {
    if (whole && storage.dtype == DType.FLOAT32 && storage.length() >= LARGE) {
      var array = (float[]) storage.release();
      synchronized (BY_LENGTH) {
        ArrayDeque<WeakReference<float[]>> spares =
            BY_LENGTH.computeIfAbsent(array.length, _ -> new ArrayDeque<>());
        if (spares.size() == MOST) {
          spares.removeFirst();
        }
        spares.addLast(new WeakReference<>(array));
      }
    }
  }
}
