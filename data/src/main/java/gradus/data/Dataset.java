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

  /// Returns what an example is called in messages, such as its file; `example 17` if it has no
  /// name.
  default String name(int index) {
    return "example " + index;
  }

  /// Returns the examples as they are in an epoch: another dataset of the same size where they are
  /// augmented anew each time, else this one. Loaders ask for it.
  ///
  /// @param epoch the number of the epoch, ≥ 0
  default Dataset forEpoch(int epoch) {
    return this;
  }

  /// Returns the same examples with images that are varied at random in each epoch, as a function
  /// of the seed, the epoch and the number of the example.
  ///
  /// The batches that [#batch] gives outside of a loader are those of epoch 0. Inputs must be uint8
  /// or float32 `[N, C, H, W]`.
  default Dataset augment(Augmentation augmentation, long seed) {
    return new AugmentedDataset(this, augmentation, seed, 0);
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

  /// Returns parts of these fractions of the size, disjoint and drawn at random, in which classes
  /// are as frequent as in the whole, to within an example or two; each in the order of the whole.
  ///
  /// @throws IllegalArgumentException if a fraction is not in [0, 1], they don't sum to 1, or
  ///   targets are not int64 labels
  default List<Subset> stratifiedSplit(Generator generator, double... fractions) {
    return StratifiedSplit.split(this, generator, fractions);
  }
}
