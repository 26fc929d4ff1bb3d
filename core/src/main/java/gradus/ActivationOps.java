// SPDX-License-Identifier: Apache-2.0
package gradus;

/// The ops of a [Tensor] that networks put between their layers: functions of each element alone.
public sealed interface ActivationOps permits Tensor {
  private Tensor self() {
    return (Tensor) this;
  }

  /// Returns max(this, 0). (PyTorch: `torch.relu`.)
  default Tensor relu() {
    return Activation.Relu.of(self());
  }

  /// Returns this where it is positive, else `slope` · this. (PyTorch:
  /// `torch.nn.functional.leaky_relu`.)
  default Tensor leakyRelu(double slope) {
    return PiecewiseActivation.LeakyRelu.of(self(), slope);
  }

  /// Returns 1 / (1 + e^−this). (PyTorch: `torch.sigmoid`.)
  default Tensor sigmoid() {
    return Activation.Sigmoid.of(self());
  }

  /// Returns the hyperbolic tangent. (PyTorch: `torch.tanh`.)
  default Tensor tanh() {
    return Activation.Tanh.of(self());
  }

  /// Returns this where it is positive, else weight · this, with a weight for each channel
  /// (dimension 1) or one for all. (PyTorch: `torch.prelu`.)
  ///
  /// @param weight `[C]` or of one element
  /// @throws IllegalArgumentException if the weight has another size or type
  default Tensor prelu(Tensor weight) {
    return PiecewiseActivation.LeakyRelu.perChannel(self(), weight);
  }

  /// Returns this where it is positive, else e^this − 1.
  default Tensor elu() {
    return elu(1);
  }

  /// Returns this where it is positive, else `alpha` · (e^this − 1). (PyTorch:
  /// `torch.nn.functional.elu`; Clevert et al., Fast and Accurate Deep Network Learning by
  /// Exponential Linear Units, 2016.)
  default Tensor elu(double alpha) {
    return FusedActivation.Elu.of(self(), alpha);
  }

  /// Returns 1.0507… · `elu(1.6733…)`, which keeps mean 0 and variance 1. (PyTorch: `torch.selu`;
  /// Klambauer et al., Self-Normalizing Neural Networks, 2017.)
  default Tensor selu() {
    return elu(1.6732632423543772).mul(1.0507009873554805);
  }

  /// Returns this where it is positive, else e^this − 1.
  default Tensor celu() {
    return celu(1);
  }

  /// Returns this where it is positive, else `alpha` · (e^(this / alpha) − 1), whose derivative is
  /// continuous. (PyTorch: `torch.celu`; Barron, Continuously Differentiable Exponential Linear
  /// Units, 2017.)
  ///
  /// @throws IllegalArgumentException if `alpha` isn't positive
  default Tensor celu(double alpha) {
    if (!(alpha > 0)) {
      throw new IllegalArgumentException("celu: alpha %s is not positive".formatted(alpha));
    }
    return alpha == 1 ? elu() : self().div(alpha).elu().mul(alpha);
  }

  /// Returns this · Φ(this), where Φ is the normal distribution. (PyTorch:
  /// `torch.nn.functional.gelu`; Hendrycks and Gimpel, Gaussian Error Linear Units, 2016.)
  default Tensor gelu() {
    return gelu(Approximate.NONE);
  }

  /// Returns this · Φ(this), or what approximates it.
  default Tensor gelu(Approximate approximate) {
    return switch (approximate) {
      case NONE -> FusedActivation.Gelu.of(self());
      case TANH -> FusedActivation.GeluTanh.of(self());
    };
  }

  /// Returns this · [#sigmoid()]. (PyTorch: `torch.nn.functional.silu`.)
  default Tensor silu() {
    return FusedActivation.Silu.of(self());
  }

  /// Returns this · tanh([#softplus()]). (PyTorch: `torch.nn.functional.mish`; Misra, Mish: A Self
  /// Regularized Non-Monotonic Activation Function, 2019.)
  default Tensor mish() {
    return FusedActivation.Mish.of(self());
  }

  /// Returns ln(1 + e^this), or this itself where it is above 20.
  default Tensor softplus() {
    return softplus(1, 20);
  }

  /// Returns ln(1 + e^(beta · this)) / beta, or this itself where beta · this is above the
  /// threshold. (PyTorch: `torch.nn.functional.softplus`.)
  ///
  /// @throws IllegalArgumentException if `beta` isn't positive
  default Tensor softplus(double beta, double threshold) {
    return FusedActivation.Softplus.of(self(), beta, threshold);
  }

  /// Returns ln [#sigmoid()], without overflow. (PyTorch: `torch.nn.functional.logsigmoid`.)
  default Tensor logsigmoid() {
    return FusedActivation.LogSigmoid.of(self());
  }

  /// Returns this / (1 + |this|). (PyTorch: `torch.nn.functional.softsign`.)
  default Tensor softsign() {
    return self().div(self().abs().add(1));
  }

  /// Returns this − [#tanh()]. (PyTorch: `torch.nn.functional.tanhshrink`.)
  default Tensor tanhshrink() {
    return self().sub(tanh());
  }

  /// Returns this held within −1 … 1; the derivative at both ends is 0.
  default Tensor hardtanh() {
    return hardtanh(-1, 1);
  }

  /// Returns this held within `low` … `high`; the derivative at both ends is 0, unlike that of
  /// [Tensor#clamp]. (PyTorch: `torch.nn.functional.hardtanh`.)
  ///
  /// @throws IllegalArgumentException if `low` is greater than `high`
  default Tensor hardtanh(double low, double high) {
    return PiecewiseActivation.Hardtanh.of(self(), low, high);
  }

  /// Returns this held within 0 … 6; the derivative at both ends is 0. (PyTorch:
  /// `torch.nn.functional.relu6`.)
  default Tensor relu6() {
    return hardtanh(0, 6);
  }

  /// Returns (this + 3) / 6 held within 0 … 1; the derivative at both ends is 0. (PyTorch:
  /// `torch.nn.functional.hardsigmoid`.)
  default Tensor hardsigmoid() {
    return PiecewiseActivation.Hardsigmoid.of(self());
  }

  /// Returns this · [#hardsigmoid()]. (PyTorch: `torch.nn.functional.hardswish`; Howard et al.,
  /// Searching for MobileNetV3, 2019.)
  default Tensor hardswish() {
    return FusedActivation.Hardswish.of(self());
  }

  /// Returns this where |this| > 1/2, else 0.
  default Tensor hardshrink() {
    return hardshrink(0.5);
  }

  /// Returns this where |this| > `lambda`, else 0. (PyTorch: `torch.nn.functional.hardshrink`.)
  default Tensor hardshrink(double lambda) {
    return Tensor.where(self().detach().abs().le(lambda), self().constant(0.0), self());
  }

  /// Returns this brought nearer to 0 by 1/2, and 0 where it is not farther than that.
  default Tensor softshrink() {
    return softshrink(0.5);
  }

  /// Returns this brought nearer to 0 by `lambda`, and 0 where it is not farther than that.
  /// (PyTorch: `torch.nn.functional.softshrink`.)
  ///
  /// @throws IllegalArgumentException if `lambda` is negative
  default Tensor softshrink(double lambda) {
    return PiecewiseActivation.Softshrink.of(self(), lambda);
  }

  /// Returns this where it is above `threshold`, else `value`. (PyTorch:
  /// `torch.nn.functional.threshold`.)
  default Tensor threshold(double threshold, double value) {
    Tensor below = Tensor.full(self().dtype(), value, Shape.SCALAR);
    return Tensor.where(self().le(threshold), below, self());
  }
}
