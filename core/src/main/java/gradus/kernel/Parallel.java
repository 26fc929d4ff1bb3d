// SPDX-License-Identifier: Apache-2.0
package gradus.kernel;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Splits a range among this process's own worker threads; the caller takes its share.
///
/// Workers are daemons that spin for a moment after their last job (handing over a job then costs
/// well under a microsecond) and park when nothing comes. One job runs at a time: whoever finds the
/// workers busy, be it another user thread or a body that itself splits, runs its range alone. So
/// no result may depend on where a range is cut: bodies write disjoint outputs, and reductions cut
/// their input by constants of their own.
public final class Parallel {
  private static final int SPINS = 20_000;

  /// Parts per thread: a thread that wakes late or shares its core then holds up the others less.
  private static final int PARTS_PER_THREAD = 4;

  private static final AtomicBoolean BUSY = new AtomicBoolean();
  private static final List<Worker> WORKERS = new CopyOnWriteArrayList<>();
  private static volatile int threads;
  private static volatile @Nullable Job job;
  private static final AtomicReference<@Nullable BooleanSupplier> ASIDE = new AtomicReference<>();

  private Parallel() {}

  /// Some part of a range.
  @FunctionalInterface
  public interface Range {
    /// Does the work for the indices from `from` (inclusive) to `to` (exclusive).
    void run(int from, int to);
  }

  /// Has workers do pieces of `work` whenever they have nothing else to do, until none is left, it
  /// is [taken back][#takeBack], or other work is offered. Nobody may rely on that it is done:
  /// whoever needs it does what is left.
  ///
  /// @param work does a piece, of some microseconds, and returns whether there was one left; called
  ///   by several threads at once, and does not throw
  public static void offer(BooleanSupplier work) {
    ASIDE.set(work);
    // No worker is started for this: those that ops never needed would need a processor.
    for (Worker worker : WORKERS) {
      worker.wake();
    }
  }

  /// Has workers begin no more pieces of `work`.
  public static void takeBack(BooleanSupplier work) {
    ASIDE.compareAndSet(work, null);
  }

  /// Runs `body` over `[0, n)`, cut into parts of at least `grain` indices. Returns when all is
  /// done; what the lowest of the parts that fail throws is thrown here.
  public static void forRange(int n, int grain, Range body) {
    int threads = threads();
    int parts = (int) Math.min((long) threads * PARTS_PER_THREAD, n / Math.max(grain, 1));
    if (n <= 0) {
      return;
    }
    if (threads == 1 || parts <= 1 || !BUSY.compareAndSet(false, true)) {
      body.run(0, n);
      return;
    }
    try {
      var mine = new Job(n, parts, Math.min(threads, parts) - 1, body);
      hire(mine.helpers);
      job = mine;
      for (int i = 0; i < mine.helpers; i++) {
        WORKERS.get(i).wake();
      }
      mine.work();
      mine.await();
    } finally {
      job = null;
      BUSY.set(false);
    }
  }

  /// Runs `body` over `[0, n)`, cut into at most so many parts of about the same size: for work
  /// that each part begins with something, so that more parts than threads would cost more.
  static void forParts(int n, int most, Range body) {
    int parts = Math.min(most, n);
    forRange(
        parts,
        1,
        (first, last) ->
            body.run((int) ((long) n * first / parts), (int) ((long) n * last / parts)));
  }

  /// How many threads share the work: what [#threads(int)] set, else the system property
  /// `gradus.threads`, else the environment variable `GRADUS_THREADS`, else the processors.
  ///
  /// @throws IllegalArgumentException if property or variable is not a positive whole number
  public static int threads() {
    int n = threads;
    if (n == 0) {
      n = configured(System.getProperty("gradus.threads"), System.getenv("GRADUS_THREADS"));
      threads = n;
    }
    return n;
  }

  /// Sets how many threads share the work. No result depends on it.
  ///
  /// @throws IllegalArgumentException if `n` is not positive
  public static void threads(int n) {
    if (n < 1) {
      throw new IllegalArgumentException("threads: " + n + " is not a positive number");
    }
    threads = n;
  }

  static int configured(@Nullable String property, @Nullable String variable) {
    if (property != null) {
      return positive("gradus.threads", property);
    }
    if (variable != null) {
      return positive("GRADUS_THREADS", variable);
    }
    return Runtime.getRuntime().availableProcessors();
  }

  private static int positive(String name, String text) {
    int n;
    try {
      n = Integer.parseInt(text.strip());
    } catch (NumberFormatException e) {
      n = 0;
    }
    if (n < 1) {
      throw new IllegalArgumentException(name + ": '" + text + "' is not a positive whole number");
    }
    return n;
  }

  /// Starts workers until there are `n`; called only by the one thread that holds [#BUSY].
  private static void hire(int n) {
    while (WORKERS.size() < n) {
      var worker = new Worker(WORKERS.size());
      WORKERS.add(worker);
      worker.thread.start();
    }
  }

  /// One range being worked on. Parts are claimed one by one by whoever is free.
  private static final class Job {
    final int n;
    final int parts;
    final int helpers;
    final Range body;
    final AtomicInteger next = new AtomicInteger();
    final AtomicInteger done = new AtomicInteger();
    private int failed = Integer.MAX_VALUE;
    private @Nullable Throwable failure;

    Job(int n, int parts, int helpers, Range body) {
      this.n = n;
      this.parts = parts;
      this.helpers = helpers;
      this.body = body;
    }

    void work() {
      for (int part; (part = next.getAndIncrement()) < parts; ) {
        try {
          body.run((int) ((long) n * part / parts), (int) ((long) n * (part + 1) / parts));
        } catch (Throwable t) {
          fail(part, t);
        } finally {
          done.incrementAndGet();
        }
      }
    }

    /// Of several failures keeps that of the lowest part, which is what one thread would meet
    /// first.
    private synchronized void fail(int part, Throwable t) {
      if (part < failed) {
        failed = part;
        failure = t;
      }
    }

    @SuppressWarnings("ThreadPriorityCheck") // A part of someone descheduled may still run.
    void await() {
      for (int spins = 0; done.get() < parts; spins++) {
        if (spins < SPINS) {
          Thread.onSpinWait();
        } else {
          Thread.yield();
        }
      }
      switch (failure) {
        case null -> {}
        case RuntimeException e -> throw e;
        case Error e -> throw e;
        case Throwable e -> throw new IllegalStateException(e);
      }
    }
  }

  private static final class Worker implements Runnable {
    final int index;
    final Thread thread;
    private volatile boolean parked;

    Worker(int index) {
      this.index = index;
      this.thread =
          Thread.ofPlatform()
              .daemon()
              .name("gradus-" + (index + 1))
              .inheritInheritableThreadLocals(false)
              .unstarted(this);
    }

    void wake() {
      if (parked) {
        LockSupport.unpark(thread);
      }
    }

    @Override
    public void run() {
      int spins = 0;
      while (true) {
        if (help() || stepAside()) {
          spins = 0;
        } else if (spins < SPINS) {
          spins++;
          Thread.onSpinWait();
        } else {
          parked = true;
          if (!help() && !stepAside()) {
            LockSupport.park(this);
          }
          parked = false;
          spins = 0;
        }
      }
    }

    /// Whether there was a piece of other work to do.
    private boolean stepAside() {
      BooleanSupplier work = ASIDE.get();
      if (work == null || index >= threads() - 1) {
        return false;
      }
      if (work.getAsBoolean()) {
        return true;
      }
      takeBack(work);
      return false;
    }

    /// Whether there was something to do. Keeps no reference to the job, which holds its arrays.
    private boolean help() {
      Job now = job;
      if (now == null || index >= now.helpers || now.next.get() >= now.parts) {
        return false;
      }
      now.work();
      return true;
    }
  }
}
