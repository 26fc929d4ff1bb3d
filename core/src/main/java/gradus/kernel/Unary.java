// SPDX-License-Identifier: Apache-2.0
package gradus.kernel;

import static java.lang.invoke.MethodType.methodType;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LE;
import static jdk.incubator.vector.VectorOperators.LT;

import java.lang.invoke.MethodType;
import java.util.function.DoubleUnaryOperator;
import jdk.incubator.vector.FloatVector;
import org.jspecify.annotations.Nullable;

/// The pointwise functions of one argument. A row is a name, the definition in double (the oracle
/// of the tests, and the float64 path), the same in float lanes, and what gives the bits of these
/// one at a time, for a beginning as [Plain] says; without lanes, float goes through double.
@SuppressWarnings("ImmutableEnumChecker") // Rows and loops come at first use, without state.
public enum Unary {
  NEG,
  ABS,
  EXP,
  LOG,
  SQRT,
  RSQRT,
  SQUARE,
  RECIPROCAL,
  /// 0 at 0 and at NaN, as PyTorch.
  SIGN,
  RELU,
  SIGMOID,
  TANH,
  /// The derivative of [#RELU]: 0 where x ≤ 0, else 1, also at NaN, as PyTorch.
  STEP,
  FLOOR,
  CEIL,
  /// To the nearest whole number, half to even.
  ROUND,
  EXPM1,
  LOG1P,
  SIN,
  COS,
  ERF,
  SILU,
  GELU,
  GELU_TANH,
  MISH,
  LOG_SIGMOID,
  HARDSIGMOID,
  HARDSWISH,
  /// Towards zero.
  TRUNC,
  ERFC,
  EXP2,
  LOG2,
  LOG10,
  TAN,
  ASIN,
  ACOS,
  ATAN,
  SINH,
  COSH;

  /// One vector in, one out; the same for every lane.
  @FunctionalInterface
  interface Body {
    FloatVector apply(FloatVector x);
  }

  private static final MethodType LOOP =
      methodType(void.class, float[].class, int.class, float[].class, int.class, int.class);

  private record Row(
      DoubleUnaryOperator definition, @Nullable Body body, @Nullable DoubleUnaryOperator plain) {
    Row(DoubleUnaryOperator definition) {
      this(definition, null, null);
    }

    Row(DoubleUnaryOperator definition, Body body) {
      this(definition, body, null);
    }

    /// A function that rounds once at most: then float through double has the bits of float lanes.
    static Row exact(DoubleUnaryOperator definition, Body body) {
      return new Row(definition, body, definition);
    }
  }

  private volatile @Nullable Row row;
  private volatile @Nullable Loops loops;

  /// What this function is. A case links its lambdas when it is first asked for; as arguments of
  /// the constants, all would be linked with the first, which takes longer than a small step.
  private Row newRow() {
    return switch (this) {
      case NEG -> Row.exact(x -> -x, FloatVector::neg);
      case ABS -> Row.exact(Math::abs, FloatVector::abs);
      case EXP -> new Row(StrictMath::exp, Exponentials::exp, PlainFunctions::exp);
      case LOG -> new Row(StrictMath::log, Logarithms::log, PlainFunctions::log);
      case SQRT -> Row.exact(Math::sqrt, FloatVector::sqrt);
      case RSQRT -> new Row(x -> 1 / Math.sqrt(x), x -> x.broadcast(1f).div(x.sqrt()));
      case SQUARE -> Row.exact(x -> x * x, x -> x.mul(x));
      case RECIPROCAL -> Row.exact(x -> 1 / x, x -> x.broadcast(1f).div(x));
      case SIGN ->
          Row.exact(
              x -> x > 0 ? 1 : x < 0 ? -1 : 0,
              x -> x.broadcast(0f).blend(1f, x.compare(GT, 0f)).blend(-1f, x.compare(LT, 0f)));
      case RELU -> Row.exact(x -> x < 0 ? 0 : x, x -> x.blend(0f, x.compare(LT, 0f)));
      case SIGMOID -> new Row(Scalars::sigmoid, Exponentials::sigmoid, PlainFunctions::sigmoid);
      case TANH -> new Row(StrictMath::tanh, Exponentials::tanh);
      case STEP ->
          Row.exact(x -> x <= 0 ? 0 : 1, x -> x.broadcast(1f).blend(0f, x.compare(LE, 0f)));
      case FLOOR -> Row.exact(Math::floor, Rounding::floor);
      case CEIL -> Row.exact(Math::ceil, Rounding::ceil);
      case ROUND -> Row.exact(Math::rint, Rounding::rint);
      case EXPM1 -> new Row(StrictMath::expm1, Exponentials::expm1);
      case LOG1P -> new Row(StrictMath::log1p, Logarithms::log1p);
      case SIN -> new Row(StrictMath::sin, Trigonometry::sin);
      case COS -> new Row(StrictMath::cos, Trigonometry::cos);
      case ERF -> new Row(Scalars::erf, Exponentials::erf);
      case SILU -> new Row(Activations::silu, Activations::silu);
      case GELU -> new Row(Activations::gelu, Activations::gelu);
      case GELU_TANH -> new Row(Activations::geluTanh, Activations::geluTanh);
      case MISH -> new Row(Activations::mish, Activations::mish);
      case LOG_SIGMOID -> new Row(Activations::logSigmoid, Activations::logSigmoid);
      case HARDSIGMOID -> new Row(Activations::hardsigmoid, Activations::hardsigmoid);
      case HARDSWISH -> new Row(Activations::hardswish, Activations::hardswish);
      case TRUNC -> Row.exact(x -> x < 0 ? Math.ceil(x) : Math.floor(x), Rounding::trunc);
      case ERFC -> new Row(Scalars::erfc);
      case EXP2 -> new Row(x -> StrictMath.pow(2, x));
      case LOG2 -> new Row(Scalars::log2);
      case LOG10 -> new Row(StrictMath::log10);
      case TAN -> new Row(StrictMath::tan);
      case ASIN -> new Row(StrictMath::asin);
      case ACOS -> new Row(StrictMath::acos);
      case ATAN -> new Row(StrictMath::atan);
      case SINH -> new Row(StrictMath::sinh);
      case COSH -> new Row(StrictMath::cosh);
    };
  }

  /// The definition of this function in double precision.
  public double scalar(double x) {
    return row().definition().applyAsDouble(x);
  }

  /// Applies this to `n` elements of `x` from `xo`, into `out` from `oo`. `x` and `out` may be the
  /// same stretch of the same array.
  public void run(float[] x, int xo, float[] out, int oo, int n) {
    Loops loops = this.loops;
    if (loops == null) {
      Body body = row().body();
      if (body == null) {
        throughDouble(row().definition(), x, xo, out, oo, n);
        return;
      }
      if (Loops.PLAIN.takes(n) && runPlainly(x, xo, out, oo, n)) {
        return;
      }
      loops = copyLoops(body);
    }
    int end = Lanes.FLOATS.loopBound(n);
    try {
      if (end > 0) {
        loops.vectors().invokeExact(x, xo, out, oo, end);
      }
      if (end < n) {
        loops.singles().invokeExact(x, xo + end, out, oo + end, n - end);
      }
    } catch (Throwable t) {
      throw Loops.rethrow(t);
    }
  }

  /// Does what vectors do, with the same bits, one element at a time; or nothing, and returns
  /// false, if that is not provided for.
  boolean runPlainly(float[] x, int xo, float[] out, int oo, int n) {
    DoubleUnaryOperator plain = row().plain();
    if (plain != null) {
      throughDouble(plain, x, xo, out, oo, n);
    }
    return plain != null;
  }

  private static void throughDouble(
      DoubleUnaryOperator function, float[] x, int xo, float[] out, int oo, int n) {
    for (int i = 0; i < n; i++) {
      out[oo + i] = (float) function.applyAsDouble(x[xo + i]);
    }
  }

  /// The same for double.
  public void run(double[] x, int xo, double[] out, int oo, int n) {
    DoubleUnaryOperator definition = row().definition();
    for (int i = 0; i < n; i++) {
      out[oo + i] = definition.applyAsDouble(x[xo + i]);
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
      loops = Loops.copy(UnaryLoop.class, LOOP, body);
      this.loops = loops;
    }
    return loops;
  }
}
