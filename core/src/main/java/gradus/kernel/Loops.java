// SPDX-License-Identifier: Apache-2.0
package gradus.kernel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;

/// Copies a template loop class once per row of [Unary] and [Binary].
///
/// One loop that took its body as an argument would, from its third body on, call it through a
/// table and box every vector: 50 times slower. In a copy the body is a constant of the class, and
/// the compiler inlines it like hand-written code.
final class Loops {
  private Loops() {}

  /// A copy of `template` in which [#body] answers `body`.
  static <T> T copy(Class<? extends T> template, Class<T> type, Object body) {
    try (var in = template.getResourceAsStream(template.getSimpleName() + ".class")) {
      if (in == null) {
        throw new LinkageError("the class file of " + template.getName() + " is not to be found");
      }
      var copy =
          MethodHandles.lookup().defineHiddenClassWithClassData(in.readAllBytes(), body, true);
      return type.cast(copy.lookupClass().getDeclaredConstructor().newInstance());
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
}
