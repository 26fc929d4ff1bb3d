// SPDX-License-Identifier: Apache-2.0
package gradus.kernel;

import static java.lang.invoke.MethodType.methodType;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LE;

import java.lang.invoke.MethodType;
import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;
import java.util.function.LongBinaryOperator;
import jdk.incubator.vector.FloatVector;
import org.jspecify.annotations.Nullable;

/// The pointwise functions of two arguments. A row is a name, the definition in double (the oracle
/// of the tests, and the float64 path), the same in float lanes, what gives the bits of these one
/// at a time, as in [Unary], and the same in long where that makes sense; without lanes, float goes
/// through double.
///
/// In every `run`, operand `a` is read at `ao + i * as`, `b` at `bo + i * bs`, `out` is written at
/// `oo + i`, for `i` in `[0, n)`. For float the strides are 0 or 1. `out` may be the same stretch
/// as an operand of stride 1.
@SuppressWarnings("ImmutableEnumChecker") // Rows and loops come at first use, without state.
public enum Binary {
  ADD,
  SUB,
  MUL,
  DIV,
  /// In float: by products or a quotient at the exponents 1, 2, 3, -1; else through double.
  POW {
    @Override
    public void run(
        float[] a, int ao, int as, float[] b, int bo, int bs, float[] out, int oo, int n) {
      Powers.run(a, ao, as, b, bo, bs, out, oo, n);
    }
  },
  /// The quotient toward 0.
  TRUNC_DIV,
  /// The quotient rounded down.
  FLOOR_DIV,
  /// What division toward 0 leaves, with the sign of `a`.
  FMOD,
  /// What division rounded down leaves, with the sign of `b`.
  REMAINDER,
  /// NaN if either is.
  MAXIMUM,
  /// NaN if either is.
  MINIMUM,
  /// `(dy, y)` to dy, but 0 where y ≤ 0; the gradient passes at NaN, as in PyTorch.
  RELU_GRAD,
  /// `(dy, y)` to dy · y · (1 - y), where y is the sigmoid's value.
  SIGMOID_GRAD,
  /// `(dy, y)` to dy · (1 - y²), where y is the hyperbolic tangent's value.
  TANH_GRAD,
  /// `(x, slope)` to x where x > 0, else x · slope.
  LEAKY_RELU,
  /// `(x, slope)` to 1 where x > 0, else slope: the derivative of [#LEAKY_RELU].
  LEAKY_SLOPE,
  /// `(dy, x)` to dy · f′(x), of the activation f.
  SILU_GRAD,
  GELU_GRAD,
  GELU_TANH_GRAD,
  MISH_GRAD,
  LOG_SIGMOID_GRAD,
  HARDSWISH_GRAD,
  /// `(x, threshold)`, and its derivative by x.
  SOFTPLUS,
  SOFTPLUS_SLOPE,
  /// `(x, alpha)`, and its derivative by x.
  ELU,
  ELU_SLOPE,
  ATAN2,
  HYPOT;

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

  private record Row(
      DoubleBinaryOperator definition,
      @Nullable Body body,
      @Nullable DoubleBinaryOperator plain,
      @Nullable LongBinaryOperator whole) {
    Row(DoubleBinaryOperator definition, @Nullable Body body, @Nullable LongBinaryOperator whole) {
      this(definition, body, null, whole);
    }

    /// A function that rounds once at most: then float through double has the bits of float lanes.
    static Row exact(
        DoubleBinaryOperator definition, Body body, @Nullable LongBinaryOperator whole) {
      return new Row(definition, body, definition, whole);
    }
  }

  private volatile @Nullable Row row;
  private volatile @Nullable Loops loops;

  /// What this function is. A case links its lambdas when it is first asked for; as arguments of
  /// the constants, all would be linked with the first, which takes longer than a small step.
  private Row newRow() {
    return switch (this) {
      case ADD -> Row.exact((a, b) -> a + b, FloatVector::add, (a, b) -> a + b);
      case SUB -> Row.exact((a, b) -> a - b, FloatVector::sub, (a, b) -> a - b);
      case MUL -> Row.exact((a, b) -> a * b, FloatVector::mul, (a, b) -> a * b);
      case DIV -> Row.exact((a, b) -> a / b, FloatVector::div, null);
      case POW -> new Row(Powers::pow, null, Powers::pow);
      case TRUNC_DIV -> new Row(Remainders::truncDiv, null, (a, b) -> a / b);
      case FLOOR_DIV -> new Row(Remainders::floorDiv, null, Math::floorDiv);
      case FMOD -> new Row((a, b) -> a % b, null, (a, b) -> a % b);
      case REMAINDER -> new Row(Remainders::remainder, null, Math::floorMod);
      case MAXIMUM -> Row.exact(Math::max, FloatVector::max, Math::max);
      case MINIMUM -> Row.exact(Math::min, FloatVector::min, Math::min);
      case RELU_GRAD ->
          Row.exact((dy, y) -> y <= 0 ? 0 : dy, (dy, y) -> dy.blend(0f, y.compare(LE, 0f)), null);
      case SIGMOID_GRAD ->
          new Row(
              (dy, y) -> dy * y * (1 - y),
              (dy, y) -> dy.mul(y).mul(y.broadcast(1f).sub(y)),
              (dy, y) -> (float) dy * (float) y * (1 - (float) y),
              null);
      case TANH_GRAD ->
          new Row(
              (dy, y) -> dy * (1 - y * y),
              (dy, y) -> dy.mul(y.neg().fma(y, y.broadcast(1f))),
              null);
      case LEAKY_RELU ->
          Row.exact(
              (x, slope) -> x > 0 ? x : x * slope,
              (x, slope) -> x.mul(slope).blend(x, x.compare(GT, 0f)),
              null);
      case LEAKY_SLOPE ->
          Row.exact(
              (x, slope) -> x > 0 ? 1 : slope,
              (x, slope) -> slope.blend(1f, x.compare(GT, 0f)),
              null);
      case SILU_GRAD -> new Row(Activations::siluGrad, Activations::siluGrad, null);
      case GELU_GRAD -> new Row(Activations::geluGrad, Activations::geluGrad, null);
      case GELU_TANH_GRAD -> new Row(Activations::geluTanhGrad, Activations::geluTanhGrad, null);
      case MISH_GRAD -> new Row(Activations::mishGrad, Activations::mishGrad, null);
      case LOG_SIGMOID_GRAD ->
          new Row(Activations::logSigmoidGrad, Activations::logSigmoidGrad, null);
      case HARDSWISH_GRAD -> new Row(Activations::hardswishGrad, Activations::hardswishGrad, null);
      case SOFTPLUS -> new Row(Activations::softplus, Activations::softplus, null);
      case SOFTPLUS_SLOPE -> new Row(Activations::softplusSlope, Activations::softplusSlope, null);
      case ELU -> new Row(Activations::elu, Activations::elu, null);
      case ELU_SLOPE -> new Row(Activations::eluSlope, Activations::eluSlope, null);
      case ATAN2 -> new Row(StrictMath::atan2, null, null);
      case HYPOT -> new Row(StrictMath::hypot, null, null);
    };
  }

  /// The definition of this function in double precision.
  public double scalar(double a, double b) {
    return row().definition().applyAsDouble(a, b);
  }

  /// Runs over float arrays; `as` and `bs` are 0 or 1.
  public void run(
      float[] a, int ao, int as, float[] b, int bo, int bs, float[] out, int oo, int n) {
    Loops loops = this.loops;
    if (loops == null) {
      Body body = row().body();
      if (body == null) {
        throughDouble(row().definition(), a, ao, as, b, bo, bs, out, oo, n);
        return;
      }
      if (Loops.PLAIN.takes(n) && runPlainly(a, ao, as, b, bo, bs, out, oo, n)) {
        return;
      }
      loops = copyLoops(body);
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

  /// As [Unary#runPlainly].
  boolean runPlainly(
      float[] a, int ao, int as, float[] b, int bo, int bs, float[] out, int oo, int n) {
    DoubleBinaryOperator plain = row().plain();
    if (plain != null) {
      throughDouble(plain, a, ao, as, b, bo, bs, out, oo, n);
    }
    return plain != null;
  }

  private static void throughDouble(
      DoubleBinaryOperator function,
      float[] a,
      int ao,
      int as,
      float[] b,
      int bo,
      int bs,
      float[] out,
      int oo,
      int n) {
    for (int i = 0; i < n; i++) {
      out[oo + i] = (float) function.applyAsDouble(a[ao + i * as], b[bo + i * bs]);
    }
  }

  /// Runs over double arrays with any strides.
  public void run(
      double[] a, int ao, int as, double[] b, int bo, int bs, double[] out, int oo, int n) {
    DoubleBinaryOperator definition = row().definition();
    for (int i = 0; i < n; i++) {
      out[oo + i] = definition.applyAsDouble(a[ao + i * as], b[bo + i * bs]);
    }
  }

  /// Runs over long arrays with any strides; sums and products wrap around.
  ///
  /// @throws UnsupportedOperationException if this has no meaning between whole numbers
  public void run(long[] a, int ao, int as, long[] b, int bo, int bs, long[] out, int oo, int n) {
    LongBinaryOperator whole = row().whole();
    if (whole == null) {
      throw new UnsupportedOperationException(this + " has no int64 form");
    }
    for (int i = 0; i < n; i++) {
      out[oo + i] = whole.applyAsLong(a[ao + i * as], b[bo + i * bs]);
    }
  }

  private Row row() {
    Row row = this.row;
    if (row == null) {
      row = newRow();
      this.row = row;
    }
    return row;
  }

  private synchronized Loops copyLoops(Body body) {
    Loops loops = this.loops;
    if (loops == null) {
      loops = Loops.copy(BinaryLoop.class, LOOP, body);
      this.loops = loops;
    }
    return loops;
  }
}
