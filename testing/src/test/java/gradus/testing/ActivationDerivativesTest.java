// SPDX-License-Identifier: Apache-2.0
package gradus.testing;

import static gradus.testing.OpChecks.check;

import gradus.Approximate;
import gradus.Tensor;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.Domain;

@Domain(Samples.class)
class ActivationDerivativesTest {
  @OpProperty({
    "sigmoid()",
    "tanh()",
    "gelu()",
    "gelu(Approximate)",
    "silu()",
    "mish()",
    "softplus()",
    "logsigmoid()",
    "tanhshrink()"
  })
  void smooth(@ForAll Tensor x) {
    check(Tensor::sigmoid, x);
    check(Tensor::tanh, x);
    check(Tensor::gelu, x);
    check(t -> t.gelu(Approximate.TANH), x);
    check(Tensor::silu, x);
    check(Tensor::mish, x);
    check(Tensor::softplus, x);
    check(Tensor::logsigmoid, x);
    check(Tensor::tanhshrink, x);
  }

  @OpProperty({
    "relu()",
    "leakyRelu(double)",
    "elu()",
    "elu(double)",
    "selu()",
    "celu()",
    "celu(double)",
    "softsign()"
  })
  void kinkedAtZero(@ForAll("notZero") Tensor x) {
    check(Tensor::relu, x);
    check(t -> t.leakyRelu(0.1), x);
    check(t -> t.leakyRelu(-0.5), x);
    check(Tensor::elu, x);
    check(t -> t.elu(0.5), x);
    check(Tensor::selu, x);
    check(Tensor::celu, x);
    check(t -> t.celu(2), x);
    check(Tensor::softsign, x);
  }

  @OpProperty({"prelu(Tensor)"})
  void prelu(@ForAll("notZero") Tensor x) {
    int channels = x.dim() > 1 ? x.size(1) : 1;
    Tensor weights = Tensor.arange(channels).mul(0.125).add(0.25).to(x.dtype());
    check(in -> in.get(0).prelu(in.get(1)), List.of(x, weights));
    check(in -> in.get(0).prelu(in.get(1)), List.of(x, weights.get(0)));
  }

  @OpProperty({
    "softplus(double, double)",
    "hardtanh()",
    "hardtanh(double, double)",
    "relu6()",
    "hardsigmoid()",
    "hardswish()",
    "hardshrink()",
    "hardshrink(double)",
    "softshrink()",
    "softshrink(double)",
    "threshold(double, double)"
  })
  void kinkedAtHalves(@ForAll("notHalves") Tensor x) {
    check(t -> t.softplus(2, 1), x);
    check(Tensor::hardtanh, x);
    check(t -> t.hardtanh(-0.5, 1.5), x);
    check(t -> t.mul(4).relu6(), x);
    check(t -> t.mul(2).hardsigmoid(), x);
    check(t -> t.mul(2).hardswish(), x);
    check(Tensor::hardshrink, x);
    check(t -> t.hardshrink(1), x);
    check(Tensor::softshrink, x);
    check(t -> t.softshrink(1), x);
    check(t -> t.threshold(0.5, 2), x);
  }

  @Provide
  Arbitrary<Tensor> notZero() {
    return Tensors.float64().awayFrom(0.01, 0);
  }

  @Provide
  Arbitrary<Tensor> channels() {
    return notZero();
  }

  @Provide
  Arbitrary<Tensor> notHalves() {
    return Tensors.float64().awayFrom(0.01, -2, -1.5, -1, -0.5, 0, 0.5, 1, 1.5, 2);
  }
}
