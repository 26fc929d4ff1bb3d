// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import static gradus.nn.Numbers.assertClose;
import static gradus.nn.Numbers.f64;
import static gradus.nn.Numbers.shape;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gradus.Autograd;
import gradus.DType;
import gradus.Generator;
import gradus.Shape;
import gradus.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class AttentionTest {
  private static Tensor random(long seed, int... sizes) {
    return new Generator(seed).normal(0, 1, sizes).to(DType.FLOAT64);
  }

  private static MultiheadAttention attention(int size, int heads) {
    try (var _ = Generator.scope(1)) {
      var layer = new MultiheadAttention(size, heads);
      layer.to(DType.FLOAT64);
      return layer;
    }
  }

  private static void assertSame(Tensor actual, Tensor expected) {
    assertThat(actual.shape()).isEqualTo(expected.shape());
    assertClose(actual, expected.toDoubleArray());
  }

  private static void refuses(ThrowingCallable call, String message) {
    assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }

  @Nested
  class ScaledDotProduct {
    private final Tensor q = random(1, 2, 3, 4);
    private final Tensor k = random(2, 2, 5, 4);
    private final Tensor v = random(3, 2, 5, 6);
    private final AttentionOptions options = AttentionOptions.options();

    @Test
    void weighsValuesByHowWellTheirKeysMatch() {
      double ln3 = StrictMath.log(3);
      assertClose(
          F.scaledDotProductAttention(
              f64(shape(1, 1), 1), f64(shape(2, 1), 0, ln3), f64(shape(2, 1), 0, 1)),
          0.75);
      assertClose(
          F.scaledDotProductAttention(
              f64(shape(1, 1), 1),
              f64(shape(2, 1), 0, ln3),
              f64(shape(2, 1), 0, 1),
              options.scale(2.0)),
          0.9);
    }

    @Test
    void masksSayWhatMayBeAttendedTo() {
      Tensor whole = F.scaledDotProductAttention(q, k.narrow(1, 0, 2), v.narrow(1, 0, 2));
      Tensor two = Tensor.arange(5).lt(2);
      assertSame(F.scaledDotProductAttention(q, k, v, options.attnMask(two)), whole);
      Tensor added =
          Tensor.where(two, Tensor.scalar(0.0), Tensor.scalar(Double.NEGATIVE_INFINITY))
              .to(DType.FLOAT64);
      assertSame(F.scaledDotProductAttention(q, k, v, options.attnMask(added)), whole);
    }

    @Test
    void causalAttentionLooksBack() {
      Tensor y = F.scaledDotProductAttention(q, k, v, options.isCausal(true));
      assertSame(y.select(1, 0), v.select(1, 0));
      Tensor last =
          F.scaledDotProductAttention(q.slice(1, 2, 3), k.slice(1, 0, 3), v.slice(1, 0, 3));
      assertSame(y.slice(1, 2, 3), last);
    }

    @Test
    void whoMayAttendToNothingGetsNaN() {
      var nothing = options.attnMask(Tensor.zeros(DType.BOOL, 3, 5));
      assertThat(F.scaledDotProductAttention(q, k, v, nothing).isNan().all().item()).isEqualTo(1);
    }

    @Test
    void dropsWeights() {
      assertThat(F.scaledDotProductAttention(q, k, v, options.dropoutP(1)).toDoubleArray())
          .containsOnly(0);
    }

    @Test
    void derivativesToSecondOrder() {
      Tensor[] leaves = {
        random(1, 2, 2, 2).requiresGrad(true),
        random(2, 2, 3, 2).requiresGrad(true),
        random(3, 2, 3, 2).requiresGrad(true)
      };
      Autograd.gradgradcheck(
          in -> F.scaledDotProductAttention(in.get(0), in.get(1), in.get(2)), leaves);
    }

    @Test
    void errors() {
      refuses(
          () -> F.scaledDotProductAttention(q, v, v),
          "scaledDotProductAttention: the query [2, 3, 4], key [2, 5, 6] and value [2, 5, 6]"
              + " are not […, L, E], […, S, E] and […, S, V]");
      refuses(
          () -> F.scaledDotProductAttention(q, k, v.to(DType.FLOAT32)),
          "scaledDotProductAttention: the query is float64 but the value is float32;"
              + " convert one, say with to(DType.FLOAT64)");
      var large = options.attnMask(Tensor.ones(DType.BOOL, 7, 2, 3, 5));
      refuses(
          () -> F.scaledDotProductAttention(q, k, v, large),
          "scaledDotProductAttention: the attnMask [7, 2, 3, 5] does not broadcast"
              + " to the scores [2, 3, 5]");
      refuses(
          () -> options.isCausal(true).attnMask(Tensor.ones(3, 5)),
          "scaledDotProductAttention: attnMask and isCausal are given; put both into the mask");
      refuses(
          () -> options.dropoutP(2), "scaledDotProductAttention: dropoutP: 2.0 is not in [0, 1]");
    }
  }

  @Nested
  class ManyHeads {
    private final MultiheadAttention layer = attention(6, 3);
    private final MultiheadAttention.ForwardOptions call = MultiheadAttention.forwardOptions();
    private final Tensor x = random(1, 2, 4, 6);
    private final Tensor other = random(2, 2, 5, 6);

    @Test
    void stateIsPyTorchs() {
      assertThat(layer.stateDict().keySet())
          .containsExactly("in_proj_weight", "in_proj_bias", "out_proj.weight", "out_proj.bias");
      assertThat(layer.stateDict().get("out_proj.bias").toDoubleArray()).containsOnly(0);
      var plain = new MultiheadAttention(6, 3, MultiheadAttention.options().bias(false));
      assertThat(plain.stateDict().keySet()).containsExactly("in_proj_weight", "out_proj.weight");
    }

    @Test
    void oneProductForAllIsTheSameAsThree() {
      assertSame(layer.apply(x, x, x).output(), layer.apply(x, x.copy(), x.copy()).output());
    }

    @Test
    void weightsAreTheMeanOverTheHeads() {
      var mean = layer.apply(x, other, other);
      assertThat(mean.weights().shape()).isEqualTo(Shape.of(2, 4, 5));
      var each = layer.apply(x, other, other, call.averageAttnWeights(false));
      assertThat(each.weights().shape()).isEqualTo(Shape.of(2, 3, 4, 5));
      assertSame(mean.weights(), each.weights().mean(1));
      assertThat(layer.apply(x, other, other, call.needWeights(false)).weights()).isNull();
    }

    @Test
    void anExampleAloneIsABatchOfOne() {
      Tensor padding = Tensor.arange(5).ge(3);
      var alone = layer.apply(x.get(1), other.get(1), other.get(1), call.keyPaddingMask(padding));
      var batch =
          layer.apply(
              x, other, other, call.keyPaddingMask(Tensor.stack(List.of(padding, padding), 0)));
      assertSame(alone.output(), batch.output().get(1));
      assertSame(alone.weights(), batch.weights().get(1));
    }

    @Test
    void masksSayWhatIsLeftOut() {
      Tensor three = layer.apply(x, other.narrow(1, 0, 3), other.narrow(1, 0, 3)).output();
      Tensor out = Tensor.arange(5).ge(3);
      assertSame(
          layer.apply(x, other, other, call.keyPaddingMask(out.expand(2, 5))).output(), three);
      assertSame(layer.apply(x, other, other, call.attnMask(out.expand(4, 5))).output(), three);
      assertSame(layer.apply(x, other, other, call.attnMask(out.expand(6, 4, 5))).output(), three);
      Tensor added =
          Tensor.where(out, Tensor.scalar(Double.NEGATIVE_INFINITY), Tensor.scalar(0.0))
              .to(DType.FLOAT64);
      assertSame(layer.apply(x, other, other, call.attnMask(added.expand(4, 5))).output(), three);
      Tensor first = layer.apply(x, x, x, call.isCausal(true)).output().narrow(1, 0, 1);
      assertSame(
          first, layer.apply(x.narrow(1, 0, 1), x.narrow(1, 0, 1), x.narrow(1, 0, 1)).output());
    }

    @Test
    void dropsWeightsInTrainingAlone() {
      var dropping = new MultiheadAttention(6, 3, MultiheadAttention.options().dropout(1));
      Tensor y = Tensor.randn(1, 2, 6);
      assertThat(dropping.apply(y, y, y).weights().toDoubleArray()).containsOnly(0);
      dropping.eval();
      assertThat(dropping.apply(y, y, y).weights().sum().item()).isBetween(1.999, 2.001);
    }

    @Test
    void errors() {
      refuses(
          () -> new MultiheadAttention(6, 4),
          "MultiheadAttention: an embedding of 6 does not divide into 4 heads");
      refuses(
          () -> layer.apply(x, other, x),
          "multiHeadAttention: the query [2, 4, 6], key [2, 5, 6] and value [2, 4, 6]"
              + " are not [N, L, 6], [N, S, 6] and [N, S, 6], or without N");
      refuses(
          () -> layer.apply(x, x, x, call.attnMask(Tensor.ones(DType.BOOL, 3, 4))),
          "multiHeadAttention: the attnMask is [3, 4]; it needs [4, 4] or [6, 4, 4]");
      refuses(
          () -> layer.apply(x, x, x, call.keyPaddingMask(Tensor.ones(DType.BOOL, 4, 2))),
          "multiHeadAttention: the keyPaddingMask is [4, 2]; it needs [2, 4]");
      refuses(
          () -> new MultiheadAttention.Projections(Tensor.ones(4, 2), null, Tensor.eye(2), null),
          "multiHeadAttention: the weights [[4, 2]] and [2, 2] are not [3 · E, E], or three of [E,"
              + " …], and [E, E]");
      refuses(
          () -> MultiheadAttention.options().dropout(-1),
          "MultiheadAttention: dropout: -1.0 is not in [0, 1]");
    }
  }

  @Nested
  class Transformer {
    private final TransformerEncoderLayer.Options small =
        TransformerEncoderLayer.options().dimFeedforward(3);

    /// Numbers from −0.5 to 0.5 in no simple order.
    private static Tensor pattern(int seed, Shape shape) {
      double[] values = new double[shape.numel()];
      for (int i = 0; i < values.length; i++) {
        values[i] = ((i * 7 + seed * 3) % 11 - 5) / 10.0;
      }
      return f64(shape.toArray(), values);
    }

    private static TransformerEncoderLayer patterned(TransformerEncoderLayer.Options options) {
      var layer = new TransformerEncoderLayer(4, 2, options);
      layer.to(DType.FLOAT64);
      Map<String, Tensor> state = new LinkedHashMap<>();
      layer
          .stateDict()
          .forEach((name, tensor) -> state.put(name, pattern(state.size() + 1, tensor.shape())));
      layer.loadStateDict(state);
      layer.eval();
      return layer;
    }

    /// Computed from the formula of the paper by other means, with a causal mask and the last
    /// position of the second example padded.
    @Test
    void encodesAsTheFormulaSays() {
      Tensor x = pattern(20, Shape.of(2, 3, 4));
      Tensor padding = Tensor.of(new boolean[] {false, false, false, false, false, true});
      var masks =
          MultiheadAttention.forwardOptions().isCausal(true).keyPaddingMask(padding.reshape(2, 3));
      assertClose(
          patterned(small).apply(x, masks),
          -0.2805459900680448,
          0.4557450799066721,
          0.37406417390516866,
          0.41525174492819644,
          -0.5907044888770404,
          0.4788529497892834,
          0.41854980402417385,
          0.15853764671018605,
          -0.3044078664448708,
          0.4459078876070206,
          0.3724186740055532,
          0.4118690995514605,
          -0.45926460808581077,
          0.37874494930299984,
          0.3504294290808331,
          0.3699465913587722,
          -0.09745765656695231,
          0.5720824310725023,
          0.39174410488738276,
          0.3516965279702488,
          -0.4888339345203288,
          0.375943857311008,
          0.351875849599391,
          0.3509960462006288);
      assertClose(
          patterned(small.normFirst(true).activation(Tensor::gelu)).apply(x, masks),
          -0.902982192002627,
          0.3914920730783367,
          0.062287675598681924,
          -0.6711720163736883,
          -1.5703414793279387,
          1.1148845839614112,
          -0.6371895621567547,
          0.02096597939346523,
          -0.9109625844626321,
          0.5813716470687345,
          0.03671657088553838,
          -0.5097389866084812,
          -1.6058716545860232,
          1.5158989908965668,
          -0.7109132051583312,
          -0.7157211912210437,
          -0.8488346513658445,
          0.8005699402011937,
          0.07444850493980136,
          -0.3167660604214362,
          -1.3604879387641051,
          1.3942494059559016,
          -0.42373915328809325,
          -0.7963350934565543);
    }

    @Test
    void stateIsPyTorchs() {
      assertThat(new TransformerEncoderLayer(4, 2, small).stateDict().keySet())
          .containsExactly(
              "self_attn.in_proj_weight",
              "self_attn.in_proj_bias",
              "self_attn.out_proj.weight",
              "self_attn.out_proj.bias",
              "linear1.weight",
              "linear1.bias",
              "linear2.weight",
              "linear2.bias",
              "norm1.weight",
              "norm1.bias",
              "norm2.weight",
              "norm2.bias");
    }

    @Test
    void anEncoderIsLayersInARow() {
      var encoder = new TransformerEncoder(() -> patterned(small), 2, new LayerNorm(4));
      encoder.to(DType.FLOAT64);
      encoder.eval();
      assertThat(encoder.stateDict().keySet())
          .contains("layers.0.norm1.weight", "layers.1.linear2.bias", "norm.weight");
      Tensor x = pattern(3, Shape.of(3, 4));
      var layer = patterned(small);
      assertSame(encoder.apply(x), F.layerNorm(layer.apply(layer.apply(x)), Shape.of(4)));
      assertSame(new TransformerEncoder(() -> layer, 1).apply(x), layer.apply(x));
    }

    @Test
    void itLearns() {
      try (var _ = Generator.scope(3)) {
        var layer = new TransformerEncoderLayer(4, 2, small);
        // Not the sum of squares, which the last norm keeps as it is.
        layer.apply(Tensor.randn(2, 3, 4)).mul(Tensor.randn(2, 3, 4)).sum().backward();
        assertThat(layer.parameters())
            .allSatisfy(p -> assertThat(p.grad().abs().amax().item()).isGreaterThan(1e-3));
      }
    }

    @Test
    void errors() {
      refuses(
          () -> small.dimFeedforward(0),
          "TransformerEncoderLayer: dimFeedforward: 0 is not positive");
      refuses(
          () -> new TransformerEncoder(() -> patterned(small), 0),
          "TransformerEncoder: numLayers: 0 is not positive");
    }
  }
}
