// SPDX-License-Identifier: Apache-2.0

package gradus.examples.conformance;

import gradus.PadMode;
import gradus.Tensor;
import gradus.nn.F;
import java.util.List;
import java.util.Locale;

/// Functions that arrange elements or pick them by index: family 04.
final class ShapeTable {
  private ShapeTable() {}

  static void addTo(OpTable t) {
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
    t.one("torch.gather", c -> c.input().gather(c.args().integer("dim"), c.tensor("index")));
    t.one(
        "torch.index_select",
        c -> c.input().indexSelect(c.args().integer("dim"), c.tensor("index")));
    t.one(
        "torch.scatter_add",
        c -> c.input().scatterAdd(c.args().integer("dim"), c.tensor("index"), c.tensor("src")));
    t.one("torch.index_add", ShapeTable::indexAdd);
    t.one("torch.masked_select", c -> c.input().maskedSelect(c.tensor("mask")));
    t.one(
        "torch.masked_fill", c -> c.input().maskedFill(c.tensor("mask"), c.args().number("value")));
    t.one("torch.nn.functional.one_hot", ShapeTable::oneHot);
    t.one("torch.nn.functional.embedding", ShapeTable::embedding);
  }

  private static Tensor flatten(Call c) {
    if (!c.args().has("start_dim") && !c.args().has("end_dim")) {
      return c.input().flatten();
    }
    int start = c.args().integer("start_dim", 0);
    return c.args().has("end_dim")
        ? c.input().flatten(start, c.args().integer("end_dim"))
        : c.input().flatten(start);
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
    return c.args().has("dim") ? c.input().squeeze(c.args().integer("dim")) : c.input().squeeze();
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
    return c.args().has("dims")
        ? c.input().roll(shifts, c.args().integers("dims"))
        : c.input().roll(shifts[0]);
  }

  private static Tensor repeatInterleave(Call c) {
    Tensor x = c.input();
    if (c.given("repeats")) {
      return x.repeatInterleave(c.tensor("repeats"), c.args().integer("dim"));
    }
    int repeats = c.args().integer("repeats");
    return c.args().has("dim")
        ? x.repeatInterleave(repeats, c.args().integer("dim"))
        : x.repeatInterleave(repeats);
  }

  private static Tensor pad(Call c) {
    int[] pad = c.args().integers("pad");
    String mode = c.args().has("mode") ? c.args().text("mode") : "constant";
    double value = c.args().number("value", 0);
    return mode.equals("constant")
        ? c.input().pad(pad, value)
        : c.input().pad(pad, PadMode.valueOf(mode.toUpperCase(Locale.ROOT)));
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

  private static Tensor oneHot(Call c) {
    int classes = c.args().integer("num_classes", -1);
    return classes < 0 ? c.input().oneHot() : c.input().oneHot(classes);
  }

  private static Tensor embedding(Call c) {
    return c.args().has("padding_idx")
        ? F.embedding(c.input(), c.tensor("weight"), c.args().integer("padding_idx"))
        : F.embedding(c.input(), c.tensor("weight"));
  }

  private static Tensor narrow(Call c) {
    Fields args = c.args();
    return c.input().narrow(args.integer("dim"), args.integer("start"), args.integer("length"));
  }
}
