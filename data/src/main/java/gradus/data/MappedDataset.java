// SPDX-License-Identifier: Apache-2.0
package gradus.data;

/// A dataset with a transform of its inputs.
record MappedDataset(Dataset dataset, Transform transform) implements Dataset {

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
