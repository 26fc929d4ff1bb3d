// SPDX-License-Identifier: Apache-2.0
package gradus.bench;

import gradus.Threads;
import gradus.kernel.Parallel;
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

/// What does it cost to hand a part of a job to each of several threads that are awake, and to wait
/// for them, where the parts are next to nothing?
///
/// `./gradus bench DispatchBenchmark`
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class DispatchBenchmark {
  /// Threads that share the job.
  @Param({"2"})
  public int threads;

  /// Where each part leaves a trace, on lines of the cache of its own.
  private long[] done = new long[0];

  /// Sets the number of threads.
  @Setup
  public void start() {
    Threads.count(threads);
    done = new long[16 * threads];
  }

  /// As many parts as threads.
  @Benchmark
  public Object dispatch() {
    long[] done = this.done;
    Parallel.forRange(threads, 1, (from, _) -> done[16 * from]++);
    return done;
  }
}
