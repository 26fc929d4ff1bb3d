// SPDX-License-Identifier: Apache-2.0
package gradus.kernel;

import org.jspecify.annotations.Nullable;

/// Convolutions and their derivatives.
///
/// Arrays are all `float[]` or all `double[]`. Inputs and cotangents are read from an offset with
/// the strides of their five dimensions, weights and results are contiguous.
public final class Conv {
  private Conv() {}

  /// Sets `y` to the convolution of `x`, which is read with any strides, and `w`, plus the `bias`
  /// of each channel, if there is one.
  public static void forward(
      ConvShape s,
      Object x,
      int xo,
      int[] xs,
      Object w,
      int wo,
      @Nullable Object bias,
      int bo,
      Object y) {
    forward(ConvArrays.of(x), s, x, xo, xs, w, wo, bias, bo, y);
  }

  @SuppressWarnings("unchecked") // all arrays have the type of the first
  private static <A> void forward(
      ConvArrays<A> arrays,
      ConvShape s,
      Object x,
      int xo,
      int[] xs,
      Object w,
      int wo,
      @Nullable Object bias,
      int bo,
      Object y) {
    Correlation.forward(arrays, s, (A) x, xo, xs, (A) w, wo, (A) bias, bo, (A) y);
  }

  /// Sets `dx` to the derivative by the input, for the cotangent `dy`, plus the `bias` of each
  /// channel, if there is one.
  public static void inputGradient(
      ConvShape s,
      Object dy,
      int dyo,
      int[] dys,
      Object w,
      int wo,
      @Nullable Object bias,
      int bo,
      Object dx) {
    inputGradient(ConvArrays.of(dy), s, dy, dyo, dys, w, wo, bias, bo, dx);
  }

  @SuppressWarnings("unchecked") // all arrays have the type of the first
  private static <A> void inputGradient(
      ConvArrays<A> arrays,
      ConvShape s,
      Object dy,
      int dyo,
      int[] dys,
      Object w,
      int wo,
      @Nullable Object bias,
      int bo,
      Object dx) {
    Correlation.backward(arrays, s, (A) dy, dyo, dys, (A) w, wo, (A) bias, bo, (A) dx);
  }

  /// Sets `dw`, zeros so far, to the derivative by the weights, for the cotangent `dy`, which is
  /// contiguous.
  public static void weightGradient(
      ConvShape s, Object x, int xo, int[] xs, Object dy, int dyo, Object dw) {
    if (!s.isEmpty()) {
      weightGradient(ConvArrays.of(x), s, x, xo, xs, dy, dyo, dw);
    }
  }

  @SuppressWarnings("unchecked") // all arrays have the type of the first
  private static <A> void weightGradient(
      ConvArrays<A> arrays,
      ConvShape s,
      Object x,
      int xo,
      int[] xs,
      Object dy,
      int dyo,
      Object dw) {
    WeightGradient.of(arrays, s, (A) x, xo, xs, (A) dy, dyo, (A) dw);
  }
}
