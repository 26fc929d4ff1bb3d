// SPDX-License-Identifier: Apache-2.0
package gradus.data;

import org.jspecify.annotations.Nullable;

/// A dataset with a transform of its inputs.
final class MappedDataset implements Dataset {
  private final Dataset dataset;
  private final Transform transform;
  private final @Nullable ImageBatches batches;

  MappedDataset(Dataset dataset, Transform transform) {
    this.dataset = dataset;
    this.transform = transform;
    this.batches = ImageBatches.of(dataset, transform);
  }

  Dataset dataset() {
    return dataset;
  }

  /// Returns what makes batches of images in one pass, or null if they are made in other ways.
  @Nullable ImageBatches batches() {
    return batches;
  }

  @Override
  public int size() {
    return dataset.size();
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
    return new Batch(transform.apply(batch.x()), batch.y());
  }

  @Override
  public String name(int index) {
    return dataset.name(index);
  }

  @Override
  public Dataset forEpoch(int epoch) {
    return new MappedDataset(dataset.forEpoch(epoch), transform);
  }
}
