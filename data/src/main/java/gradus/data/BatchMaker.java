// SPDX-License-Identifier: Apache-2.0
package gradus.data;

import gradus.Generator;
import gradus.internal.Raw;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Makes the batches of one epoch, any of them at any time.
final class BatchMaker implements IntFunction<Batch> {
  private final Dataset dataset;
  private final @Nullable ImageBatches images;
  private final Buffers buffers;
  private final int[] order;
  private final int batchSize;
  private final long seed;
  private final int epoch;

  /// @param buffers where inputs go that can be written anywhere
  BatchMaker(Dataset dataset, int[] order, int batchSize, long seed, int epoch, Buffers buffers) {
    this.dataset = dataset.forEpoch(epoch);
    this.images = this.dataset instanceof MappedDataset mapped ? mapped.batches() : null;
    this.buffers = buffers;
    this.order = order;
    this.batchSize = batchSize;
    this.seed = seed;
    this.epoch = epoch;
  }

  /// Makes batch `number`. What its making draws without a generator comes from one of its own, so
  /// that it does not matter which thread makes it.
  @Override
  public Batch apply(int number) {
    int[] indices = indices(number);
    try (var _ = Generator.scope(new Generator(seed).derive(epoch, number))) {
      return images == null ? dataset.batch(indices) : images.batch(indices, buffers::take);
    } catch (RuntimeException e) {
      throw explained(e, number, indices);
    }
  }

  /// Whether batches can be made in pieces.
  boolean hasPieces() {
    return images != null;
  }

  /// Returns batch `number`, yet to be made, of a maker that [has pieces][#hasPieces].
  Assembly begin(int number) {
    return Objects.requireNonNull(images).begin(indices(number), buffers::take);
  }

  /// Makes what is left of batch `number`.
  Batch finish(Assembly begun, int number) {
    try {
      return begun.finish();
    } catch (RuntimeException e) {
      throw explained(e, number, indices(number));
    }
  }

  private int[] indices(int number) {
    int from = number * batchSize;
    return Arrays.copyOfRange(order, from, Math.min(from + batchSize, order.length));
  }

  /// Takes back the array of the inputs of a batch that was made here.
  void recycle(Batch batch) {
    if (images != null) {
      buffers.give(Raw.releaseFloats(batch.x()));
    }
  }

  /// Looks for the example that cannot be had, by asking for each alone.
  private RuntimeException explained(RuntimeException e, int number, int[] indices) {
    for (int index : indices) {
      try (var _ = Generator.scope(new Generator(seed).derive(epoch, number))) {
        dataset.batch(index);
      } catch (RuntimeException single) {
        return explained(single, name(index) + ", in batch " + number);
      }
    }
    String some =
        Arrays.stream(indices).limit(5).mapToObj(this::name).collect(Collectors.joining(", "));
    return explained(e, "batch " + number + " (" + some + (indices.length > 5 ? ", …)" : ")"));
  }

  private String name(int index) {
    try {
      return dataset.name(index);
    } catch (RuntimeException e) {
      return "example " + index; // There is no such example: that is the failure being explained.
    }
  }

  private RuntimeException explained(RuntimeException e, String where) {
    String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    String message = "DataLoader: " + where + " of epoch " + epoch + ": " + reason;
    return e instanceof UncheckedIOException io
        ? new UncheckedIOException(message, io.getCause())
        : new IllegalStateException(message, e);
  }
}
