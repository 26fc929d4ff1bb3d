// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import static gradus.nn.Numbers.assertClose;
import static gradus.nn.Numbers.f64;
import static gradus.nn.Numbers.shape;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gradus.Approximate;
import gradus.DType;
import gradus.Tensor;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The layers around the activations that the conformance runner holds against PyTorch.
class ActivationLayersTest {
  private static final Tensor X = f64(shape(2, 4), -7, -2, -0.25, 0, 0.125, 0.75, 2, 25);

  /// Each layer, its function with its settings, and PyTorch's printed form.
  static Stream<Arguments> layers() {
    return Stream.of(
        Arguments.of(new ELU(), F.elu(X), "ELU(alpha=1.0)"),
        Arguments.of(new ELU(0.5), F.elu(X, 0.5), "ELU(alpha=0.5)"),
        Arguments.of(new CELU(), F.celu(X), "CELU(alpha=1.0)"),
        Arguments.of(new CELU(2), F.celu(X, 2), "CELU(alpha=2.0)"),
        Arguments.of(new SELU(), F.selu(X), "SELU()"),
        Arguments.of(new GELU(), F.gelu(X), "GELU(approximate='none')"),
        Arguments.of(
            new GELU(Approximate.TANH), F.gelu(X, Approximate.TANH), "GELU(approximate='tanh')"),
        Arguments.of(new SiLU(), F.silu(X), "SiLU()"),
        Arguments.of(new Mish(), F.mish(X), "Mish()"),
        Arguments.of(new Softplus(), F.softplus(X), "Softplus(beta=1.0, threshold=20.0)"),
        Arguments.of(new Softplus(3, 5), F.softplus(X, 3, 5), "Softplus(beta=3.0, threshold=5.0)"),
        Arguments.of(new Softsign(), F.softsign(X), "Softsign()"),
        Arguments.of(new Tanhshrink(), F.tanhshrink(X), "Tanhshrink()"),
        Arguments.of(new LogSigmoid(), F.logsigmoid(X), "LogSigmoid()"),
        Arguments.of(new ReLU6(), F.relu6(X), "ReLU6()"),
        Arguments.of(new Hardtanh(), F.hardtanh(X), "Hardtanh(min_val=-1.0, max_val=1.0)"),
        Arguments.of(
            new Hardtanh(-2, 0.5), F.hardtanh(X, -2, 0.5), "Hardtanh(min_val=-2.0, max_val=0.5)"),
        Arguments.of(new Hardswish(), F.hardswish(X), "Hardswish()"),
        Arguments.of(new Hardsigmoid(), F.hardsigmoid(X), "Hardsigmoid()"),
        Arguments.of(new Hardshrink(), F.hardshrink(X), "Hardshrink(0.5)"),
        Arguments.of(new Hardshrink(1), F.hardshrink(X, 1), "Hardshrink(1.0)"),
        Arguments.of(new Softshrink(), F.softshrink(X), "Softshrink(0.5)"),
        Arguments.of(new Softshrink(1), F.softshrink(X, 1), "Softshrink(1.0)"),
        Arguments.of(
            new Threshold(0.5, 20),
            F.threshold(X, 0.5, 20),
            "Threshold(threshold=0.5, value=20.0)"),
        Arguments.of(new Softmax(1), F.softmax(X, 1), "Softmax(dim=1)"),
        Arguments.of(new LogSoftmax(0), F.logSoftmax(X, 0), "LogSoftmax(dim=0)"),
        Arguments.of(new Softmin(-1), F.softmax(X.neg(), 1), "Softmin(dim=-1)"),
        Arguments.of(new GLU(), F.glu(X, 1), "GLU(dim=-1)"),
        Arguments.of(new GLU(0), F.glu(X, 0), "GLU(dim=0)"),
        Arguments.of(new Maxout(2), F.maxout(X, 2), "Maxout(pieces=2)"));
  }

  @ParameterizedTest
  @MethodSource("layers")
  void computeTheirFunctionsAndPrintAsInPyTorch(Layer layer, Tensor expected, String printed) {
    assertThat(layer).hasToString(printed);
    assertThat(layer.parameters()).isEmpty();
    Tensor y = layer.apply(X);
    assertThat(y.shape()).isEqualTo(expected.shape());
    assertClose(y, expected.toDoubleArray());
  }

  @Test
  void preluLearnsItsSlopes() {
    var layer = new PReLU();
    assertThat(layer).hasToString("PReLU(num_parameters=1)");
    assertThat(layer.stateDict().keySet()).containsExactly("weight");
    layer.to(DType.FLOAT64);
    assertClose(layer.apply(f64(shape(1, 2), -2, 3)), -0.5, 3);
    var perChannel = new PReLU(2, 0.5);
    perChannel.to(DType.FLOAT64);
    Tensor y = perChannel.apply(f64(shape(2, 2), -2, -4, 6, 8));
    assertClose(y, -1, -2, 6, 8);
    y.sum().backward();
    assertClose(perChannel.weight().grad(), -2, -4);
  }

  @Test
  void gluGatesTheFirstHalfByTheSecond() {
    assertClose(F.glu(f64(shape(4), 2, 4, 0, -1), 0), 1, 4 / (1 + StrictMath.E));
    assertClose(F.glu(f64(shape(2, 2), 2, 4, 0, 0), 0), 1, 2);
  }

  @Test
  void maxoutTakesTheLargestOfAdjacentFeatures() {
    Tensor x = f64(shape(1, 6), 1, 5, 2, 7, 7, 3).requiresGrad(true);
    Tensor y = F.maxout(x, 3);
    assertThat(y.shape().toArray()).containsExactly(1, 2);
    assertClose(y, 5, 7);
    y.sum().backward();
    assertClose(x.grad(), 0, 1, 0, 1, 0, 0);
    assertThat(F.maxout(Tensor.zeros(2, 0), 3).shape().toArray()).containsExactly(2, 0);
  }

  @Test
  void errors() {
    assertThatThrownBy(() -> new GLU().apply(Tensor.zeros(2, 3)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("glu: dimension -1 of the input [2, 3] cannot be halved: its size is odd");
    assertThatThrownBy(() -> new Maxout(2).apply(Tensor.zeros(2, 3)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "maxout: the last dimension of the input [2, 3] cannot be cut into groups of 2");
    assertThatThrownBy(() -> new Maxout(0)).hasMessage("Maxout: pieces: 0 is not positive");
    assertThatThrownBy(() -> new ELU(Double.NaN)).hasMessage("ELU: alpha: NaN is not finite");
    assertThatThrownBy(() -> new CELU(0)).hasMessage("CELU: alpha: 0.0 is not in (0, ∞)");
    assertThatThrownBy(() -> new Softplus(0, 1)).hasMessage("Softplus: beta: 0.0 is not in (0, ∞)");
    assertThatThrownBy(() -> new Softplus(1, Double.NaN))
        .hasMessage("Softplus: threshold: NaN is not finite");
    assertThatThrownBy(() -> new Hardtanh(1, 1))
        .hasMessage("Hardtanh: minVal 1.0 is not below maxVal 1.0");
    assertThatThrownBy(() -> new Hardshrink(Double.NaN))
        .hasMessage("Hardshrink: lambda: NaN is not finite");
    assertThatThrownBy(() -> new Softshrink(-1))
        .hasMessage("Softshrink: lambda: -1.0 is not in [0, ∞)");
    assertThatThrownBy(() -> new Threshold(Double.NaN, 0))
        .hasMessage("Threshold: threshold: NaN is not finite");
    assertThatThrownBy(() -> new Threshold(0, Double.NaN))
        .hasMessage("Threshold: value: NaN is not finite");
    assertThatThrownBy(() -> new PReLU(0)).hasMessage("PReLU: numParameters: 0 is not positive");
    assertThatThrownBy(() -> new PReLU(1, Double.NaN)).hasMessage("PReLU: init: NaN is not finite");
  }
}
