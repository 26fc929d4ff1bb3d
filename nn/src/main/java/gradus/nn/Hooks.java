// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.Tensor;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The forward hooks of one module.
final class Hooks {
  final Registry<ForwardPreHook> before = new Registry<>();
  final Registry<ForwardHook> after = new Registry<>();

  <I, O> O around(Module module, I input, Function<? super I, ? extends O> forward) {
    I seen = input;
    for (var entry : before.entries) {
      seen = replaced(module, "input", seen, entry.hook().before(module, seen));
    }
    O output = forward.apply(seen);
    if (output == null) {
      throw new IllegalStateException(module.getClass().getName() + ": forward returned null");
    }
    for (var entry : after.entries) {
      output = replaced(module, "output", output, entry.hook().after(module, seen, output));
    }
    return output;
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

  /// A list that is copied on every change, so that a hook may remove itself while it runs.
  static final class Registry<H> {
    private volatile List<Entry<H>> entries = List.of();

    synchronized RemovableHandle add(H hook) {
      var entry = new Entry<>(hook);
      entries = Stream.concat(entries.stream(), Stream.of(entry)).toList();
      return () -> remove(entry);
    }

    private synchronized void remove(Entry<H> entry) {
      entries = entries.stream().filter(other -> other != entry).toList();
    }
  }

  /// One registration; the same hook may have several.
  private static final class Entry<H> {
    private final H hook;

    private Entry(H hook) {
      this.hook = hook;
    }

    private H hook() {
      return hook;
    }
  }
}
