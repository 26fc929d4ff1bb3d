// SPDX-License-Identifier: Apache-2.0
package gradus.data;

import gradus.Threads;
import java.lang.ref.Cleaner;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/// Batches of a dataset, epoch by epoch: `torch.utils.data.DataLoader`.
///
/// ```java
/// var loader = new DataLoader(train, DataLoader.options().batchSize(128).shuffle(true).seed(1));
/// for (Batch batch : loader) { … } // epoch 0
/// for (Batch batch : loader) { … } // epoch 1, in another order
/// ```
///
/// Each call of [#iterator()] is a new epoch. Its order depends only on the seed, or the sampler,
/// and the number of the epoch, so that a training can go on where it stopped: `loader.epoch(7)`.
///
/// With `workers(2)`, two threads make batches ahead of time. That changes neither order nor random
/// numbers: those of an augmentation depend on seed, epoch and example, and whatever else draws
/// while a batch is made gets a generator that depends on seed, epoch and batch. Workers end with
/// their epoch, or, when a loop is left early, once its iterator is [closed][Epoch#close()] or
/// garbage. Where ops use [all processors][gradus.Threads] and the images are in memory, there are
/// no threads beside those of ops, which would be in their way: these make the next batch
/// themselves, in the moments in which they have nothing to do.
///
/// If an example cannot be had, the loop gets an exception with the example's name and epoch: an
/// [java.io.UncheckedIOException] for files, else an [IllegalStateException].
public final class DataLoader implements Iterable<Batch> {
  private static final Cleaner CLEANER = Cleaner.create();

  private final Dataset dataset;
  private final Options options;
  private final Sampler sampler;
  private final Buffers buffers;
  private int epoch;

  /// Makes a loader of batches in the dataset's own order.
  ///
  /// @throws IllegalArgumentException if `batchSize` is not positive
  public DataLoader(Dataset dataset, int batchSize) {
    this(dataset, options().batchSize(batchSize));
  }

  /// Makes a loader.
  public DataLoader(Dataset dataset, Options options) {
    this.dataset = dataset;
    this.options = options;
    this.buffers = new Buffers(2 + options.workers * (options.prefetch + 1));
    if (options.sampler != null) {
      this.sampler = options.sampler;
    } else if (options.shuffle) {
      this.sampler = new RandomSampler(dataset.size(), options.seed);
    } else {
      this.sampler = new SequentialSampler(dataset.size());
    }
  }

  /// Returns PyTorch's defaults: batches of one example, in order, none left out; seed 0; no
  /// workers, or two batches ahead for each.
  public static Options options() {
    return new Options(1, false, false, 0, 0, 2, null);
  }

  /// Options of [DataLoader].
  ///
  /// @param batchSize examples in a batch, ≥ 1
  /// @param shuffle whether each epoch has a random order of its own
  /// @param dropLast whether a last batch of fewer examples is left out
  /// @param seed what the random orders are made from
  /// @param workers threads that make batches ahead of time, ≥ 0, where they have a processor; with
  ///   0, a batch is made when it is asked for
  /// @param prefetch batches that each worker may be ahead, ≥ 1
  /// @param sampler which examples an epoch takes, or null for all, in order or shuffled
  public record Options(
      int batchSize,
      boolean shuffle,
      boolean dropLast,
      long seed,
      int workers,
      int prefetch,
      @Nullable Sampler sampler) {

    /// Checks the options.
    ///
    /// @throws IllegalArgumentException if a number is not in its range, or there are a sampler and
    ///   `shuffle`
    public Options {
      if (batchSize < 1) {
        throw new IllegalArgumentException(
            "DataLoader: batchSize " + batchSize + " is not a positive number");
      }
      if (workers < 0 || workers > 1024) {
        throw new IllegalArgumentException(
            "DataLoader: workers " + workers + " is not a number from 0 to 1024");
      }
      if (prefetch < 1 || prefetch > 1024) {
        throw new IllegalArgumentException(
            "DataLoader: prefetch " + prefetch + " is not a number from 1 to 1024");
      }
      if (shuffle && sampler != null) {
        throw new IllegalArgumentException(
            "DataLoader: a sampler has an order of its own; leave out shuffle");
      }
    }

    /// Returns the same with another number of examples in a batch, ≥ 1.
    public Options batchSize(int batchSize) {
      return new Options(batchSize, shuffle, dropLast, seed, workers, prefetch, sampler);
    }

    /// Returns the same, in random or in the dataset's order.
    public Options shuffle(boolean shuffle) {
      return new Options(batchSize, shuffle, dropLast, seed, workers, prefetch, sampler);
    }

    /// Returns the same, with or without a last batch of fewer examples.
    public Options dropLast(boolean dropLast) {
      return new Options(batchSize, shuffle, dropLast, seed, workers, prefetch, sampler);
    }

    /// Returns the same with another seed.
    public Options seed(long seed) {
      return new Options(batchSize, shuffle, dropLast, seed, workers, prefetch, sampler);
    }

    /// Returns the same with another number of threads that make batches ahead of time, ≥ 0.
    public Options workers(int workers) {
      return new Options(batchSize, shuffle, dropLast, seed, workers, prefetch, sampler);
    }

    /// Returns the same with another number of batches that each worker may be ahead, ≥ 1.
    public Options prefetch(int prefetch) {
      return new Options(batchSize, shuffle, dropLast, seed, workers, prefetch, sampler);
    }

    /// Returns the same with a sampler, or with null without.
    public Options sampler(@Nullable Sampler sampler) {
      return new Options(batchSize, shuffle, dropLast, seed, workers, prefetch, sampler);
    }
  }

  /// Returns the dataset.
  public Dataset dataset() {
    return dataset;
  }

  /// Returns the number of batches in an epoch.
  public int length() {
    int full = sampler.size() / options.batchSize;
    return options.dropLast || sampler.size() % options.batchSize == 0 ? full : full + 1;
  }

  /// Returns the number of the epoch that the next [#iterator()] begins; 0 at first.
  public int epoch() {
    return epoch;
  }

  /// Sets the number of the epoch that the next [#iterator()] begins.
  ///
  /// @throws IllegalArgumentException if `epoch` is negative
  public void epoch(int epoch) {
    if (epoch < 0) {
      throw new IllegalArgumentException("DataLoader: epoch " + epoch + " is negative");
    }
    this.epoch = epoch;
  }

  /// Begins the next epoch and returns its batches.
  @Override
  public Epoch iterator() {
    int now = epoch++;
    int[] order = sampler.indices(now);
    var maker = new BatchMaker(dataset, order, options.batchSize, options.seed, now, buffers);
    return new Epoch(maker, length(), options);
  }

  /// The batches of one epoch, in order.
  public static final class Epoch implements Iterator<Batch>, AutoCloseable {
    private final BatchMaker maker;
    private final int length;
    private final @Nullable Ahead ahead;
    private int next;
    private @Nullable Batch last;

    private Epoch(BatchMaker maker, int length, Options options) {
      this.maker = maker;
      this.length = length;
      if (options.workers == 0 || length == 0) {
        this.ahead = null;
        return;
      }
      Ahead ahead;
      if (maker.hasPieces() && allProcessorsAreUsed()) {
        ahead = new Meanwhile(maker, length);
      } else {
        var prefetcher = new Prefetcher(maker, length, options.workers * options.prefetch);
        prefetcher.start(Math.min(options.workers, length));
        ahead = prefetcher;
      }
      CLEANER.register(this, ahead::close);
      this.ahead = ahead;
    }

    private static boolean allProcessorsAreUsed() {
      return Threads.count() > 1 && Threads.count() >= Runtime.getRuntime().availableProcessors();
    }

    @Override
    public boolean hasNext() {
      return next < length;
    }

    /// Returns the next batch, which is made now or was made ahead of time.
    ///
    /// @throws NoSuchElementException if all were taken, or the epoch is closed
    /// @throws IllegalStateException if an example cannot be had
    /// @throws java.io.UncheckedIOException if an example cannot be read
    @Override
    public Batch next() {
      if (!hasNext()) {
        throw new NoSuchElementException("DataLoader: all " + length + " batches were taken");
      }
      int number = next++;
      last = null;
      last = ahead == null ? maker.apply(number) : ahead.take();
      return last;
    }

    /// Gives back the memory of the last batch, whose inputs nobody may use any longer: those that
    /// try get an [IllegalStateException].
    ///
    /// Batches of normalized images are then made in the same arrays again and again, which stay in
    /// the processor's cache; for others, this does nothing. Whoever does without it gets a new
    /// array for each.
    ///
    /// @throws IllegalArgumentException if `batch` is not what [#next()] returned last, or was
    ///   given back before
    @SuppressWarnings("ReferenceEquality") // This very batch is meant.
    public void recycle(Batch batch) {
      if (batch != last) {
        throw new IllegalArgumentException(
            "recycle: this is not the batch that next() returned last, or it was given back before");
      }
      last = null;
      maker.recycle(batch);
    }

    /// Ends the epoch and its workers; there are no further batches.
    @Override
    public void close() {
      next = length;
      if (ahead != null) {
        ahead.close();
      }
    }
  }
}
