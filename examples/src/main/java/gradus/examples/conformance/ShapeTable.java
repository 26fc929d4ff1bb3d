// SPDX-License-Identifier: Apache-2.0

package gradus.examples.conformance;

import gradus.PadMode;
import gradus.ScatterReduce;
import gradus.Tensor;
import java.util.List;
import java.util.Locale;

/// Functions that arrange elements or pick them by index: family 04.
final class ShapeTable {
  private ShapeTable() {}

  static void addTo(OpTable t) {
    addSynonyms(t);
    t.one("torch.reshape", c -> c.input().reshape(c.args().integers("shape")));
    t.one("torch.flatten", ShapeTable::flatten);
    t.one("torch.permute", c -> c.input().permute(c.args().integers("dims")));
    t.one("torch.transpose", ShapeTable::transpose);
    t.one("torch.movedim", ShapeTable::movedim);
    t.one("torch.flip", c -> c.input().flip(c.args().integers("dims")));
    t.one("torch.roll", ShapeTable::roll);
    t.one("torch.tril", c -> c.input().tril(c.args().integer("diagonal", 0)));
    t.one("torch.triu", c -> c.input().triu(c.args().integer("diagonal", 0)));
    t.one("torch.diagonal", ShapeTable::diagonal);
    t.one("torch.repeat_interleave", ShapeTable::repeatInterleave);
    t.one("torch.nn.functional.pad", ShapeTable::pad);
    t.one("torch.Tensor.unfold", ShapeTable::unfold);
    t.one("torch.Tensor.expand", c -> c.input().expand(c.args().integers("size")));
    t.one("torch.squeeze", ShapeTable::squeeze);
    t.one("torch.unsqueeze", c -> c.input().unsqueeze(c.args().integer("dim")));
    t.one("torch.tile", c -> c.input().tile(c.args().integers("dims")));
    t.one("torch.Tensor.repeat", c -> c.input().repeat(c.args().integers("repeats")));
    t.one("torch.cat", c -> Tensor.cat(c.list("tensors"), c.args().integer("dim", 0)));
    t.one("torch.stack", c -> Tensor.stack(c.list("tensors"), c.args().integer("dim", 0)));
    t.several("torch.split", ShapeTable::split);
    t.several(
        "torch.chunk",
        c -> c.input().chunk(c.args().integer("chunks"), c.args().integer("dim", 0)));
    t.several("torch.unbind", c -> c.input().unbind(c.args().integer("dim", 0)));
    t.one("torch.narrow", ShapeTable::narrow);
    t.one(
        "torch.select", c -> c.input().select(c.args().integer("dim"), c.args().integer("index")));
    t.one("golden.getitem", c -> Slices.get(c.input(), c.args().list("index")));
    t.one("torch.gather", ShapeTable::gather);
    t.one("torch.scatter", ShapeTable::scatter);
    t.one(
        "torch.index_copy",
        c -> c.input().indexCopy(c.args().integer("dim"), c.tensor("index"), c.tensor("source")));
    t.one(
        "torch.index_fill",
        c ->
            c.input()
                .indexFill(c.args().integer("dim"), c.tensor("index"), c.args().number("value")));
    t.one(
        "torch.masked_scatter", c -> c.input().maskedScatter(c.tensor("mask"), c.tensor("source")));
    t.one("torch.index_put", ShapeTable::indexPut);
    t.one("torch.nonzero", c -> c.input().nonzero());
    t.one("torch.diag", c -> c.input().diag(c.args().integer("diagonal", 0)));
    t.one("torch.diag_embed", ShapeTable::diagEmbed);
    t.one(
        "torch.unflatten",
        c -> c.input().unflatten(c.args().integer("dim"), c.args().integers("sizes")));
    t.one("torch.t", c -> c.input().t());
    t.several("torch.meshgrid", ShapeTable::meshgrid);
    t.one("torch.searchsorted", c -> search(c, c.tensor("sorted_sequence"), c.input()));
    t.one("torch.bucketize", c -> search(c, c.tensor("boundaries"), c.input()));
    t.one(
        "torch.index_select",
        c -> c.input().indexSelect(c.args().integer("dim"), c.tensor("index")));
    t.one(
        "torch.scatter_add",
        c -> c.input().scatterAdd(c.args().integer("dim"), c.tensor("index"), c.tensor("src")));
    t.one("torch.scatter_reduce", ShapeTable::scatterReduce);
    t.one("torch.take_along_dim", ShapeTable::takeAlongDim);
    t.one("torch.index_add", ShapeTable::indexAdd);
    t.one("torch.masked_select", c -> c.input().maskedSelect(c.tensor("mask")));
    t.one("torch.masked_fill", ShapeTable::maskedFill);
    t.one("torch.nn.functional.one_hot", ShapeTable::oneHot);
  }

  /// What PyTorch has under two names.
  private static void addSynonyms(OpTable t) {
    t.one("torch.Tensor.view", c -> c.input().reshape(c.args().integers("size")));
    t.one("torch.ravel", c -> c.input().flatten());
    t.one("torch.broadcast_to", c -> c.input().expand(c.args().integers("size")));
    t.one("torch.moveaxis", ShapeTable::movedim);
    t.one("torch.swapdims", ShapeTable::transpose);
    t.one(
        "torch.swapaxes",
        c -> c.input().transpose(c.args().integer("axis0"), c.args().integer("axis1")));
    t.one("torch.argwhere", c -> c.input().nonzero());
  }

  private static Tensor flatten(Call c) {
    return c.input().flatten(c.args().integer("start_dim", 0), c.args().integer("end_dim", -1));
  }

  private static Tensor transpose(Call c) {
    return c.input().transpose(c.args().integer("dim0"), c.args().integer("dim1"));
  }

  private static Tensor movedim(Call c) {
    return c.input().movedim(c.args().integers("source"), c.args().integers("destination"));
  }

  private static Tensor unfold(Call c) {
    Fields args = c.args();
    return c.input().unfold(args.integer("dimension"), args.integer("size"), args.integer("step"));
  }

  private static Tensor squeeze(Call c) {
    return c.args().given("dim") ? c.input().squeeze(c.args().integer("dim")) : c.input().squeeze();
  }

  private static List<Tensor> split(Call c) {
    Tensor x = c.tensor("tensor");
    int dim = c.args().integer("dim", 0);
    return c.args().get("split_size_or_sections").isInt()
        ? x.split(c.args().integer("split_size_or_sections"), dim)
        : x.split(c.args().integers("split_size_or_sections"), dim);
  }

  private static Tensor roll(Call c) {
    int[] shifts = c.args().integers("shifts");
    return c.args().given("dims")
        ? c.input().roll(shifts, c.args().integers("dims"))
        : c.input().roll(shifts[0]);
  }

  private static Tensor repeatInterleave(Call c) {
    Tensor x = c.input();
    c.args().ignore("output_size");
    if (c.given("repeats")) {
      return c.args().given("dim")
          ? x.repeatInterleave(c.tensor("repeats"), c.args().integer("dim"))
          : x.repeatInterleave(c.tensor("repeats"));
    }
    int repeats = c.args().integer("repeats");
    return c.args().given("dim")
        ? x.repeatInterleave(repeats, c.args().integer("dim"))
        : x.repeatInterleave(repeats);
  }

  private static Tensor pad(Call c) {
    int[] pad = c.args().integers("pad");
    String mode = c.args().text("mode", "constant");
    double value = c.args().number("value", 0);
    return mode.equals("constant") ? c.input().pad(pad, value) : c.input().pad(pad, padMode(mode));
  }

  static PadMode padMode(String name) {
    return PadMode.valueOf(name.toUpperCase(Locale.ROOT));
  }

  private static Tensor diagonal(Call c) {
    Fields args = c.args();
    return c.input()
        .diagonal(args.integer("offset", 0), args.integer("dim1", 0), args.integer("dim2", 1));
  }

  private static Tensor indexAdd(Call c) {
    Fields args = c.args();
    Tensor source = c.tensor("source");
    return c.input()
        .indexAdd(args.integer("dim"), c.tensor("index"), source, args.number("alpha", 1));
  }

  private static Tensor gather(Call c) {
    c.args().mustBe("sparse_grad", false);
    return c.input().gather(c.args().integer("dim"), c.tensor("index"));
  }

  private static Tensor scatter(Call c) {
    int dim = c.args().integer("dim");
    Tensor index = c.tensor("index");
    return c.given("src")
        ? c.input().scatter(dim, index, c.tensor("src"))
        : c.input().scatter(dim, index, c.args().number("value"));
  }

  private static Tensor scatterReduce(Call c) {
    int dim = c.args().integer("dim");
    Tensor index = c.tensor("index");
    ScatterReduce reduce = ScatterReduce.valueOf(c.args().text("reduce").toUpperCase(Locale.ROOT));
    return c.args().flag("include_self", true)
        ? c.input().scatterReduce(dim, index, c.tensor("src"), reduce)
        : c.input().scatterReduceWithoutSelf(dim, index, c.tensor("src"), reduce);
  }

  private static Tensor takeAlongDim(Call c) {
    Tensor index = c.tensor("indices");
    return c.args().given("dim")
        ? c.input().takeAlongDim(index, c.args().integer("dim"))
        : c.input().takeAlongDim(index);
  }

  private static Tensor indexPut(Call c) {
    c.args().mustBe("accumulate", false);
    return c.input().indexPut(c.tensor("values"), c.list("indices").toArray(Tensor[]::new));
  }

  private static Tensor diagEmbed(Call c) {
    // The new dimensions are the last two.
    Tensor y = c.input().diagEmbed(c.args().integer("offset", 0));
    int[] last = {-2, -1};
    return y.movedim(last, new int[] {c.args().integer("dim1", -2), c.args().integer("dim2", -1)});
  }

  private static Tensor search(Call c, Tensor sorted, Tensor values) {
    c.args().mustBe("right", false);
    c.args().mustBe("out_int32", false);
    return sorted.searchsorted(values);
  }

  /// Coordinates `xy` are those of `ij` with the first two dimensions exchanged.
  private static List<Tensor> meshgrid(Call c) {
    List<Tensor> grid = Tensor.meshgrid(c.list("tensors").toArray(Tensor[]::new));
    return c.args().text("indexing", "ij").equals("xy")
        ? grid.stream().map(each -> each.transpose(0, 1)).toList()
        : grid;
  }

  private static Tensor maskedFill(Call c) {
    Tensor mask = c.tensor("mask");
    if (c.given("value")) {
      return c.input().maskedFill(mask, c.tensor("value"));
    }
    boolean truth = c.args().get("value").isBoolean();
    double value = truth ? (c.args().flag("value") ? 1 : 0) : c.args().number("value");
    return c.input().maskedFill(mask, value);
  }

  private static Tensor oneHot(Call c) {
    int classes = c.args().integer("num_classes", -1);
    return classes < 0 ? c.input().oneHot() : c.input().oneHot(classes);
  }

  private static Tensor narrow(Call c) {
    Fields args = c.args();
    return c.input().narrow(args.integer("dim"), args.integer("start"), args.integer("length"));
  }
}
