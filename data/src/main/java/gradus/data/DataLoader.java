// SPDX-License-Identifier: Apache-2.0
package gradus.data;

import gradus.Generator;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;

/// Batches of a dataset, epoch by epoch: `torch.utils.data.DataLoader`.
///
/// ```java
/// var loader = new DataLoader(train, DataLoader.options().batchSize(128).shuffle(true).seed(1));
/// for (Batch batch : loader) { … } // epoch 0
/// for (Batch batch : loader) { … } // epoch 1, in another order
/// ```
///
/// Each call of [#iterator()] is a new epoch. Its order depends only on the seed and the number of
/// the epoch, so that a training can go on where it stopped: `loader.epoch(7)`.
public final class DataLoader implements Iterable<Batch> {
  private final Dataset dataset;
  private final Options options;
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
  }

  /// Returns PyTorch's defaults: batches of one example, in order, none left out; seed 0.
  public static Options options() {
    return new Options(1, false, false, 0);
  }

  /// Options of [DataLoader].
  ///
  /// @param batchSize examples in a batch, ≥ 1
  /// @param shuffle whether each epoch has a random order of its own
  /// @param dropLast whether a last batch of fewer examples is left out
  /// @param seed what the random orders are made from
  public record Options(int batchSize, boolean shuffle, boolean dropLast, long seed) {

    /// Checks the options.
    ///
    /// @throws IllegalArgumentException if `batchSize` is not positive
    public Options {
      if (batchSize < 1) {
        throw new IllegalArgumentException(
            "DataLoader: batchSize " + batchSize + " is not a positive number");
      }
    }

    /// Returns the same with another number of examples in a batch, ≥ 1.
    public Options batchSize(int batchSize) {
      return new Options(batchSize, shuffle, dropLast, seed);
    }

    /// Returns the same, in random or in the dataset's order.
    public Options shuffle(boolean shuffle) {
      return new Options(batchSize, shuffle, dropLast, seed);
    }

    /// Returns the same, with or without a last batch of fewer examples.
    public Options dropLast(boolean dropLast) {
      return new Options(batchSize, shuffle, dropLast, seed);
    }

    /// Returns the same with another seed.
    public Options seed(long seed) {
      return new Options(batchSize, shuffle, dropLast, seed);
    }
  }

  /// Returns the dataset.
  public Dataset dataset() {
    return dataset;
  }

  /// Returns the number of batches in an epoch.
  public int length() {
    int full = dataset.size() / options.batchSize;
    return options.dropLast || dataset.size() % options.batchSize == 0 ? full : full + 1;
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

  /// Begins the next epoch and returns its batches, each made when it is asked for.
  @Override
  public Iterator<Batch> iterator() {
    return new Epoch(order(epoch++));
  }

  private int[] order(int epoch) {
    if (options.shuffle) {
      return new Generator(options.seed).derive(epoch).permutation(dataset.size());
    }
    int[] order = new int[dataset.size()];
    Arrays.setAll(order, i -> i);
    return order;
  }

  private final class Epoch implements Iterator<Batch> {
    private final int[] order;
    private int next;

    Epoch(int[] order) {
      this.order = order;
    }

    @Override
    public boolean hasNext() {
      return next < length();
    }

    @Override
    public Batch next() {
      if (!hasNext()) {
        throw new NoSuchElementException("DataLoader: all " + length() + " batches were taken");
      }
      int from = next++ * options.batchSize;
      int size = Math.min(options.batchSize, order.length - from);
      return dataset.batch(Arrays.copyOfRange(order, from, from + size));
    }
  }
}
