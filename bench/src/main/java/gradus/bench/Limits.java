// SPDX-License-Identifier: Apache-2.0
package gradus.bench;

import java.util.Collection;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;

/// What a number of threads of this machine can do, measured in the same run as what is held
/// against it.
///
/// @param gflops fused multiply-adds, in GFLOP/s
/// @param gigabytes triad over arrays that the last cache holds, in GB/s
record Limits(double gflops, double gigabytes) {
  private static final int LAST_CACHE_KIB = 12288;

  /// Measures with [PeakBenchmark].
  static Limits of(int threads, ChainedOptionsBuilder options) throws RunnerException {
    Collection<RunResult> results =
        new Runner(
                options
                    .include(PeakBenchmark.class.getName())
                    .param("kib", String.valueOf(LAST_CACHE_KIB))
                    .threads(threads)
                    .build())
            .run();
    double gflops = 0;
    double gigabytes = 0;
    for (RunResult result : results) {
      double micros = Times.of(result).median();
      if (result.getParams().getBenchmark().endsWith(".fma")) {
        gflops = threads * PeakBenchmark.OPERATIONS / micros * 1e-3;
      } else {
        gigabytes = threads * LAST_CACHE_KIB * 1024 / micros * 1e-3;
      }
    }
    return new Limits(gflops, gigabytes);
  }
}
