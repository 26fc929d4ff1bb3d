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
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The losses beyond those of [LossesTest]; the conformance runner holds more of them against
/// PyTorch.
class MoreLossesTest {
  private static final Tensor X = f64(shape(2, 3), 1.28, 0.59, 0.83, -0.81, 1.79, 1.3);
  private static final Tensor Y = f64(shape(2, 3), -0.1, -0.36, 0.5, 0.49, 0.85, 1.49);
  private static final Tensor UNIT = f64(shape(2, 3), 0.1, 0.5, 0.4, 0.3, 0.2, 0.9);
  private static final Tensor SIGN = Tensor.of(new long[] {1, -1, 1, -1, 1, -1}, 2, 3);

  private static Tensor vector(double... values) {
    return Tensor.float64(values);
  }

  @Test
  void pyTorchsNumbers() {
    assertClose(
        new SmoothL1Loss(SmoothL1Loss.options().beta(0.5))
            .apply(
                vector(
                    -3.3388671875,
                    2.1337890625,
                    -1.2822265625,
                    0.2529296875,
                    -1.0595703125,
                    -0.5107421875),
                vector(
                    -1.36328125,
                    0.1513671875,
                    0.2978515625,
                    -1.025390625,
                    -0.357421875,
                    0.0751953125)),
        1.1007486979166667);
    assertClose(
        new HuberLoss(HuberLoss.options().delta(0.5))
            .apply(
                vector(
                    1.2802734375,
                    0.58984375,
                    0.826171875,
                    -0.8076171875,
                    1.7939453125,
                    1.3017578125),
                vector(
                    -0.091796875, -0.359375, -0.49609375, 0.4853515625, 0.8486328125, 1.494140625)),
        0.3890705903371175);
    assertClose(
        new MultiMarginLoss().apply(f64(shape(4), 0.1875, 0.0, 0.375, 0.5625), Tensor.scalar(2L)),
        (0.8125 + 0.625 + 1.1875) / 4);
    assertClose(
        new HingeEmbeddingLoss(HingeEmbeddingLoss.options().reduction(Reduction.NONE))
            .apply(vector(-1.1630859375, -1.3876953125, 0.8515625), vector(-1, 1, 1)),
        2.1630859375,
        -1.3876953125,
        0.8515625);
    assertClose(
        new MarginRankingLoss()
            .apply(
                vector(1.0361328125, 1.4267578125, -0.4248046875),
                vector(-1.41943359375, 1.26220703125, -1.36181640625),
                vector(-1, -1, -1)),
        1.1857096354166667);
    assertClose(
        new SoftMarginLoss()
            .apply(vector(-1.583984375, 1.9951171875, -1.3388671875), vector(-1, -1, -1)),
        0.8473493993427983);
    assertClose(
        new PoissonNLLLoss()
            .apply(
                vector(-0.0283203125, -1.2255859375, -1.16796875, -1.572265625),
                vector(0, 3, 1, 1)),
        2.0503067853730923);
    assertClose(
        new GaussianNLLLoss()
            .apply(
                vector(-0.2802734375, 1.0, 0.0361328125, 0.98828125),
                vector(1.5078125, 0.984375, -1.267578125, 0.9404296875),
                vector(0.630859375, 1.994140625, 0.33203125, 0.4853515625)),
        1.0745055679566808);
    assertClose(
        new CosineSimilarity(0, 1e-8)
            .apply(
                vector(-0.76171875, 1.4208984375, 1.748046875, 0.2626953125),
                vector(0.33984375, -1.74609375, 1.8837890625, 1.8818359375)),
        0.13671660803791413);
    assertClose(
        new PairwiseDistance()
            .apply(
                f64(
                    shape(3, 2),
                    1.1796875,
                    0.888671875,
                    0.1640625,
                    -0.568359375,
                    -1.775390625,
                    -1.1923828125),
                f64(
                    shape(3, 2),
                    1.875,
                    0.1259765625,
                    0.5615234375,
                    1.96875,
                    0.2568359375,
                    -0.1787109375)),
        1.0320677047235554,
        2.568052434903276,
        2.271006248274475);
  }

  @Test
  void binaryCrossEntropyOfLogitsIsThatOfTheirProbabilities() {
    var weight = f64(shape(3), 0.5, 2, 1.5);
    Tensor direct =
        new BCEWithLogitsLoss(BCEWithLogitsLoss.options().weight(weight)).apply(X, UNIT);
    Tensor indirect = new BCELoss(BCELoss.options().weight(weight)).apply(X.sigmoid(), UNIT);
    assertClose(direct, indirect.item());
    var positive = BCEWithLogitsLoss.options().posWeight(vector(3)).reduction(Reduction.SUM);
    assertClose(
        F.binaryCrossEntropyWithLogits(vector(0.5), vector(1), positive),
        3 * StrictMath.log1p(StrictMath.exp(-0.5)));
  }

  @Test
  void binaryCrossEntropyOfLogitsKeepsSmallLosses() {
    Tensor loss = F.binaryCrossEntropyWithLogits(Tensor.of(-40, 40), Tensor.of(0, 1));
    assertThat(loss.item()).isEqualTo((float) StrictMath.exp(-40));
  }

  @Test
  void binaryCrossEntropyOfCertaintiesIsBoundedAsInPyTorch() {
    Tensor x = vector(0, 1, 0, 1, 0.5).requiresGrad(true);
    var each = BCELoss.options().reduction(Reduction.NONE);
    Tensor y = F.binaryCrossEntropy(x, vector(0, 1, 1, 0, 1), each);
    assertClose(y, 0, 0, 100, 100, StrictMath.log(2));
    y.sum().backward();
    double steep = 1 / (double) 1e-12f;
    assertClose(x.grad(), 0, 0, -steep, steep, -2);
  }

  @Test
  void divergenceOfABatchIsItsSumPerExample() {
    Tensor target = f64(shape(2, 2), 0.25, 0.75, 0, 1);
    Tensor input = f64(shape(2, 2), 0.5, 0.5, 0.5, 0.5).log();
    double expected = 0.25 * StrictMath.log(0.5) + 0.75 * StrictMath.log(1.5) + StrictMath.log(2);
    var batchmean = KLDivLoss.options().reduction(Reduction.BATCHMEAN);
    assertClose(new KLDivLoss(batchmean).apply(input, target), expected / 2);
    assertClose(new KLDivLoss().apply(input, target), expected / 4);
    Tensor logarithms = f64(shape(1, 2), 0.25, 0.75).log();
    assertClose(
        F.klDiv(input.narrow(0, 0, 1), logarithms, batchmean.logTarget(true)),
        expected - StrictMath.log(2));
  }

  @Test
  void aZeroTargetHasNoPartInTheDivergence() {
    Tensor target = vector(0, 1).requiresGrad(true);
    F.klDiv(vector(-1, -2), target, KLDivLoss.options().reduction(Reduction.SUM)).backward();
    assertClose(target.grad(), 1, 3);
  }

  @Test
  void hingeLossOfScores() {
    Tensor scores = f64(shape(2, 3), 2, 1.5, -3, 0, 1, 3);
    Tensor target = Tensor.of(new long[] {0, 1});
    assertClose(F.multiMarginLoss(scores, target), (0.5 + 3) / 3 / 2);
    var options =
        MultiMarginLoss.options()
            .p(2)
            .margin(2)
            .weight(vector(1, 10, 100))
            .reduction(Reduction.NONE);
    assertClose(
        new MultiMarginLoss(options).apply(scores, target), 1.5 * 1.5 / 3, 10 * (1 + 16) / 3.0);
  }

  @Test
  void hingesLookAtTheSignOfTheTarget() {
    assertClose(
        F.hingeEmbeddingLoss(
            vector(0.25, 0.25, 3),
            Tensor.of(new long[] {1, -1, -1}),
            HingeEmbeddingLoss.options().margin(2).reduction(Reduction.NONE)),
        0.25,
        1.75,
        0);
    Tensor a = f64(shape(3, 2), 1, 0, 1, 0, 1, 0);
    Tensor b = f64(shape(3, 2), 3, 4, 3, 4, -1, 0);
    assertClose(
        new CosineEmbeddingLoss(CosineEmbeddingLoss.options().margin(0.1).reduction(Reduction.NONE))
            .apply(a, b, Tensor.of(new long[] {1, -1, -1})),
        0.4,
        0.5,
        0);
    assertClose(
        F.marginRankingLoss(
            vector(1, 1),
            vector(2, 2),
            vector(1, -1),
            MarginRankingLoss.options().margin(0.5).reduction(Reduction.NONE)),
        1.5,
        0);
  }

  @Test
  void tripletsCompareDistances() {
    Tensor anchor = f64(shape(1, 2), 0, 0);
    Tensor positive = f64(shape(1, 2), 3, 4);
    Tensor negative = f64(shape(1, 2), 6, 0);
    var exact = TripletMarginLoss.options().eps(0).margin(2);
    assertClose(new TripletMarginLoss(exact).apply(anchor, positive, negative), 1);
    assertClose(F.tripletMarginLoss(anchor, positive, negative, exact.swap(true)), 2);
    assertClose(F.tripletMarginLoss(anchor, positive, negative, exact.p(1)), 3);
  }

  @Test
  void likelihoodsWithTheirConstants() {
    var each = PoissonNLLLoss.options().full(true).reduction(Reduction.NONE);
    double stirling = 3 * StrictMath.log(3) - 3 + StrictMath.log(6 * Math.PI) / 2;
    assertClose(
        F.poissonNllLoss(vector(0.5, 0.5), vector(1, 3), each.logInput(false).eps(0)),
        0.5 - StrictMath.log(0.5),
        0.5 - 3 * StrictMath.log(0.5) + stirling);
    assertClose(
        F.gaussianNllLoss(
            f64(shape(2, 1), 1, 2),
            f64(shape(2, 1), 2, 2),
            vector(4, 0),
            GaussianNLLLoss.options().full(true).eps(0.25).reduction(Reduction.NONE)),
        (StrictMath.log(4) + 0.25 + StrictMath.log(2 * Math.PI)) / 2,
        (StrictMath.log(0.25) + StrictMath.log(2 * Math.PI)) / 2);
  }

  @Test
  void normalizedVectorsHaveLengthOne() {
    assertClose(F.normalize(f64(shape(1, 2), 3, 4)), 0.6, 0.8);
    assertClose(F.normalize(vector(0, 0), 1, 0, 1e-12), 0, 0);
  }

  static Stream<Arguments> differentiable() {
    Tensor t = Tensor.of(new long[] {2, 0});
    Tensor rows = Tensor.of(new long[] {1, -1});
    return Stream.of(
        row("bce", in -> F.binaryCrossEntropy(in.get(0), in.get(1)), UNIT, UNIT.mul(0.7)),
        row("logits", in -> F.binaryCrossEntropyWithLogits(in.get(0), in.get(1)), X, UNIT),
        row("klDiv", in -> F.klDiv(in.get(0), in.get(1)), X, UNIT),
        row(
            "klDiv of logs",
            in -> F.klDiv(in.get(0), in.get(1), KLDivLoss.options().logTarget(true)),
            X,
            Y),
        row("smoothL1", in -> F.smoothL1Loss(in.get(0), in.get(1)), X, Y),
        row("huber", in -> F.huberLoss(in.get(0), in.get(1)), X, Y),
        row("poisson", in -> F.poissonNllLoss(in.get(0), in.get(1)), X, UNIT),
        row("gaussian", in -> F.gaussianNllLoss(in.get(0), in.get(1), in.get(2)), X, Y, UNIT),
        row(
            "multiMargin",
            in -> F.multiMarginLoss(in.get(0), t, MultiMarginLoss.options().p(2)),
            X),
        row("hinge", in -> F.hingeEmbeddingLoss(in.getFirst().square(), SIGN), X),
        row("softMargin", in -> F.softMarginLoss(in.getFirst(), SIGN), X),
        row(
            "ranking",
            in -> F.marginRankingLoss(in.get(0).square(), in.get(1).square(), SIGN),
            X,
            Y),
        row("cosines", in -> F.cosineEmbeddingLoss(in.get(0), in.get(1), rows), X, Y),
        row("cosine", in -> F.cosineSimilarity(in.get(0), in.get(1)), X, Y),
        row("distance", in -> F.pairwiseDistance(in.get(0), in.get(1)), X, Y),
        row("triplet", in -> F.tripletMarginLoss(in.get(0), in.get(1), in.get(2)), X, Y, UNIT),
        row("normalize", in -> F.normalize(in.getFirst(), 3, 1, 1e-12), X));
  }

  private static Arguments row(
      String name, Function<List<Tensor>, Tensor> function, Tensor... inputs) {
    return Arguments.of(name, function, List.of(inputs));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("differentiable")
  void derivativesToSecondOrder(
      String name, Function<List<Tensor>, Tensor> function, List<Tensor> inputs) {
    Tensor[] leaves = inputs.stream().map(x -> x.copy().requiresGrad(true)).toArray(Tensor[]::new);
    Autograd.gradcheck(function, leaves);
    Autograd.gradgradcheck(function, leaves);
  }

  @Test
  void weightsAreBuffersAsInPyTorch() {
    var logits =
        new BCEWithLogitsLoss(
            BCEWithLogitsLoss.options().weight(Tensor.ones(3)).posWeight(Tensor.ones(3)));
    assertThat(logits.stateDict().keySet()).containsExactly("weight", "pos_weight");
    assertThat(new MultiMarginLoss(MultiMarginLoss.options().weight(Tensor.ones(3))).stateDict())
        .containsOnlyKeys("weight");
    logits.to(DType.FLOAT64);
    assertThat(logits.apply(X, UNIT).dtype()).isEqualTo(DType.FLOAT64);
  }

  @Test
  void errorsOfShapes() {
    Tensor x = Tensor.zeros(2, 3);
    refuses(
        () -> F.binaryCrossEntropy(x, Tensor.zeros(3)),
        "binaryCrossEntropy: the target is [3] but the input is [2, 3]; reshape one of them");
    refuses(
        () -> F.binaryCrossEntropyWithLogits(x, Tensor.zeros(2, 1)),
        "binaryCrossEntropyWithLogits: the target is [2, 1] but the input is [2, 3];"
            + " reshape one of them");
    refuses(
        () -> F.binaryCrossEntropy(x, x, BCELoss.options().weight(Tensor.ones(4, 2, 3))),
        "binaryCrossEntropy: the weight [4, 2, 3] does not broadcast to the input [2, 3]");
    refuses(
        () -> F.huberLoss(Tensor.zeros(4, 1), Tensor.zeros(4)),
        "huberLoss: the input [4, 1] and the target [4] would both be broadcast, to [4, 4];"
            + " reshape one of them");
    refuses(
        () -> F.multiMarginLoss(Tensor.zeros(2, 3, 4), Tensor.zeros(2)),
        "multiMarginLoss: the input is [2, 3, 4]; it needs [C] or [N, C]");
    refuses(
        () -> F.multiMarginLoss(x, Tensor.of(new long[] {0, -1})),
        "multiMarginLoss: the target is -1 at [1], but the input [2, 3] has classes 0 to 2");
    refuses(
        () -> F.cosineEmbeddingLoss(x, x, Tensor.ones(3)),
        "cosineEmbeddingLoss: the inputs are [2, 3] and [2, 3] and the target [3];"
            + " they need [N, D] and [N], or [D] and []");
    refuses(
        () -> F.gaussianNllLoss(x, x, Tensor.ones(3)),
        "gaussianNllLoss: the variance is [3]; the input [2, 3] needs that shape,"
            + " without its last dimension or with 1");
    refuses(
        () ->
            F.klDiv(
                Tensor.scalar(1.0),
                Tensor.scalar(1.0),
                KLDivLoss.options().reduction(Reduction.BATCHMEAN)),
        "reduction: BATCHMEAN of a scalar loss, which has no batch; use MEAN");
  }

  @Test
  void errorsOfValuesAndTypes() {
    Tensor x = Tensor.zeros(2);
    refuses(
        () -> F.binaryCrossEntropy(Tensor.of(0.5, 1.5), x),
        "binaryCrossEntropy: the input is 0.5 to 1.5, not within 0 to 1;"
            + " for logits use binaryCrossEntropyWithLogits");
    refuses(
        () -> F.gaussianNllLoss(x, x, Tensor.of(1, -2)),
        "gaussianNllLoss: the variance is negative, -2.0 at the least");
    refuses(
        () -> F.huberLoss(x, Tensor.zeros(DType.FLOAT64, 2)),
        "huberLoss: the input is float32 but the target is float64;"
            + " convert one, say with to(DType.FLOAT32)");
    refuses(
        () -> F.cosineSimilarity(x, Tensor.zeros(DType.FLOAT64, 2)),
        "cosineSimilarity: the x1 is float32 but the x2 is float64;"
            + " convert one, say with to(DType.FLOAT32)");
    refuses(() -> SmoothL1Loss.options().beta(-1), "smoothL1Loss: beta: -1.0 is not in [0, ∞)");
    refuses(() -> HuberLoss.options().delta(0), "huberLoss: delta: 0.0 is not in (0, ∞)");
    refuses(() -> MultiMarginLoss.options().p(3), "multiMarginLoss: p: 3 is neither 1 nor 2");
    refuses(
        () -> HingeEmbeddingLoss.options().margin(Double.NaN),
        "hingeEmbeddingLoss: margin: NaN is not finite");
    refuses(() -> new CosineSimilarity(1, -1), "cosineSimilarity: eps: -1.0 is not in [0, ∞)");
  }

  private static void refuses(ThrowingCallable call, String message) {
    assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }
}
