// SPDX-License-Identifier: Apache-2.0
package gradus.data;

import gradus.DType;
import gradus.Tensor;
import gradus.internal.Raw;
import java.util.Arrays;

/// Labels as vectors with one 1, and back: `torch.nn.functional.one_hot`, in float32.
public final class OneHot {
  private OneHot() {}

  /// Returns float32 `[…, C]` with a 1 at each label and 0 elsewhere.
  ///
  /// @param labels int64 `[…]`, each in 0 … C − 1
  /// @param classes C ≥ 1
  /// @throws IllegalArgumentException if labels are of another type or a label is out of range
  public static Tensor encode(Tensor labels, int classes) {
    if (labels.dtype() != DType.INT64 || classes < 1) {
      throw new IllegalArgumentException(
          String.format(
              "OneHot: labels %s %s, classes %d; int64 and a positive number are wanted",
              labels.dtype(), labels.shape(), classes));
    }
    long[] values = labels.toLongArray();
    float[] vectors = new float[Math.multiplyExact(values.length, classes)];
    for (int i = 0; i < values.length; i++) {
      if (values[i] < 0 || values[i] >= classes) {
        throw new IllegalArgumentException(
            String.format("OneHot: label %d at %d is not in 0 … %d", values[i], i, classes - 1));
      }
      vectors[i * classes + (int) values[i]] = 1;
    }
    int[] shape = Arrays.copyOf(labels.shape().toArray(), labels.dim() + 1);
    shape[labels.dim()] = classes;
    return Raw.wrap(vectors, shape);
  }

  /// Returns the int64 labels `[…]` of vectors `[…, C]`, each with one 1 and otherwise zeros.
  ///
  /// @throws IllegalArgumentException if a vector is another
  public static Tensor decode(Tensor vectors) {
    if (vectors.dim() == 0) {
      throw new IllegalArgumentException("OneHot: a scalar is no vector");
    }
    int classes = vectors.size(vectors.dim() - 1);
    double[] values = vectors.to(DType.FLOAT64).toDoubleArray();
    long[] labels = new long[classes == 0 ? 0 : values.length / classes];
    for (int i = 0; i < labels.length; i++) {
      int ones = 0;
      int others = 0;
      for (int c = 0; c < classes; c++) {
        double value = values[i * classes + c];
        if (value == 1) {
          ones++;
          labels[i] = c;
        } else if (value != 0) {
          others++;
        }
      }
      if (ones != 1 || others != 0) {
        throw new IllegalArgumentException(
            String.format(
                "OneHot: vector %d has %d ones and %d other numbers than 0; for probabilities, use"
                    + " argmax",
                i, ones, others));
      }
    }
    return Raw.wrap(labels, Arrays.copyOf(vectors.shape().toArray(), vectors.dim() - 1));
  }
}
