// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import static gradus.nn.Numbers.assertClose;
import static gradus.nn.Numbers.f64;
import static gradus.nn.Numbers.shape;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import gradus.Autograd;
import gradus.DType;
import gradus.Shape;
import gradus.Tensor;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/// Layer, RMS, group, instance and local response normalisation; batch normalisation is in
/// [LayersTest].
class NormsTest {
  private static final double ROOT = StrictMath.sqrt(1.5);

  @Test
  void layerNormTakesTheLastDimensions() {
    var layer = new LayerNorm(Shape.of(3), LayerNorm.options().eps(0));
    layer.to(DType.FLOAT64);
    assertClose(layer.apply(f64(shape(2, 3), 1, 2, 3, 8, 6, 4)), -ROOT, 0, ROOT, ROOT, 0, -ROOT);
    var matrices = new LayerNorm(2, 3);
    assertThat(matrices.namedParameters().get("weight").shape()).isEqualTo(Shape.of(2, 3));
    assertThat(matrices.apply(Tensor.randn(5, 2, 3)).mean().item()).isBetween(-1e-6, 1e-6);
    assertThat(matrices).hasToString("LayerNorm((2, 3), eps=1e-05, elementwise_affine=True)");
    var plain = LayerNorm.options().elementwiseAffine(false);
    assertThat(new LayerNorm(Shape.of(4), plain).stateDict()).isEmpty();
    var unbiased = new LayerNorm(Shape.of(4), LayerNorm.options().bias(false));
    assertThat(unbiased.stateDict()).containsOnlyKeys("weight");
  }

  @Test
  void functionsDefaultToPyTorchsEps() {
    Tensor x = f64(shape(1, 2), 0, 0.01);
    double s = 0.005 / StrictMath.sqrt(2.5e-5 + 1e-5);
    assertClose(F.layerNorm(x, Shape.of(2)), -s, s);
    assertClose(F.groupNorm(x, 1), -s, s);
    assertClose(F.instanceNorm(x.reshape(1, 1, 2)), -s, s);
    Tensor tiny = f64(shape(1), 1e-8);
    double t = 1e-8 / StrictMath.sqrt(1e-16 + StrictMath.ulp(1.0));
    assertClose(F.rmsNorm(tiny, Shape.of(1), null), t);
    assertThat(F.rmsNorm(Tensor.of(1e-4f), Shape.of(1), null).item())
        .isCloseTo(1e-4 / StrictMath.sqrt(1e-8 + StrictMath.ulp(1f)), within(1e-6));
  }

  @Test
  void rmsNormDividesByTheRootOfTheMeanSquare() {
    var layer = new RMSNorm(Shape.of(2), RMSNorm.options().eps(0.5));
    layer.to(DType.FLOAT64);
    double s = StrictMath.sqrt(13);
    assertClose(layer.apply(f64(shape(1, 2), 3, 4)), 3 / s, 4 / s);
    assertThat(layer.stateDict()).containsOnlyKeys("weight");
    assertThat(layer).hasToString("RMSNorm((2,), eps=0.5, elementwise_affine=True)");
    assertThat(new RMSNorm(Shape.of(2), RMSNorm.options().elementwiseAffine(false)))
        .hasToString("RMSNorm((2,), eps=None, elementwise_affine=False)");
  }

  @Test
  void groupNormTakesChannelsTogether() {
    Tensor x = f64(shape(1, 4, 1), 0, 2, 10, 30);
    var layer = new GroupNorm(2, 4, GroupNorm.options().eps(0));
    layer.to(DType.FLOAT64);
    assertClose(layer.apply(x), -1, 1, -1, 1);
    assertThat(layer).hasToString("GroupNorm(2, 4, eps=0.0, affine=True)");
    assertThat(new GroupNorm(2, 4, GroupNorm.options().affine(false)).stateDict()).isEmpty();
    assertClose(
        F.groupNorm(x, 4 / 2, f64(shape(4), 1, 2, 3, 4), f64(shape(4), 5, 6, 7, 8), 0),
        4,
        8,
        4,
        12);
  }

  @Test
  void instanceNormTakesEachChannelAlone() {
    Tensor x = f64(shape(1, 2, 2), 0, 2, 10, 30);
    var options = InstanceNorm.options().eps(0);
    assertClose(new InstanceNorm1d(2, options).apply(x), -1, 1, -1, 1);
    assertClose(new InstanceNorm1d(2, options).apply(x.squeeze(0)), -1, 1, -1, 1);
    assertClose(new InstanceNorm2d(2, options).apply(x.reshape(2, 1, 2)), -1, 1, -1, 1);
    var affine = new InstanceNorm2d(3, InstanceNorm.options().affine(true));
    assertThat(affine.stateDict().keySet()).containsExactly("weight", "bias");
    assertThat(affine)
        .hasToString(
            "InstanceNorm2d(3, eps=1e-05, momentum=0.1, affine=True, track_running_stats=False)");
  }

  @Test
  void instanceNormTracksTheMeanStatisticsOfExamples() {
    var layer = new InstanceNorm1d(1, InstanceNorm.options().trackRunningStats(true).eps(0));
    layer.to(DType.FLOAT64);
    layer.apply(f64(shape(2, 1, 2), 0, 2, 10, 30));
    assertClose(layer.stateDict().get("running_mean"), 0.1 * (1 + 20) / 2);
    assertClose(layer.stateDict().get("running_var"), 0.9 + 0.1 * (2 + 200) / 2);
    assertThat(layer.stateDict().get("num_batches_tracked").item()).isZero();
    layer.eval();
    double s = StrictMath.sqrt(11);
    assertClose(layer.apply(f64(shape(1, 1, 2), 1.05, 1.05 + s)), 0, 1);
  }

  @Test
  void localResponseNormLooksAtNeighbours() {
    Tensor x = f64(shape(1, 4, 1), 1, 2, 3, 4);
    var options = LocalResponseNorm.options().alpha(2).beta(1).k(0);
    assertClose(
        F.localResponseNorm(x, 2, options), 1, 2.0 / (1 + 4), 3.0 / (4 + 9), 4.0 / (9 + 16));
    assertClose(
        new LocalResponseNorm(3, options.alpha(3)).apply(x),
        1.0 / (1 + 4),
        2.0 / (1 + 4 + 9),
        3.0 / (4 + 9 + 16),
        4.0 / (9 + 16));
    assertClose(F.localResponseNorm(x, 99, options.alpha(99)), 1 / 30.0, 2 / 30.0, 0.1, 4 / 30.0);
    assertThat(new LocalResponseNorm(2))
        .hasToString("LocalResponseNorm(2, alpha=0.0001, beta=0.75, k=1.0)");
    Autograd.gradgradcheck(
        in -> F.localResponseNorm(in.getFirst(), 3), x.copy().requiresGrad(true));
  }

  @Test
  void derivativesToSecondOrder() {
    Tensor x = f64(shape(2, 4, 2), 1, 5, 2, 3, -1, 2, 0, 1, 3, 2, 5, -2, 1, 4, 2, 2);
    Tensor weight = f64(shape(4), 1, -2, 0.5, 3);
    Tensor bias = f64(shape(4), 2, 1, -1, 0);
    Tensor[] leaves = {x.requiresGrad(true), weight.requiresGrad(true), bias.requiresGrad(true)};
    Autograd.gradgradcheck(in -> F.groupNorm(in.get(0), 2, in.get(1), in.get(2), 0.1), leaves);
    Autograd.gradgradcheck(in -> F.instanceNorm(in.get(0), in.get(1), in.get(2), 0.1), leaves);
  }

  @Test
  void errors() {
    refuses(
        () -> new LayerNorm(4).apply(Tensor.zeros(2, 5)),
        "layerNorm: the input [2, 5] does not end in [4], the normalized shape");
    refuses(
        () -> F.layerNorm(Tensor.zeros(2, 4), Shape.of(4), Tensor.ones(3), null, 0),
        "layerNorm: the weight is [3], but the normalized shape is [4]");
    refuses(
        () -> new LayerNorm(),
        "LayerNorm: the normalized shape [] has no elements;"
            + " it takes the sizes of the last dimensions");
    refuses(() -> LayerNorm.options().eps(-1), "layerNorm: eps: -1.0 is not in [0, ∞)");
    refuses(() -> RMSNorm.options().eps(-1.0), "rmsNorm: eps: -1.0 is not in [0, ∞)");
    refuses(
        () -> F.rmsNorm(Tensor.zeros(2), Shape.of(2, 2), null),
        "rmsNorm: the input [2] does not end in [2, 2], the normalized shape");
    refuses(() -> new GroupNorm(3, 4), "GroupNorm: 4 channels do not make 3 groups of one size");
    refuses(
        () -> new GroupNorm(2, 4).apply(Tensor.zeros(2, 3)),
        "GroupNorm: the input [2, 3] is not [N, 4, …]");
    refuses(
        () -> F.groupNorm(Tensor.zeros(2, 3), 2),
        "groupNorm: the input [2, 3] is not [N, C, …] with channels for 2 groups");
    refuses(
        () -> F.groupNorm(Tensor.zeros(2, 4), 2, Tensor.ones(2), null, 0),
        "groupNorm: the weight [2] does not match the 4 channels of the input [2, 4]");
    refuses(
        () -> new InstanceNorm1d(3).apply(Tensor.zeros(2, 3, 4, 5)),
        "InstanceNorm1d: the input [2, 3, 4, 5] has neither 3 dimensions nor, for one example, 2");
    refuses(
        () -> new InstanceNorm2d(3).apply(Tensor.zeros(2, 4, 4, 5)),
        "instanceNorm: the input [2, 4, 4, 5] has 4 channels in dimension 1, not 3");
    refuses(
        () -> F.instanceNorm(Tensor.zeros(2, 3, 1)),
        "instanceNorm: the input [2, 3, 1] is not [N, C, …] with more than 1 element per channel");
    refuses(
        () -> F.instanceNorm(Tensor.zeros(2, 3, 2), null, Tensor.ones(2), 0),
        "instanceNorm: the bias [2] does not match the 3 channels of the input [2, 3, 2]");
    refuses(
        () -> InstanceNorm.options().momentum(2), "instanceNorm: momentum: 2.0 is not in [0, 1]");
    refuses(
        () -> F.localResponseNorm(Tensor.zeros(2, 3), 2),
        "localResponseNorm: the input [2, 3] is not [N, C, …]");
    refuses(() -> new LocalResponseNorm(0), "localResponseNorm: size: 0 is not positive");
  }

  private static void refuses(ThrowingCallable call, String message) {
    assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }
}
