// SPDX-License-Identifier: Apache-2.0
package gradus.testing;

import static gradus.testing.OpChecks.check;

import gradus.Shape;
import gradus.Tensor;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.Domain;

@Domain(Samples.class)
class IndexingDerivativesTest {
  /// Tensors that differ in size along one dimension only.
  record Parts(List<Tensor> tensors, int dim) {}

  @OpProperty({"gather(int, Tensor)"})
  void gather(@ForAll Samples.Index i) {
    check(t -> t.gather(i.dim(), i.index()), i.x());
  }

  @OpProperty({"scatterAdd(int, Tensor, Tensor)"})
  void scatterAdd(@ForAll Samples.Index i) {
    check((t, source) -> t.scatterAdd(i.dim(), i.index(), source), i.x(), i.source());
    // A source may be larger than the index.
    Tensor larger = Tensor.cat(List.of(i.source(), i.source()), i.dim());
    check((t, source) -> t.scatterAdd(i.dim(), i.index(), source), i.x(), larger);
  }

  @OpProperty({"indexSelect(int, Tensor)"})
  void indexSelect(@ForAll Samples.Index i) {
    check(t -> t.indexSelect(i.dim(), i.index().flatten()), i.x());
  }

  @OpProperty({"cat(List, int)"})
  void cat(@ForAll("parts") Parts p) {
    check(in -> Tensor.cat(in, p.dim()), p.tensors());
    Tensor x = p.tensors().getFirst();
    check(t -> Tensor.cat(List.of(t, t.mul(2), t), p.dim()), x);
  }

  @OpProperty({"stack(List, int)"})
  void stack(@ForAll Samples.Axis a) {
    check(in -> Tensor.stack(in, a.dim()), List.of(a.x(), a.x().mul(2)));
    check(t -> Tensor.stack(List.of(t, t, t.neg()), a.dim()), a.x());
  }

  @Provide
  Arbitrary<Parts> parts() {
    return Shapes.any()
        .rank(1, 3)
        .elements(8)
        .flatMap(
            shape ->
                Combinators.combine(
                        Shapes.axis(shape), Shapes.uniform(0, 3).list().ofMinSize(1).ofMaxSize(3))
                    .flatAs((dim, lengths) -> parts(shape, dim, lengths)));
  }

  private static Arbitrary<Parts> parts(Shape shape, int dim, List<Integer> lengths) {
    List<TensorArbitrary> parts =
        lengths.stream()
            .map(
                length -> {
                  int[] sizes = shape.toArray();
                  sizes[dim < 0 ? dim + sizes.length : dim] = length;
                  return Tensors.float64().of(sizes);
                })
            .toList();
    return Combinators.combine(parts).as(tensors -> new Parts(tensors, dim));
  }
}
