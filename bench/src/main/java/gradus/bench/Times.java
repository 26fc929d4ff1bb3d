// SPDX-License-Identifier: Apache-2.0
package gradus.bench;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.DoubleStream;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.RunResult;

/// Times of the iterations of a benchmark, over all its processes, in the benchmark's own unit.
record Times(double least, double median, double most) {

  static Times of(RunResult result) {
    double[] times =
        result.getBenchmarkResults().stream()
            .map(BenchmarkResult::getIterationResults)
            .flatMap(iterations -> iterations.stream())
            .mapToDouble(iteration -> iteration.getPrimaryResult().getScore())
            .sorted()
            .toArray();
    return new Times(times[0], median(Arrays.stream(times)), times[times.length - 1]);
  }

  /// The median of some numbers, or NaN.
  static double median(DoubleStream numbers) {
    double[] sorted = numbers.sorted().toArray();
    int n = sorted.length;
    return n == 0 ? Double.NaN : (sorted[n / 2] + sorted[(n - 1) / 2]) / 2;
  }

  /// A number with three figures that mean something.
  static String text(double number) {
    int decimals = 2 - (int) Math.floor(StrictMath.log10(Math.abs(number)));
    return String.format(Locale.ROOT, "%." + Math.clamp(decimals, 0, 6) + "f", number);
  }
}
