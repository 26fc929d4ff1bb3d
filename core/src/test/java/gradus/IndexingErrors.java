// SPDX-License-Identifier: Apache-2.0
package gradus;

import static gradus.ErrorsTest.row;
import static gradus.ErrorsTest.t;
import static gradus.Index.ELLIPSIS;

import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/// What arranging, indexing and picking refuse.
final class IndexingErrors {
  private IndexingErrors() {}

  static Stream<Arguments> rows() {
    return Stream.of(arranging(), cutting(), indexing(), masks()).flatMap(rows -> rows);
  }

  private static Stream<Arguments> arranging() {
    Tensor longs = Tensor.arange(4);
    return Stream.of(
        row("flip: [2, 3]: dimension 2 is out of range; expected -2…1", () -> t(2, 3).flip(2)),
        row("flip: [2, 3]: dimension -1 is named twice", () -> t(2, 3).flip(1, -1)),
        row("roll: [2, 3]: dimension 2 is out of range; expected -2…1", () -> t(2, 3).roll(1, 2)),
        row("roll: 2 shifts for 1 dimensions", () -> t(2, 3).roll(new int[] {1, 2}, new int[] {0})),
        row(
            "repeat: [2, 3] by [2]: a number is missing; tile() takes those of leading dimensions"
                + " as 1",
            () -> t(2, 3).repeat(2)),
        row("repeat: [2] by [-1]: a number is negative", () -> t(2).repeat(-1)),
        row("tile: [2] by [2, -1]: a number is negative", () -> t(2).tile(2, -1)),
        row("repeatInterleave: repeats -1 is negative", () -> t(2).repeatInterleave(-1)),
        row(
            "repeatInterleave: [2]: dimension 1 is out of range; expected -1…0",
            () -> t(2).repeatInterleave(2, 1)),
        row(
            "repeatInterleave: repeats are int64 [4]; expected int64 [2], a number for each index"
                + " of dimension 0 of [2, 3]",
            () -> t(2, 3).repeatInterleave(longs, 0)),
        row(
            "repeatInterleave: repeats[1] = -2 is negative",
            () -> t(2).repeatInterleave(Tensor.of(new long[] {1, -2}), 0)),
        row(
            "pad: [2, 3] by [1]: expected two numbers for each of up to 2 dimensions, the last one"
                + " first",
            () -> t(2, 3).pad(1)),
        row(
            "pad: [2, 3] by [-2, -2]: dimension 1 of size 3 is cut to less than nothing",
            () -> t(2, 3).pad(-2, -2)),
        row(
            "pad: [2, 3]: 3 and 0 beyond dimension 1 of size 3; REFLECT can give at most 2",
            () -> t(2, 3).pad(new int[] {3, 0}, PadMode.REFLECT)),
        row(
            "pad: [3]: 4 and 0 beyond dimension 0 of size 3; CIRCULAR can give at most 3",
            () -> t(3).pad(new int[] {4, 0}, PadMode.CIRCULAR)),
        row(
            "pad: [0]: 1 and 0 beyond dimension 0 of size 0; REPLICATE can give at most 0",
            () -> t(0).pad(new int[] {1, 0}, PadMode.REPLICATE)),
        row("tril: [3] has no matrices; expected at least two dimensions", () -> t(3).tril()),
        row("triu: [3] has no matrices; expected at least two dimensions", () -> t(3).triu()),
        row(
            "diag: [2, 2, 2] is neither a vector nor a matrix; use diagonal() or diagEmbed()",
            () -> t(2, 2, 2).diag()),
        row("diagEmbed: a scalar is no diagonal; use reshape(1)", () -> t().diagEmbed()),
        row("diagonal: [2, 3]: dimensions 0 and -2 are the same", () -> t(2, 3).diagonal(0, 0, -2)),
        row("diagonal: [2]: dimension 1 is out of range; expected -1…0", () -> t(2).diagonal()),
        row(
            "unfold: [5]: windows of 6, 1 apart; expected a size in 0…5 and a positive step",
            () -> t(5).unfold(0, 6, 1)),
        row(
            "unfold: [5]: windows of 2, 0 apart; expected a size in 0…5 and a positive step",
            () -> t(5).unfold(0, 2, 0)),
        row(
            "meshgrid: tensor 1 is [2, 2]; expected vectors",
            () -> Tensor.meshgrid(t(2), t(2, 2))));
  }

  private static Stream<Arguments> cutting() {
    return Stream.of(
        row(
            "movedim: [2, 3]: dimension 2 is out of range; expected -2…1",
            () -> t(2, 3).movedim(2, 0)),
        row(
            "movedim: 1 sources for 2 destinations",
            () -> t(2, 3).movedim(new int[] {0}, new int[] {0, 1})),
        row(
            "movedim: [2, 3]: [0, -2] to [0, 1]: a dimension is named twice",
            () -> t(2, 3).movedim(new int[] {0, -2}, new int[] {0, 1})),
        row(
            "unflatten: [2, 6]: dimension 1 of size 6 cannot become [4, -1]",
            () -> t(2, 6).unflatten(1, 4, -1)),
        row("split: size 0 is not positive", () -> t(2).split(0, 0)),
        row(
            "split: [2, 3]: sizes [1, 1] don't add up to 3, the size of dimension -1",
            () -> t(2, 3).split(new int[] {1, 1}, -1)),
        row("split: a scalar has no dimension to cut", () -> t().split(1, 0)),
        row("chunk: chunks 0 is not positive", () -> t(2).chunk(0, 0)),
        row("chunk: [2]: dimension 1 is out of range; expected -1…0", () -> t(2).chunk(2, 1)),
        row("unbind: a scalar has no dimension to cut", () -> t().unbind(0)));
  }

  private static Stream<Arguments> indexing() {
    Tensor two = Tensor.of(new long[] {0, 2});
    return Stream.of(
        row(
            "at: the indices take 2 dimensions, but there is only [3]",
            () -> t(3).at(Index.all(), Index.at(0))),
        row("at: more than one ellipsis", () -> t(3).at(ELLIPSIS, ELLIPSIS)),
        row(
            "select: [3]: index 3 is out of range for dimension 0 of size 3",
            () -> t(3).at(Index.at(3))),
        row("Index: step 0 is not positive", () -> Index.every(0)),
        row(
            "Index: float32 is neither int64 nor bool; convert it with to(DType.INT64)",
            () -> Index.of(t(2))),
        row(
            "at: index 2 at position 1 is out of range -2…1 of dimension 1 of [3, 2]",
            () -> t(3, 2).at(Index.all(), Index.of(two))),
        row(
            "index: index 2 at position 1 is out of range -2…1 of dimension 0 of [2, 3]",
            () -> t(2, 3).index(two)),
        row("index: 2 indices for [3]", () -> t(3).index(two, two)),
        row(
            "index: index 0 is float32, neither int64 nor bool; convert it with to(DType.INT64)",
            () -> t(3).index(t(1))),
        row(
            "index: [2] and [3] do not broadcast: sizes 2 and 3 of dimension 1 (from the end)"
                + " differ and neither is 1",
            () -> t(4, 4).index(two, Tensor.arange(3))),
        row("index: the mask [2] doesn't fit dimensions 0… of [3]", () -> t(3).index(t(2).gt(0))),
        row(
            "indexPut: the values [2, 2] don't broadcast to [2]",
            () -> t(4).indexPut(t(2, 2), two)),
        row(
            "indexPut: float32 and int64: the types differ; convert one with to(DType.…)",
            () -> t(4).indexPut(two, two)),
        row(
            "scatter: the index [3] is larger than the source [2]",
            () -> t(4).scatter(0, Tensor.arange(3), t(2))),
        row(
            "scatter: index 4 at position 1 is out of range 0…3 of dimension 0 of [4]",
            () -> t(4).scatter(0, Tensor.of(new long[] {0, 4}), 1)),
        row(
            "scatter: the index [1] and the source [1, 1] differ in dimensions",
            () -> t(4).scatter(0, Tensor.arange(1), t(1, 1))),
        row(
            "scatterReduce: bool is not supported; convert with to(DType.INT64)",
            () -> t(4).gt(0).scatterReduce(0, two, t(2).gt(0), ScatterReduce.AMAX)),
        row(
            "scatterReduce: [4]: dimension 1 is out of range; expected -1…0",
            () -> t(4).scatterReduce(1, two, t(2), ScatterReduce.SUM)),
        row(
            "scatterReduce: the index [3] is larger than the source [2]",
            () -> t(4).scatterReduce(0, Tensor.arange(3), t(2), ScatterReduce.MEAN)),
        row(
            "scatterReduceWithoutSelf",
            "scatterReduce: index -1 at position 0 is out of range 0…3 of dimension 0 of [4]",
            () ->
                t(4).scatterReduceWithoutSelf(
                        0, Tensor.of(new long[] {-1}), t(1), ScatterReduce.PROD)),
        row(
            "scatterReduce: float32 and int64: the types differ; convert one with to(DType.…)",
            () -> t(4).scatterReduce(0, two, Tensor.arange(2), ScatterReduce.AMIN)),
        row(
            "takeAlongDim: the index [2] and the tensor [2, 3] differ in dimensions",
            () -> t(2, 3).takeAlongDim(two, 0)),
        row(
            "takeAlongDim: [1, 3] and [1, 2] do not broadcast: sizes 3 and 2 of dimension 1 (from"
                + " the end) differ and neither is 1",
            () -> t(2, 3).takeAlongDim(Tensor.zeros(DType.INT64, 1, 2), 0)),
        row(
            "takeAlongDim",
            "gather: index 6 at position 0 is out of range 0…5 of dimension 0 of [6]",
            () -> t(2, 3).takeAlongDim(Tensor.of(new long[] {6}))),
        row(
            "scatterAdd: bool is not supported; convert with to(DType.INT64)",
            () -> t(4).gt(0).scatterAdd(0, two, t(2).gt(0))),
        row(
            "indexAdd: the source is [3]; expected [2] for an index of 2 in dimension 0 of [4]",
            () -> t(4).indexAdd(0, two, t(3))),
        row(
            "indexAdd: bool is not supported; convert with to(DType.INT64)",
            () -> t(4).gt(0).indexAdd(0, two, t(2).gt(0))),
        row(
            "indexCopy: index 2 at position 1 is out of range 0…1 of dimension 0 of [2]",
            () -> t(2).indexCopy(0, two, t(2))),
        row(
            "indexFill: [4]: dimension 1 is out of range; expected -1…0",
            () -> t(4).indexFill(1, two, 0)));
  }

  private static Stream<Arguments> masks() {
    return Stream.of(
        row(
            "maskedFill: the mask is float32, not bool; compare first, for example x.gt(0)",
            () -> t(2).maskedFill(t(2), 0)),
        row(
            "maskedFill: the value is [2]; expected a tensor without dimensions, or use where",
            () -> t(2).maskedFill(t(2).gt(0), t(2))),
        row(
            "maskedFill: float32 and int64: the types differ; convert one with to(DType.…)",
            () -> t(2).maskedFill(t(2).gt(0), Tensor.scalar(1L))),
        row(
            "maskedSelect: the mask is float32, not bool; compare first, for example x.gt(0)",
            () -> t(2).maskedSelect(t(2))),
        row(
            "maskedSelect: [2] and [3] do not broadcast: sizes 2 and 3 of dimension 1 (from the"
                + " end) differ and neither is 1",
            () -> t(2).maskedSelect(t(3).gt(0))),
        row(
            "maskedScatter: the mask [2, 2] doesn't broadcast to [2]",
            () -> t(2).maskedScatter(t(2, 2).gt(0), t(2))),
        row(
            "maskedScatter: the source [1] has 1 elements for 2 places",
            () -> t(2).maskedScatter(t(2).eq(0), t(1))),
        row(
            "oneHot: label 4 at position 1 is not in 0…3",
            () -> Tensor.of(new long[] {0, 4}).oneHot(4)),
        row(
            "oneHot: the labels are float32, not int64; convert them with to(DType.INT64)",
            () -> t(2).oneHot()),
        row(
            "oneHot: of no labels the number of classes is unknown; use oneHot(numClasses)",
            () -> Tensor.arange(0).oneHot()));
  }
}
