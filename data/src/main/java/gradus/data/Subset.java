// SPDX-License-Identifier: Apache-2.0
package gradus.data;

import java.util.Arrays;
import java.util.Objects;

/// Some examples of a dataset, in an order of their own: `torch.utils.data.Subset`.
public final class Subset implements Dataset {
  private final Dataset dataset;
  private final int[] indices;

  /// Takes the examples of these numbers.
  ///
  /// @throws IndexOutOfBoundsException if a number is not in 0 … size − 1
  public Subset(Dataset dataset, int... indices) {
    for (int index : indices) {
      Objects.checkIndex(index, dataset.size());
    }
    this.dataset = dataset;
    this.indices = indices.clone();
  }

  /// Returns the dataset that this is a part of.
  public Dataset dataset() {
    return dataset;
  }

  /// Returns a copy of the numbers, in the whole dataset, of the examples.
  public int[] indices() {
    return indices.clone();
  }

  /// Returns the number, in the whole dataset, of example `number`.
  int index(int number) {
    return indices[number];
  }

  @Override
  public int size() {
    return indices.length;
  }

  @Override
  public Sample get(int index) {
    return dataset.get(indices[index]);
  }

  @Override
  public Batch batch(int... numbers) {
    return dataset.batch(Arrays.stream(numbers).map(i -> indices[i]).toArray());
  }

  @Override
  public String name(int index) {
    return dataset.name(indices[index]);
  }

  @Override
  public Dataset forEpoch(int epoch) {
    return new Subset(dataset.forEpoch(epoch), indices);
  }
}
