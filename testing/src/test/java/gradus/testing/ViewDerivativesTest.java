// SPDX-License-Identifier: Apache-2.0
package gradus.testing;

import static gradus.testing.OpChecks.check;

import gradus.Shape;
import gradus.Tensor;
import java.util.Arrays;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.Domain;

@Domain(Samples.class)
class ViewDerivativesTest {
  /// A tensor, and a shape with as many elements.
  record Reshaping(Tensor x, Shape shape) {}

  /// A tensor, and an order of its dimensions.
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Permutation(Tensor x, int[] order) {
    @Override
    public String toString() {
      return x + " in order " + Arrays.toString(order);
    }
  }

  /// A tensor and a shape that it broadcasts to.
  record Expansion(Tensor x, Shape shape) {}

  @OpProperty({"reshape(int...)", "reshape(Shape)"})
  void reshape(@ForAll("reshapings") Reshaping r) {
    check(t -> t.reshape(r.shape()), r.x());
    int[] sizes = r.shape().toArray();
    if (sizes.length > 0) {
      sizes[sizes.length / 2] = -1;
      check(t -> t.reshape(sizes), r.x());
    }
  }

  @OpProperty({"permute(int...)"})
  void permute(@ForAll("permutations") Permutation r) {
    check(t -> t.permute(r.order()), r.x());
  }

  @OpProperty({"flatten()", "flatten(int)", "flatten(int, int)", "unsqueeze(int)"})
  void flatten(@ForAll Samples.Axis a) {
    check(t -> t.flatten(), a.x());
    check(t -> t.flatten(a.dim()), a.x());
    check(t -> t.flatten(0, a.dim()), a.x());
    check(t -> t.unsqueeze(a.dim()), a.x());
  }

  @OpProperty({"transpose(int, int)", "squeeze()", "squeeze(int)"})
  void transpose(@ForAll Samples.Axis a) {
    check(t -> t.transpose(a.dim(), 0), a.x());
    check(t -> t.transpose(-1, a.dim()), a.x());
    check(t -> t.squeeze(), a.x());
    check(t -> t.squeeze(a.dim()), a.x());
  }

  @OpProperty({"t()"})
  void t(@ForAll("matrices") Tensor x) {
    check(Tensor::t, x);
  }

  @OpProperty({"expand(int...)"})
  void expand(@ForAll("expansions") Expansion e) {
    check(t -> t.expand(e.shape().toArray()), e.x());
    int[] kept = e.shape().toArray();
    if (e.x().dim() > 0 && e.x().size(-1) == kept[kept.length - 1]) {
      kept[kept.length - 1] = -1;
      check(t -> t.expand(kept), e.x());
    }
  }

  @OpProperty({"narrow(int, int, int)"})
  void narrow(@ForAll Samples.Slice s) {
    check(t -> t.narrow(s.dim(), s.start(), s.length()), s.x());
    check(t -> t.narrow(s.dim(), s.start(), 0), s.x());
  }

  @OpProperty({"slice(int, int, int)", "slice(int, int, int, int)"})
  void slice(@ForAll Samples.Slice s) {
    int end = s.start() + s.length();
    check(t -> t.slice(s.dim(), s.start(), end), s.x());
    check(t -> t.slice(s.dim(), s.start(), end, s.step()), s.x());
    check(t -> t.slice(s.dim(), -1, end + 10), s.x());
  }

  @OpProperty({"select(int, int)", "get(int...)"})
  void select(@ForAll Samples.Slice s) {
    check(t -> t.select(s.dim(), s.start()), s.x());
    check(t -> t.select(s.dim(), s.start() - t.size(s.dim())), s.x());
    check(t -> t.get(t.size(0) - 1), s.x());
    int[] last = new int[s.x().dim()];
    Arrays.fill(last, -1);
    check(t -> t.get(last), s.x());
    check(t -> t.get(), s.x());
  }

  @Provide
  Arbitrary<Reshaping> reshapings() {
    return Tensors.float64()
        .flatMap(x -> Shapes.reshapes(x.shape()).map(shape -> new Reshaping(x, shape)));
  }

  @Provide
  Arbitrary<Permutation> permutations() {
    return Tensors.float64()
        .flatMap(x -> Shapes.order(x.shape()).map(order -> new Permutation(x, order)));
  }

  @Provide
  Arbitrary<Tensor> matrices() {
    return Tensors.float64().of(Shapes.any().rank(0, 2));
  }

  @Provide
  Arbitrary<Expansion> expansions() {
    return Shapes.broadcasting()
        .flatMap(p -> Tensors.float64().of(p.left()).map(x -> new Expansion(x, p.result())));
  }
}
