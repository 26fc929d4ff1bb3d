// SPDX-License-Identifier: Apache-2.0
package gradus.testing;

import java.util.Optional;
import java.util.function.Predicate;
import net.jqwik.api.Shrinkable;

/// Shrinks as jqwik does after a failure.
final class Shrinking {
  private Shrinking() {}

  /// A sample that fails, of which no simpler one fails.
  static <T> T least(Shrinkable<T> sample, Predicate<T> fails) {
    Shrinkable<T> least = sample;
    while (true) {
      Shrinkable<T> from = least;
      Optional<Shrinkable<T>> simpler =
          from.shrink()
              .filter(s -> s.distance().compareTo(from.distance()) < 0)
              .filter(s -> fails.test(s.value()))
              .findFirst();
      if (simpler.isEmpty()) {
        return least.value();
      }
      least = simpler.get();
    }
  }
}
