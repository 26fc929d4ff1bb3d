// SPDX-License-Identifier: Apache-2.0
package gradus.kernel;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/// Memory of one thread for a copy that a kernel reads many times, from [#start] on: there, vectors
/// do not straddle cache lines. Products read from such a copy took up to 5 % less time.
///
/// Where an array lies a program cannot ask, and the garbage collector moves it. But a vector that
/// straddles two lines is read twice, so how long it takes to read some tells. That is looked at
/// now and then; a wrong guess costs time, and never changes a result.
final class Scratch {
  private static final VectorSpecies<Float> S = Lanes.FLOATS;
  private static final int VL = S.length();

  /// Floats in a cache line.
  private static final int LINE = 16;

  /// Floats between the starts to choose from: objects begin at multiples of 8 bytes.
  private static final int STEP = 2;

  /// Floats that are read to see how long it takes: they fit the L1 cache.
  private static final int READ = 2048;

  private static final int TRIES = 3;

  /// How often that is read at a time, so that the times of two starts can be told apart.
  private static final int PASSES = 16;

  /// Until the first look: by then the compiler knows vectors, before they take a thousand times as
  /// long.
  private static final long WARM_UP_NANOS = 500_000_000;

  private static final long PERIOD_NANOS = 50_000_000;

  /// One pass that takes longer was not compiled yet, and tells nothing.
  private static final long COMPILED_NANOS = 2_000;

  /// So long a look goes on passing until it is compiled: some thousand passes are needed.
  private static final long COMPILING_NANOS = 2_000_000;

  /// Less than so much of the time of the present start is worth a move.
  private static final double WORTH = 0.9;

  private final long period;
  private float[] array = new float[LINE + READ];
  private int start;
  private long next;

  /// Keeps the compiler from leaving out what nobody needs.
  @SuppressWarnings("UnusedVariable")
  private int sum;

  Scratch() {
    this(WARM_UP_NANOS, PERIOD_NANOS);
  }

  /// Looks first after `warmUp` nanoseconds, and at most once in `period`.
  Scratch(long warmUp, long period) {
    this.period = period;
    next = System.nanoTime() + warmUp;
  }

  /// The array, at least `length` floats long from [#start] on, with what was in it.
  float[] array(int length) {
    if (array.length < LINE + length) {
      array = Arrays.copyOf(array, LINE + Math.max(length, 2 * (array.length - LINE)));
    }
    return array;
  }

  /// The array as it is.
  float[] array() {
    return array;
  }

  /// Where the copy begins. Stays the same until the next [#settle].
  int start() {
    return start;
  }

  /// Looks for the best start, if the last look is a while ago. What the array holds is lost.
  void settle() {
    long now = System.nanoTime();
    if (now - next < 0) {
      return;
    }
    if (compiled(now)) {
      moveTo(best());
    }
    next = System.nanoTime() + period;
  }

  /// Whether the passes are compiled, or become so before this look has gone on for too long.
  private boolean compiled(long now) {
    do {
      if (time(start, 1) < COMPILED_NANOS) {
        return true;
      }
    } while (System.nanoTime() - now < COMPILING_NANOS);
    return false;
  }

  private int best() {
    long present = time(start, PASSES);
    long least = present;
    int best = start;
    for (int from = 0; from < LINE; from += STEP) {
      long time = time(from, PASSES);
      if (time < least) {
        least = time;
        best = from;
      }
    }
    return least < WORTH * present ? best : start;
  }

  /// Sets the start, one of 0 … 14. What the array holds is lost.
  void moveTo(int start) {
    this.start = start;
  }

  private long time(int from, int passes) {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < TRIES; i++) {
      long before = System.nanoTime();
      sum += read(array, from, passes);
      least = Math.min(least, System.nanoTime() - before);
    }
    return least;
  }

  private static int read(float[] x, int from, int passes) {
    var a = IntVector.zero(IntLanes.INTS);
    var b = a;
    var c = a;
    var d = a;
    for (int pass = 0; pass < passes; pass++) {
      for (int i = from; i < from + READ; i += 4 * VL) {
        a = a.add(FloatVector.fromArray(S, x, i).reinterpretAsInts());
        b = b.add(FloatVector.fromArray(S, x, i + VL).reinterpretAsInts());
        c = c.add(FloatVector.fromArray(S, x, i + 2 * VL).reinterpretAsInts());
        d = d.add(FloatVector.fromArray(S, x, i + 3 * VL).reinterpretAsInts());
      }
    }
    return a.add(b).add(c.add(d)).lane(0);
  }
}
