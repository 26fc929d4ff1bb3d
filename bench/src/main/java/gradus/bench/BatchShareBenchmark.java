// SPDX-License-Identifier: Apache-2.0
package gradus.bench;

import gradus.Generator;
import gradus.Tensor;
import gradus.Threads;
import gradus.data.Augmentation;
import gradus.data.Batch;
import gradus.data.DataLoader;
import gradus.data.ImageDataset;
import gradus.data.Normalize;
import gradus.data.RandomCrop;
import gradus.data.RandomHorizontalFlip;
import gradus.data.SyntheticImages;
import gradus.nn.F;
import gradus.nn.Mlp;
import gradus.optim.SGD;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.runner.IterationType;

/// By how much does a training take longer because of its batches?
///
/// The training is that of 3072-50-10 ReLU by SGD with momentum, with batches of 100 images of 32 ×
/// 32 that are cropped and flipped at random and normalized. A few steps with a batch that is at
/// hand and as many with batches from a loader are timed in turn, so that whatever else the machine
/// does slows both down. The medians are printed at the end of each fork: those of the times, and
/// of how much longer the latter take.
///
/// `./gradus bench BatchShareBenchmark`
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(5)
@SuppressWarnings("NullAway.Init") // JMH calls setUp
public class BatchShareBenchmark {
  private static final int BATCH = 100;

  /// Steps in a row: few, so that both kinds see the same machine, but some, for a clock's sake.
  private static final int STEPS = 10;

  /// How many threads an op, or the making of a batch, may use.
  @Param({"1", "2"})
  public int threads = 1;

  /// How many threads make batches ahead of time.
  @Param({"0", "1"})
  public int workers;

  private DataLoader loader;
  private DataLoader.Epoch batches;
  private Batch first;
  private Mlp net;
  private SGD optimizer;

  private final List<Double> fixedTimes = new ArrayList<>();
  private final List<Double> loadedTimes = new ArrayList<>();
  private final List<Double> percents = new ArrayList<>();

  /// Forgets what was measured while warming up.
  @Setup(Level.Iteration)
  public void forget(IterationParams iteration) {
    if (iteration.getType() == IterationType.WARMUP) {
      fixedTimes.clear();
      loadedTimes.clear();
      percents.clear();
    }
  }

  /// Says what was measured.
  @TearDown
  public void report() {
    System.out.printf(
        "%n%d threads, %d workers: %.1f µs a step, %.1f µs with its batch: %.1f %% more%n",
        threads, workers, median(fixedTimes), median(loadedTimes), median(percents));
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().skip(values.size() / 2).findFirst().orElse(Double.NaN);
  }

  /// Makes images and a net.
  @Setup
  public void setUp() {
    Threads.count(threads);
    Generator.seed(1);
    ImageDataset images = SyntheticImages.generate(20_000, 1, 1).train();
    loader =
        new DataLoader(
            images
                .augment(Augmentation.of(new RandomCrop(4), new RandomHorizontalFlip()), 1)
                .map(Normalize.fit(images)),
            DataLoader.options().batchSize(BATCH).shuffle(true).workers(workers));
    batches = loader.iterator();
    first = batches.next();
    net = new Mlp(Mlp.options(3072, 10).hidden(50));
    optimizer = new SGD(net.parameters(), SGD.options().lr(0.01).momentum(0.9));
  }

  private double step(Batch batch) {
    optimizer.zeroGrad();
    Tensor loss = F.crossEntropy(net.apply(batch.x()), batch.y());
    loss.backward();
    optimizer.step();
    return loss.item();
  }

  private double loadAndStep() {
    if (!batches.hasNext()) {
      batches = loader.iterator();
    }
    Batch batch = batches.next();
    double loss = step(batch);
    batches.recycle(batch);
    return loss;
  }

  /// Steps of both kinds; the time is that of one of each.
  @Benchmark
  @OperationsPerInvocation(STEPS)
  public double steps() {
    double sum = 0;
    long start = System.nanoTime();
    for (int i = 0; i < STEPS; i++) {
      sum += step(first);
    }
    long between = System.nanoTime();
    for (int i = 0; i < STEPS; i++) {
      sum += loadAndStep();
    }
    double fixed = between - start;
    double loaded = System.nanoTime() - between;
    fixedTimes.add(fixed / 1e3 / STEPS);
    loadedTimes.add(loaded / 1e3 / STEPS);
    percents.add(100 * (loaded - fixed) / fixed);
    return sum;
  }
}
