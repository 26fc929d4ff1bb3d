// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import static gradus.nn.Numbers.assertClose;
import static gradus.nn.Numbers.f64;
import static gradus.nn.Numbers.shape;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gradus.Autograd;
import gradus.DType;
import gradus.Tensor;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LossesTest {
  private static Tensor classes(int[] shape, long... values) {
    return Tensor.of(values, shape);
  }

  private static Tensor smallLogits() {
    return f64(
        shape(4, 3),
        -0.064453125,
        -2.9267578125,
        1.076171875,
        -2.615234375,
        0.1044921875,
        1.0966796875,
        0.3388671875,
        1.376953125,
        1.2958984375,
        0.6337890625,
        2.072265625,
        0.541015625);
  }

  @Nested
  class CrossEntropy {
    static Stream<Arguments> pyTorch() {
      var defaults = CrossEntropyLoss.options();
      return Stream.of(
          Arguments.of(
              "class weights",
              f64(
                  shape(4, 3),
                  -0.083984375,
                  -1.45703125,
                  -1.6513671875,
                  2.8828125,
                  -1.3291015625,
                  1.5556640625,
                  1.8515625,
                  2.455078125,
                  0.5439453125,
                  -1.3857421875,
                  -2.068359375,
                  1.6328125),
              classes(shape(4), 1, 1, 0, 2),
              defaults.weight(f64(shape(3), 1.8798828125, 0.4306640625, 1.044921875)),
              new double[] {1.2877494985977653},
              new double[] {0.19140625},
              new double[] {
                0.014892719845573336, -0.017999198067709183, 0.003106478222135843,
                0.017008726708964916, -0.021519994003736862, 0.004511267294771948,
                -0.06436976013567586, 0.05607548223357235, 0.008294277902103488,
                0.0024047700121556906, 0.001215113007121242, -0.00361988301927693
              }),
          Arguments.of(
              "probabilities, weights, smoothing",
              f64(
                  shape(4, 3),
                  2.787109375,
                  0.576171875,
                  -1.517578125,
                  2.6962890625,
                  -1.3330078125,
                  -2.6416015625,
                  -1.537109375,
                  0.84375,
                  -2.953125,
                  2.4111328125,
                  0.5107421875,
                  -0.6630859375),
              f64(
                  shape(4, 3),
                  0.69140625,
                  0.0234375,
                  0.28515625,
                  0.53125,
                  0.328125,
                  0.140625,
                  0.1328125,
                  0.234375,
                  0.6328125,
                  0.05859375,
                  0.375,
                  0.56640625),
              defaults
                  .weight(f64(shape(3), 0.2685546875, 1.837890625, 1.037109375))
                  .labelSmoothing(0.2),
              new double[] {2.7083927765048204},
              new double[] {1.2158203125},
              new double[] {
                0.11968384563363357, -0.029054897188217372, -0.09062894844541619,
                0.23416672499813876, -0.1790054704020757, -0.05516125459606301,
                0.013811446077242216, 0.1600145975686269, -0.17382604364586907,
                0.30681982580855655, -0.15757487705029027, -0.1492449487582663
              }),
          Arguments.of(
              "an ignored element, weights, smoothing",
              smallLogits(),
              classes(shape(4), 1, -100, 1, 2),
              defaults
                  .weight(f64(shape(3), 1.4306640625, 1.455078125, 1.546875))
                  .labelSmoothing(0.125),
              new double[] {2.22797557637633},
              new double[] {1.025390625},
              new double[] {
                0.06641346848365165,
                -0.30228255296656825,
                0.23586908448291655,
                0,
                0,
                0,
                0.038466212435602165,
                -0.15951342714577427,
                0.12104721471017202,
                0.044056173608550395,
                0.22951172549482127,
                -0.27356789910337165
              }),
          Arguments.of(
              "every element, smoothing",
              f64(
                  shape(4, 3),
                  -2.0419921875,
                  2.5439453125,
                  -0.1455078125,
                  1.30859375,
                  2.79296875,
                  -1.1767578125,
                  -2.087890625,
                  0.84765625,
                  -0.751953125,
                  -1.498046875,
                  1.294921875,
                  -2.14453125),
              classes(shape(4), 1, 1, 1, 2),
              defaults.labelSmoothing(0.125).reduction(Reduction.NONE),
              new double[] {
                0.37835288055364635, 0.4468093872327916, 0.41616182529700463, 3.3584259167226036
              },
              new double[] {1.015625, 1.4521484375, -1.15234375, -0.7578125},
              new double[] {
                -0.03271437403411785, 0.011050533937719728, 0.021663840096398098,
                0.20373684946834392, -0.16524112252487344, -0.038495726943470546,
                -0.0007407540191890718, 0.13816929704496864, -0.1374285430257796,
                -0.010871089383090282, -0.6615532552563371, 0.6724243446394274
              }));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void pyTorch(
        String name,
        Tensor input,
        Tensor target,
        CrossEntropyLoss.Options options,
        double[] loss,
        double[] cotangent,
        double[] gradient) {
      input.requiresGrad(true);
      Tensor y = new CrossEntropyLoss(options).apply(input, target);
      assertClose(y, loss);
      y.backward(f64(y.shape().toArray(), cotangent).reshape(y.shape().toArray()));
      assertClose(input.grad(), gradient);
    }

    @Test
    void classesAreDimensionOne() {
      Tensor x =
          f64(
              shape(2, 3, 4),
              -0.5068359375,
              1.595703125,
              1.4638671875,
              0.0771484375,
              0.49609375,
              0.205078125,
              1.0634765625,
              1.5947265625,
              0.0419921875,
              1.89453125,
              1.7265625,
              0.83984375,
              1.3271484375,
              0.2744140625,
              1.38671875,
              -1.265625,
              -1.755859375,
              -1.3720703125,
              -0.8876953125,
              -0.876953125,
              -0.8203125,
              -1.3583984375,
              -0.6630859375,
              1.2109375);
      Tensor target = classes(shape(2, 4), 1, 0, 1, 0, 1, 1, 0, 1);
      assertClose(F.crossEntropy(x, target), 1.6090956439640691);
      assertClose(
          F.crossEntropy(x.select(0, 0).select(1, 0), Tensor.scalar(1L)), 0.6940575073512163);
    }

    @Test
    void nothingButIgnoredElementsIsNaNWithoutGradient() {
      Tensor x = smallLogits().requiresGrad(true);
      Tensor loss = F.crossEntropy(x, classes(shape(4), -100, -100, -100, -100));
      assertThat(loss.item()).isNaN();
      loss.backward();
      assertThat(x.grad().toDoubleArray()).containsOnly(0);
    }

    @Test
    void uint8LabelsAndOtherReductions() {
      Tensor x = Tensor.zeros(2, 4);
      Tensor target = Tensor.of(new byte[] {3, 0});
      double ln4 = 1.3862943611198906;
      assertThat(F.crossEntropy(x, target).item()).isEqualTo((float) ln4);
      var sum = CrossEntropyLoss.options().reduction(Reduction.SUM);
      assertThat(F.crossEntropy(x, target, sum).item()).isEqualTo((float) (2 * ln4));
      var ignoreThree = sum.ignoreIndex(3);
      assertThat(F.crossEntropy(x, target, ignoreThree).item()).isEqualTo((float) ln4);
    }

    @Test
    void gradientsAreRightToSecondOrder() {
      Tensor target = classes(shape(4), 1, 0, -100, 2);
      var options =
          CrossEntropyLoss.options().weight(f64(shape(3), 0.5, 2, 1.5)).labelSmoothing(0.1);
      Autograd.gradcheck(
          in -> F.crossEntropy(in.get(0), target, options), smallLogits().requiresGrad(true));
      Autograd.gradgradcheck(
          in -> F.crossEntropy(in.get(0), target, options), smallLogits().requiresGrad(true));
    }

    @Test
    void weightIsABufferAsInPyTorch() {
      var options = CrossEntropyLoss.options().weight(Tensor.of(1, 2));
      var loss = new CrossEntropyLoss(options);
      assertThat(loss.stateDict().keySet()).containsExactly("weight");
      assertThat(new NLLLoss(NLLLoss.options().weight(Tensor.of(1, 2))).namedBuffers())
          .containsOnlyKeys("weight");
      assertThat(new CrossEntropyLoss().stateDict()).isEmpty();
      loss.to(DType.FLOAT64);
      assertClose(loss.apply(f64(shape(1, 2), 0, 0), classes(shape(1), 1)), 0.6931471805599453);
    }

    @Test
    void errorsNameLabelPositionAndClasses() {
      Tensor x = Tensor.zeros(3, 10);
      assertThatThrownBy(() -> F.crossEntropy(x, classes(shape(3), 1, 2, 10)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "crossEntropy: the target is 10 at [2], but the input [3, 10] has classes 0 to 9");
      assertThatThrownBy(() -> F.crossEntropy(x, classes(shape(3), 1, -1, 3)))
          .hasMessageContaining("the target is -1 at [1]");
      assertThatThrownBy(
              () -> F.crossEntropy(Tensor.zeros(1, 2, 2, 2), classes(shape(1, 2, 2), 0, 1, 5, 0)))
          .hasMessageContaining("the target is 5 at [0, 1, 0]");
    }

    @Test
    void errorsNameShapesAndTypes() {
      Tensor x = Tensor.zeros(3, 10);
      assertThatThrownBy(() -> F.crossEntropy(x, classes(shape(2), 1, 2)))
          .hasMessage("crossEntropy: the target is [2] but the input [3, 10] needs [3]");
      assertThatThrownBy(() -> F.crossEntropy(x, Tensor.zeros(3)))
          .hasMessage(
              "crossEntropy: the target probabilities are [3] but the input is [3, 10];"
                  + " for classes use int64");
      assertThatThrownBy(() -> F.crossEntropy(x, Tensor.zeros(DType.FLOAT64, 3, 10)))
          .hasMessage(
              "crossEntropy: the input is float32 but the target is float64;"
                  + " convert one, say with to(DType.FLOAT32)");
      assertThatThrownBy(() -> F.crossEntropy(x, Tensor.zeros(DType.BOOL, 3)))
          .hasMessage(
              "crossEntropy: the target is bool, not classes; convert it with to(DType.INT64)");
      assertThatThrownBy(() -> F.crossEntropy(Tensor.zeros(DType.INT64, 3, 10), x))
          .hasMessageContaining("crossEntropy: the input [3, 10] is int64, not floating");
      assertThatThrownBy(() -> F.crossEntropy(Tensor.scalar(1.0), Tensor.scalar(0L)))
          .hasMessage("crossEntropy: the input is a scalar; it needs [C] or [N, C]");
      var weighted = CrossEntropyLoss.options().weight(Tensor.ones(9));
      assertThatThrownBy(() -> F.crossEntropy(x, classes(shape(3), 1, 2, 3), weighted))
          .hasMessage("crossEntropy: the weight is [9] but the input [3, 10] has 10 classes");
      assertThatThrownBy(() -> CrossEntropyLoss.options().labelSmoothing(1.1))
          .hasMessage("crossEntropy: labelSmoothing: 1.1 is not in [0, 1]");
    }
  }

  @Nested
  class NegativeLogLikelihood {
    @Test
    void pyTorch() {
      Tensor x =
          f64(
              shape(4, 3),
              -1.9111328125,
              -2.5751953125,
              -0.6416015625,
              -3.4453125,
              -2.8916015625,
              -3.8544921875,
              -0.140625,
              -1.1318359375,
              -0.4677734375,
              -1.171875,
              -3.2744140625,
              -2.2919921875);
      Tensor target = classes(shape(4), 0, 0, 2, 0);
      var options = NLLLoss.options().weight(f64(shape(3), 0.5927734375, 1.9765625, 1.826171875));
      assertClose(new NLLLoss(options).apply(x, target), 1.3106005846146032);
      assertClose(
          F.nllLoss(x, target, options.weight(null).ignoreIndex(2).reduction(Reduction.NONE)),
          1.9111328125,
          3.4453125,
          0,
          1.171875);
      assertClose(F.nllLoss(x, target), 1.7490234375);
    }

    @Test
    void errors() {
      assertThatThrownBy(() -> F.nllLoss(Tensor.zeros(1, 2), Tensor.zeros(1, 2)))
          .hasMessage(
              "nllLoss: the target is float32, not classes; convert it with to(DType.INT64)");
      assertThatThrownBy(() -> F.nllLoss(Tensor.zeros(1, 2), classes(shape(1), 2)))
          .hasMessage("nllLoss: the target is 2 at [0], but the input [1, 2] has classes 0 to 1");
    }
  }

  @Nested
  class Differences {
    private final Tensor x =
        f64(
            shape(2, 3),
            1.48046875,
            -1.2431640625,
            0.603515625,
            -0.095703125,
            -2.5205078125,
            -0.5966796875);
    private final Tensor y =
        f64(
            shape(2, 3),
            1.7666015625,
            -0.083984375,
            1.15234375,
            -0.9208984375,
            -0.6611328125,
            0.8798828125);

    @Test
    void squaredAsPyTorch() {
      assertClose(new MSELoss().apply(x, y), 1.3408735593159993);
      assertClose(new MSELoss(Reduction.SUM).apply(x, y), 6 * 1.3408735593159993);
      assertThat(new MSELoss(Reduction.NONE).apply(x, y).shape()).isEqualTo(x.shape());
    }

    @Test
    void absolute() {
      assertClose(F.l1Loss(x, y), 6.1552734375 / 6);
      assertClose(F.l1Loss(x, y, Reduction.SUM), 6.1552734375);
    }

    @Test
    void oneMayBeBroadcastButNotBoth() {
      assertClose(F.mseLoss(Tensor.zeros(DType.FLOAT64, 2, 3), f64(shape(3), 1, 2, 3)), 14.0 / 3);
      assertThatThrownBy(() -> F.mseLoss(Tensor.zeros(4, 1), Tensor.zeros(4)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "mseLoss: the input [4, 1] and the target [4] would both be broadcast, to [4, 4];"
                  + " reshape one of them");
    }

    @Test
    void refuseMixedTypes() {
      assertThatThrownBy(() -> F.mseLoss(Tensor.zeros(2), classes(shape(2), 1, 2)))
          .hasMessage(
              "mseLoss: the input is float32 but the target is int64;"
                  + " convert one, say with to(DType.FLOAT32)");
      assertThatThrownBy(() -> F.l1Loss(classes(shape(1), 1), classes(shape(1), 1)))
          .hasMessageContaining("l1Loss: the input [1] is int64, not floating");
    }
  }
}
