// SPDX-License-Identifier: Apache-2.0
package gradus.testing;

import gradus.Shape;
import gradus.Tensor;
import gradus.testing.ProgramBuilder.Gene;
import gradus.testing.ProgramBuilder.Value;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/// What picks elements and puts them together.
final class IndexingRules {
  static final List<Rule> ALL =
      List.of(
          Rule.along(
              (x, d, q) -> {
                long[] index = Rule.indices(x.size(d), 3, q);
                String text = "indexSelect(%d, %s)".formatted(d, Rule.java(index, ""));
                return new Rule.Call(text, t -> t.indexSelect(d, Tensor.of(index)), x.range());
              }),
          Rule.along(
              (x, d, q) -> {
                long[] index = Rule.indices(x.size(d), x.shape().numel(), q);
                int[] sizes = x.shape().toArray();
                String text =
                    "gather(%d, %s)".formatted(d, Rule.java(index, ", " + Rule.commas(sizes)));
                return new Rule.Call(text, t -> t.gather(d, Tensor.of(index, sizes)), x.range());
              }),
          IndexingRules::scatterAdd,
          IndexingRules::cat,
          IndexingRules::stack,
          Rule.along(
              (x, d, q) -> {
                boolean[] mask = mask(x.shape().numel(), q);
                String text = "maskedFill(%s, 0.5)".formatted(text(mask, x));
                return new Rule.Call(
                    text,
                    t -> t.maskedFill(of(mask, t), 0.5),
                    x.range().or(new Range(0.5, 0.5, 0)));
              }),
          Rule.along(
              (x, d, q) -> {
                boolean[] mask = mask(x.shape().numel(), q);
                String text = "maskedSelect(%s)".formatted(text(mask, x));
                return new Rule.Call(text, t -> t.maskedSelect(of(mask, t)), x.range());
              }),
          Rule.along(
              (x, d, q) -> {
                long[] index = Rule.indices(x.size(0), 3, q);
                return new Rule.Call(
                    "index(%s)".formatted(Rule.java(index, "")),
                    t -> t.index(Tensor.of(index)),
                    x.range());
              }),
          sources(
              "indexAdd",
              (x, d) -> x.range().plusSome(x.range(), 1),
              (t, d, at, s) -> t.indexAdd(d, at, s)),
          sources("indexCopy", (x, d) -> x.range(), (t, d, at, s) -> t.indexCopy(d, at, s)),
          Rule.along(
              (x, d, q) -> {
                long at = q % x.size(0);
                return new Rule.Call(
                    "indexPut(%s.select(0, 0), Tensor.scalar(%dL))".formatted(x.name(), at),
                    t -> t.indexPut(t.select(0, 0), Tensor.scalar(at)),
                    x.range());
              }),
          Rule.along(
              (x, d, q) -> {
                // One index for each line along the dimension: no place is named twice.
                int[] sizes = x.shape().toArray();
                sizes[d] = 1;
                long[] index = Rule.indices(x.size(d), x.shape().numel() / x.size(d), q);
                return new Rule.Call(
                    "scatter(%d, %s, %s)"
                        .formatted(d, Rule.java(index, ", " + Rule.commas(sizes)), x.name()),
                    t -> t.scatter(d, Tensor.of(index, sizes), t),
                    x.range());
              }));

  private IndexingRules() {}

  /// What puts slices of a source in place of others, or adds them.
  private interface Source {
    Tensor apply(Tensor x, int dim, Tensor index, Tensor source);
  }

  /// With the first slice of the value itself as the source.
  private static Rule sources(String name, BiFunction<Value, Integer, Range> range, Source op) {
    return Rule.along(
        (x, d, q) -> {
          long[] index = {q % x.size(d)};
          String text =
              "%s(%d, %s, %s.narrow(%d, 0, 1))"
                  .formatted(name, d, Rule.java(index, ""), x.name(), d);
          return new Rule.Call(
              text, t -> op.apply(t, d, Tensor.of(index), t.narrow(d, 0, 1)), range.apply(x, d));
        });
  }

  private static boolean[] mask(int n, int q) {
    boolean[] mask = new boolean[n];
    for (int i = 0; i < n; i++) {
      mask[i] = (i + q) % 3 > 0 || n == 1;
    }
    return mask;
  }

  private static Tensor of(boolean[] mask, Tensor x) {
    return Tensor.of(mask).reshape(x.shape());
  }

  private static String text(boolean[] mask, Value x) {
    return "Tensor.of(new boolean[] {%s}).reshape(%s)"
        .formatted(
            Arrays.toString(mask).replaceAll("[\\[\\]]", ""), Rule.commas(x.shape().toArray()));
  }

  /// A value to which another one of its shape, or itself, is added in other places.
  private static Program.@Nullable Step scatterAdd(ProgramBuilder b, Gene gene) {
    Value x = b.first(gene);
    Value y = b.second(gene, v -> v.shape().equals(x.shape()));
    if (x.dim() == 0 || y == null) {
      return null;
    }
    int d = gene.p() % x.dim();
    int size = x.size(d);
    long[] index = Rule.indices(size, x.shape().numel(), gene.q());
    int[] sizes = x.shape().toArray();
    return Rule.two(
        b,
        x,
        y,
        "%s.scatterAdd(%d, %s, %s)"
            .formatted(x.name(), d, Rule.java(index, ", " + Rule.commas(sizes)), y.name()),
        (s, t) -> s.scatterAdd(d, Tensor.of(index, sizes), t),
        x.range().plusSome(y.range(), size));
  }

  private static Program.@Nullable Step cat(ProgramBuilder b, Gene gene) {
    Value x = b.first(gene);
    if (x.dim() == 0) {
      return null;
    }
    int d = gene.p() % x.dim();
    Value y = b.second(gene, v -> joins(x.shape(), v.shape(), d));
    return y == null
        ? null
        : Rule.two(
            b,
            x,
            y,
            "Tensor.cat(List.of(%s, %s), %d)".formatted(x.name(), y.name(), d),
            (s, t) -> Tensor.cat(List.of(s, t), d),
            x.range().or(y.range()));
  }

  private static boolean joins(Shape a, Shape b, int dim) {
    if (a.dim() != b.dim()) {
      return false;
    }
    int[] sizes = b.toArray();
    sizes[dim] = a.size(dim);
    return Shape.of(sizes).equals(a);
  }

  private static Program.@Nullable Step stack(ProgramBuilder b, Gene gene) {
    Value x = b.first(gene);
    Value y = b.second(gene, v -> v.shape().equals(x.shape()));
    int d = gene.p() % (x.dim() + 1);
    return y == null
        ? null
        : Rule.two(
            b,
            x,
            y,
            "Tensor.stack(List.of(%s, %s), %d)".formatted(x.name(), y.name(), d),
            (s, t) -> Tensor.stack(List.of(s, t), d),
            x.range().or(y.range()));
  }
}
