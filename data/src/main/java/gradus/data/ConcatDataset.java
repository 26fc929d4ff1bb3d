// SPDX-License-Identifier: Apache-2.0
package gradus.data;

import gradus.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// Several datasets, one after another: `torch.utils.data.ConcatDataset`.
public final class ConcatDataset implements Dataset {
  private final List<Dataset> datasets;

  /// The number of the first example of each dataset, and of all.
  private final int[] starts;

  /// Puts datasets one after another.
  ///
  /// @throws IllegalArgumentException if there are none, or more than 2³¹ − 1 examples
  public ConcatDataset(List<? extends Dataset> datasets) {
    if (datasets.isEmpty()) {
      throw new IllegalArgumentException("ConcatDataset: there are no datasets");
    }
    this.datasets = List.copyOf(datasets);
    this.starts = new int[datasets.size() + 1];
    long sum = 0;
    for (int i = 0; i < datasets.size(); i++) {
      sum += datasets.get(i).size();
      if (sum > Integer.MAX_VALUE) {
        throw new IllegalArgumentException("ConcatDataset: more than 2³¹ − 1 examples");
      }
      starts[i + 1] = (int) sum;
    }
  }

  /// Returns the datasets.
  public List<Dataset> datasets() {
    return datasets;
  }

  @Override
  public int size() {
    return starts[datasets.size()];
  }

  /// Returns the dataset in which an example is.
  private int part(int index) {
    Objects.checkIndex(index, size());
    int part = 0;
    while (starts[part + 1] <= index) {
      part++;
    }
    return part;
  }

  @Override
  public Sample get(int index) {
    int part = part(index);
    return datasets.get(part).get(index - starts[part]);
  }

  @Override
  public String name(int index) {
    int part = part(index);
    return datasets.get(part).name(index - starts[part]);
  }

  @Override
  public Dataset forEpoch(int epoch) {
    return new ConcatDataset(datasets.stream().map(d -> d.forEpoch(epoch)).toList());
  }

  /// Takes what each dataset gives at once, and puts it in order.
  @Override
  public Batch batch(int... indices) {
    int[][] byPart = new int[datasets.size()][];
    int[] counts = new int[datasets.size()];
    for (int index : indices) {
      counts[part(index)]++;
    }
    for (int p = 0; p < byPart.length; p++) {
      byPart[p] = new int[counts[p]];
    }
    int[] next = new int[counts.length];
    for (int p = 1; p < counts.length; p++) {
      next[p] = next[p - 1] + counts[p - 1];
    }
    int[] first = next.clone();
    long[] positions = new long[indices.length];
    for (int i = 0; i < indices.length; i++) {
      int p = part(indices[i]);
      byPart[p][next[p] - first[p]] = indices[i] - starts[p];
      positions[i] = next[p]++;
    }
    List<Tensor> xs = new ArrayList<>();
    List<Tensor> ys = new ArrayList<>();
    for (int p = 0; p < byPart.length; p++) {
      if (byPart[p].length == indices.length) {
        return datasets.get(p).batch(byPart[p]);
      }
      if (byPart[p].length > 0) {
        Batch batch = datasets.get(p).batch(byPart[p]);
        xs.add(batch.x());
        ys.add(batch.y());
      }
    }
    Tensor order = Tensor.of(positions, positions.length);
    return new Batch(
        Tensor.cat(xs, 0).indexSelect(0, order), Tensor.cat(ys, 0).indexSelect(0, order));
  }
}
