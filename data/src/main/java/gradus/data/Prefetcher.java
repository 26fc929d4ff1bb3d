// SPDX-License-Identifier: Apache-2.0
package gradus.data;

import java.util.Arrays;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// Makes batches ahead of time on threads of its own and hands them out in order.
///
/// Workers claim numbers one by one and wait when they are `window` batches ahead. They know
/// nothing of whoever takes the batches, so that a loop which was left can be noticed.
final class Prefetcher implements Ahead {
  private final IntFunction<Batch> maker;
  private final int count;

  /// What became of batch i is at i mod window until it is taken.
  private final @Nullable Outcome[] outcomes;

  private int nextToMake;
  private int nextToTake;
  private boolean closed;

  private sealed interface Outcome {
    record Made(Batch batch) implements Outcome {}

    record Failed(Throwable failure) implements Outcome {}
  }

  /// A thread that makes batches.
  static final class Worker extends Thread {
    Worker(Runnable work, int number) {
      super(null, work, "gradus-loader-" + number, 0, false);
      setDaemon(true);
    }
  }

  /// @param maker makes batch i; called by several threads
  /// @param count how many there are
  /// @param window how many may be made ahead
  Prefetcher(IntFunction<Batch> maker, int count, int window) {
    this.maker = maker;
    this.count = count;
    this.outcomes = new Outcome[window];
  }

  void start(int workers) {
    for (int i = 1; i <= workers; i++) {
      new Worker(this::work, i).start();
    }
  }

  private void work() {
    for (int number; (number = claim()) >= 0; ) {
      Outcome outcome;
      try {
        outcome = new Outcome.Made(maker.apply(number));
      } catch (Throwable failure) {
        outcome = new Outcome.Failed(failure);
      }
      deliver(number, outcome);
    }
  }

  /// Returns the number of a batch to make, or −1 if there is none left.
  private synchronized int claim() {
    while (!closed && nextToMake < count && nextToMake - nextToTake >= outcomes.length) {
      try {
        wait();
      } catch (InterruptedException e) {
        return -1; // By nobody but the process's own end.
      }
    }
    return closed || nextToMake == count ? -1 : nextToMake++;
  }

  private synchronized void deliver(int number, Outcome outcome) {
    if (!closed) {
      outcomes[number % outcomes.length] = outcome;
      notifyAll();
    }
  }

  /// Returns the next batch, or throws what prevented it.
  ///
  /// @throws IllegalStateException if the waiting thread is interrupted
  @Override
  public synchronized Batch take() {
    int place = nextToTake % outcomes.length;
    while (outcomes[place] == null) {
      try {
        wait();
      } catch (InterruptedException e) {
        close();
        Thread.currentThread().interrupt();
        throw new IllegalStateException("DataLoader: interrupted while waiting for a batch", e);
      }
    }
    Outcome outcome = outcomes[place];
    outcomes[place] = null;
    nextToTake++;
    notifyAll();
    return switch (outcome) {
      case Outcome.Made(Batch batch) -> batch;
      case Outcome.Failed(RuntimeException e) -> throw e;
      case Outcome.Failed(Error e) -> throw e;
      case Outcome.Failed(Throwable e) -> throw new IllegalStateException(e);
    };
  }

  /// Ends the workers, each after the batch that it is making.
  @Override
  public synchronized void close() {
    closed = true;
    Arrays.fill(outcomes, null);
    notifyAll();
  }
}
