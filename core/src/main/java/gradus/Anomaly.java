// SPDX-License-Identifier: Apache-2.0
package gradus;

import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Notes where ops are called, and stops at the first number that isn't one.
final class Anomaly extends Recorder {
  private static final StackWalker STACK = StackWalker.getInstance();

  /// Whether results are looked at, too, not only gradients.
  private final boolean inForward;

  Anomaly(boolean inForward) {
    this.inForward = inForward;
  }

  static @Nullable Anomaly current() {
    return find(Anomaly.class);
  }

  @Override
  void record(Tensor made, List<Tensor> inputs, int depth, Supplier<? extends Node> node) {
    super.record(made, inputs, depth, node);
    String calledAt =
        STACK.walk(s -> s.filter(Anomaly::isUsers).findFirst()).map(Anomaly::text).orElse(null);
    made.edge.extras().calledAt = calledAt;
    if (inForward) {
      checkResult(made, inputs);
    }
  }

  private static boolean isUsers(StackWalker.StackFrame frame) {
    String name = frame.getClassName();
    boolean ours = name.startsWith("gradus.") && !name.startsWith("gradus.examples.");
    return !ours && !name.startsWith("java.") && !name.startsWith("jdk.");
  }

  private static String text(StackWalker.StackFrame frame) {
    return "%s.%s(%s:%d)"
        .formatted(
            frame.getClassName(),
            frame.getMethodName(),
            frame.getFileName(),
            frame.getLineNumber());
  }

  /// Refuses a result that has NaN where no input has, or an infinity that was computed from finite
  /// numbers. An infinity that was put there, as by masks, is meant.
  private static void checkResult(Tensor y, List<Tensor> inputs) {
    Bad bad = Bad.in(y);
    if (bad == null) {
      return;
    }
    boolean nan = Double.isNaN(bad.value);
    boolean isNew = nan || computes(y.edge.node);
    for (Tensor input : inputs) {
      Bad before = Bad.in(input);
      isNew &= before == null || (nan && !Double.isNaN(before.value));
    }
    if (isNew) {
      throw new IllegalStateException(
          "detectAnomaly: %s%s gives %s, from inputs without"
              .formatted(y.edge, calledAt(y.edge), bad));
    }
  }

  private static boolean computes(@Nullable Node node) {
    return !(node instanceof Selection || node instanceof Indexing || node instanceof View);
  }

  /// Refuses a cotangent from `node` to `input` that isn't finite. What comes first is the culprit:
  /// the pass goes no further.
  void check(Edge node, Edge input, Tensor cotangent) {
    Bad bad = Bad.in(cotangent);
    if (bad == null) {
      return;
    }
    if (node == Edge.NONE) {
      throw new IllegalStateException(
          "backward: detectAnomaly: the gradient given for %s has %s".formatted(input, bad));
    }
    throw new IllegalStateException(
        "backward through %s%s: detectAnomaly: the gradient for its input %s has %s"
            .formatted(node, calledAt(node), input, bad));
  }

  /// Refuses what a hook on `edge` returned, if it isn't finite.
  void checkHook(Edge edge, Tensor gradient) {
    Bad bad = Bad.in(gradient);
    if (bad != null) {
      throw new IllegalStateException(
          "backward: detectAnomaly: a hook on %s%s returned %s"
              .formatted(edge, calledAt(edge), bad));
    }
  }

  private static String calledAt(Edge edge) {
    Extras extras = edge.extras;
    return extras == null || extras.calledAt == null
        ? " (called outside detectAnomaly(), at a place not known)"
        : " called at " + extras.calledAt;
  }

  /// What is wrong with a tensor: its first NaN or, if it has none, its first infinity.
  private record Bad(double value, int at, int of) {
    static @Nullable Bad in(Tensor t) {
      if (!t.dtype().isFloating()) {
        return null;
      }
      double[] values = t.toDoubleArray();
      Bad infinite = null;
      for (int i = 0; i < values.length; i++) {
        if (Double.isNaN(values[i])) {
          return new Bad(values[i], i, values.length);
        }
        if (infinite == null && Double.isInfinite(values[i])) {
          infinite = new Bad(values[i], i, values.length);
        }
      }
      return infinite;
    }

    @Override
    public String toString() {
      return "%s at element %d of %d"
          .formatted(Double.toString(value).toLowerCase(Locale.ROOT), at, of);
    }
  }
}
