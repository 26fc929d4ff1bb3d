// SPDX-License-Identifier: Apache-2.0
package gradus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/// Views against index arithmetic.
class LayoutTest {
  @Test
  void viewsShareTheStorage() {
    Tensor x = Tensor.arange(24).reshape(2, 3, 4);
    for (Tensor view :
        List.of(
            x.reshape(6, 4),
            x.transpose(0, 2),
            x.permute(2, 0, 1),
            x.narrow(1, 1, 2),
            x.select(2, 3),
            x.unsqueeze(0),
            x.get(1),
            x.slice(2, 0, 4, 2),
            x.expand(5, 2, 3, 4),
            x.flatten(1))) {
      assertThat(view.storage).isSameAs(x.storage);
    }
    assertThat(x.transpose(0, 2).reshape(24).storage).isNotSameAs(x.storage);
  }

  @Test
  void elements() {
    Tensor x = Tensor.arange(24).reshape(2, 3, 4);
    assertThat(x.transpose(0, 2).get(3, 1).toLongArray()).containsExactly(7, 19);
    assertThat(x.permute(2, 0, 1).get(1, 1).toLongArray()).containsExactly(13, 17, 21);
    assertThat(x.narrow(1, -2, 2).get(0).toLongArray()).containsExactly(4, 5, 6, 7, 8, 9, 10, 11);
    assertThat(x.slice(2, -3, 100, 2).get(0, 0).toLongArray()).containsExactly(1, 3);
    assertThat(x.slice(0, 1, 0).numel()).isZero();
    assertThat(x.select(1, -1).toLongArray()).containsExactly(8, 9, 10, 11, 20, 21, 22, 23);
    assertThat(x.get(1, 2, 3).item()).isEqualTo(23);
    assertThat(Tensor.arange(3).unsqueeze(1).expand(3, 2).toLongArray())
        .containsExactly(0, 0, 1, 1, 2, 2);
    assertThat(x.flatten(0, 1).shape()).isEqualTo(Shape.of(6, 4));
    assertThat(x.flatten().shape()).isEqualTo(Shape.of(24));
    assertThat(Tensor.scalar(1.0).flatten().shape()).isEqualTo(Shape.of(1));
    assertThat(Tensor.zeros(0, 3).flatten().shape()).isEqualTo(Shape.of(0));
    assertThat(Tensor.zeros(1, 3, 1).squeeze().shape()).isEqualTo(Shape.of(3));
    assertThat(Tensor.zeros(1, 3, 1).squeeze(1).shape()).isEqualTo(Shape.of(1, 3, 1));
    assertThat(Tensor.zeros(1, 3, 1).squeeze(-1).shape()).isEqualTo(Shape.of(1, 3));
    assertThat(Tensor.zeros(3, 0).reshape(0, 5).shape()).isEqualTo(Shape.of(0, 5));
    assertThat(Tensor.arange(6).reshape(2, -1).shape()).isEqualTo(Shape.of(2, 3));
  }

  @Test
  void viewsOfNothingAreEmptyWhereverTheyStart() {
    Tensor x = Tensor.zeros(3, 0).narrow(0, 2, 1);
    assertThat(x.copy().shape()).isEqualTo(Shape.of(1, 0));
    assertThat(x.toFloatArray()).isEmpty();
  }

  @Provide
  Arbitrary<Tensor> layouts() {
    Arbitrary<int[]> sizes = Arbitraries.integers().between(1, 4).array(int[].class).ofSize(4);
    return Combinators.combine(
            sizes,
            Arbitraries.shuffle(0, 1, 2, 3),
            Arbitraries.integers().between(0, 3),
            Arbitraries.integers().between(1, 2))
        .as(
            (s, order, axis, step) -> {
              Tensor x = Tensor.arange(Shape.of(s).numel()).reshape(s);
              x =
                  x.permute(order.stream().mapToInt(i -> i).toArray())
                      .slice(axis, x.size(axis) > 2 ? 1 : 0, 4, step);
              return s[0] == 1 ? x.unsqueeze(2).expand(-1, -1, 3, -1, -1) : x;
            });
  }

  /// Whatever the strides, a reshape shows the elements in row-major order, as a view or a copy.
  @Property(tries = 300, seed = "1")
  void reshapeKeepsTheOrder(@ForAll("layouts") Tensor x, @ForAll("cuts") List<Integer> cuts) {
    int[] sizes = cuts.stream().mapToInt(i -> i).toArray();
    int product = 1;
    for (int s : sizes) {
      product *= s;
    }
    if (x.numel() % product != 0) {
      sizes = new int[] {-1};
    } else {
      sizes = java.util.Arrays.copyOf(sizes, sizes.length + 1);
      sizes[sizes.length - 1] = x.numel() / product;
    }
    Tensor y = x.reshape(sizes);
    assertThat(y.toLongArray()).containsExactly(x.toLongArray());
    Tensor back = y.reshape(x.shape());
    assertThat(back.toLongArray()).containsExactly(x.toLongArray());
  }

  @Provide
  Arbitrary<List<Integer>> cuts() {
    return Arbitraries.of(1, 2, 3, 4).list().ofMinSize(1).ofMaxSize(3);
  }

  @Property(tries = 200, seed = "1")
  void elementsAreWhereTheStridesSay(@ForAll("layouts") Tensor x) {
    long[] flat = x.toLongArray();
    int[] index = new int[x.dim()];
    for (long expected : flat) {
      assertThat((long) x.get(index).item()).isEqualTo(expected);
      for (int d = index.length - 1; d >= 0 && ++index[d] == x.size(d); d--) {
        index[d] = 0;
      }
    }
    assertThat(x.contiguous().isContiguous()).isTrue();
    assertThat(x.contiguous().toLongArray()).containsExactly(flat);
  }
}
