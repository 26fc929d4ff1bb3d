// SPDX-License-Identifier: Apache-2.0
package gradus.testing;

import gradus.Dims;
import gradus.Shape;
import gradus.Tensor;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.DomainContextBase;

/// Tensors together with what an op on them needs to be told.
final class Samples extends DomainContextBase {
  /// A tensor of any shape, and one of its dimensions.
  record Axis(Tensor x, int dim) {
    int size() {
      return x.dim() == 0 ? 1 : x.size(dim);
    }
  }

  /// A tensor whose elements differ, and some of its dimensions, to be dropped or kept with size 1.
  record Axes(Tensor x, List<Integer> list, boolean keep) {
    int[] array() {
      return list.stream().mapToInt(Integer::intValue).toArray();
    }

    Dims dims() {
      return keep ? Dims.keep(array()) : Dims.of(array());
    }

    /// The number of elements that are reduced to one.
    int count() {
      return x.numel() / x.sum(dims()).numel();
    }
  }

  /// A tensor of at least one dimension, and a part of one of its dimensions.
  record Slice(Tensor x, int dim, int start, int length, int step) {}

  /// A tensor of at least one dimension, indices along one of them of a shape that `gather` takes,
  /// and a source for `scatterAdd` that has the index's shape.
  record Index(Tensor x, int dim, Tensor index, Tensor source) {}

  @Provide
  Arbitrary<Tensor> tensors() {
    return Tensors.float64();
  }

  @Provide
  Arbitrary<Tensors.Pair> pairs() {
    return Tensors.pairs();
  }

  @Provide
  Arbitrary<Axis> axis() {
    return Tensors.float64().flatMap(x -> Shapes.axis(x.shape()).map(dim -> new Axis(x, dim)));
  }

  @Provide
  Arbitrary<Axes> axes() {
    return Tensors.float64()
        .distinct()
        .flatMap(
            x ->
                Combinators.combine(Shapes.axes(x.shape()), Arbitraries.of(false, true))
                    .as((axes, keep) -> new Axes(x, Arrays.stream(axes).boxed().toList(), keep)));
  }

  @Provide
  Arbitrary<Slice> slices() {
    return Tensors.float64()
        .of(Shapes.any().rank(1, 4))
        .flatMap(
            x ->
                Shapes.axis(x.shape())
                    .flatMap(
                        dim ->
                            Shapes.uniform(0, x.size(dim) - 1)
                                .flatMap(
                                    start ->
                                        Combinators.combine(
                                                Shapes.uniform(1, x.size(dim) - start),
                                                Shapes.uniform(1, 3))
                                            .as(
                                                (length, step) ->
                                                    new Slice(x, dim, start, length, step)))));
  }

  @Provide
  Arbitrary<Index> indices() {
    return Tensors.float64()
        .of(Shapes.any().rank(1, 3))
        .flatMap(x -> Shapes.axis(x.shape()).flatMap(dim -> index(x, dim)));
  }

  /// Along the dimension the index may be longer than the tensor, along others it may be shorter.
  private static Arbitrary<Index> index(Tensor x, int dim) {
    return Combinators.combine(Shapes.uniform(0, 4), Shapes.uniform(0, 1).list().ofSize(x.dim()))
        .flatAs(
            (length, shorter) -> {
              int[] sizes = x.shape().toArray();
              for (int d = 0; d < sizes.length; d++) {
                sizes[d] = Math.max(1, sizes[d] - shorter.get(d));
              }
              sizes[dim < 0 ? dim + sizes.length : dim] = length;
              Shape shape = Shape.of(sizes);
              return Combinators.combine(
                      Tensors.indices(x.size(dim)).of(shape), Tensors.float64().of(shape))
                  .as((index, source) -> new Index(x, dim, index, source));
            });
  }
}
