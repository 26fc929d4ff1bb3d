// SPDX-License-Identifier: Apache-2.0
package gradus.testing;

import gradus.DType;
import gradus.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/// The same values laid out otherwise in memory: what an op must not notice.
///
/// A result that isn't contiguous is a view of a new tensor whose dimensions stand in another
/// order, or with foreign elements around and between: NaN, or integers far out of any range, so
/// that an op that reads one of them is found out.
public final class Layouts {
  private static final int ORDERS = 24;
  private static final int DIMS = 12;

  private Layouts() {}

  /// Returns tensors with the shape and values of `values`: a contiguous copy, or a view that is
  /// permuted, narrowed, strided, or several of these at once. Shrinks to the contiguous copy. A
  /// result is a leaf that requires no gradient.
  public static Arbitrary<Tensor> of(Tensor values) {
    return Combinators.combine(
            Shapes.uniform(0, ORDERS - 1),
            Shapes.uniform(0, DIMS - 1),
            Shapes.uniform(0, 2),
            Shapes.uniform(1, 3),
            Shapes.uniform(0, 2))
        .as(
            (order, dim, before, step, after) ->
                new Way(order, dim, before, step, after).lay(values));
  }

  /// Returns `values` with its dimensions in reverse order in memory, as `t()` leaves a matrix.
  public static Tensor transposed(Tensor values) {
    int n = values.dim();
    int[] reverse = new int[n];
    Arrays.setAll(reverse, d -> n - 1 - d);
    return values.detach().permute(reverse).copy().permute(reverse);
  }

  /// Returns `values` as every other column of a larger tensor, from the second on.
  public static Tensor strided(Tensor values) {
    return new Way(0, Math.max(values.dim() - 1, 0), 1, 2, 1).lay(values);
  }

  /// How elements are laid out. Every combination of numbers is a way for every shape.
  ///
  /// @param order which order the dimensions have in memory
  /// @param dim which of them has foreign slices
  /// @param before how many of those there are in front
  /// @param step how many indices there are from one slice to the next
  /// @param after how many foreign slices there are behind
  record Way(int order, int dim, int before, int step, int after) {
    static final Way CONTIGUOUS = new Way(0, 0, 0, 1, 0);

    static Way draw(Random random) {
      return new Way(
          random.nextInt(ORDERS),
          random.nextInt(DIMS),
          random.nextInt(3),
          1 + random.nextInt(3),
          random.nextInt(3));
    }

    Tensor lay(Tensor values) {
      Tensor x = values.detach();
      if (x.dim() == 0) {
        return lay(x.unsqueeze(0)).select(0, 0);
      }
      int[] inMemory = Shapes.order(x.dim(), order);
      int[] back = new int[inMemory.length];
      for (int d = 0; d < inMemory.length; d++) {
        back[inMemory[d]] = d;
      }
      return spread(x.permute(inMemory), dim % x.dim()).permute(back);
    }

    private Tensor spread(Tensor x, int d) {
      Tensor wide = x.unsqueeze(d + 1);
      Tensor spaced =
          Tensor.cat(List.of(wide, foreign(wide, d + 1, step - 1)), d + 1).flatten(d, d + 1);
      return Tensor.cat(List.of(foreign(x, d, before), spaced, foreign(x, d, after)), d)
          .slice(d, before, before + spaced.size(d), step);
    }

    private static Tensor foreign(Tensor x, int dim, int size) {
      int[] sizes = x.shape().toArray();
      sizes[dim] = size;
      return switch (x.dtype()) {
        case FLOAT32, FLOAT64 -> Tensor.full(x.dtype(), Double.NaN, sizes);
        case INT64 -> Tensor.full(DType.INT64, -0x1p62, sizes);
        case UINT8 -> Tensor.full(DType.UINT8, 255, sizes);
        case BOOL -> Tensor.ones(DType.BOOL, sizes);
      };
    }
  }
}
