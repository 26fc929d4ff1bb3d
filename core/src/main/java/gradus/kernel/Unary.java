// SPDX-License-Identifier: Apache-2.0
package gradus.kernel;

import static java.lang.invoke.MethodType.methodType;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LE;
import static jdk.incubator.vector.VectorOperators.LT;

import java.lang.invoke.MethodType;
import java.util.Objects;
import java.util.function.DoubleUnaryOperator;
import jdk.incubator.vector.FloatVector;
import org.jspecify.annotations.Nullable;

/// The pointwise functions of one argument. A row is a name, the definition in double (the oracle
/// of the tests, and the float64 path), and the same in float lanes; without those, float goes
/// through double.
@SuppressWarnings("ImmutableEnumChecker") // The loop is made at first use; functions have no state.
public enum Unary {
  NEG(x -> -x, FloatVector::neg),
  ABS(Math::abs, FloatVector::abs),
  EXP(StrictMath::exp, Exponentials::exp),
  LOG(StrictMath::log, Logarithms::log),
  SQRT(Math::sqrt, FloatVector::sqrt),
  RSQRT(x -> 1 / Math.sqrt(x), x -> x.broadcast(1f).div(x.sqrt())),
  SQUARE(x -> x * x, x -> x.mul(x)),
  RECIPROCAL(x -> 1 / x, x -> x.broadcast(1f).div(x)),
  /// 0 at 0 and at NaN, as PyTorch.
  SIGN(
      x -> x > 0 ? 1 : x < 0 ? -1 : 0,
      x -> x.broadcast(0f).blend(1f, x.compare(GT, 0f)).blend(-1f, x.compare(LT, 0f))),
  RELU(x -> x < 0 ? 0 : x, x -> x.blend(0f, x.compare(LT, 0f))),
  SIGMOID(Scalars::sigmoid, Exponentials::sigmoid),
  TANH(StrictMath::tanh, Exponentials::tanh),
  /// The derivative of [#RELU]: 0 where x ≤ 0, else 1, also at NaN, as PyTorch.
  STEP(x -> x <= 0 ? 0 : 1, x -> x.broadcast(1f).blend(0f, x.compare(LE, 0f))),
  FLOOR(Math::floor, Rounding::floor),
  CEIL(Math::ceil, Rounding::ceil),
  /// To the nearest whole number, half to even.
  ROUND(Math::rint, Rounding::rint),
  EXPM1(StrictMath::expm1, Exponentials::expm1),
  LOG1P(StrictMath::log1p, Logarithms::log1p),
  SIN(StrictMath::sin, Trigonometry::sin),
  COS(StrictMath::cos, Trigonometry::cos),
  ERF(Scalars::erf, Exponentials::erf),
  SILU(Activations::silu, Activations::silu),
  GELU(Activations::gelu, Activations::gelu),
  GELU_TANH(Activations::geluTanh, Activations::geluTanh),
  MISH(Activations::mish, Activations::mish),
  LOG_SIGMOID(Activations::logSigmoid, Activations::logSigmoid),
  HARDSIGMOID(Activations::hardsigmoid, Activations::hardsigmoid),
  HARDSWISH(Activations::hardswish, Activations::hardswish),
  /// Towards zero.
  TRUNC(x -> x < 0 ? Math.ceil(x) : Math.floor(x), Rounding::trunc),
  ERFC(Scalars::erfc),
  EXP2(x -> StrictMath.pow(2, x)),
  LOG2(Scalars::log2),
  LOG10(StrictMath::log10),
  TAN(StrictMath::tan),
  ASIN(StrictMath::asin),
  ACOS(StrictMath::acos),
  ATAN(StrictMath::atan),
  SINH(StrictMath::sinh),
  COSH(StrictMath::cosh);

  /// One vector in, one out; the same for every lane.
  @FunctionalInterface
  interface Body {
    FloatVector apply(FloatVector x);
  }

  private static final MethodType LOOP =
      methodType(void.class, float[].class, int.class, float[].class, int.class, int.class);

  private final DoubleUnaryOperator definition;
  private final @Nullable Body body;
  private volatile @Nullable Loops loops;

  Unary(DoubleUnaryOperator definition) {
    this(definition, null);
  }

  Unary(DoubleUnaryOperator definition, @Nullable Body body) {
    this.definition = definition;
    this.body = body;
  }

  /// The definition of this function in double precision.
  public double scalar(double x) {
    return definition.applyAsDouble(x);
  }

  /// Applies this to `n` elements of `x` from `xo`, into `out` from `oo`. `x` and `out` may be the
  /// same stretch of the same array.
  public void run(float[] x, int xo, float[] out, int oo, int n) {
    if (body == null) {
      throughDouble(x, xo, out, oo, n);
      return;
    }
    Loops loops = this.loops;
    if (loops == null) {
      loops = copyLoops();
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

  private void throughDouble(float[] x, int xo, float[] out, int oo, int n) {
    for (int i = 0; i < n; i++) {
      out[oo + i] = (float) definition.applyAsDouble(x[xo + i]);
    }
  }

  /// The same for double.
  public void run(double[] x, int xo, double[] out, int oo, int n) {
    for (int i = 0; i < n; i++) {
      out[oo + i] = definition.applyAsDouble(x[xo + i]);
    }
  }

  /// Made at first use, so that a process pays only for the rows it uses.
  private synchronized Loops copyLoops() {
    Loops loops = this.loops;
    if (loops == null) {
      loops = Loops.copy(UnaryLoop.class, LOOP, Objects.requireNonNull(body));
      this.loops = loops;
    }
    return loops;
  }
}
