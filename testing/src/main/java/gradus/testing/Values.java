// SPDX-License-Identifier: Apache-2.0
package gradus.testing;

import gradus.DType;
import gradus.Shape;
import gradus.Tensor;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;

/// Which numbers a generated tensor may hold. They are handled as whole multiples of 1/[#grid()].
///
/// @param low the lower bound
/// @param high the upper bound
/// @param gap how near to a kink a number must not be
/// @param kinks where an op has no derivative
/// @param distinct whether all numbers of a tensor differ
@SuppressWarnings("ArrayRecordComponent") // never compared
record Values(DType dtype, double low, double high, double gap, double[] kinks, boolean distinct) {
  private static final int GRID = 64;
  private static final int MAX_TRIES = 100_000;

  Values {
    if (!Double.isFinite(low) || !Double.isFinite(high)) {
      throw new IllegalArgumentException(
          "Tensors: %s … %s: the bounds must be finite".formatted(low, high));
    }
  }

  int grid() {
    return dtype.isFloating() ? GRID : 1;
  }

  private long first() {
    return (long) Math.ceil(low * grid());
  }

  private long last() {
    return (long) Math.floor(high * grid());
  }

  boolean allows(long multiple) {
    return multiple >= first() && multiple <= last() && !isNearKink(multiple);
  }

  private boolean isNearKink(long multiple) {
    for (double kink : kinks) {
      if (Math.abs((double) multiple / grid() - kink) < gap) {
        return true;
      }
    }
    return false;
  }

  /// The bounds' number nearest to 0: what numbers shrink to.
  long simplest() {
    return Math.clamp(0, first(), last());
  }

  /// Draws `n` numbers, each as likely as another.
  long[] draw(Random random, int n) {
    long[] drawn = new long[n];
    Set<Long> seen = new HashSet<>();
    int tries = 0;
    for (int i = 0; i < n; ) {
      if (first() > last() || tries++ > MAX_TRIES) {
        throw new IllegalArgumentException(
            "Tensors: %s … %s holds too few multiples of %s for %d elements%s%s"
                .formatted(
                    low,
                    high,
                    1.0 / grid(),
                    n,
                    distinct ? " that differ" : "",
                    kinks.length > 0 ? " away from " + Arrays.toString(kinks) : ""));
      }
      long multiple = random.nextLong(first(), last() + 1);
      if (allows(multiple) && (!distinct || seen.add(multiple))) {
        drawn[i++] = multiple;
      }
    }
    return drawn;
  }

  /// Simpler numbers than `multiple`, the simplest first.
  LongStream simpler(long multiple) {
    long target = simplest();
    long whole = multiple / grid() * grid();
    return LongStream.of(
            target,
            whole,
            target + (multiple - target) / 2,
            multiple - Long.signum(multiple - target))
        .filter(m -> Math.abs(m - target) < Math.abs(multiple - target) && allows(m))
        .distinct();
  }

  /// Whether a tensor may hold exactly these.
  boolean allowTogether(long[] multiples) {
    return !distinct || LongStream.of(multiples).distinct().count() == multiples.length;
  }

  /// A contiguous tensor.
  Tensor tensor(long[] multiples, Shape shape) {
    double[] numbers = new double[multiples.length];
    Arrays.setAll(numbers, i -> (double) multiples[i] / grid());
    return Tensor.float64(numbers).reshape(shape).to(dtype);
  }
}
