// SPDX-License-Identifier: Apache-2.0
package gradus.kernel;

import static java.lang.invoke.MethodType.methodType;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LE;

import java.lang.invoke.MethodType;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.DoubleBinaryOperator;
import java.util.function.LongBinaryOperator;
import jdk.incubator.vector.FloatVector;
import org.jspecify.annotations.Nullable;

/// The pointwise functions of two arguments. A row is a name, the definition in double (the oracle
/// of the tests, and the float64 path), the same in float lanes, and in long where that makes
/// sense; without lanes, float goes through double.
///
/// In every `run`, operand `a` is read at `ao + i * as`, `b` at `bo + i * bs`, `out` is written at
/// `oo + i`, for `i` in `[0, n)`. For float the strides are 0 or 1. `out` may be the same stretch
/// as an operand of stride 1.
@SuppressWarnings("ImmutableEnumChecker") // The loop is made at first use; functions have no state.
public enum Binary {
  ADD((a, b) -> a + b, FloatVector::add, (a, b) -> a + b),
  SUB((a, b) -> a - b, FloatVector::sub, (a, b) -> a - b),
  MUL((a, b) -> a * b, FloatVector::mul, (a, b) -> a * b),
  DIV((a, b) -> a / b, FloatVector::div, null),
  /// In float: by products or a quotient at the exponents 1, 2, 3, -1; else through double.
  POW(Powers::pow, null, Powers::pow) {
    @Override
    public void run(
        float[] a, int ao, int as, float[] b, int bo, int bs, float[] out, int oo, int n) {
      Powers.run(a, ao, as, b, bo, bs, out, oo, n);
    }
  },
  /// The quotient toward 0.
  TRUNC_DIV(Remainders::truncDiv, null, (a, b) -> a / b),
  /// The quotient rounded down.
  FLOOR_DIV(Remainders::floorDiv, null, Math::floorDiv),
  /// What division toward 0 leaves, with the sign of `a`.
  FMOD((a, b) -> a % b, null, (a, b) -> a % b),
  /// What division rounded down leaves, with the sign of `b`.
  REMAINDER(Remainders::remainder, null, Math::floorMod),
  /// NaN if either is.
  MAXIMUM(Math::max, FloatVector::max, Math::max),
  /// NaN if either is.
  MINIMUM(Math::min, FloatVector::min, Math::min),
  /// `(dy, y)` to dy, but 0 where y ≤ 0; the gradient passes at NaN, as in PyTorch.
  RELU_GRAD((dy, y) -> y <= 0 ? 0 : dy, (dy, y) -> dy.blend(0f, y.compare(LE, 0f)), null),
  /// `(dy, y)` to dy · y · (1 - y), where y is the sigmoid's value.
  SIGMOID_GRAD((dy, y) -> dy * y * (1 - y), (dy, y) -> dy.mul(y).mul(y.broadcast(1f).sub(y)), null),
  /// `(dy, y)` to dy · (1 - y²), where y is the hyperbolic tangent's value.
  TANH_GRAD((dy, y) -> dy * (1 - y * y), (dy, y) -> dy.mul(y.neg().fma(y, y.broadcast(1f))), null),
  /// `(x, slope)` to x where x > 0, else x · slope.
  LEAKY_RELU(
      (x, slope) -> x > 0 ? x : x * slope,
      (x, slope) -> x.mul(slope).blend(x, x.compare(GT, 0f)),
      null),
  /// `(x, slope)` to 1 where x > 0, else slope: the derivative of [#LEAKY_RELU].
  LEAKY_SLOPE(
      (x, slope) -> x > 0 ? 1 : slope, (x, slope) -> slope.blend(1f, x.compare(GT, 0f)), null),
  /// `(dy, x)` to dy · f′(x), of the activation f.
  SILU_GRAD(Activations::siluGrad, Activations::siluGrad, null),
  GELU_GRAD(Activations::geluGrad, Activations::geluGrad, null),
  GELU_TANH_GRAD(Activations::geluTanhGrad, Activations::geluTanhGrad, null),
  MISH_GRAD(Activations::mishGrad, Activations::mishGrad, null),
  LOG_SIGMOID_GRAD(Activations::logSigmoidGrad, Activations::logSigmoidGrad, null),
  HARDSWISH_GRAD(Activations::hardswishGrad, Activations::hardswishGrad, null),
  /// `(x, threshold)`, and its derivative by x.
  SOFTPLUS(Activations::softplus, Activations::softplus, null),
  SOFTPLUS_SLOPE(Activations::softplusSlope, Activations::softplusSlope, null),
  /// `(x, alpha)`, and its derivative by x.
  ELU(Activations::elu, Activations::elu, null),
  ELU_SLOPE(Activations::eluSlope, Activations::eluSlope, null),
  ATAN2(StrictMath::atan2, null, null),
  HYPOT(StrictMath::hypot, null, null);

  /// Two vectors in, one out; the same for every lane.
  @FunctionalInterface
  interface Body {
    FloatVector apply(FloatVector a, FloatVector b);
  }

  private static final MethodType LOOP =
      methodType(
          void.class,
          float[].class,
          int.class,
          int.class,
          float[].class,
          int.class,
          int.class,
          float[].class,
          int.class,
          int.class);

  private final DoubleBinaryOperator definition;
  private final @Nullable Body body;
  private final @Nullable LongBinaryOperator whole;
  private volatile @Nullable Loops loops;

  Binary(DoubleBinaryOperator definition, @Nullable Body body, @Nullable LongBinaryOperator whole) {
    this.definition = definition;
    this.body = body;
    this.whole = whole;
  }

  /// The definition of this function in double precision.
  public double scalar(double a, double b) {
    return definition.applyAsDouble(a, b);
  }

  /// Runs over float arrays; `as` and `bs` are 0 or 1.
  public void run(
      float[] a, int ao, int as, float[] b, int bo, int bs, float[] out, int oo, int n) {
    if (body == null) {
      throughDouble(a, ao, as, b, bo, bs, out, oo, n);
      return;
    }
    Loops loops = this.loops;
    if (loops == null) {
      loops = copyLoops();
    }
    if (as == 0 && bs == 0 && n > 1) {
      run(a, ao, 0, b, bo, 0, out, oo, 1);
      Arrays.fill(out, oo + 1, oo + n, out[oo]);
      return;
    }
    int end = Lanes.FLOATS.loopBound(n);
    try {
      if (end > 0) {
        loops.vectors().invokeExact(a, ao, as, b, bo, bs, out, oo, end);
      }
      if (end < n) {
        int ae = ao + end * as;
        int be = bo + end * bs;
        loops.singles().invokeExact(a, ae, as, b, be, bs, out, oo + end, n - end);
      }
    } catch (Throwable t) {
      throw Loops.rethrow(t);
    }
  }

  private void throughDouble(
      float[] a, int ao, int as, float[] b, int bo, int bs, float[] out, int oo, int n) {
    for (int i = 0; i < n; i++) {
      out[oo + i] = (float) definition.applyAsDouble(a[ao + i * as], b[bo + i * bs]);
    }
  }

  /// Runs over double arrays with any strides.
  public void run(
      double[] a, int ao, int as, double[] b, int bo, int bs, double[] out, int oo, int n) {
    for (int i = 0; i < n; i++) {
      out[oo + i] = definition.applyAsDouble(a[ao + i * as], b[bo + i * bs]);
    }
  }

  /// Runs over long arrays with any strides; sums and products wrap around.
  ///
  /// @throws UnsupportedOperationException if this has no meaning between whole numbers
  public void run(long[] a, int ao, int as, long[] b, int bo, int bs, long[] out, int oo, int n) {
    if (whole == null) {
      throw new UnsupportedOperationException(this + " has no int64 form");
    }
    for (int i = 0; i < n; i++) {
      out[oo + i] = whole.applyAsLong(a[ao + i * as], b[bo + i * bs]);
    }
  }

  /// Made at first use, so that a process pays only for the rows it uses.
  private synchronized Loops copyLoops() {
    Loops loops = this.loops;
    if (loops == null) {
      loops = Loops.copy(BinaryLoop.class, LOOP, Objects.requireNonNull(body));
      this.loops = loops;
    }
    return loops;
  }
}
