// SPDX-License-Identifier: Apache-2.0
package gradus.data;

import gradus.Generator;
import gradus.Tensor;
import java.util.Arrays;
import java.util.List;

/// Examples by number: `torch.utils.data.Dataset`.
///
/// A dataset of your own needs [#size] and [#get]. Where examples lie in one array, [#batch] can
/// gather them without making a tensor for each, as [TensorDataset] and [ImageDataset] do; loaders
/// only call that.
public interface Dataset {

  /// Returns the number of examples.
  int size();

  /// Returns example `index`, the same each time.
  ///
  /// @throws IndexOutOfBoundsException if `index` is not in 0 … size − 1
  Sample get(int index);

  /// Returns the examples of these numbers, in this order, as one batch.
  ///
  /// @throws IndexOutOfBoundsException if a number is not in 0 … size − 1
  /// @throws IllegalArgumentException if there are no numbers, or the examples differ in shape
  default Batch batch(int... indices) {
    List<Sample> samples = Arrays.stream(indices).mapToObj(this::get).toList();
    return new Batch(
        Tensor.stack(samples.stream().map(Sample::x).toList(), 0),
        Tensor.stack(samples.stream().map(Sample::y).toList(), 0));
  }

  /// Returns the same examples with `transform` applied to the inputs of each batch.
  default Dataset map(Transform transform) {
    return new MappedDataset(this, transform);
  }

  /// Returns parts of these sizes, disjoint and drawn at random: `torch.utils.data.random_split`.
  ///
  /// @throws IllegalArgumentException if a length is negative or they don't sum to the size
  default List<Subset> randomSplit(Generator generator, int... lengths) {
    return RandomSplit.byLengths(this, generator, lengths);
  }

  /// Returns parts of these fractions of the size, disjoint and drawn at random:
  /// `torch.utils.data.random_split`.
  ///
  /// Each part gets ⌊fraction · size⌋ examples, and what is left over goes one by one to the first
  /// parts.
  ///
  /// @throws IllegalArgumentException if a fraction is not in [0, 1] or they don't sum to 1
  default List<Subset> randomSplit(Generator generator, double... fractions) {
    return RandomSplit.byFractions(this, generator, fractions);
  }
}
