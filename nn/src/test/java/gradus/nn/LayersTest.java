// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import static gradus.nn.Numbers.assertClose;
import static gradus.nn.Numbers.f64;
import static gradus.nn.Numbers.shape;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gradus.DType;
import gradus.Generator;
import gradus.Parameter;
import gradus.Tensor;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class LayersTest {
  @Test
  void activations() {
    Tensor x = f64(shape(3), -2, 0, 3);
    assertClose(new ReLU().apply(x), 0, 0, 3);
    assertClose(new LeakyReLU().apply(x), -0.02, 0, 3);
    assertClose(new LeakyReLU(0.5).apply(x), -1, 0, 3);
    assertClose(new Sigmoid().apply(x), 0.11920292202211755, 0.5, 0.9525741268224334);
    assertClose(new Tanh().apply(x), -0.9640275800758169, 0, 0.9950547536867305);
    assertThat(new Identity().apply(x)).isSameAs(x);
  }

  @Test
  void functionsAreTheSameUnderTorchsNames() {
    Tensor x = f64(shape(2), -1, 2);
    assertClose(F.relu(x), 0, 2);
    assertClose(F.leakyRelu(x), -0.01, 2);
    assertClose(F.leakyRelu(x, 0.1), -0.1, 2);
    assertClose(F.sigmoid(x), 0.2689414213699951, 0.8807970779778823);
    assertClose(F.tanh(x), -0.7615941559557649, 0.9640275800758169);
    assertClose(F.softmax(x, 0), 0.04742587317756678, 0.9525741268224334);
    assertClose(F.logSoftmax(x, 0), -3.048587351573742, -0.048587351573742055);
  }

  @Test
  void leakyReluRefusesNaN() {
    assertThatThrownBy(() -> new LeakyReLU(Double.NaN))
        .hasMessage("negativeSlope: NaN is not finite");
  }

  @Test
  void flatten() {
    Tensor x = Tensor.zeros(2, 3, 4, 5);
    assertThat(new Flatten().apply(x).shape().toArray()).containsExactly(2, 60);
    assertThat(new Flatten(0, 1).apply(x).shape().toArray()).containsExactly(6, 4, 5);
    assertThat(new Flatten(-2, -1).apply(x).shape().toArray()).containsExactly(2, 3, 20);
  }

  @Nested
  class LinearLayer {
    @Test
    void isAnAffineMap() {
      var fc = new Linear(3, 2);
      fc.to(DType.FLOAT64);
      fc.weight().assign(f64(shape(2, 3), 1, 2, 3, 4, 5, 6));
      fc.bias().assign(f64(shape(2), 0.5, -0.5));
      Tensor x = f64(shape(2, 3), 1, 0, -1, 2, 2, 2);
      Tensor y = fc.apply(x);
      assertClose(y, -1.5, -2.5, 12.5, 29.5);
      y.backward(f64(shape(2, 2), 1, 0, 0, 2));
      assertClose(fc.weight().grad(), 1, 0, -1, 4, 4, 4);
      assertClose(fc.bias().grad(), 1, 2);
      assertThat(fc.apply(Tensor.zeros(DType.FLOAT64, 4, 5, 3)).shape().toArray())
          .containsExactly(4, 5, 2);
      assertClose(fc.apply(f64(shape(3), 1, 0, -1)), -1.5, -2.5);
    }

    @Test
    void withoutBias() {
      var fc = Linear.withoutBias(3, 2);
      assertThat(fc.bias()).isNull();
      assertThat(fc.stateDict().keySet()).containsExactly("weight");
      assertThat(fc.apply(Tensor.zeros(1, 3)).toFloatArray()).containsExactly(0, 0);
    }

    @Test
    void startsUniformInOneOverTheRootOfTheInputs() {
      try (var _ = Generator.scope(3)) {
        var fc = new Linear(100, 300);
        assertThat(fc.inFeatures()).isEqualTo(100);
        assertThat(fc.outFeatures()).isEqualTo(300);
        for (Parameter p : fc.parameters()) {
          assertThat(p.dtype()).isEqualTo(DType.FLOAT32);
          assertThat(p.abs().max().item()).isBetween(0.098, 0.1);
          assertThat(p.mean().item()).isBetween(-0.01, 0.01);
        }
      }
    }

    @Test
    void sameSeedSameWeights() {
      float[] first;
      try (var _ = Generator.scope(5)) {
        first = new Linear(4, 3).weight().toFloatArray();
      }
      try (var _ = Generator.scope(5)) {
        assertThat(new Linear(4, 3).weight().toFloatArray()).isEqualTo(first);
      }
    }

    @Test
    void errorsNameShapesAndHelp() {
      var fc = new Linear(3072, 10);
      assertThatThrownBy(() -> fc.apply(Tensor.zeros(8, 3, 32, 32)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "linear: the input [8, 3, 32, 32] does not end in 3072, as the weight [10, 3072]"
                  + " needs; did you mean x.flatten(1), or a Flatten layer before?");
      assertThatThrownBy(() -> fc.apply(Tensor.zeros(8, 7)))
          .hasMessage(
              "linear: the input [8, 7] does not end in 3072, as the weight [10, 3072] needs");
      assertThatThrownBy(() -> F.linear(Tensor.zeros(8, 10), fc.weight(), null))
          .hasMessageEndingWith("; did you mean weight.t()?");
      assertThatThrownBy(() -> F.linear(Tensor.zeros(8, 10), Tensor.zeros(10), null))
          .hasMessage("linear: the weight [10] is not [out, in]");
      assertThatThrownBy(() -> fc.apply(Tensor.zeros(DType.UINT8, 8, 3072)))
          .hasMessage(
              "linear: the weight is float32 but the input is uint8;"
                  + " convert one, say with to(DType.FLOAT32)");
      assertThatThrownBy(() -> new Linear(0, 1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("Linear: inFeatures: 0 is not positive");
      assertThatThrownBy(() -> Linear.withoutBias(1, -1))
          .hasMessage("Linear: outFeatures: -1 is not positive");
    }
  }

  @Nested
  class DropoutLayer {
    private final Tensor x = Tensor.of(1, 2, 3).requiresGrad(true);

    @Test
    void exactAtTheEnds() {
      assertThat(new Dropout(0).apply(x)).isSameAs(x);
      assertThat(new Dropout(1).apply(x).toFloatArray()).containsExactly(0, 0, 0);
      var dropout = new Dropout();
      dropout.eval();
      assertThat(dropout.apply(x)).isSameAs(x);
    }

    @Test
    void zeroesOrScales() {
      Tensor ones = Tensor.ones(1000).requiresGrad(true);
      try (var _ = Generator.scope(1)) {
        Tensor y = new Dropout(0.75).apply(ones);
        int kept = 0;
        for (float v : y.toFloatArray()) {
          assertThat(v).isIn(0f, 4f);
          kept += v > 0 ? 1 : 0;
        }
        assertThat(kept).isBetween(200, 300);
        y.sum().backward();
        assertThat(ones.grad().toFloatArray()).isEqualTo(y.toFloatArray());
      }
    }

    @Test
    void drawsFromTheCurrentGeneratorOrTheOneGiven() {
      float[] given = F.dropout(Tensor.ones(64), 0.5, new Generator(9)).toFloatArray();
      try (var _ = Generator.scope(9)) {
        assertThat(new Dropout().apply(Tensor.ones(64)).toFloatArray()).isEqualTo(given);
      }
    }

    @Test
    void keepsFloat64() {
      assertThat(F.dropout(Tensor.ones(DType.FLOAT64, 4), 0.5).dtype()).isEqualTo(DType.FLOAT64);
    }

    @Test
    void refusesBadProbabilitiesAndIntegers() {
      assertThatThrownBy(() -> new Dropout(1.5))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("dropout: p: 1.5 is not in [0, 1]");
      assertThatThrownBy(() -> new Dropout(Double.NaN)).hasMessageContaining("NaN");
      assertThatThrownBy(() -> F.dropout(Tensor.of(new long[] {1}), 0.5))
          .hasMessage(
              "dropout: the input [1] is int64, not floating; convert it with to(DType.FLOAT32)");
    }
  }

  @Nested
  class BatchNormalisation {
    /// PyTorch: BatchNorm1d(2), trained on three batches, then evaluated.
    @Test
    void trainsAndEvaluatesAsPyTorch() {
      var norm = new BatchNorm1d(2);
      norm.to(DType.FLOAT64);
      norm.namedParameters().get("weight").assign(f64(shape(2), 0.76953125, 0.8447265625));
      norm.namedParameters().get("bias").assign(f64(shape(2), 0.625, 1.40625));
      Tensor first =
          f64(
              shape(4, 2),
              -2.1826171875,
              0.8857421875,
              1.1806640625,
              -1.2666015625,
              0.7724609375,
              -1.53515625,
              -2.3994140625,
              -2.27734375);
      Tensor second =
          f64(
              shape(4, 2),
              -0.31640625,
              -0.638671875,
              -1.451171875,
              0.19140625,
              1.3427734375,
              0.310546875,
              0.2353515625,
              -1.0771484375);
      Tensor third =
          f64(
              shape(4, 2),
              0.8154296875,
              2.19140625,
              0.1455078125,
              0.6513671875,
              1.62109375,
              -0.4462890625,
              -1.177734375,
              1.8857421875);
      first.requiresGrad(true);
      Tensor y = norm.apply(first);
      assertClose(
          y,
          -0.08990602569020179,
          2.7950226117144354,
          1.48636564683032,
          1.2495266075646674,
          1.2950527667160405,
          1.0566902186621328,
          -0.19151238785615876,
          0.5237605620587644);
      y.backward(
          f64(
              shape(4, 2),
              -1.130859375,
              -0.21484375,
              1.3349609375,
              0.474609375,
              1.337890625,
              0.7158203125,
              -0.583984375,
              -0.234375));
      assertClose(
          first.grad(),
          -0.17098699189153302,
          -0.14193619668270313,
          -0.054396921163122565,
          0.19133007630831006,
          0.07308832498717979,
          0.3443442539545587,
          0.15229558806747578,
          -0.3937381335801656);
      norm.apply(second);
      norm.apply(third);
      norm.eval();
      Tensor last =
          f64(
              shape(4, 2),
              -0.6904296875,
              1.3076171875,
              0.71484375,
              0.7587890625,
              0.5263671875,
              0.876953125,
              -1.0283203125,
              -0.1611328125);
      assertClose(
          norm.apply(last),
          0.17098968640468676,
          2.4808036847750023,
          1.1260365839003537,
          2.031572882300286,
          0.9979448179401981,
          2.1282933931533834,
          -0.05864632925445201,
          1.27859171516295);
      var state = norm.stateDict();
      assertClose(state.get("running_mean"), -0.022390624999999997, -0.005171875000000006);
      assertClose(state.get("running_var"), 1.2820985609690347, 1.0650301143328351);
      assertThat(state.get("num_batches_tracked").item()).isEqualTo(3);
      assertThat(state.get("num_batches_tracked").dtype()).isEqualTo(DType.INT64);
    }

    @Test
    void cumulativeAverageWeighsAllBatchesAlike() {
      var norm = new BatchNorm1d(1, BatchNorm.options().momentum(null));
      norm.apply(Tensor.of(new float[] {0, 2}, 2, 1));
      norm.apply(Tensor.of(new float[] {4, 8}, 2, 1));
      assertThat(norm.stateDict().get("running_mean").toFloatArray()).containsExactly(3.5f);
      assertThat(norm.stateDict().get("running_var").toFloatArray()).containsExactly(5f);
    }

    @Test
    void withoutAffineOrTracking() {
      var plain = new BatchNorm1d(2, BatchNorm.options().affine(false));
      assertThat(plain.stateDict().keySet())
          .containsExactly("running_mean", "running_var", "num_batches_tracked");
      var untracked = new BatchNorm1d(1, BatchNorm.options().trackRunningStats(false));
      assertThat(untracked.stateDict().keySet()).containsExactly("weight", "bias");
      Tensor x = f64(shape(2, 1), 0, 2);
      untracked.to(DType.FLOAT64);
      untracked.eval();
      assertClose(untracked.apply(x), -0.9999950000374997, 0.9999950000374997);
    }

    @Test
    void channelsAreDimensionOne() {
      var norm = new BatchNorm1d(2);
      Tensor x = Tensor.randn(new Generator(1), 3, 2, 4);
      Tensor y = norm.apply(x);
      assertThat(y.mean(0, 2).abs().max().item()).isLessThan(1e-6);
      norm.eval();
      assertThat(norm.apply(x).shape()).isEqualTo(x.shape());
      assertThat(new BatchNorm2d(2).apply(Tensor.randn(3, 2, 4, 4)).shape().toArray())
          .containsExactly(3, 2, 4, 4);
    }

    @Test
    void evaluationKeepsTheStatistics() {
      var norm = new BatchNorm1d(2);
      norm.eval();
      norm.apply(Tensor.randn(5, 2));
      assertThat(norm.stateDict().get("running_mean").toFloatArray()).containsExactly(0, 0);
      assertThat(norm.stateDict().get("num_batches_tracked").item()).isZero();
      assertThat(norm.apply(Tensor.randn(1, 2)).shape().toArray()).containsExactly(1, 2);
    }

    @Test
    void errorsNameShapes() {
      var norm = new BatchNorm1d(3);
      assertThatThrownBy(() -> norm.apply(Tensor.zeros(1, 3)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "batchNorm: the input [1, 3] has 1 value per channel, training needs more than 1;"
                  + " use a larger batch (drop the last one) or eval()");
      assertThatThrownBy(() -> norm.apply(Tensor.zeros(4, 2)))
          .hasMessage("batchNorm: the input [4, 2] has 2 channels in dimension 1, not 3");
      assertThatThrownBy(() -> norm.apply(Tensor.zeros(4, 3, 2, 2)))
          .hasMessage("BatchNorm1d: the input [4, 3, 2, 2] is neither [N, C] nor [N, C, L]");
      assertThatThrownBy(() -> new BatchNorm2d(3).apply(Tensor.zeros(4, 3)))
          .hasMessage("BatchNorm2d: the input [4, 3] is not [N, C, H, W]");
      assertThatThrownBy(() -> new BatchNorm1d(0))
          .hasMessage("batchNorm: numFeatures: 0 is not positive");
      assertThatThrownBy(() -> BatchNorm.options().eps(-1))
          .hasMessage("batchNorm: eps: -1.0 is not in [0, ∞)");
      assertThatThrownBy(() -> BatchNorm.options().momentum(2.0))
          .hasMessage("batchNorm: momentum: 2.0 is not in [0, 1]");
      Tensor three = Tensor.ones(3);
      assertThatThrownBy(
              () -> F.batchNorm(Tensor.zeros(2, 3), three, Tensor.ones(4), null, null, 1e-5))
          .hasMessage("batchNorm: the var is [4], but [2, 3] has 3 channels");
      assertThatThrownBy(() -> F.batchNorm(Tensor.zeros(3), three, three, null, null, 1e-5))
          .hasMessage("batchNorm: [3]: expected [N, C] or [N, C, …]");
    }
  }
}
