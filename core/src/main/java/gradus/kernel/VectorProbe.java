// SPDX-License-Identifier: Apache-2.0
package gradus.kernel;

import java.lang.System.Logger.Level;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/// Finds out whether this JVM compiles vectors to instructions. An interpreter, a compiler that
/// does not know them, or a processor without them runs every kernel many times slower, and
/// correctly, so that nobody would know why.
///
/// It looks a second after the start, beside the program, and says what it found only if it is bad.
final class VectorProbe {
  private static final long WAIT_MILLIS = 1000;
  private static final int ATTEMPTS = 5;
  private static final long WARM_UP_NANOS = 150_000_000;

  /// Vectors that take so much longer than single floats are not instructions: those take less
  /// time, while vectors that are objects take twenty times more, or a hundred.
  private static final int TOO_SLOW = 4;

  private static final int N = 1024;

  private VectorProbe() {}

  /// Looks later, once.
  static void start() {
    Thread.ofPlatform()
        .daemon()
        .name("gradus-vector-probe")
        .start(() -> look(ATTEMPTS, WAIT_MILLIS));
  }

  /// Looks so many times, waits before each twice as long as before the last, and warns if vectors
  /// were slow each time: on a busy machine the compiler takes a while.
  static void look(int attempts, long waitMillis) {
    try {
      for (int i = 0; i < attempts; i++) {
        Thread.sleep(waitMillis << i);
        if (!slow()) {
          return;
        }
      }
    } catch (InterruptedException e) {
      return;
    }
    System.getLogger("gradus").log(Level.WARNING, message());
  }

  private static String message() {
    return "this JVM (%s, %s) does not compile the Vector API to vector instructions of this processor, and computes many times slower than it could; use a HotSpot JDK with its C2 compiler, without -Xint and -XX:TieredStopAtLevel, on x86-64 with AVX2 or AArch64"
        .formatted(System.getProperty("java.vm.name"), System.getProperty("java.vm.info"));
  }

  private static boolean slow() {
    var x = new float[N];
    Arrays.fill(x, 0.5f);
    long start = System.nanoTime();
    while (System.nanoTime() < start + WARM_UP_NANOS) {
      vectors(x);
      floats(x);
    }
    long vectors = Long.MAX_VALUE;
    long floats = Long.MAX_VALUE;
    for (int i = 0; i < 20; i++) {
      long before = System.nanoTime();
      vectors(x);
      long between = System.nanoTime();
      floats(x);
      vectors = Math.min(vectors, between - before);
      floats = Math.min(floats, System.nanoTime() - between);
    }
    return vectors > TOO_SLOW * floats;
  }

  private static void vectors(float[] x) {
    var half = FloatVector.broadcast(Lanes.FLOATS, 0.5f);
    for (int i = 0; i < N; i += Lanes.FLOATS.length()) {
      FloatVector.fromArray(Lanes.FLOATS, x, i).mul(half).add(half).intoArray(x, i);
    }
  }

  private static void floats(float[] x) {
    for (int i = 0; i < N; i++) {
      x[i] = x[i] * 0.5f + 0.5f;
    }
  }
}
