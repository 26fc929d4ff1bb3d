// SPDX-License-Identifier: Apache-2.0
package gradus.data;

import gradus.DType;
import gradus.Generator;
import gradus.Tensor;
import gradus.internal.Raw;
import org.jspecify.annotations.Nullable;

/// A dataset whose images are varied at random in each epoch.
final class AugmentedDataset implements Dataset {

  /// Images that one thread takes at a time.
  private static final int GRAIN = 16;

  private final Dataset dataset;
  private final Augmentation augmentation;
  private final long seed;
  private final Generator generator;
  private final @Nullable ImageBatches batches;

  AugmentedDataset(Dataset dataset, Augmentation augmentation, long seed, int epoch) {
    this.dataset = dataset;
    this.augmentation = augmentation;
    this.seed = seed;
    this.generator = new Generator(seed).derive(epoch);
    ImageSource source = ImageSource.of(this);
    this.batches = source == null ? null : new ImageBatches(source, null);
  }

  Dataset dataset() {
    return dataset;
  }

  Augmentation augmentation() {
    return augmentation;
  }

  /// Returns the generator of the epoch, from which those of the examples derive.
  Generator generator() {
    return generator;
  }

  @Override
  public int size() {
    return dataset.size();
  }

  @Override
  public String name(int index) {
    return dataset.name(index);
  }

  @Override
  public Dataset forEpoch(int epoch) {
    return new AugmentedDataset(dataset.forEpoch(epoch), augmentation, seed, epoch);
  }

  @Override
  public Sample get(int index) {
    Batch one = batch(index);
    return new Sample(one.x().select(0, 0), one.y().select(0, 0));
  }

  @Override
  public Batch batch(int... indices) {
    if (batches != null) {
      return batches.batch(indices, float[]::new);
    }
    Batch batch = dataset.batch(indices);
    Tensor x = batch.x();
    if (x.dim() != 4 || (x.dtype() != DType.UINT8 && x.dtype() != DType.FLOAT32)) {
      throw new IllegalArgumentException(
          String.format(
              "augment: inputs are %s %s; uint8 or float32 [N, C, H, W] is wanted",
              x.dtype(), x.shape()));
    }
    Tensor y = isNew(dataset) ? x : x.copy();
    Object values = y.dtype() == DType.UINT8 ? Raw.bytes(y) : Raw.floats(y);
    int size = y.size(1) * y.size(2) * y.size(3);
    Loops.parallel(
        indices.length,
        GRAIN,
        (from, to) -> {
          for (int i = from; i < to; i++) {
            var image = new Image(values, i * size, y.size(1), y.size(2), y.size(3));
            augmentation.apply(image, generator.derive(indices[i], 0));
            image.settle();
          }
        });
    return new Batch(y, batch.y());
  }

  /// Returns whether a batch of `dataset` is certainly nobody else's.
  private static boolean isNew(Dataset dataset) {
    return switch (dataset) {
      case TensorDataset _, AugmentedDataset _ -> true;
      case Subset subset -> isNew(subset.dataset());
      default -> false;
    };
  }
}
