// SPDX-License-Identifier: Apache-2.0
package gradus.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class UnaryTest {
  /// In units of the last place, as the bodies document.
  private static double bound(Unary op) {
    return switch (op) {
      case NEG, ABS, SIGN, RELU, STEP, FLOOR, CEIL, ROUND, TRUNC -> 0;
      case SQRT, SQUARE, RECIPROCAL, ERFC, LOG2, LOG10, TAN, ASIN, ACOS, ATAN -> 0.5;
      case EXP, LOG, LOG1P, ERF, EXP2, SINH, COSH, HARDSIGMOID -> 1;
      case RSQRT, TANH, EXPM1, SIN, COS -> 1.5;
      case LOG_SIGMOID, GELU, GELU_TANH, SILU, MISH, HARDSWISH -> 2;
      case SIGMOID -> 2.5;
    };
  }

  /// What those are the last place of: of the value, or of x where that is larger, if the value is
  /// a part of x.
  private static double measure(Unary op, float x) {
    return switch (op) {
      case GELU, GELU_TANH, SILU, MISH, HARDSWISH -> Math.abs(x);
      default -> 0;
    };
  }

  @ParameterizedTest
  @EnumSource
  void agreesWithItsDefinitionOverAllFloats(Unary op) {
    float[] x = Samples.grid(16);
    var y = new float[x.length];
    op.run(x, 0, y, 0, x.length);

    double worst = 0;
    int at = 0;
    for (int i = 0; i < x.length; i++) {
      double ulps = Samples.ulps(op.scalar(x[i]), y[i], measure(op, x[i]));
      if (ulps > worst) {
        worst = ulps;
        at = i;
      }
    }
    assertThat(worst).as("%s(%s) = %s", op, x[at], y[at]).isLessThanOrEqualTo(bound(op));
  }

  @ParameterizedTest
  @EnumSource
  void isExactAtSpecialValues(Unary op) {
    float[] x = {
      0f,
      -0f,
      Float.POSITIVE_INFINITY,
      Float.NEGATIVE_INFINITY,
      Float.NaN,
      -1e30f,
      1e30f,
      -200f,
      0.5f
    };
    var y = new float[x.length];
    op.run(x, 0, y, 0, x.length);

    for (int i = 0; i < x.length; i++) {
      float exact = (float) op.scalar(x[i]);
      if (exact == 0 || Float.isNaN(exact) || Float.isInfinite(exact)) {
        assertThat(y[i]).as("%s(%s)", op, x[i]).isEqualTo(Float.valueOf(exact));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void doesTheSameAtEveryLengthAndOffset(Unary op) {
    float[] x = Samples.floats(1, 150);
    var single = new float[x.length];
    for (int i = 0; i < x.length; i++) {
      op.run(x, i, single, i, 1);
    }
    for (int n = 0; n <= 130; n++) {
      int xo = n % 7;
      int oo = n % 5;
      var out = new float[150];
      Arrays.fill(out, 99);
      op.run(x, xo, out, oo, n);

      var expected = new float[150];
      Arrays.fill(expected, 99);
      System.arraycopy(single, xo, expected, oo, n);
      assertThat(out).as("%s of %d", op, n).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @EnumSource
  void worksInPlace(Unary op) {
    float[] x = Samples.floats(2, 77);
    var expected = new float[77];
    op.run(x, 0, expected, 0, 77);
    op.run(x, 0, x, 0, 77);
    assertThat(x).isEqualTo(expected);
  }

  @ParameterizedTest
  @EnumSource
  void plainLoopsHaveTheBitsOfVectors(Unary op) {
    float[] x = Samples.grid(12);
    var plain = new float[x.length];
    if (op.runPlainly(x, 0, plain, 0, x.length)) {
      var vectors = new float[x.length];
      op.run(x, 0, vectors, 0, x.length);
      assertThat(plain).isEqualTo(vectors);
    }
  }

  @ParameterizedTest
  @EnumSource
  void computesDoublesByTheDefinition(Unary op) {
    double[] x = Samples.doubles(3, 20);
    var y = new double[20];
    op.run(x, 2, y, 1, 17);
    for (int i = 0; i < 17; i++) {
      assertThat(y[1 + i]).isEqualTo(Double.valueOf(op.scalar(x[2 + i])));
    }
    assertThat(y[0]).isZero();
    assertThat(y[18]).isZero();
  }
}
