// SPDX-License-Identifier: Apache-2.0
package gradus.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class BinaryTest {
  private static double bound(Binary op) {
    return switch (op) {
      case MAXIMUM, MINIMUM, RELU_GRAD, LEAKY_SLOPE -> 0;
      case ADD, SUB, MUL, DIV, LEAKY_RELU, ATAN2, HYPOT -> 0.5;
      case TRUNC_DIV, FLOOR_DIV, FMOD, REMAINDER -> 0.5;
      case TANH_GRAD, SIGMOID_GRAD, POW, SOFTPLUS, ELU, ELU_SLOPE, HARDSWISH_GRAD -> 2;
      case SILU_GRAD, GELU_GRAD, MISH_GRAD, GELU_TANH_GRAD, SOFTPLUS_SLOPE, LOG_SIGMOID_GRAD -> 4;
    };
  }

  /// What those are the last place of: of the value, or of dy where that is larger, if the
  /// derivative crosses 0.
  private static double measure(Binary op, float a) {
    return switch (op) {
      case SILU_GRAD, GELU_GRAD, GELU_TANH_GRAD, MISH_GRAD, HARDSWISH_GRAD ->
          Float.isNaN(a) ? 0 : Math.abs(a);
      default -> 0;
    };
  }

  @ParameterizedTest
  @EnumSource
  void agreesWithItsDefinitionAtEveryLengthOffsetAndStride(Binary op) {
    float[] a = Samples.floats(1, 150);
    float[] b = Samples.floats(2, 150);
    for (int n = 0; n <= 130; n++) {
      for (int strides = 0; strides < 4; strides++) {
        int as = strides & 1;
        int bs = strides >> 1;
        int ao = n % 3;
        int bo = n % 5;
        var out = new float[n + 2];
        op.run(a, ao, as, b, bo, bs, out, 1, n);

        assertThat(out[0]).isZero();
        assertThat(out[n + 1]).isZero();
        for (int i = 0; i < n; i++) {
          float x = a[ao + i * as];
          float y = b[bo + i * bs];
          assertThat(Samples.ulps(op.scalar(x, y), out[1 + i], measure(op, x)))
              .as("%s(%s, %s) = %s", op, x, y, out[1 + i])
              .isLessThanOrEqualTo(bound(op));
        }
      }
    }
  }

  /// To the bit where the function is made of products and quotients, or the value is 0, infinite
  /// or NaN; elsewhere within its bound.
  @ParameterizedTest
  @EnumSource
  void treatsSpecialValuesLikeItsDefinition(Binary op) {
    float[] special = Samples.SPECIAL;
    for (float x : special) {
      var out = new float[special.length];
      op.run(new float[] {x}, 0, 0, special, 0, 1, out, 0, special.length);
      for (int i = 0; i < special.length; i++) {
        float y = special[i];
        double definition = op.scalar(x, y);
        float exact = (float) definition;
        if (overflowsInFloat(op, y)) {
          assertThat(out[i]).as("%s(%s, %s)", op, x, y).isNotFinite();
        } else if (isArithmetic(op) || exact == 0 || !Float.isFinite(exact)) {
          assertThat(out[i]).as("%s(%s, %s)", op, x, y).isEqualTo(Float.valueOf(exact));
        } else {
          assertThat(Samples.ulps(definition, out[i], measure(op, x)))
              .as("%s(%s, %s) = %s, not %s", op, x, y, out[i], exact)
              .isLessThanOrEqualTo(bound(op));
        }
      }
    }
  }

  /// Whether float differs from the definition by the rounding of each operation at most, which
  /// loses nothing at special values.
  private static boolean isArithmetic(Binary op) {
    return switch (op) {
      case SIGMOID_GRAD, TANH_GRAD, POW -> true;
      default -> bound(op) <= 0.5;
    };
  }

  /// Whether y² or y³ is finite in double but not in float.
  private static boolean overflowsInFloat(Binary op, float y) {
    return switch (op) {
      case TANH_GRAD, GELU_TANH_GRAD -> Math.abs(y) == Float.MAX_VALUE;
      default -> false;
    };
  }

  @ParameterizedTest
  @ValueSource(floats = {-1, 0, 0.5f, 1, 2, 3, 2.5f})
  void powersWithACommonExponentHaveTheSameBits(float exponent) {
    float[] a = Samples.grid(20);
    var each = new float[a.length];
    var exponents = new float[a.length];
    Arrays.fill(exponents, exponent);
    Binary.POW.run(a, 0, 1, exponents, 0, 1, each, 0, a.length);
    var common = new float[a.length];
    Binary.POW.run(a, 0, 1, exponents, 0, 0, common, 0, a.length);

    assertThat(common).isEqualTo(each);
    for (int i = 0; i < a.length; i++) {
      assertThat(Samples.ulps(StrictMath.pow(a[i], exponent), each[i])).isLessThanOrEqualTo(2);
    }
  }

  /// Ordinary and extreme numbers, of all exponents, and pairs that nearly cancel.
  @ParameterizedTest
  @EnumSource
  void plainLoopsHaveTheBitsOfVectors(Binary op) {
    float[] a = Samples.grid(14);
    var b = new float[a.length];
    for (int i = 0; i < a.length; i++) {
      boolean near = i % 4 == 0;
      b[i] =
          near
              ? Float.intBitsToFloat(Float.floatToRawIntBits(-a[i]) + i % 5)
              : a[i * 0x9E3779B1 & a.length - 1];
    }
    for (int strides = 1; strides < 4; strides++) {
      int as = strides & 1;
      int bs = strides >> 1;
      var plain = new float[a.length];
      if (op.runPlainly(a, 77_777, as, b, 77_777, bs, plain, 0, a.length - 77_777)) {
        var vectors = new float[a.length];
        op.run(a, 77_777, as, b, 77_777, bs, vectors, 0, a.length - 77_777);
        assertThat(plain).isEqualTo(vectors);
      }
    }
  }

  @Test
  void gradientsPassAtNaNAsInPyTorch() {
    float[] out = new float[1];
    Binary.RELU_GRAD.run(new float[] {3}, 0, 1, new float[] {Float.NaN}, 0, 1, out, 0, 1);
    assertThat(out[0]).isEqualTo(3);
    assertThat(Unary.STEP.scalar(Double.NaN)).isEqualTo(1);
    assertThat(Unary.SIGN.scalar(Double.NaN)).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void computesDoublesByTheDefinition(Binary op) {
    double[] a = Samples.doubles(3, 40);
    double[] b = Samples.doubles(4, 40);
    var out = new double[12];
    op.run(a, 1, 3, b, 2, 2, out, 1, 11);
    for (int i = 0; i < 11; i++) {
      assertThat(out[1 + i]).isEqualTo(Double.valueOf(op.scalar(a[1 + 3 * i], b[2 + 2 * i])));
    }
  }

  @Test
  void computesWholeNumbers() {
    long[] a = {7, -7, 1, -1, -1, 3, Long.MAX_VALUE, 0};
    long[] b = {3, 2, -5, -4, -3, -1, 2, 0};
    assertThat(whole(Binary.ADD, a, b))
        .containsExactly(10, -5, -4, -5, -4, 2, Long.MIN_VALUE + 1, 0);
    assertThat(whole(Binary.SUB, a, b)).containsExactly(4, -9, 6, 3, 2, 4, Long.MAX_VALUE - 2, 0);
    assertThat(whole(Binary.MUL, a, b)).containsExactly(21, -14, -5, 4, 3, -3, -2, 0);
    assertThat(whole(Binary.MAXIMUM, a, b)).containsExactly(7, 2, 1, -1, -1, 3, Long.MAX_VALUE, 0);
    assertThat(whole(Binary.MINIMUM, a, b)).containsExactly(3, -7, -5, -4, -3, -1, 2, 0);
    assertThat(whole(Binary.POW, a, b)).containsExactly(343, 49, 1, 1, -1, 0, 1, 1);
    assertThatThrownBy(() -> whole(Binary.DIV, a, b))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessage("DIV has no int64 form");
  }

  private static long[] whole(Binary op, long[] a, long[] b) {
    var out = new long[a.length];
    op.run(a, 0, 1, b, 0, 1, out, 0, a.length);
    return out;
  }
}
