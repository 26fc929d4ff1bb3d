// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.DType;
import gradus.Tensor;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is behind [F#embeddingBag], out of tensor ops: each bag's rows, looked up and put together.
final class Bags {
  private static final String OP = "embeddingBag";

  private Bags() {}

  /// Bags of rows by number, one bag behind the other.
  ///
  /// @param rows which rows there are
  /// @param bags the bag of each, ascending
  /// @param places where each stood among all indices
  /// @param count how many bags there are
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Members(long[] rows, long[] bags, long[] places, int count) {
    /// Returns how many rows each bag has.
    long[] sizes() {
      long[] sizes = new long[count];
      for (long bag : bags) {
        sizes[(int) bag]++;
      }
      return sizes;
    }
  }

  static Tensor of(
      Tensor indices,
      Tensor weight,
      @Nullable Tensor offsets,
      @Nullable Tensor perSampleWeights,
      EmbeddingBag.Options options) {
    if (options.maxNorm() != null) {
      throw new IllegalArgumentException(
          OP + ": maxNorm changes the table, which only the layer EmbeddingBag can do");
    }
    if (perSampleWeights != null) {
      checkWeights(indices, weight, perSampleWeights, options);
    }
    long[] starts = starts(indices, offsets, options);
    Members members = members(indices, weight.size(0), starts, options.paddingIdx());
    Tensor named = Tensor.of(members.rows());
    Tensor rows = Lookup.rows(named, weight, null, options.scaleGradByFreq());
    if (perSampleWeights != null) {
      Tensor own = perSampleWeights.flatten().indexSelect(0, Tensor.of(members.places()));
      rows = rows.mul(own.unsqueeze(1));
    }
    return switch (options.mode()) {
      case SUM -> sum(rows, members);
      case MEAN -> sum(rows, members).div(divisors(rows, members));
      case MAX -> max(rows, members);
    };
  }

  private static Tensor sum(Tensor rows, Members members) {
    Tensor zeros = Tensor.zeros(rows.dtype(), members.count(), rows.size(1));
    return zeros.indexAdd(0, Tensor.of(members.bags()), rows);
  }

  /// Returns `[count, 1]`: the sizes of the bags, 1 for empty ones, whose mean is 0.
  private static Tensor divisors(Tensor rows, Members members) {
    double[] sizes =
        Arrays.stream(members.sizes()).mapToDouble(size -> Math.max(size, 1)).toArray();
    return Tensor.float64(sizes, sizes.length, 1).to(rows.dtype());
  }

  /// The largest element of each bag; gradients flow to the first of equal ones. Smaller bags are
  /// filled up with a row of −∞, empty ones are 0.
  private static Tensor max(Tensor rows, Members members) {
    long[] sizes = members.sizes();
    int most = (int) Arrays.stream(sizes).max().orElse(0);
    if (most == 0) {
      return sum(rows, members);
    }
    long[] table = new long[members.count() * most];
    Arrays.fill(table, members.rows().length);
    long first = 0;
    for (int bag = 0; bag < members.count(); bag++) {
      for (int i = 0; i < sizes[bag]; i++) {
        table[bag * most + i] = first + i;
      }
      first += sizes[bag];
    }
    Tensor lowest = Tensor.full(rows.dtype(), Double.NEGATIVE_INFINITY, 1, rows.size(1));
    Tensor filled = Tensor.cat(List.of(rows, lowest), 0);
    Tensor largest =
        filled
            .indexSelect(0, Tensor.of(table))
            .reshape(members.count(), most, rows.size(1))
            .max(1)
            .values();
    Tensor empty = Tensor.of(sizes).eq(Tensor.scalar(0L)).unsqueeze(1);
    return Tensor.where(empty, Tensor.zerosLike(largest), largest);
  }

  /// Returns where each bag starts, and the end of the last one.
  private static long[] starts(
      Tensor indices, @Nullable Tensor offsets, EmbeddingBag.Options options) {
    if (offsets == null) {
      if (indices.dim() != 2) {
        throw new IllegalArgumentException(
            "%s: the indices are %s; without offsets they need [B, N], a bag in each row"
                .formatted(OP, indices.shape()));
      }
      long[] starts = new long[indices.size(0) + 1];
      Arrays.setAll(starts, i -> (long) i * indices.size(1));
      return starts;
    }
    if (indices.dim() != 1 || offsets.dim() != 1 || offsets.dtype() != DType.INT64) {
      throw new IllegalArgumentException(
          "%s: the indices are %s and the offsets %s of %s; they need [*] and [B] of int64"
              .formatted(OP, indices.shape(), offsets.shape(), offsets.dtype()));
    }
    long[] given = offsets.toLongArray();
    long end = indices.numel();
    boolean closed = options.includeLastOffset();
    long[] starts = closed ? given : Arrays.copyOf(given, given.length + 1);
    if (!closed) {
      starts[given.length] = end;
    }
    boolean ordered = starts.length > 0 && starts[0] == 0 && starts[starts.length - 1] <= end;
    for (int i = 1; i < starts.length; i++) {
      ordered &= starts[i - 1] <= starts[i];
    }
    if (!ordered) {
      throw new IllegalArgumentException(
          "%s: the offsets %s do not start at 0 and ascend to at most %s, the number of indices"
              .formatted(OP, Arrays.toString(given), end));
    }
    return starts;
  }

  /// Returns the rows of all bags without those of the padding.
  private static Members members(
      Tensor indices, int count, long[] starts, @Nullable Integer paddingIdx) {
    long padding = paddingIdx == null ? -1 : Math.floorMod(paddingIdx, count);
    long[] all = indices.flatten().toLongArray();
    int bags = starts.length - 1;
    long[] rows = new long[all.length];
    long[] bagOf = new long[all.length];
    long[] places = new long[all.length];
    int n = 0;
    for (int bag = 0; bag < bags; bag++) {
      for (int i = (int) starts[bag]; i < starts[bag + 1]; i++) {
        if (all[i] != padding) {
          rows[n] = all[i];
          bagOf[n] = bag;
          places[n++] = i;
        }
      }
    }
    return new Members(
        Arrays.copyOf(rows, n), Arrays.copyOf(bagOf, n), Arrays.copyOf(places, n), bags);
  }

  private static void checkWeights(
      Tensor indices, Tensor weight, Tensor perSampleWeights, EmbeddingBag.Options options) {
    Check.sameType(OP, "weight", weight, "perSampleWeights", perSampleWeights);
    if (options.mode() != EmbeddingBag.Mode.SUM
        || !perSampleWeights.shape().equals(indices.shape())) {
      throw new IllegalArgumentException(
          "%s: perSampleWeights %s for indices %s and mode %s; they need the same shape and SUM"
              .formatted(OP, perSampleWeights.shape(), indices.shape(), options.mode()));
    }
  }
}
