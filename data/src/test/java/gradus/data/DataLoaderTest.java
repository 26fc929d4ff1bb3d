// SPDX-License-Identifier: Apache-2.0
package gradus.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gradus.Tensor;
import gradus.Threads;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DataLoaderTest {

  /// Examples whose input and target are their number.
  private static Dataset numbers(int n) {
    return new TensorDataset(Tensor.arange(n), Tensor.arange(n));
  }

  private static long[] order(DataLoader loader) {
    List<Long> numbers = new ArrayList<>();
    for (Batch batch : loader) {
      assertThat(batch.x().toLongArray()).isEqualTo(batch.y().toLongArray());
      Arrays.stream(batch.x().toLongArray()).forEach(numbers::add);
    }
    return numbers.stream().mapToLong(i -> i).toArray();
  }

  @Property(tries = 500, seed = "20250105", edgeCases = EdgeCasesMode.NONE)
  void anEpochVisitsEachExampleOnce(
      @ForAll @IntRange(max = 100) int size,
      @ForAll @IntRange(min = 1, max = 120) int batchSize,
      @ForAll boolean shuffle,
      @ForAll boolean dropLast,
      @ForAll long seed) {
    var loader =
        new DataLoader(
            numbers(size),
            DataLoader.options()
                .batchSize(batchSize)
                .shuffle(shuffle)
                .dropLast(dropLast)
                .seed(seed));
    List<Batch> batches = new ArrayList<>();
    loader.forEach(batches::add);
    assertThat(batches).hasSize(loader.length());
    int seen = dropLast ? size / batchSize * batchSize : size;
    for (int i = 0; i < batches.size(); i++) {
      assertThat(batches.get(i).size()).isEqualTo(Math.min(batchSize, seen - i * batchSize));
    }
    long[] order =
        batches.stream().flatMapToLong(b -> Arrays.stream(b.x().toLongArray())).toArray();
    assertThat(order).hasSize(seen).doesNotHaveDuplicates();
    if (!shuffle) {
      assertThat(order).isEqualTo(LongStream.range(0, seen).toArray());
    }
  }

  @Property(tries = 50, seed = "20250105")
  void theOrderDependsOnSeedAndEpochOnly(@ForAll long seed, @ForAll @IntRange(max = 9) int epoch) {
    var options = DataLoader.options().shuffle(true).seed(seed).batchSize(7);
    var loader = new DataLoader(numbers(50), options);
    List<long[]> epochs = IntStream.rangeClosed(0, epoch).mapToObj(_ -> order(loader)).toList();
    var resumed = new DataLoader(numbers(50), options.batchSize(3));
    resumed.epoch(epoch);
    assertThat(order(resumed)).isEqualTo(epochs.getLast());
    assertThat(resumed.epoch()).isEqualTo(epoch + 1);
    assertThat(order(resumed)).isNotEqualTo(epochs.getLast());
    assertThat(order(new DataLoader(numbers(50), options.seed(seed + 1))))
        .isNotEqualTo(epochs.getFirst());
  }

  @Test
  void theNumberOfThreadsDoesNotMatter() {
    int threads = Threads.count();
    try {
      Threads.count(1);
      List<float[]> one = batches();
      Threads.count(3);
      List<float[]> three = batches();
      for (int i = 0; i < one.size(); i++) {
        assertThat(three.get(i)).isEqualTo(one.get(i));
      }
    } finally {
      Threads.count(threads);
    }
  }

  private static List<float[]> batches() {
    ImageDataset images = SyntheticImages.generate(300, 1, 1).train();
    var options = DataLoader.options().batchSize(128).shuffle(true);
    List<float[]> batches = new ArrayList<>();
    for (Batch batch : new DataLoader(images.map(Normalize.fit(images)), options)) {
      batches.add(batch.x().toFloatArray());
    }
    return batches;
  }

  @Test
  void batchesAreMadeWhenTheyAreAskedFor() {
    Iterator<Batch> batches = new DataLoader(numbers(3), 2).iterator();
    assertThat(batches.next().x().toLongArray()).containsExactly(0, 1);
    assertThat(batches.next().x().toLongArray()).containsExactly(2);
    assertThat(batches.hasNext()).isFalse();
    assertThatThrownBy(batches::next)
        .isInstanceOf(NoSuchElementException.class)
        .hasMessage("DataLoader: all 2 batches were taken");
  }

  @Test
  void wrongOptionsAreNamed() {
    assertThatThrownBy(() -> new DataLoader(numbers(3), 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("DataLoader: batchSize 0 is not a positive number");
    assertThatThrownBy(() -> DataLoader.options().workers(-1))
        .hasMessage("DataLoader: workers -1 is not a number from 0 to 1024");
    assertThatThrownBy(() -> DataLoader.options().prefetch(0))
        .hasMessage("DataLoader: prefetch 0 is not a number from 1 to 1024");
    assertThatThrownBy(() -> DataLoader.options().shuffle(true).sampler(new SequentialSampler(3)))
        .hasMessage("DataLoader: a sampler has an order of its own; leave out shuffle");
    assertThatThrownBy(() -> new DataLoader(numbers(3), 1).epoch(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("DataLoader: epoch -1 is negative");
  }

  static List<Record> options() {
    return List.of(
        DataLoader.options(),
        ImageDatasets.options(),
        Csv.options(),
        ColorJitter.none(),
        Download.options());
  }

  @ParameterizedTest
  @MethodSource("options")
  void eachWitherChangesItsOwnComponentOnly(Record options) throws ReflectiveOperationException {
    RecordComponent[] components = options.getClass().getRecordComponents();
    for (RecordComponent changed : components) {
      Object value =
          switch (changed.getAccessor().invoke(options)) {
            case Integer i -> i / 2 + 2;
            case Long l -> l + 5;
            case Boolean b -> !b;
            case Color _ -> Color.GREY;
            case Cifar100.Labels _ -> Cifar100.Labels.COARSE;
            case Double d -> d + 0.5;
            case Character _ -> ';';
            case Duration d -> d.plusSeconds(1);
            case Download.Progress _ -> (Download.Progress) (_, _) -> {};
            case Optional<?> _ -> Optional.of("x");
            case Csv.Header _ -> Csv.Header.ABSENT;
            case Csv.Target _ -> Csv.Target.NUMBER;
            case null ->
                changed.getType() == Resize.class ? Resize.crop(5, 6) : new SequentialSampler(3);
            default -> throw new AssertionError(changed);
          };
      Object result =
          options.getClass().getMethod(changed.getName(), changed.getType()).invoke(options, value);
      for (RecordComponent component : components) {
        Object expected =
            component.equals(changed) ? value : component.getAccessor().invoke(options);
        assertThat(component.getAccessor().invoke(result))
            .as("%s after %s(%s)", component.getName(), changed.getName(), value)
            .isEqualTo(expected);
      }
    }
  }
}
