// SPDX-License-Identifier: Apache-2.0
package gradus.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import gradus.DType;
import gradus.Generator;
import gradus.Tensor;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.domains.Domain;

/// Draws by given probabilities: what can be drawn, and how often it is.
@Domain(Samples.class)
class SamplingTest {
  @OpProperty({
    "bernoulli()",
    "bernoulli(Generator)",
    "multinomial(int)",
    "multinomial(int, Generator)",
    "multinomialWithReplacement(int)",
    "multinomialWithReplacement(int, Generator)"
  })
  void draws(@ForAll Samples.Axis a) {
    Tensor p = a.x().sigmoid();
    try (var _ = Generator.scope(3)) {
      assertThat(p.bernoulli().toDoubleArray())
          .containsExactly(p.bernoulli(new Generator(3)).toDoubleArray());
    }
    assertThat(p.gt(2).to(DType.FLOAT64).bernoulli().any().item()).isEqualTo(0);
    assertThat(p.lt(2).to(DType.FLOAT64).bernoulli().all().item()).isEqualTo(1);
    Tensor weights = p.flatten();
    int n = weights.numel();
    try (var _ = Generator.scope(3)) {
      long[] all = weights.multinomial(n).toLongArray();
      assertThat(all).containsExactly(weights.multinomial(n, new Generator(3)).toLongArray());
      Arrays.sort(all);
      assertThat(all).containsExactly(Tensor.arange(n).toLongArray());
    }
    Tensor one = Tensor.zerosLike(weights).indexFill(0, Tensor.arange(1), 0.5);
    assertThat(one.multinomialWithReplacement(4).toLongArray()).containsOnly(0);
    assertThat(one.multinomialWithReplacement(4, new Generator(1)).toLongArray()).hasSize(4);
    assertThat(one.multinomial(1).toLongArray()).containsExactly(0);
  }

  @OpProperty("bernoulli()")
  void frequencies(@ForAll Samples.Axis a) {
    var generator = new Generator(a.x().numel());
    Tensor weights = Tensor.of(1, 0, 3).expand(2, 3);
    Tensor drawn = weights.multinomialWithReplacement(4000, generator);
    assertThat(drawn.eq(0).to(DType.FLOAT32).mean().item()).isCloseTo(0.25, offset(0.03));
    assertThat(drawn.eq(1).any().item()).isEqualTo(0);
    Tensor first = weights.get(0).expand(4000, 3).multinomial(1, generator);
    assertThat(first.eq(0).to(DType.FLOAT32).mean().item()).isCloseTo(0.25, offset(0.04));
    double mean = Tensor.full(0.3, 4000).bernoulli(generator).mean().item();
    assertThat(mean).isCloseTo(0.3, offset(0.04));
  }
}
