// SPDX-License-Identifier: Apache-2.0
package gradus.kernel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/// The loops of one row of [Unary] or [Binary], from a copy of a template class: one over full
/// vectors, one over single elements.
///
/// One loop that took its body as an argument would, from its third body on, call it through a
/// table and box every vector: 50 times slower. In a copy the body is a constant of the class, and
/// the compiler inlines it like hand-written code.
///
/// Both are called through handles that are no constants, which is the one kind of call that the
/// compiler never inlines. For were a loop inlined into something large, the compiler might run out
/// of its budget in the middle, or find a tail too rare to care for, and call the body after all.
record Loops(MethodHandle vectors, MethodHandle singles) {
  /// Elements that functions and sums begin with one at a time: those of a small net's first steps.
  static final Plain PLAIN = new Plain(1 << 18);

  /// The static methods `vectors` and `singles`, of the given type, of a copy of `template` in
  /// which [#body] answers `body`.
  static Loops copy(Class<?> template, MethodType type, Object body) {
    try (var in = template.getResourceAsStream(template.getSimpleName() + ".class")) {
      if (in == null) {
        throw new LinkageError("the class file of " + template.getName() + " is not to be found");
      }
      var lookup =
          MethodHandles.lookup().defineHiddenClassWithClassData(in.readAllBytes(), body, true);
      var copy = lookup.lookupClass();
      return new Loops(
          lookup.findStatic(copy, "vectors", type), lookup.findStatic(copy, "singles", type));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("cannot copy " + template.getName(), e);
    }
  }

  /// What the copy that `lookup` belongs to was made with.
  static <T> T body(MethodHandles.Lookup lookup, Class<T> type) {
    try {
      return MethodHandles.classData(lookup, "_", type);
    } catch (IllegalAccessException e) {
      throw new LinkageError("no body for " + lookup.lookupClass().getName(), e);
    }
  }

  /// Rethrows what a loop threw; loops declare no checked exception.
  static RuntimeException rethrow(Throwable thrown) {
    switch (thrown) {
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      default -> throw new IllegalStateException(thrown);
    }
  }
}
