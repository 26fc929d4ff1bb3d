// SPDX-License-Identifier: Apache-2.0
package gradus.bench;

import gradus.Generator;
import gradus.Tensor;
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
import gradus.nn.F;
import gradus.nn.Mlp;
import gradus.optim.SGD;
import java.util.Iterator;
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

/// What does the making of batches add to a training step: flip, crop and normalization of 100
/// images of 32 × 32, before a step of 3072-50-10 ReLU by SGD with momentum?
///
/// `step` has its batch at hand, `loadAndStep` takes it from a loader with `workers` threads,
/// `load` does nothing else.
///
/// `./gradus bench BatchBenchmark -p threads=1,2 -p workers=0,1`
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

  /// How many threads make batches ahead of time.
  @Param({"0", "1"})
  public int workers;

  private DataLoader loader;
  private Iterator<Batch> batches;
  private Batch first;
  private Mlp net;
  private SGD optimizer;

  /// Makes images and a net.
  @Setup
  public void setUp() {
    Threads.count(threads);
    Generator.seed(1);
    ImageDataset images = SyntheticImages.generate(20_000, 1, 1).train();
    Dataset train =
        images
            .augment(Augmentation.of(new RandomCrop(4), new RandomHorizontalFlip()), 1)
            .map(Normalize.fit(images));
    loader =
        new DataLoader(train, DataLoader.options().batchSize(BATCH).shuffle(true).workers(workers));
    batches = loader.iterator();
    first = batches.next();
    net = new Mlp(Mlp.options(3072, 10).hidden(50));
    optimizer = new SGD(net.parameters(), SGD.options().lr(0.01).momentum(0.9));
  }

  private Batch next() {
    if (!batches.hasNext()) {
      batches = loader.iterator();
    }
    return batches.next();
  }

  private double step(Batch batch) {
    optimizer.zeroGrad();
    Tensor loss = F.crossEntropy(net.apply(batch.x()), batch.y());
    loss.backward();
    optimizer.step();
    return loss.item();
  }

  /// A batch.
  @Benchmark
  public Batch load() {
    return next();
  }

  /// A step with the same batch each time.
  @Benchmark
  public double step() {
    return step(first);
  }

  /// A batch and a step with it.
  @Benchmark
  public double loadAndStep() {
    return step(next());
  }
}
