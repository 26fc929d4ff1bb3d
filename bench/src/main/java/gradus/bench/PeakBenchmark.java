// SPDX-License-Identifier: Apache-2.0
package gradus.bench;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// What can this machine do at all: fused multiply-adds, and moving memory?
///
/// `./gradus bench PeakBenchmark -t 2` asks it of two threads at once.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class PeakBenchmark {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  private static final int ROUNDS = 10_000;

  /// Floating-point operations of one call of [#fma].
  static final double OPERATIONS = 2.0 * 12 * S.length() * ROUNDS;

  /// Two numbers that no compiler knows.
  @State(Scope.Thread)
  public static class Factors {
    private final float[] x = new float[2 * S.length()];

    /// Makes them.
    public Factors() {
      Arrays.fill(x, 0.5f);
    }
  }

  /// Three arrays that fill a cache, or none.
  @State(Scope.Thread)
  @SuppressWarnings("NullAway.Init") // JMH calls setUp
  public static class Arrays3 {
    /// KiB of the three arrays together.
    @Param({"512", "12288", "393216"})
    public int kib = 512;

    private float[] a;
    private float[] b;
    private float[] c;

    /// Makes the arrays and touches them.
    @Setup
    public void setUp() {
      int n = kib * 256 / 3 / S.length() * S.length();
      a = new float[n];
      b = new float[n];
      c = new float[n];
      Arrays.fill(a, 1);
      Arrays.fill(b, 2);
      Arrays.fill(c, 3);
    }
  }

  /// Twelve independent chains, which is what hides the latency of two units of four cycles, and
  /// then some.
  @Benchmark
  public float fma(Factors factors) {
    var a = FloatVector.fromArray(S, factors.x, 0);
    var b = FloatVector.fromArray(S, factors.x, S.length());
    var c0 = a;
    var c1 = b;
    var c2 = a;
    var c3 = b;
    var c4 = a;
    var c5 = b;
    var c6 = a;
    var c7 = b;
    var c8 = a;
    var c9 = b;
    var c10 = a;
    var c11 = b;
    for (int i = 0; i < ROUNDS; i++) {
      c0 = a.fma(b, c0);
      c1 = a.fma(b, c1);
      c2 = a.fma(b, c2);
      c3 = a.fma(b, c3);
      c4 = a.fma(b, c4);
      c5 = a.fma(b, c5);
      c6 = a.fma(b, c6);
      c7 = a.fma(b, c7);
      c8 = a.fma(b, c8);
      c9 = a.fma(b, c9);
      c10 = a.fma(b, c10);
      c11 = a.fma(b, c11);
    }
    c0 = c0.add(c1).add(c2).add(c3).add(c4).add(c5);
    return c0.add(c6).add(c7).add(c8).add(c9).add(c10).add(c11).lane(0);
  }

  /// `c = a + 2b`: two arrays read, one written.
  @Benchmark
  public float[] triad(Arrays3 arrays) {
    float[] a = arrays.a;
    float[] b = arrays.b;
    float[] c = arrays.c;
    var two = FloatVector.broadcast(S, 2);
    for (int i = 0; i < a.length; i += S.length()) {
      FloatVector.fromArray(S, b, i).fma(two, FloatVector.fromArray(S, a, i)).intoArray(c, i);
    }
    return c;
  }
}
