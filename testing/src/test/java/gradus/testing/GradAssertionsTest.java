// SPDX-License-Identifier: Apache-2.0
package gradus.testing;

import static gradus.testing.GradAssertions.assertClose;
import static gradus.testing.GradAssertions.assertGrad;
import static gradus.testing.GradAssertions.assertGradGrad;
import static gradus.testing.GradAssertions.assertSameBits;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gradus.DType;
import gradus.Tensor;
import java.util.List;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;

/// The assertions fail, and say why.
class GradAssertionsTest {
  private static final Tensor X = Tensor.float64(new double[] {0.5, -1, 2});
  private static final Tensor Y = Tensor.float64(new double[] {1, 0.25, -0.5});

  private static AbstractThrowableAssert<?, ?> assertFails(Runnable assertion) {
    return assertThatThrownBy(assertion::run).isInstanceOf(AssertionError.class);
  }

  @Test
  void rightDerivativesPass() {
    assertGrad(Tensor::tanh, X);
    assertGradGrad(Tensor::tanh, X);
    assertGrad(Tensor::mul, X, Y);
    assertGradGrad(Tensor::mul, X, Y);
    assertGrad(in -> in.get(0).indexSelect(0, in.get(1)), List.of(X, Tensor.of(new long[] {2, 0})));
    assertGrad(x -> x.detach().mul(0), X);
    assertGrad(x -> x.mul(2), Tensor.scalar(3, DType.FLOAT64));
  }

  @Test
  void detachedInputFails() {
    assertFails(() -> assertGrad(x -> x.mul(x.detach()), X))
        .hasMessageMatching(
            "gradcheck: input 0 \\[3], element 0 = 0\\.5: the derivative is \\S+, the difference quotient \\S+");
  }

  @Test
  void scaledDerivativeFails() {
    assertFails(() -> assertGrad(x -> x.mul(0.99).add(x.detach().mul(0.01)).sum(), X))
        .hasMessageContaining("the derivative is -")
        .hasMessageContaining("the difference quotient -");
  }

  @Test
  void wrongDerivativeOfSecondInputFails() {
    assertFails(() -> assertGrad((x, y) -> x.mul(y).add(y.detach()), X, Y))
        .hasMessageContaining("input 1 [3], element 0 = 1.0");
  }

  @Test
  void derivativeThatNeedsAnotherInputsFails() {
    assertFails(
            () ->
                assertGrad(
                    (x, y) -> y.requiresGrad() ? x.mul(y) : x.detach().add(x).mul(y).div(2), X, Y))
        .hasMessageMatching(
            "assertGrad: the gradient of input 0 where no other asks for one \\[3] at \\[0]: .*");
  }

  @Test
  void wrongSecondDerivativeFails() {
    // x³ with a first derivative 3x² that is a constant.
    assertThatCode(() -> assertGrad(GradAssertionsTest::cubeOnce, X)).doesNotThrowAnyException();
    assertFails(() -> assertGradGrad(GradAssertionsTest::cubeOnce, X))
        .hasMessageContaining("gradgradcheck: input 0 [3], element 0 = 0.5: the derivative is 0.0");
  }

  private static Tensor cubeOnce(Tensor x) {
    Tensor constant = x.detach();
    Tensor slope = constant.square().mul(3);
    return x.mul(slope).sub(constant.mul(slope)).add(constant.pow(3));
  }

  @Test
  void inputsThatCannotBeCheckedAreRefused() {
    assertThatThrownBy(() -> assertGrad(Tensor::tanh, Tensor.of(1, 2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "assertGrad: input 0 is float32: differences need float64; convert it with to(DType.FLOAT64), or let the function capture it");
    assertThatThrownBy(() -> assertGradGrad(x -> x.to(DType.FLOAT64), Tensor.arange(3)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("assertGradGrad: no input is float64, so there is nothing to check");
  }

  @Test
  void closeTensorsPass() {
    assertClose(X.add(1e-10), X);
    assertClose(Tensor.of(1.00009), Tensor.of(1));
    assertClose(X.to(DType.FLOAT32).add(1e-6), X);
    assertClose(X.add(0.1), X, 0.2, 0);
    assertClose(X.mul(1.05), X, 0, 0.1);
    Tensor special = Tensor.of(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 0.0);
    assertClose(
        special, Tensor.of(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -0.0));
    assertClose(Tensor.zeros(0, 2), Tensor.zeros(0, 2));
  }

  @Test
  void distantTensorsFail() {
    Tensor x = Tensor.float64(new double[] {1, 2, 3, 4}, 2, 2);
    assertFails(() -> assertClose(Tensor.float64(new double[] {1, 2.5, 3, 5}, 2, 2), x, 0.125, 0))
        .hasMessage(
            "assertClose: [2, 2] at [0, 1]: 2.5 instead of 2.0; they differ by 0.5, allowed are 0.125 + 0.0·|expected| (2 of 4 elements differ)");
    assertFails(() -> assertClose(x.add(3e-9), x))
        .hasMessageContaining("allowed are 1.0E-10 + 1.0E-9");
    assertFails(() -> assertClose(Tensor.of(1.0002), Tensor.of(1)))
        .hasMessageContaining("allowed are 1.0E-5 + 1.0E-4");
    assertFails(() -> assertClose(x.flatten(), x))
        .hasMessage("assertClose: shape [4] instead of [2, 2]");
    for (double[] pair :
        new double[][] {
          {1, Double.NaN},
          {Double.NaN, 1},
          {1, Double.POSITIVE_INFINITY},
          {Double.POSITIVE_INFINITY, 1},
          {Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY}
        }) {
      assertFails(() -> assertClose(Tensor.of(pair[0]), Tensor.of(pair[1]), 1, 1))
          .hasMessageContaining("%s instead of %s", (float) pair[0], (float) pair[1]);
    }
  }

  @Test
  void sameBitsPass() {
    assertSameBits(Layouts.strided(X), X);
    assertSameBits(Tensor.of(Double.NaN, -0.0), Tensor.of(Double.NaN, -0.0));
    assertSameBits(Tensor.arange(3), Tensor.of(new long[] {0, 1, 2}));
    assertSameBits(Tensor.of(new boolean[] {true}), Tensor.arange(1).eq(0));
  }

  @Test
  void otherBitsFail() {
    assertFails(() -> assertSameBits(Tensor.of(1, -0.0), Tensor.of(1, 0)))
        .hasMessage(
            "assertSameBits: [2] at [1]: -0.0 instead of 0.0 (bits 80000000 and 0; 1 of 2 elements differ)");
    assertFails(() -> assertSameBits(X, X.add(1e-15))).hasMessageContaining("3 of 3");
    assertFails(() -> assertSameBits(X, X.to(DType.FLOAT32)))
        .hasMessage("assertSameBits: a float64 tensor instead of a float32 one");
    assertFails(() -> assertSameBits(X, X.unsqueeze(0)))
        .hasMessage("assertSameBits: shape [3] instead of [1, 3]");
    long large = 1L << 60;
    assertFails(() -> assertSameBits(Tensor.scalar(large), Tensor.scalar(large + 1)))
        .hasMessageContaining("at []: 1152921504606846976 instead of 1152921504606846977");
  }
}
