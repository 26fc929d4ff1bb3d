// SPDX-License-Identifier: Apache-2.0
package gradus;

import java.util.Arrays;
import java.util.List;

/// Medians, quantiles and counts.
final class Ranks {
  private Ranks() {}

  static Tensor median(Tensor x) {
    Tensor y = median(Arrangement.flat(x.detach()), 0).values();
    int[] one = new int[x.dim()];
    Arrays.fill(one, 1);
    return y.by(x, () -> new Reduction.Extreme(x.edge(), x.saved(), y, Shape.wrap(one), true));
  }

  static MaxResult median(Tensor x, int axis) {
    int size = size("median", x, axis);
    SortResult sorted = x.sort(axis);
    Tensor line = x.dim() == 0 ? x.detach().reshape(1) : x.detach();
    Tensor middle =
        (x.dim() == 0 ? sorted.indices().reshape(1) : sorted.indices())
            .narrow(axis, (size - 1) / 2, 1);
    // Where there is a NaN, the first one is the median.
    Tensor nan = line.isNan();
    Tensor first = nan.to(DType.INT64).argmax(axis).unsqueeze(axis);
    return at(x, axis, Tensor.where(nan.any(axis).unsqueeze(axis), first, middle));
  }

  /// The elements at `places`, one along `axis`, or of a vector for a scalar.
  private static MaxResult at(Tensor x, int axis, Tensor places) {
    if (x.dim() == 0) {
      Tensor index = places.reshape();
      return new MaxResult(x.gather(axis, index), index);
    }
    return new MaxResult(x.gather(axis, places).squeeze(axis), places.squeeze(axis));
  }

  static MaxResult kthvalue(Tensor x, int k, int axis) {
    int size = x.dim() == 0 ? 1 : x.size(axis);
    if (k < 1 || k > size) {
      throw new IllegalArgumentException(
          "kthvalue: %s: k = %d is not in 1…%d, the size of dimension %d"
              .formatted(x.shape(), k, size, axis));
    }
    Tensor order = x.argsort(axis);
    return at(x, axis, (x.dim() == 0 ? order.reshape(1) : order).narrow(axis, k - 1, 1));
  }

  static MaxResult mode(Tensor x, int axis) {
    int size = size("mode", x, axis);
    SortResult sorted = (x.dim() == 0 ? x.reshape(1) : x).detach().sort(axis);
    Tensor values = sorted.values();
    // How many elements from the first to this one are this one's equals, less one.
    Tensor same =
        values.narrow(axis, 1, size - 1).eq(values.narrow(axis, 0, size - 1)).to(DType.INT64);
    Tensor all =
        Tensor.cat(
            List.of(Tensor.zerosLike(values.narrow(axis, 0, 1)).to(DType.INT64), same), axis);
    Tensor count = all.cumsum(axis);
    Tensor before = count.mul(all.eq(0).to(DType.INT64)).cummax(axis).values();
    Tensor run = count.sub(before);
    // Of equally many, the first is the smallest; the longest run ends with its last element.
    Tensor end = run.argmax(axis).unsqueeze(axis);
    return at(x, axis, sorted.indices().gather(axis, end));
  }

  static Tensor quantile(Tensor x, double q, int axis) {
    Launch.floating("quantile", x);
    if (!(q >= 0 && q <= 1)) {
      throw new IllegalArgumentException("quantile: q = %s is not in [0, 1]".formatted(q));
    }
    int size = size("quantile", x, axis);
    Tensor line = x.dim() == 0 ? x.reshape(1) : x;
    Tensor sorted = line.sort(axis).values();
    double rank = q * (size - 1);
    int below = (int) rank;
    Tensor low = sorted.select(axis, below);
    Tensor high = sorted.select(axis, (int) Math.ceil(rank));
    Tensor y = low.lerp(high, rank - below);
    Tensor nan = line.detach().isNan().any(axis);
    return Tensor.where(nan, sorted.select(axis, size - 1), y);
  }

  private static int size(String op, Tensor x, int axis) {
    int size = x.dim() == 0 ? 1 : x.size(axis);
    if (size == 0) {
      throw new IllegalArgumentException(
          "%s: %s: of nothing there is none".formatted(op, x.shape()));
    }
    return size;
  }

  static Tensor searchsorted(Tensor sorted, Tensor values) {
    if (sorted.dim() != 1) {
      throw new IllegalArgumentException(
          "searchsorted: %s is not a vector".formatted(sorted.shape()));
    }
    double[] boundaries = sorted.toDoubleArray();
    double[] wanted = values.toDoubleArray();
    long[] places = new long[wanted.length];
    for (int i = 0; i < wanted.length; i++) {
      int low = 0;
      int high = boundaries.length;
      while (low < high) {
        int middle = (low + high) >>> 1;
        // NaN is greater than all.
        if (boundaries[middle] < wanted[i]
            || (Double.isNaN(wanted[i]) && !Double.isNaN(boundaries[middle]))) {
          low = middle + 1;
        } else {
          high = middle;
        }
      }
      places[i] = low;
    }
    return Tensor.wrap(DType.INT64, places, values.shape());
  }

  static Tensor bincount(Tensor x, Tensor weights, int minlength) {
    if (x.dtype() != DType.INT64 || x.dim() != 1) {
      throw new IllegalArgumentException(
          "bincount: %s %s; expected an int64 vector".formatted(x.dtype(), x.shape()));
    }
    if (!weights.shape().equals(x.shape())) {
      throw new IllegalArgumentException(
          "bincount: weights %s for %s".formatted(weights.shape(), x.shape()));
    }
    if (minlength < 0) {
      throw new IllegalArgumentException("bincount: minlength %d is negative".formatted(minlength));
    }
    long[] values = x.toLongArray();
    long most = minlength - 1L;
    for (int i = 0; i < values.length; i++) {
      if (values[i] < 0) {
        throw new IllegalArgumentException(
            "bincount: %d at position %d is negative".formatted(values[i], i));
      }
      most = Math.max(most, values[i]);
    }
    Tensor zeros = Tensor.zeros(weights.dtype(), Math.toIntExact(most + 1));
    return zeros.scatterAdd(0, x, weights);
  }
}
