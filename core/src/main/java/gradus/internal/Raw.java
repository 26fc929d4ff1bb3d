// SPDX-License-Identifier: Apache-2.0
package gradus.internal;

import gradus.DType;
import gradus.Tensor;
import gradus.kernel.Parallel;
import java.lang.invoke.MethodHandles;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// The arrays behind tensors, for the modules that read images into them, update parameters in
/// place or write them to files.
///
/// Whoever writes to the array of a tensor that was ever handed out calls [#changed(Tensor)]
/// afterwards.
public final class Raw {
  private static @Nullable Access access;

  private Raw() {}

  /// What `gradus` lends: the reach into its own package.
  public interface Access {
    /// Returns the backing array of a contiguous tensor that fills it.
    Object array(Tensor t);

    /// Returns whether `t` is contiguous and fills its array.
    boolean isWhole(Tensor t);

    /// Returns a tensor around `array`, which the caller gives away.
    Tensor wrap(DType dtype, Object array, int... shape);

    /// Returns the backing array of a contiguous tensor that fills it, and takes it away from `t`.
    Object release(Tensor t);

    /// Returns whether two tensors read the same array.
    boolean shareArray(Tensor a, Tensor b);

    /// Gives back the array of a result that only a graph can have.
    void giveBack(Tensor t);

    /// Returns the gradient of `leaf`, to somebody who does not keep it.
    @Nullable Tensor gradient(Tensor leaf);

    /// Notes that the array of `t` was written.
    void changed(Tensor t);

    /// Gives a parameter or buffer another type, keeping the object.
    void convert(Tensor t, DType dtype);
  }

  /// Called once by [Tensor]'s initialiser.
  public static void install(Access lent) {
    access = lent;
  }

  private static Access access() {
    if (access == null) {
      try {
        MethodHandles.lookup().ensureInitialized(Tensor.class);
      } catch (IllegalAccessException e) {
        throw new AssertionError(e);
      }
    }
    if (access == null) {
      throw new AssertionError("Tensor's initialiser lends no access");
    }
    return access;
  }

  private static Object array(Tensor t, DType dtype) {
    if (t.dtype() != dtype) {
      throw new IllegalArgumentException(
          "the array of a %s tensor was asked for as %s".formatted(t.dtype(), dtype));
    }
    return access().array(t);
  }

  /// Returns whether `t` is contiguous and fills its array, so that this can be had.
  public static boolean isWhole(Tensor t) {
    return access().isWhole(t);
  }

  /// Returns the array itself of a float32 tensor.
  ///
  /// @throws IllegalArgumentException if the type differs or the tensor is a view of a part
  public static float[] floats(Tensor t) {
    return (float[]) array(t, DType.FLOAT32);
  }

  /// Returns the array itself of a float64 tensor.
  public static double[] doubles(Tensor t) {
    return (double[]) array(t, DType.FLOAT64);
  }

  /// Returns the array itself of an int64 tensor.
  public static long[] longs(Tensor t) {
    return (long[]) array(t, DType.INT64);
  }

  /// Returns the array itself of a uint8 or bool tensor.
  public static byte[] bytes(Tensor t) {
    return (byte[]) array(t, t.dtype() == DType.BOOL ? DType.BOOL : DType.UINT8);
  }

  /// Returns a float32 tensor around `array`, which the caller gives away.
  public static Tensor wrap(float[] array, int... shape) {
    return access().wrap(DType.FLOAT32, array, shape);
  }

  /// Returns a float64 tensor around `array`, which the caller gives away.
  public static Tensor wrap(double[] array, int... shape) {
    return access().wrap(DType.FLOAT64, array, shape);
  }

  /// Returns an int64 tensor around `array`, which the caller gives away.
  public static Tensor wrap(long[] array, int... shape) {
    return access().wrap(DType.INT64, array, shape);
  }

  /// Returns a uint8 tensor around `array`, which the caller gives away.
  public static Tensor wrapBytes(byte[] array, int... shape) {
    return access().wrap(DType.UINT8, array, shape);
  }

  /// Returns a bool tensor around `array` of zeros and ones, which the caller gives away.
  public static Tensor wrapBooleans(byte[] array, int... shape) {
    return access().wrap(DType.BOOL, array, shape);
  }

  /// Returns the array itself of a float32 tensor, to be written anew: that tensor and all its
  /// views refuse to be read from now on.
  ///
  /// @throws IllegalArgumentException if the type differs or the tensor is a view of a part
  public static float[] releaseFloats(Tensor t) {
    float[] array = floats(t);
    access().release(t);
    return array;
  }

  /// Returns whether two tensors read the same array.
  public static boolean shareArray(Tensor a, Tensor b) {
    return access().shareArray(a, b);
  }

  /// Gives back the array of `t` for later results, unless a graph still reads it. Nobody else may
  /// have `t` or a view of it.
  public static void giveBack(Tensor t) {
    access().giveBack(t);
  }

  /// Returns the gradient of `leaf`, if there is one, to somebody who does not keep it longer than
  /// the leaf does: the array of one that nobody else saw is used again.
  public static @Nullable Tensor gradient(Tensor leaf) {
    return access().gradient(leaf);
  }

  /// Notes that the array of a parameter, buffer or gradient was written in place, so that graphs
  /// which saved it refuse to run.
  public static void changed(Tensor t) {
    access().changed(t);
  }

  /// Gives a parameter or buffer another type, keeping the object: what `Module.to(DType)` does. A
  /// parameter's gradient is dropped.
  public static void convert(Tensor t, DType dtype) {
    access().convert(t, dtype);
  }

  /// Runs `body` over parts of [0, n) on several threads; for work whose results don't depend on
  /// where the parts end.
  public static void parallel(int n, int grain, Range body) {
    Parallel.forRange(n, grain, body::run);
  }

  /// Has the threads of ops do pieces of `work` whenever they have nothing else to do. Whoever
  /// needs it does what is left.
  ///
  /// @param work does a piece, of some microseconds, and returns whether there was one left; called
  ///   by several threads at once, and does not throw
  public static void offer(BooleanSupplier work) {
    Parallel.offer(work);
  }

  /// Has the threads of ops begin no more pieces of `work`.
  public static void takeBack(BooleanSupplier work) {
    Parallel.takeBack(work);
  }

  /// A part of an index range.
  @FunctionalInterface
  public interface Range {
    /// Works on indices `from` … `to`−1.
    void run(int from, int to);
  }
}
