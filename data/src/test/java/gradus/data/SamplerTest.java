// SPDX-License-Identifier: Apache-2.0
package gradus.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import gradus.Generator;
import gradus.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/// Samplers, splits and datasets made of others.
class SamplerTest {

  /// Examples whose input is their number.
  private static Dataset labelled(int... labels) {
    long[] y = Arrays.stream(labels).asLongStream().toArray();
    return new TensorDataset(Tensor.arange(labels.length), Tensor.of(y, y.length));
  }

  /// Nine of ten in class 0, the others in class 1.
  private static Dataset skewed(int n) {
    return labelled(IntStream.range(0, n).map(i -> i % 10 == 3 ? 1 : 0).toArray());
  }

  private static void refused(Runnable action, String message) {
    assertThatThrownBy(action::run)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  private static int[] counts(Sampler sampler, int examples) {
    int[] counts = new int[examples];
    for (int index : sampler.indices(0)) {
      counts[index]++;
    }
    return counts;
  }

  @Test
  void ordersAreSequentialOrRandom() {
    assertThat(new SequentialSampler(4).indices(7)).containsExactly(0, 1, 2, 3);
    Sampler random = new RandomSampler(50, 1);
    assertThat(random.indices(3)).isEqualTo(random.indices(3)).isNotEqualTo(random.indices(4));
    assertThat(Arrays.stream(random.indices(3)).sorted().toArray())
        .isEqualTo(IntStream.range(0, 50).toArray());
    refused(() -> new SequentialSampler(-1), "SequentialSampler: size -1 is negative");
    refused(() -> new RandomSampler(-1, 0), "RandomSampler: size -1 is negative");
  }

  @Test
  void weightsAreFrequencies() {
    int[] counts = counts(new WeightedRandomSampler(new double[] {1, 0, 3, 6}, 10_000, 5), 4);
    assertThat(counts[0]).isCloseTo(1000, within(150));
    assertThat(counts[1]).isZero();
    assertThat(counts[2]).isCloseTo(3000, within(200));
    assertThat(counts[3]).isCloseTo(6000, within(200));
  }

  @Test
  void withoutReplacementNoneIsDrawnTwice() {
    int[] first = new int[3];
    for (int seed = 0; seed < 2000; seed++) {
      var sampler = WeightedRandomSampler.withoutReplacement(new double[] {1, 0, 3, 6}, 3, seed);
      int[] indices = sampler.indices(seed);
      assertThat(indices).containsExactlyInAnyOrder(0, 2, 3);
      first[indices[0] == 0 ? 0 : indices[0] - 1]++;
    }
    assertThat(first[0]).isCloseTo(200, within(60));
    assertThat(first[1]).isCloseTo(600, within(90));
  }

  @Test
  void classesAreBalanced() {
    Dataset skewed = new Subset(skewed(1000), IntStream.range(0, 500).toArray());
    var sampler = WeightedRandomSampler.balanced(skewed, 1);
    var options = DataLoader.options().batchSize(100).sampler(sampler);
    double ones = 0;
    for (Batch batch : new DataLoader(skewed, options)) {
      ones += batch.y().sum().item();
    }
    assertThat(ones).isCloseTo(250, within(40.0));
    refused(
        () -> WeightedRandomSampler.balanced(labelled(), 1),
        "WeightedRandomSampler: the dataset is empty");
  }

  @Test
  void aLoaderTakesWhatTheSamplerSays() {
    Sampler odd =
        new Sampler() {
          @Override
          public int size() {
            return 3;
          }

          @Override
          public int[] indices(int epoch) {
            return new int[] {1, 3, 5 + epoch};
          }
        };
    var loader = new DataLoader(skewed(9), DataLoader.options().batchSize(2).sampler(odd));
    assertThat(loader.length()).isEqualTo(2);
    loader.epoch(1);
    var batches = loader.iterator();
    assertThat(batches.next().x().toLongArray()).containsExactly(1, 3);
    assertThat(batches.next().x().toLongArray()).containsExactly(6);
  }

  @Test
  void wrongWeightsAreNamed() {
    String weights = "WeightedRandomSampler: weights must be finite numbers ≥ 0, and not all 0";
    refused(() -> new WeightedRandomSampler(new double[] {1, -1}, 1, 0), weights);
    refused(() -> new WeightedRandomSampler(new double[] {1, Double.NaN}, 1, 0), weights);
    refused(() -> new WeightedRandomSampler(new double[] {0}, 1, 0), weights);
    refused(
        () -> WeightedRandomSampler.withoutReplacement(new double[] {0, 1}, 2, 0),
        "WeightedRandomSampler: 2 cannot be drawn without replacement from 1 examples of positive"
            + " weight");
  }

  @Property(tries = 300, seed = "20250105", edgeCases = EdgeCasesMode.NONE)
  void stratifiedPartsHaveTheirShareOfEachClass(
      @ForAll @IntRange(min = 1, max = 80) int a,
      @ForAll @IntRange(max = 80) int b,
      @ForAll @IntRange(max = 10) int c,
      @ForAll @IntRange(max = 20) int twentieths,
      @ForAll long seed) {
    int[] labels = new int[a + b + c];
    Arrays.fill(labels, a, a + b, 1);
    Arrays.fill(labels, a + b, labels.length, 2);
    double[] fractions = {twentieths / 40.0, twentieths / 40.0, 1 - twentieths / 20.0};
    List<Subset> parts = labelled(labels).stratifiedSplit(new Generator(seed), fractions);
    int[] all = parts.stream().flatMapToInt(p -> Arrays.stream(p.indices())).sorted().toArray();
    assertThat(all).isEqualTo(IntStream.range(0, labels.length).toArray());
    for (int p = 0; p < 3; p++) {
      assertThat(parts.get(p).indices()).isSorted();
      assertThat((double) parts.get(p).size()).isCloseTo(fractions[p] * labels.length, within(1.0));
      int[] counts = new int[3];
      Arrays.stream(parts.get(p).indices()).forEach(i -> counts[labels[i]]++);
      assertThat((double) counts[0]).isCloseTo(fractions[p] * a, within(2.0));
      assertThat((double) counts[1]).isCloseTo(fractions[p] * b, within(2.0));
      assertThat((double) counts[2]).isCloseTo(fractions[p] * c, within(2.0));
    }
  }

  @Test
  void stratifiedSplitsAreRandomButReproducible() {
    Dataset dataset = skewed(100);
    int[] val = dataset.stratifiedSplit(new Generator(1), 0.8, 0.2).get(1).indices();
    assertThat(dataset.stratifiedSplit(new Generator(1), 0.8, 0.2).get(1).indices()).isEqualTo(val);
    assertThat(dataset.stratifiedSplit(new Generator(2), 0.8, 0.2).get(1).indices())
        .isNotEqualTo(val);
    refused(
        () -> dataset.stratifiedSplit(new Generator(1), 0.8, 0.1),
        "stratifiedSplit: fractions [0.8, 0.1] must be ≥ 0 and sum to 1");
    refused(
        () ->
            new TensorDataset(Tensor.zeros(3, 2), Tensor.zeros(3))
                .stratifiedSplit(new Generator(1), 1.0),
        "stratifiedSplit: targets are float32 [3]; int64 labels [N] are wanted");
    refused(
        () -> labelled(1, -3).stratifiedSplit(new Generator(1), 1.0),
        "stratifiedSplit: target -3 of example 1 is not a label");
  }

  @Property(tries = 200, seed = "20250105", edgeCases = EdgeCasesMode.NONE)
  void eachExampleIsValidatedWithOnce(
      @ForAll @IntRange(min = 7, max = 90) int n,
      @ForAll @IntRange(min = 2, max = 7) int k,
      @ForAll boolean stratified,
      @ForAll long seed) {
    Dataset dataset = skewed(n);
    var generator = new Generator(seed);
    List<KFold.Fold> folds =
        stratified ? KFold.stratified(dataset, k, generator) : KFold.split(dataset, k, generator);
    assertThat(folds).hasSize(k);
    int[] seen = new int[n];
    for (KFold.Fold fold : folds) {
      assertThat(fold.val().size()).isBetween(n / k, n / k + 1);
      int[] both =
          IntStream.concat(
                  Arrays.stream(fold.train().indices()), Arrays.stream(fold.val().indices()))
              .sorted()
              .toArray();
      assertThat(both).isEqualTo(IntStream.range(0, n).toArray());
      Arrays.stream(fold.val().indices()).forEach(i -> seen[i]++);
      if (stratified) {
        int ones = (n + 6) / 10;
        long inFold = Arrays.stream(fold.val().indices()).filter(i -> i % 10 == 3).count();
        assertThat(inFold).isBetween((long) ones / k, ones / k + 1L);
      }
    }
    assertThat(seen).containsOnly(1);
  }

  @Test
  void foldsNeedExamples() {
    refused(
        () -> KFold.split(skewed(3), 4, new Generator(1)),
        "KFold: k = 4 is not in 2 … 3, the number of examples");
    refused(
        () -> KFold.stratified(skewed(3), 1, new Generator(1)),
        "KFold: k = 1 is not in 2 … 3, the number of examples");
  }

  @Test
  void datasetsArePutTogether() {
    Dataset a = labelled(5, 6, 7);
    Dataset b = new TensorDataset(Tensor.arange(10, 12), Tensor.of(new long[] {8, 9}, 2));
    var both = new ConcatDataset(List.of(a, labelled(), b));
    assertThat(both.size()).isEqualTo(5);
    assertThat(both.get(4).x().item()).isEqualTo(11);
    assertThat(both.batch(4, 0, 3, 2).x().toLongArray()).containsExactly(11, 0, 10, 2);
    assertThat(both.batch(4, 0, 3, 2).y().toLongArray()).containsExactly(9, 5, 8, 7);
    assertThat(both.batch(4, 3).y().toLongArray()).containsExactly(9, 8);
    assertThat(both.name(4)).isEqualTo("example 1");
    assertThat(Labels.of(both, "x")).containsExactly(5, 6, 7, 8, 9);
    assertThatThrownBy(() -> both.batch(5)).isInstanceOf(IndexOutOfBoundsException.class);
    refused(() -> new ConcatDataset(List.of()), "ConcatDataset: there are no datasets");
  }

  @Test
  void labelsAreOneHotAndBack() {
    Tensor labels = Tensor.of(new long[] {2, 0, 1, 1}, 2, 2);
    Tensor vectors = OneHot.encode(labels, 3);
    assertThat(vectors.shape().toArray()).containsExactly(2, 2, 3);
    assertThat(vectors.toFloatArray()).containsExactly(0, 0, 1, 1, 0, 0, 0, 1, 0, 0, 1, 0);
    assertThat(OneHot.decode(vectors).shape()).isEqualTo(labels.shape());
    assertThat(OneHot.decode(vectors).toLongArray()).isEqualTo(labels.toLongArray());
    refused(() -> OneHot.encode(labels, 2), "OneHot: label 2 at 0 is not in 0 … 1");
    refused(
        () -> OneHot.encode(vectors, 3),
        "OneHot: labels float32 [2, 2, 3], classes 3; int64 and a positive number are wanted");
    refused(
        () -> OneHot.decode(Tensor.of(new double[][] {{0, 1}, {0.5, 0.5}})),
        "OneHot: vector 1 has 0 ones and 2 other numbers than 0; for probabilities, use argmax");
    refused(() -> OneHot.decode(Tensor.scalar(1L)), "OneHot: a scalar is no vector");
  }

  @Test
  void labelsAreFoundBehindOtherDatasets() {
    ImageDataset images = SyntheticImages.generate(40, 1, 0).train();
    Dataset some = new Subset(images, 7, 13).augment(new RandomCrop(1), 0).map(new ToFloat());
    assertThat(Labels.of(some, "x")).containsExactly(7, 3);
    assertThat(LongStream.of(some.batch(0, 1).y().toLongArray())).containsExactly(7L, 3L);
  }
}
