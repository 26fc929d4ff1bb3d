// SPDX-License-Identifier: Apache-2.0
package gradus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GeneratorTest {
  private static final float[] UNIFORM = {0.6892403f, 0.9578612f, 0.68308896f};
  private static final float[] NORMAL = {-0.6239949f, -1.3957438f, -0.39909345f};
  private static final int[] PERMUTATION = {0, 1, 7, 3, 2, 4, 6, 5};
  private static final int DERIVED = 415156;

  @Test
  void aFunctionOfTheSeed() {
    assertThat(new Generator(7).uniform(0, 1, 100).toFloatArray())
        .containsExactly(new Generator(7).uniform(0, 1, 100).toFloatArray());
    assertThat(new Generator(7).uniform(0, 1, 100).toFloatArray())
        .isNotEqualTo(new Generator(8).uniform(0, 1, 100).toFloatArray());
  }

  /// The streams are part of the contract: models trained from a seed must come out the same in
  /// later versions.
  @Test
  void committedNumbers() {
    assertThat(new Generator(42).uniform(0, 1, 3).toFloatArray()).containsExactly(UNIFORM);
    assertThat(new Generator(42).normal(0, 1, 3).toFloatArray()).containsExactly(NORMAL);
    assertThat(new Generator(42).permutation(8)).containsExactly(PERMUTATION);
    assertThat(new Generator(42).derive(1, 2).nextInt(1_000_000)).isEqualTo(DERIVED);
  }

  @Test
  void moments() {
    double[] u = new Generator(1).uniform(-2, 4, 100_000).toDoubleArray();
    assertThat(Arrays.stream(u).average().orElseThrow()).isCloseTo(1, offset(0.02));
    assertThat(Arrays.stream(u).min().orElseThrow()).isBetween(-2.0, -1.99);
    assertThat(Arrays.stream(u).max().orElseThrow()).isBetween(3.99, Math.nextDown(4.0));
    Tensor n = new Generator(2).normal(3, 0.5, 100_000);
    assertThat(n.mean().item()).isCloseTo(3, offset(0.01));
    assertThat(n.std().item()).isCloseTo(0.5, offset(0.01));
    // Kurtosis of a normal distribution: 3.
    Tensor z = n.sub(3).div(0.5);
    assertThat(z.square().square().mean().item()).isCloseTo(3, offset(0.1));
    assertThat(new Generator(3).bernoulli(0.3, 100_000).mean().item()).isCloseTo(0.3, offset(0.01));
    assertThat(new Generator(3).bernoulli(0, 1000).sum().item()).isZero();
    assertThat(new Generator(3).bernoulli(1, 1000).sum().item()).isEqualTo(1000);
    assertThat(Tensor.randint(new Generator(4), -3, 3, 60_000).to(DType.FLOAT32).mean().item())
        .isCloseTo(-0.5, offset(0.05));
  }

  @Test
  void dropoutMasksAreScaledChoices() {
    for (DType dtype : new DType[] {DType.FLOAT32, DType.FLOAT64}) {
      // Of a size at which arrays are used again, and of one at which they are not.
      for (int n : new int[] {100, 20_000}) {
        Tensor kept = new Generator(6).bernoulli(0.7, n).to(dtype);
        Tensor mask = new Generator(6).dropoutMask(dtype, 0.3, n);
        assertThat(mask.dtype()).isEqualTo(dtype);
        assertThat(mask.toDoubleArray()).isEqualTo(kept.mul(1 / 0.7).toDoubleArray());
        assertThat(mask.mean().item()).isCloseTo(1, offset(n == 100 ? 0.2 : 0.02));
      }
    }
    assertThat(new Generator(6).dropoutMask(DType.FLOAT32, 0, 5).toDoubleArray()).containsOnly(1);
  }

  @Test
  void permutationsHoldEachIndexOnce() {
    int[] p = new Generator(5).permutation(1000);
    assertThat(p).isNotEqualTo(IntStream.range(0, 1000).toArray());
    assertThat(Arrays.stream(p).sorted().toArray()).isEqualTo(IntStream.range(0, 1000).toArray());
    assertThat(Tensor.randperm(new Generator(5), 1000).toLongArray())
        .containsExactly(Arrays.stream(p).asLongStream().toArray());
  }

  @Test
  void derivedStreamsDontDependOnWhatWasDrawn() {
    Generator g = new Generator(9);
    float[] before = g.derive(3, 4).uniform(0, 1, 5).toFloatArray();
    g.uniform(0, 1, 1000);
    assertThat(g.derive(3, 4).uniform(0, 1, 5).toFloatArray()).containsExactly(before);
    assertThat(g.derive(4, 3).uniform(0, 1, 5).toFloatArray()).isNotEqualTo(before);
    assertThat(g.derive(3).uniform(0, 1, 5).toFloatArray()).isNotEqualTo(before);
  }

  @Test
  void scopes() {
    Generator before = Generator.current();
    float[] a;
    try (var _ = Generator.scope(11)) {
      a = Tensor.rand(4).toFloatArray();
      try (var _ = Generator.scope(12)) {
        assertThat(Tensor.rand(4).toFloatArray()).isNotEqualTo(a);
      }
      Generator.seed(11);
      assertThat(Tensor.rand(4).toFloatArray()).containsExactly(a);
    }
    assertThat(Generator.current()).isSameAs(before);
    assertThat(new Generator(11).uniform(0, 1, 4).toFloatArray()).containsExactly(a);
  }

  @Test
  void goesOnFromItsState() {
    var generator = new Generator(9).derive(4);
    generator.uniform(0, 1, 300);
    generator.nextInt(10);
    Tensor state = generator.getState();
    var other = new Generator(1);
    other.setState(state);
    for (int i = 0; i < 300; i++) {
      assertThat(other.nextInt(1000)).isEqualTo(generator.nextInt(1000));
    }
    assertThat(other.normal(0, 1, 5).toFloatArray())
        .containsExactly(generator.normal(0, 1, 5).toFloatArray());
    assertThat(other.getState().toLongArray()).isEqualTo(generator.getState().toLongArray());
    assertThat(other.derive(3).nextInt(1000)).isEqualTo(generator.derive(3).nextInt(1000));
  }

  @Test
  void refusesWhatIsNoState() {
    assertThatThrownBy(() -> new Generator(1).setState(Tensor.arange(4)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "setState: int64 [4] is no state of a generator; give what getState() returned");
    assertThatThrownBy(() -> new Generator(1).setState(Tensor.of(new long[] {0, 0, 0, 0, 257}, 5)))
        .hasMessageContaining("is no state");
  }
}
