// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import static org.assertj.core.api.Assertions.assertThat;

import gradus.AvgPoolOptions;
import gradus.MaxPoolOptions;
import gradus.Padding;
import gradus.Shape;
import gradus.Tensor;
import gradus.UnfoldOptions;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Each wither of each options record changes its own component and no other.
class OptionsTest {
  static Stream<Record> options() {
    return Stream.of(
        CrossEntropyLoss.options(),
        NLLLoss.options(),
        SmoothL1Loss.options(),
        HuberLoss.options(),
        BCELoss.options(),
        BCEWithLogitsLoss.options(),
        KLDivLoss.options(),
        MultiMarginLoss.options().p(2),
        HingeEmbeddingLoss.options(),
        CosineEmbeddingLoss.options(),
        MarginRankingLoss.options(),
        TripletMarginLoss.options(),
        PoissonNLLLoss.options(),
        GaussianNLLLoss.options(),
        PairwiseDistance.options(),
        BatchNorm.options(),
        InstanceNorm.options(),
        LayerNorm.options(),
        RMSNorm.options().eps(1.0),
        GroupNorm.options(),
        AttentionOptions.options(),
        MultiheadAttention.options(),
        MultiheadAttention.forwardOptions(),
        TransformerEncoderLayer.options(),
        LocalResponseNorm.options(),
        Embedding.options(),
        EmbeddingBag.options(),
        Recurrent.options(),
        Mlp.options(4, 3),
        Init.truncNormal(),
        Init.orthogonal(),
        Init.sparse(0.5),
        Conv2d.options(),
        ConvTranspose2d.options(),
        MaxPoolOptions.kernel(2),
        AvgPoolOptions.kernel(2),
        UnfoldOptions.kernel(2),
        Init.xavierUniform(),
        Init.kaimingUniform());
  }

  @ParameterizedTest
  @MethodSource("options")
  void withersChangeTheirOwnComponent(Record options) throws ReflectiveOperationException {
    for (RecordComponent changed : options.getClass().getRecordComponents()) {
      Object value = another(changed.getType(), changed.getAccessor().invoke(options));
      Object result =
          options.getClass().getMethod(changed.getName(), changed.getType()).invoke(options, value);
      for (RecordComponent component : options.getClass().getRecordComponents()) {
        assertThat(component.getAccessor().invoke(result))
            .as("%s after %s(%s)", component, changed.getName(), value)
            .isEqualTo(
                component.getName().equals(changed.getName())
                    ? value
                    : component.getAccessor().invoke(options));
      }
    }
  }

  private static Object another(Class<?> type, Object old) {
    Stream<?> candidates =
        type.isEnum()
            ? Stream.of(type.getEnumConstants())
            : Stream.of(
                    0.25,
                    1,
                    7,
                    8L,
                    true,
                    false,
                    List.of(5),
                    Shape.of(3),
                    Padding.SAME,
                    Tensor.ones(2),
                    Init.normal(0.5),
                    new ReLU())
                .filter(boxed(type)::isInstance);
    return candidates.filter(value -> !Objects.equals(value, old)).findFirst().orElseThrow();
  }

  private static Class<?> boxed(Class<?> type) {
    return MethodType.methodType(type).wrap().returnType();
  }
}
