// SPDX-License-Identifier: Apache-2.0
package gradus.bench;

import gradus.Threads;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;

/// One process of [FreshCommand]: multiplies all shapes in an order of its own, since what the
/// compiler makes of a kernel may depend on what ran before.
final class FreshGemm {
  /// Those of a layer of 3072 × 1024 with its two gradients, and square ones.
  static final List<String> SHAPES =
      List.of(
          "256x1024x3072 NT",
          "1024x3072x256 TN",
          "256x3072x1024 NN",
          "512x512x512 NN",
          "512x512x512 NT",
          "512x512x512 TN",
          "1024x1024x1024 NN",
          "1024x1024x1024 NT",
          "2048x2048x2048 NN");

  private static final long WARM_UP = 700_000_000;
  private static final long MEASURED = 1_300_000_000;

  /// Nanoseconds that a measurement takes at least, so that the clock does not matter.
  private static final double STRETCH = 2e6;

  private FreshGemm() {}

  /// Prints each shape and what it reached, in percent of the peak at the same time.
  ///
  /// @param args how many threads, and the seed of the order
  public static void main(String[] args) throws InterruptedException {
    int threads = Integer.parseInt(args[0]);
    Threads.count(threads);
    var order = new ArrayList<>(SHAPES);
    Collections.shuffle(order, new Random(Long.parseLong(args[1])));
    for (String shape : order) {
      System.out.println(shape + " " + percent(shape, threads));
    }
  }

  private static double percent(String shape, int threads) throws InterruptedException {
    var benchmark = new GemmBenchmark();
    benchmark.shape = shape;
    benchmark.threads = threads;
    benchmark.setUp();
    double operations = GemmBenchmark.operations(shape);
    int calls = (int) Math.max(1, STRETCH * 250 * threads / operations);
    List<Double> shares = new ArrayList<>();
    long start = System.nanoTime();
    for (long now = start; now < start + WARM_UP + MEASURED; now = System.nanoTime()) {
      double peak = peak(threads);
      long before = System.nanoTime();
      for (int i = 0; i < calls; i++) {
        if (Array.getLength(benchmark.product()) == 0) {
          throw new AssertionError(shape);
        }
      }
      double rate = calls * operations / (System.nanoTime() - before);
      if (now >= start + WARM_UP) {
        shares.add(100 * rate / peak);
      }
    }
    double[] sorted = shares.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    return sorted[sorted.length / 2];
  }

  /// Operations a nanosecond of all threads at once.
  private static double peak(int threads) throws InterruptedException {
    var done = new CountDownLatch(threads);
    var nanos = new double[threads];
    for (int t = 1; t < threads; t++) {
      int number = t;
      Thread.ofPlatform()
          .start(
              () -> {
                nanos[number] = once();
                done.countDown();
              });
    }
    nanos[0] = once();
    done.countDown();
    done.await();
    return Arrays.stream(nanos).map(n -> PeakBenchmark.OPERATIONS / n).sum();
  }

  private static double once() {
    var factors = new PeakBenchmark.Factors();
    var benchmark = new PeakBenchmark();
    long before = System.nanoTime();
    if (Float.isNaN(benchmark.fma(factors))) {
      throw new AssertionError("NaN");
    }
    return System.nanoTime() - before;
  }
}
