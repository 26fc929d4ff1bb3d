// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.Grad;
import gradus.Tensor;
import gradus.internal.Registry;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The hooks of one module.
final class Hooks {
  final Registry<ForwardPreHook> before = new Registry<>();
  final Registry<ForwardHook> after = new Registry<>();
  final Registry<BackwardHook> backward = new Registry<>();

  boolean areNone() {
    return before.isEmpty() && after.isEmpty() && backward.isEmpty();
  }

  <I, O> O around(Module module, I input, Function<? super I, ? extends O> forward) {
    I seen = input;
    for (ForwardPreHook hook : before) {
      seen = replaced(module, "input", seen, hook.before(module, seen));
    }
    boolean watched = !backward.isEmpty() && Grad.enabled();
    var watch = watched ? new BackwardWatch(module, backward) : null;
    O output = forward.apply(watch == null ? seen : watch.input(seen));
    if (output == null) {
      throw new IllegalStateException(module.getClass().getName() + ": forward returned null");
    }
    for (ForwardHook hook : after) {
      output = replaced(module, "output", output, hook.after(module, seen, output));
    }
    return watch == null ? output : watch.output(output);
  }

  @SuppressWarnings("unchecked") // of the same type, as just checked
  private static <T> T replaced(Module module, String what, T old, @Nullable Object replacement) {
    if (replacement == null) {
      return old;
    }
    if (type(old) != type(replacement)) {
      throw new IllegalStateException(
          "%s: a hook replaced the %s, a %s, by a %s"
              .formatted(
                  module.getClass().getName(),
                  what,
                  type(old).getSimpleName(),
                  type(replacement).getSimpleName()));
    }
    return (T) replacement;
  }

  private static Class<?> type(Object value) {
    return switch (value) {
      case Tensor _ -> Tensor.class;
      case List<?> _ -> List.class;
      default -> value.getClass();
    };
  }
}
