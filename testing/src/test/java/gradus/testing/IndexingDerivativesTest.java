// SPDX-License-Identifier: Apache-2.0
package gradus.testing;

import static gradus.testing.OpChecks.check;

import gradus.Index;
import gradus.ScatterReduce;
import gradus.Shape;
import gradus.Tensor;
import java.util.Arrays;
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

  @OpProperty({
    "scatterReduce(int, Tensor, Tensor, ScatterReduce)",
    "scatterReduceWithoutSelf(int, Tensor, Tensor, ScatterReduce)"
  })
  void scatterReduce(@ForAll Samples.Index i) {
    // All elements differ, so that each extreme is one of them.
    Tensor x = i.x().mul(16).add(Tensor.arange(i.x().numel()).reshape(i.x().shape()).mul(0.002));
    Tensor own = Tensor.arange(i.source().numel()).reshape(i.source().shape()).mul(0.002);
    Tensor source = i.source().mul(16).add(own).add(0.001);
    for (ScatterReduce reduce : ScatterReduce.values()) {
      boolean picks = reduce == ScatterReduce.AMAX || reduce == ScatterReduce.AMIN;
      Tensor a = picks ? x : i.x();
      Tensor b = picks ? source : i.source();
      check((t, s) -> t.scatterReduce(i.dim(), i.index(), s, reduce), a, b);
      check((t, s) -> t.scatterReduceWithoutSelf(i.dim(), i.index(), s, reduce), a, b);
    }
    // With zeros, whose derivatives are those of the others' product.
    Tensor dropped = i.source().le(-0.5);
    check(
        (t, s) -> t.scatterReduce(i.dim(), i.index(), s.maskedFill(dropped, 0), ScatterReduce.PROD),
        i.x(),
        i.source());
  }

  @OpProperty({"takeAlongDim(Tensor)", "takeAlongDim(Tensor, int)"})
  void takeAlongDim(@ForAll Samples.Index i) {
    int dim = i.dim() < 0 ? i.dim() + i.x().dim() : i.dim();
    Tensor x = i.x();
    Tensor one = i.index();
    for (int d = 0; d < x.dim(); d++) {
      // Other dimensions are as long as the index, or repeated.
      x = d == dim ? x : x.narrow(d, 0, i.index().size(d));
      one = d == dim ? one : one.narrow(d, 0, 1);
    }
    Tensor first = one;
    check(t -> t.takeAlongDim(i.index(), i.dim()), x);
    check(t -> t.takeAlongDim(first, i.dim()), x);
    check(t -> t.takeAlongDim(i.index()), i.x());
  }

  @OpProperty({"indexSelect(int, Tensor)"})
  void indexSelect(@ForAll Samples.Index i) {
    check(t -> t.indexSelect(i.dim(), i.index().flatten()), i.x());
  }

  @OpProperty({
    "scatter(int, Tensor, Tensor)",
    "scatter(int, Tensor, double)",
    "indexCopy(int, Tensor, Tensor)",
    "indexFill(int, Tensor, double)"
  })
  void placed(@ForAll Samples.Slice s) {
    // Each place once: of several writers only the last has a derivative.
    int[] sizes = s.x().shape().toArray();
    int dim = s.dim() < 0 ? s.dim() + sizes.length : s.dim();
    int[] line = new int[sizes.length];
    Arrays.fill(line, 1);
    line[dim] = s.length();
    Tensor rows = Tensor.arange(s.start(), s.start() + s.length()).flip(0);
    sizes[dim] = s.length();
    Tensor index = rows.reshape(line).expand(sizes);
    Tensor source = s.x().narrow(dim, s.start(), s.length()).mul(2);
    check((t, u) -> t.scatter(s.dim(), index, u), s.x(), source);
    check(t -> t.scatter(s.dim(), index, 0.5), s.x());
    check((t, u) -> t.indexCopy(s.dim(), rows, u), s.x(), source);
    check(t -> t.indexFill(s.dim(), rows, -1), s.x());
  }

  @OpProperty({"indexAdd(int, Tensor, Tensor)", "indexAdd(int, Tensor, Tensor, double)"})
  void indexAdd(@ForAll Samples.Index i) {
    Tensor index = i.index().flatten();
    Tensor source = i.x().indexSelect(i.dim(), index).mul(2);
    check((t, u) -> t.indexAdd(i.dim(), index, u), i.x(), source);
    check((t, u) -> t.indexAdd(i.dim(), index, u, -0.5), i.x(), source);
  }

  @OpProperty({"index(Tensor...)", "at(Index...)"})
  void index(@ForAll Samples.Index i) {
    Tensor index = i.index();
    check(t -> t.transpose(0, i.dim()).index(index), i.x());
    check(t -> t.transpose(0, i.dim()).index(index, Tensor.scalar(-1L)), i.x().unsqueeze(-1));
    check(t -> t.transpose(-1, i.dim()).at(Index.ELLIPSIS, Index.of(index)), i.x());
    check(t -> t.at(Index.NEW_AXIS, Index.every(2), Index.ELLIPSIS, Index.at(-1)), two(i.x()));
    check(t -> t.unsqueeze(0).at(Index.of(index.mul(0)), Index.from(1)), i.x());
    Tensor mask = i.x().gt(0);
    check(t -> t.index(mask), i.x());
  }

  private static Tensor two(Tensor x) {
    return x.dim() < 2 ? x.unsqueeze(0) : x;
  }

  @OpProperty({"indexPut(Tensor, Tensor...)"})
  void indexPut(@ForAll Samples.Slice s) {
    Tensor rows = Tensor.arange(s.x().size(0)).flip(0);
    check((t, u) -> t.indexPut(u, rows), s.x(), s.x().mul(2));
    check((t, u) -> t.indexPut(u.sum(), Tensor.scalar(0L), Tensor.scalar(-1L)), two(s.x()), s.x());
    check((t, u) -> t.indexPut(u.mean(), s.x().gt(0)), s.x(), s.x().mul(2));
  }

  @OpProperty({
    "maskedFill(Tensor, double)",
    "maskedFill(Tensor, Tensor)",
    "maskedSelect(Tensor)",
    "maskedScatter(Tensor, Tensor)"
  })
  void masked(@ForAll Tensors.Pair p) {
    Tensor mask = p.right().gt(0);
    check(t -> t.maskedFill(mask, 1.5), p.left());
    check((t, u) -> t.maskedFill(mask, u.sum()), p);
    check(t -> t.maskedSelect(mask), p.left());
    Tensor own = p.left().gt(0);
    check((t, u) -> t.maskedScatter(own, u), p.left(), p.left().mul(2));
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
