// SPDX-License-Identifier: Apache-2.0
package gradus;

import gradus.kernel.Threefry;
import org.jspecify.annotations.Nullable;

/// A stream of random numbers that is a function of its seed alone: the same at any thread count,
/// SIMD width and on any machine.
///
/// Counter-based (Threefry-4x32-20: Salmon et al., "Parallel random numbers: as easy as 1, 2, 3",
/// 2011). Whatever is drawn without a generator comes from [#current()]: the process's default,
/// whose seed is fixed, or what [#scope(long)] put in its place for this thread. Safe for use by
/// several threads, which then share the stream in the order they come.
public final class Generator {
  private static final long DEFAULT_SEED = 0;

  /// Words drawn at once; every bulk draw starts at a new group.
  private static final int GROUP = 256;

  /// Words that are made at first.
  private static final int FEW = 16;

  private static final Generator DEFAULT = new Generator(DEFAULT_SEED);
  private static final ThreadLocal<@Nullable Generator> SCOPE = new ThreadLocal<>();

  private long key0;
  private long key1;
  private long nextGroup;

  /// The group that single numbers come from, or its first words as long as no more are wanted:
  /// most generators of an example draw a few. And how many of them are used up.
  private int[] single = new int[0];

  private long singleGroup;
  private int used = GROUP;

  /// Makes a generator whose stream is a function of `seed`.
  public Generator(long seed) {
    reset(seed);
  }

  private Generator(long key0, long key1) {
    this.key0 = key0;
    this.key1 = key1;
  }

  private synchronized void reset(long seed) {
    key0 = seed;
    key1 = 0;
    nextGroup = 0;
    used = GROUP;
  }

  /// Returns how far the stream has come, int64 `[5]`, for [#setState]. (PyTorch:
  /// `Generator.get_state`.)
  public synchronized Tensor getState() {
    return Tensor.of(new long[] {key0, key1, nextGroup, used == GROUP ? 0 : singleGroup, used}, 5);
  }

  /// Goes on where a generator was when [#getState()] returned `state`. (PyTorch:
  /// `Generator.set_state`.)
  ///
  /// @throws IllegalArgumentException if `state` is not of [#getState()]; nothing is changed then
  public synchronized void setState(Tensor state) {
    long[] values =
        state.dtype() == DType.INT64 && state.shape().equals(Shape.of(5))
            ? state.toLongArray()
            : new long[0];
    if (values.length == 0
        || values[2] < 0
        || values[3] < 0
        || !(0 <= values[4] && values[4] <= GROUP)) {
      throw new IllegalArgumentException(
          "setState: %s %s is no state of a generator; give what getState() returned"
              .formatted(state.dtype(), state.shape()));
    }
    key0 = values[0];
    key1 = values[1];
    nextGroup = values[2];
    singleGroup = values[3];
    used = (int) values[4];
    single = new int[GROUP];
    if (used < GROUP) {
      Threefry.bits(key0, key1, singleGroup, single, 0, 1);
    }
  }

  /// Returns the generator that draws without one come from.
  public static Generator current() {
    Generator scoped = SCOPE.get();
    return scoped != null ? scoped : DEFAULT;
  }

  /// Restarts the [current][#current()] generator with `seed`. (PyTorch: `torch.manual_seed`.)
  public static void seed(long seed) {
    current().reset(seed);
  }

  /// Draws of this thread come from a new generator until the returned scope is closed.
  ///
  /// ```java
  /// try (var _ = Generator.scope(42)) {
  ///   var net = new Net(); // initialised from seed 42
  /// }
  /// ```
  public static Scope scope(long seed) {
    return scope(new Generator(seed));
  }

  /// Draws of this thread come from `generator` until the returned scope is closed.
  public static Scope scope(Generator generator) {
    Generator before = SCOPE.get();
    SCOPE.set(generator);
    return () -> {
      if (before == null) {
        SCOPE.remove();
      } else {
        SCOPE.set(before);
      }
    };
  }

  /// Restores on close the generator that was current before.
  public interface Scope extends AutoCloseable {
    @Override
    void close();
  }

  /// Returns a generator whose stream is a function of this one's seed and `path` alone, not of
  /// what was drawn: `derive(epoch, sample)` gives each sample numbers of its own whichever thread
  /// asks.
  public Generator derive(long... path) {
    long a = key0;
    long b = key1;
    for (long step : path) {
      a = mix(a ^ mix(step + 0x9E3779B97F4A7C15L));
      b = mix(b + a + 0xD1B54A32D192ED03L);
    }
    return new Generator(a, b);
  }

  /// The finaliser of SplitMix64 (Steele, Lea and Flood, 2014).
  private static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /// The next `n` words, from a group of their own on.
  private synchronized int[] words(long n) {
    int groups = Math.toIntExact((n + GROUP - 1) / GROUP);
    int[] words = new int[Math.multiplyExact(groups, GROUP)];
    Threefry.bits(key0, key1, nextGroup, words, 0, groups);
    nextGroup += groups;
    return words;
  }

  private synchronized int nextWord() {
    if (used >= single.length) {
      refill();
    }
    return single[used++];
  }

  private void refill() {
    if (used == GROUP) {
      singleGroup = nextGroup++;
      used = 0;
      if (single.length == 0) {
        single = new int[FEW];
        Threefry.first(key0, key1, singleGroup, single);
        return;
      }
    }
    if (single.length < GROUP) {
      single = new int[GROUP];
    }
    Threefry.bits(key0, key1, singleGroup, single, 0, 1);
  }

  private static double unit(int high, int low) {
    return ((long) (high >>> 5) << 26 | low >>> 6) * 0x1p-53;
  }

  /// Returns float32 numbers uniform in [low, high).
  ///
  /// @throws IllegalArgumentException if the bounds aren't finite or `high < low`
  public Tensor uniform(double low, double high, int... shape) {
    return uniform(DType.FLOAT32, low, high, Shape.of(shape));
  }

  Tensor uniform(DType dtype, double low, double high, Shape shape) {
    if (!(Math.abs(high - low) < Double.POSITIVE_INFINITY) || high < low) {
      throw new IllegalArgumentException(
          "uniform: [%s, %s) is no finite interval".formatted(low, high));
    }
    Tensor t = Tensor.empty(dtype, shape);
    int n = shape.numel();
    if (dtype == DType.FLOAT32) {
      int[] words = words(n);
      float[] out = t.storage.floats();
      for (int i = 0; i < n; i++) {
        float v = (float) (low + (high - low) * ((words[i] >>> 8) * 0x1p-24));
        // Rounding to float may reach the bound, which is excluded.
        out[i] = v < high || low == high ? v : Math.nextDown((float) high);
      }
    } else {
      int[] words = words(2L * n);
      double[] out = t.storage.doubles();
      for (int i = 0; i < n; i++) {
        double v = low + (high - low) * unit(words[2 * i], words[2 * i + 1]);
        out[i] = v < high || low == high ? v : Math.nextDown(high);
      }
    }
    return t;
  }

  /// Returns float32 numbers of the normal distribution, by Box and Muller's transform.
  ///
  /// @throws IllegalArgumentException if `std` is negative or a parameter isn't finite
  public Tensor normal(double mean, double std, int... shape) {
    return normal(DType.FLOAT32, mean, std, Shape.of(shape));
  }

  Tensor normal(DType dtype, double mean, double std, Shape shape) {
    if (!(std >= 0
        && std < Double.POSITIVE_INFINITY
        && Math.abs(mean) < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "normal: mean %s, std %s: expected finite numbers and std ≥ 0".formatted(mean, std));
    }
    Tensor t = Tensor.empty(dtype, shape);
    int n = shape.numel();
    int[] words = words(2L * (n + (n & 1)));
    for (int i = 0; i < n; i += 2) {
      // 1 − u lies in (0, 1], where the logarithm is finite.
      double radius =
          StrictMath.sqrt(-2 * StrictMath.log(1 - unit(words[2 * i], words[2 * i + 1])));
      double angle = 2 * StrictMath.PI * unit(words[2 * i + 2], words[2 * i + 3]);
      set(t, i, mean + std * radius * StrictMath.cos(angle));
      if (i + 1 < n) {
        set(t, i + 1, mean + std * radius * StrictMath.sin(angle));
      }
    }
    return t;
  }

  private static void set(Tensor t, int i, double value) {
    if (t.dtype() == DType.FLOAT32) {
      t.storage.floats()[i] = (float) value;
    } else {
      t.storage.doubles()[i] = value;
    }
  }

  /// Returns float32 ones with probability `p`, else zeros.
  ///
  /// @throws IllegalArgumentException if `p` isn't in [0, 1]
  public Tensor bernoulli(double p, int... shape) {
    if (!(p >= 0 && p <= 1)) {
      throw new IllegalArgumentException("bernoulli: p = %s is not in [0, 1]".formatted(p));
    }
    return chosen(p, 1, shape);
  }

  /// Returns what dropout multiplies by: zeros with probability `p`, else `1 / (1 − p)`.
  ///
  /// @param dtype float32 or float64
  /// @throws IllegalArgumentException if `p` isn't in [0, 1), or the dtype is another
  public Tensor dropoutMask(DType dtype, double p, int... shape) {
    if (!(p >= 0 && p < 1)) {
      throw new IllegalArgumentException("dropoutMask: p = %s is not in [0, 1)".formatted(p));
    }
    double scale = 1 / (1 - p);
    return switch (dtype) {
      case FLOAT32 -> chosen(1 - p, (float) scale, shape);
      case FLOAT64 -> bernoulli(1 - p, shape).to(dtype).mul(scale);
      case INT64, BOOL, UINT8 ->
          throw new IllegalArgumentException(
              "dropoutMask: " + dtype + " can't be scaled; choose float32 or float64");
    };
  }

  /// Float32 `value`s with probability `p`, else zeros.
  private Tensor chosen(double p, float value, int... shape) {
    Tensor t = Spares.tensor(DType.FLOAT32, Shape.of(shape));
    float[] out = t.storage.floats();
    long group;
    synchronized (this) {
      group = nextGroup;
      nextGroup += Math.ceilDiv(out.length, GROUP);
    }
    // A word's upper 31 bits against p in units of 2⁻³¹: exact for 0 and 1.
    Threefry.chosen(key0, key1, group, (long) StrictMath.rint(p * 0x1p31), value, out);
    return t;
  }

  /// Returns int64 numbers uniform in low … high−1.
  ///
  /// @throws IllegalArgumentException if the range is empty or longer than 2³¹−1
  public Tensor integers(long low, long high, int... shape) {
    if (high <= low || high - low > Integer.MAX_VALUE || high - low < 0) {
      throw new IllegalArgumentException(
          "integers: %d … %d − 1 is empty or longer than 2³¹−1".formatted(low, high));
    }
    Tensor t = Tensor.zeros(DType.INT64, shape);
    long[] out = t.storage.longs();
    for (int i = 0; i < out.length; i++) {
      out[i] = low + nextInt((int) (high - low));
    }
    return t;
  }

  /// Returns a random order of 0 … n−1 (Fisher and Yates).
  public int[] permutation(int n) {
    int[] order = new int[n];
    for (int i = 0; i < n; i++) {
      order[i] = i;
    }
    for (int i = n - 1; i > 0; i--) {
      int j = nextInt(i + 1);
      int swap = order[i];
      order[i] = order[j];
      order[j] = swap;
    }
    return order;
  }

  /// Returns a number uniform in 0 … bound−1, without bias (Lemire, 2019).
  ///
  /// @throws IllegalArgumentException if `bound` isn't positive
  public int nextInt(int bound) {
    if (bound <= 0) {
      throw new IllegalArgumentException("nextInt: bound %d is not positive".formatted(bound));
    }
    long product = Integer.toUnsignedLong(nextWord()) * bound;
    if (Integer.compareUnsigned((int) product, bound) < 0) {
      int threshold = Integer.remainderUnsigned(-bound, bound);
      while (Integer.compareUnsigned((int) product, threshold) < 0) {
        product = Integer.toUnsignedLong(nextWord()) * bound;
      }
    }
    return (int) (product >>> 32);
  }

  /// Returns a number uniform in [0, 1).
  public double nextDouble() {
    return unit(nextWord(), nextWord());
  }
}
