// SPDX-License-Identifier: Apache-2.0
package gradus.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gradus.DType;
import gradus.Generator;
import gradus.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WorkersTest {

  /// Examples that say which threads made them, and one of which cannot be had.
  private static final class Watched implements Dataset {
    final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    final AtomicInteger made = new AtomicInteger();
    final int broken;
    final RuntimeException failure;

    Watched(int broken, RuntimeException failure) {
      this.broken = broken;
      this.failure = failure;
    }

    Watched() {
      this(-1, new IllegalStateException());
    }

    @Override
    public int size() {
      return 1000;
    }

    @Override
    public String name(int index) {
      return "cat/" + index + ".jpg";
    }

    @Override
    public Sample get(int index) {
      threads.add(Thread.currentThread());
      made.incrementAndGet();
      if (index == broken) {
        throw failure;
      }
      return new Sample(Tensor.scalar((long) index), Tensor.rand(2));
    }

    void assertThatAllEnd() throws InterruptedException {
      for (Thread thread : threads) {
        thread.join(10_000);
        assertThat(thread.isAlive()).isFalse();
      }
    }
  }

  private static DataLoader.Options options(int workers) {
    return DataLoader.options().batchSize(10).shuffle(true).seed(4).workers(workers);
  }

  private static List<float[]> epochs(Dataset dataset, DataLoader.Options options) {
    var loader = new DataLoader(dataset, options);
    List<float[]> batches = new ArrayList<>();
    for (int epoch = 0; epoch < 2; epoch++) {
      for (Batch batch : loader) {
        batches.add(batch.x().toFloatArray());
        batches.add(batch.y().toFloatArray());
      }
    }
    return batches;
  }

  @Property(tries = 20, seed = "20250105")
  void workersChangeNothing(
      @ForAll @IntRange(min = 1, max = 5) int workers,
      @ForAll @IntRange(min = 1, max = 4) int prefetch) {
    ImageDataset images = SyntheticImages.generate(95, 1, 1).train();
    Dataset dataset =
        images
            .augment(Augmentation.of(new RandomCrop(4), new GaussianNoise(0.1)), 3)
            .map(Normalize.fit(images))
            .map(x -> x.add(Tensor.rand(x.shape().toArray())));
    List<float[]> expected = epochs(dataset, options(0));
    List<float[]> actual = epochs(dataset, options(workers).prefetch(prefetch));
    assertThat(actual).hasSameSizeAs(expected).hasSize(40);
    for (int i = 0; i < expected.size(); i++) {
      assertThat(actual.get(i)).isEqualTo(expected.get(i));
    }
  }

  @Test
  void theProcessesOwnGeneratorIsLeftAlone() {
    try (var _ = Generator.scope(7)) {
      float[] untouched = Tensor.rand(4).toFloatArray();
      try (var _ = Generator.scope(7)) {
        epochs(new Watched(), options(0));
        assertThat(Tensor.rand(4).toFloatArray()).isEqualTo(untouched);
      }
    }
  }

  @Test
  void workersAreDaemonsAndEndWithTheEpoch() throws InterruptedException {
    var dataset = new Watched();
    epochs(dataset, options(3));
    assertThat(dataset.made).hasValue(2000);
    assertThat(dataset.threads)
        .doesNotContain(Thread.currentThread())
        .allMatch(Thread::isDaemon)
        .hasSizeBetween(2, 6);
    dataset.assertThatAllEnd();
  }

  @Test
  void workersKeepWithinTheirWindow() throws InterruptedException {
    var dataset = new Watched();
    try (var epoch = new DataLoader(dataset, options(2).prefetch(3)).iterator()) {
      epoch.next();
      for (int i = 0; i < 1000 && dataset.made.get() < 70; i++) {
        Thread.sleep(5);
      }
      Thread.sleep(20);
      assertThat(dataset.made).hasValue(70); // One taken, six ahead.
    }
    dataset.assertThatAllEnd();
  }

  @Test
  void aClosedEpochHasNoMoreBatches() throws InterruptedException {
    var dataset = new Watched();
    var epoch = new DataLoader(dataset, options(2)).iterator();
    epoch.next();
    epoch.close();
    assertThat(epoch.hasNext()).isFalse();
    assertThatThrownBy(epoch::next).isInstanceOf(NoSuchElementException.class);
    dataset.assertThatAllEnd();
  }

  @Test
  void anAbandonedEpochEnds() throws InterruptedException {
    var dataset = new Watched();
    WeakReference<Iterator<Batch>> abandoned = abandon(dataset);
    for (int i = 0; i < 1000 && abandoned.get() != null; i++) {
      System.gc();
      Thread.sleep(5);
    }
    dataset.assertThatAllEnd();
    assertThat(dataset.made.get()).isLessThan(1000);
  }

  private static WeakReference<Iterator<Batch>> abandon(Watched dataset) {
    Iterator<Batch> epoch = new DataLoader(dataset, options(2)).iterator();
    epoch.next();
    return new WeakReference<>(epoch);
  }

  private static void assertFails(
      Dataset dataset, int workers, Class<? extends Exception> type, String message) {
    var loader = new DataLoader(dataset, options(workers).shuffle(false));
    Iterator<Batch> epoch = loader.iterator();
    for (int i = 0; i < 2; i++) {
      assertThat(epoch.next().x().toLongArray()).startsWith(10L * i);
    }
    assertThatThrownBy(epoch::next).isExactlyInstanceOf(type).hasMessage(message);
    assertThat(epoch.next().x().toLongArray()).startsWith(30L);
  }

  @Test
  void failuresNameTheExample() {
    var broken = new Watched(25, new IllegalArgumentException("no cat"));
    var unread = new Watched(25, new UncheckedIOException(new IOException("disk")));
    for (int workers = 0; workers < 4; workers++) {
      assertFails(
          broken,
          workers,
          IllegalStateException.class,
          "DataLoader: cat/25.jpg, in batch 2 of epoch 0: no cat");
      assertFails(
          new Subset(unread, IntStream.range(0, 100).toArray()).map(x -> x),
          workers,
          UncheckedIOException.class,
          "DataLoader: cat/25.jpg, in batch 2 of epoch 0: java.io.IOException: disk");
    }
  }

  @Test
  void failuresOfWholeBatchesNameSomeExamples() {
    Dataset ragged =
        new Dataset() {
          @Override
          public int size() {
            return 40;
          }

          @Override
          public Sample get(int index) {
            return new Sample(Tensor.zeros(index == 25 ? 3 : 2).to(DType.INT64), Tensor.zeros());
          }
        };
    Iterator<Batch> epoch = new DataLoader(ragged, options(2).shuffle(false)).iterator();
    epoch.next();
    epoch.next();
    assertThatThrownBy(epoch::next)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith(
            "DataLoader: batch 2 (example 20, example 21, example 22, example 23, example 24, …)"
                + " of epoch 0: ");
  }

  @Test
  void errorsPassThrough() {
    Dataset failing =
        new Watched()
            .map(
                _ -> {
                  throw new OutOfMemoryError("heap");
                });
    for (int workers = 0; workers < 2; workers++) {
      Iterator<Batch> epoch = new DataLoader(failing, options(workers)).iterator();
      assertThatThrownBy(epoch::next).isInstanceOf(OutOfMemoryError.class).hasMessage("heap");
    }
  }

  @Test
  void anInterruptEndsTheWait() throws InterruptedException {
    Dataset slow =
        new Watched()
            .map(
                x -> {
                  try {
                    Thread.sleep(200);
                  } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                  }
                  return x;
                });
    Iterator<Batch> epoch = new DataLoader(slow, options(1)).iterator();
    Thread.currentThread().interrupt();
    assertThatThrownBy(epoch::next)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("DataLoader: interrupted while waiting for a batch");
    assertThat(Thread.interrupted()).isTrue();
  }
}
