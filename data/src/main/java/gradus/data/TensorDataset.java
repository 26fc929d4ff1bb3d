// SPDX-License-Identifier: Apache-2.0
package gradus.data;

import gradus.Tensor;
import java.util.Arrays;
import java.util.Objects;

/// Examples that lie in two tensors: `torch.utils.data.TensorDataset`.
public final class TensorDataset implements Dataset {
  private final Tensor x;
  private final Tensor y;

  /// Makes a dataset of inputs `x` and targets `y`; dimension 0 counts the examples.
  ///
  /// @throws IllegalArgumentException if their first sizes differ
  public TensorDataset(Tensor x, Tensor y) {
    if (x.dim() == 0 || y.dim() == 0 || x.size(0) != y.size(0)) {
      throw new IllegalArgumentException(
          String.format(
              "TensorDataset: inputs %s and targets %s do not have the same first size",
              x.shape(), y.shape()));
    }
    this.x = x.detach().contiguous();
    this.y = y.detach().contiguous();
  }

  @Override
  public int size() {
    return x.size(0);
  }

  @Override
  public Sample get(int index) {
    Objects.checkIndex(index, size());
    return new Sample(x.select(0, index), y.select(0, index));
  }

  @Override
  public Batch batch(int... indices) {
    for (int index : indices) {
      Objects.checkIndex(index, size());
    }
    Tensor index = Tensor.of(Arrays.stream(indices).asLongStream().toArray(), indices.length);
    return new Batch(x.indexSelect(0, index), y.indexSelect(0, index));
  }
}
