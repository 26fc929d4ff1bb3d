// SPDX-License-Identifier: Apache-2.0
package gradus.testing;

import gradus.PadMode;
import gradus.Tensor;
import gradus.testing.ProgramBuilder.Value;
import java.util.Arrays;
import java.util.List;

/// Views, and what arranges elements anew.
final class ViewRules {
  static final List<Rule> ALL =
      List.of(
          Rule.unary("squeeze()", Tensor::squeeze, r -> r),
          (b, gene) -> Rule.one(b, b.first(gene), expanded(b.first(gene))),
          Rule.along(
              (x, d, q) -> new Rule.Call("flatten(" + d + ")", t -> t.flatten(d), x.range())),
          Rule.along(
              (x, d, q) -> new Rule.Call("unsqueeze(" + d + ")", t -> t.unsqueeze(d), x.range())),
          Rule.along(
              (x, d, q) -> {
                int other = q % x.dim();
                String text = "transpose(%d, %d)".formatted(d, other);
                return new Rule.Call(text, t -> t.transpose(d, other), x.range());
              }),
          Rule.along(
              (x, d, q) -> {
                int[] order = new int[x.dim()];
                Arrays.setAll(order, k -> (k + d) % x.dim());
                return new Rule.Call(
                    "permute(" + Rule.commas(order) + ")", t -> t.permute(order), x.range());
              }),
          Rule.along(
              (x, d, q) -> {
                int[] sizes = {x.size(d), x.shape().numel() / x.size(d)};
                return new Rule.Call(
                    "reshape(" + Rule.commas(sizes) + ")", t -> t.reshape(sizes), x.range());
              }),
          Rule.along(
              (x, d, q) -> {
                int start = q % x.size(d);
                int length = 1 + q % (x.size(d) - start);
                String text = "narrow(%d, %d, %d)".formatted(d, start, length);
                return new Rule.Call(text, t -> t.narrow(d, start, length), x.range());
              }),
          Rule.along(
              (x, d, q) -> {
                int start = q % Math.min(x.size(d), 2);
                String text = "slice(%d, %d, %d, 2)".formatted(d, start, x.size(d));
                return new Rule.Call(text, t -> t.slice(d, start, t.size(d), 2), x.range());
              }),
          Rule.along(
              (x, d, q) -> {
                int index = q % x.size(d);
                String text = "select(%d, %d)".formatted(d, index);
                return new Rule.Call(text, t -> t.select(d, index), x.range());
              }),
          Rule.along((x, d, q) -> new Rule.Call("flip(" + d + ")", t -> t.flip(d), x.range())),
          Rule.along(
              (x, d, q) ->
                  new Rule.Call(
                      "roll(%d, %d)".formatted(1 + q, d), t -> t.roll(1 + q, d), x.range())),
          Rule.along(
              (x, d, q) ->
                  new Rule.Call("movedim(%d, 0)".formatted(d), t -> t.movedim(d, 0), x.range())),
          Rule.along(
              (x, d, q) ->
                  new Rule.Call(
                      "split(1, %d).getLast()".formatted(d),
                      t -> t.split(1, d).getLast(),
                      x.range())),
          Rule.along(
              (x, d, q) ->
                  new Rule.Call(
                      "chunk(2, %d).getFirst()".formatted(d),
                      t -> t.chunk(2, d).getFirst(),
                      x.range())),
          Rule.along(
              (x, d, q) ->
                  new Rule.Call(
                      "unbind(%d).getFirst()".formatted(d),
                      t -> t.unbind(d).getFirst(),
                      x.range())),
          Rule.along(
              (x, d, q) ->
                  new Rule.Call(
                      "unflatten(%d, 1, -1)".formatted(d), t -> t.unflatten(d, 1, -1), x.range())),
          Rule.along(
              (x, d, q) ->
                  new Rule.Call(
                      "unfold(%d, 1, 2)".formatted(d), t -> t.unfold(d, 1, 2), x.range())),
          Rule.along(
              (x, d, q) ->
                  new Rule.Call(
                      "repeatInterleave(2, %d)".formatted(d),
                      t -> t.repeatInterleave(2, d),
                      x.range())),
          Rule.along((x, d, q) -> new Rule.Call("tile(2)", t -> t.tile(2), x.range())),
          Rule.along((x, d, q) -> new Rule.Call("pad(1, 0)", t -> t.pad(1, 0), x.range().orZero())),
          Rule.along(
              (x, d, q) ->
                  new Rule.Call(
                      "pad(new int[] {1, 1}, PadMode.REPLICATE)",
                      t -> t.pad(new int[] {1, 1}, PadMode.REPLICATE),
                      x.range())),
          Rule.along(
              (x, d, q) ->
                  x.dim() < 2
                      ? null
                      : new Rule.Call(
                          "tril(%d)".formatted(q % 2), t -> t.tril(q % 2), x.range().orZero())),
          Rule.along(
              (x, d, q) ->
                  x.dim() < 2 ? null : new Rule.Call("triu()", Tensor::triu, x.range().orZero())),
          Rule.along(
              (x, d, q) ->
                  x.dim() < 2 ? null : new Rule.Call("diagonal()", Tensor::diagonal, x.range())),
          Rule.along(
              (x, d, q) -> new Rule.Call("diagEmbed()", Tensor::diagEmbed, x.range().orZero())));

  private ViewRules() {}

  private static Rule.Call expanded(Value x) {
    int[] sizes = new int[x.dim() + 1];
    sizes[0] = 2;
    System.arraycopy(x.shape().toArray(), 0, sizes, 1, x.dim());
    return new Rule.Call("expand(" + Rule.commas(sizes) + ")", t -> t.expand(sizes), x.range());
  }
}
