// SPDX-License-Identifier: Apache-2.0
package gradus.bench;

import gradus.Generator;
import gradus.Threads;
import gradus.data.Augmentation;
import gradus.data.Batch;
import gradus.data.DataLoader;
import gradus.data.Dataset;
import gradus.data.ImageDataset;
import gradus.data.Normalize;
import gradus.data.RandomCrop;
import gradus.data.RandomHorizontalFlip;
import gradus.data.SyntheticImages;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// How long does it take to make a batch of 100 images of 32 × 32 that are cropped and flipped at
/// random and normalized?
///
/// `load` writes to the array of the batch before, which was given back, `loadNew` to a new one.
///
/// `./gradus bench BatchBenchmark -p threads=1,2`
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(2)
@SuppressWarnings("NullAway.Init") // JMH calls setUp
public class BatchBenchmark {
  private static final int BATCH = 100;

  /// How many threads an op may use.
  @Param({"1", "2"})
  public int threads = 1;

  private DataLoader loader;
  private DataLoader.Epoch batches;

  /// Makes images.
  @Setup
  public void setUp() {
    Threads.count(threads);
    Generator.seed(1);
    ImageDataset images = SyntheticImages.generate(20_000, 1, 1).train();
    Dataset train =
        images
            .augment(Augmentation.of(new RandomCrop(4), new RandomHorizontalFlip()), 1)
            .map(Normalize.fit(images));
    loader = new DataLoader(train, DataLoader.options().batchSize(BATCH).shuffle(true));
    batches = loader.iterator();
  }

  private Batch next() {
    if (!batches.hasNext()) {
      batches = loader.iterator();
    }
    return batches.next();
  }

  /// A batch whose memory is used for the next.
  @Benchmark
  public Batch load() {
    Batch batch = next();
    batches.recycle(batch);
    return batch;
  }

  /// A batch with memory of its own.
  @Benchmark
  public Batch loadNew() {
    return next();
  }
}
