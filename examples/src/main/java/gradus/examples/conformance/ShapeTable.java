// SPDX-License-Identifier: Apache-2.0

package gradus.examples.conformance;

import gradus.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Functions that arrange elements or pick them by index: family 04.
final class ShapeTable {
  private ShapeTable() {}

  static void addTo(OpTable t) {
    t.one("torch.reshape", c -> c.input().reshape(c.args().integers("shape")));
    t.one("torch.flatten", ShapeTable::flatten);
    t.one("torch.permute", c -> c.input().permute(c.args().integers("dims")));
    t.one("torch.transpose", ShapeTable::transpose);
    t.one("torch.movedim", ShapeTable::movedim);
    t.one("torch.Tensor.expand", c -> c.input().expand(c.args().integers("size")));
    t.one("torch.squeeze", ShapeTable::squeeze);
    t.one("torch.unsqueeze", c -> c.input().unsqueeze(c.args().integer("dim")));
    t.one("torch.tile", c -> repeat(c.input(), c.args().integers("dims")));
    t.one("torch.Tensor.repeat", c -> repeat(c.input(), c.args().integers("repeats")));
    t.one("torch.cat", c -> Tensor.cat(c.list("tensors"), c.args().integer("dim", 0)));
    t.one("torch.stack", c -> Tensor.stack(c.list("tensors"), c.args().integer("dim", 0)));
    t.several("torch.split", ShapeTable::split);
    t.several("torch.chunk", ShapeTable::chunk);
    t.several("torch.unbind", ShapeTable::unbind);
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
    int n = c.input().dim();
    int from = Math.floorMod(c.args().integer("source"), n);
    List<Integer> dims = new ArrayList<>();
    for (int d = 0; d < n; d++) {
      if (d != from) {
        dims.add(d);
      }
    }
    dims.add(Math.floorMod(c.args().integer("destination"), n), from);
    return c.input().permute(dims.stream().mapToInt(d -> d).toArray());
  }

  private static Tensor squeeze(Call c) {
    return c.args().has("dim") ? c.input().squeeze(c.args().integer("dim")) : c.input().squeeze();
  }

  /// Returns `x` `times[d]` times along each dimension, new ones in front: `[a, b]` becomes `[1, a,
  /// 1, b]`, is expanded and joined again.
  private static Tensor repeat(Tensor x, int[] times) {
    int n = Math.max(x.dim(), times.length);
    int[] apart = new int[2 * n];
    int[] repeated = new int[2 * n];
    int[] joined = new int[n];
    Arrays.fill(apart, 1);
    for (int d = 0; d < n; d++) {
      int time = d < n - times.length ? 1 : times[d - (n - times.length)];
      int size = d < n - x.dim() ? 1 : x.size(d - (n - x.dim()));
      apart[2 * d + 1] = size;
      repeated[2 * d] = time;
      repeated[2 * d + 1] = size;
      joined[d] = time * size;
    }
    return x.reshape(apart).expand(repeated).reshape(joined);
  }

  private static List<Tensor> split(Call c) {
    Tensor x = c.tensor("tensor");
    int dim = c.args().integer("dim", 0);
    if (c.args().get("split_size_or_sections").isInt()) {
      return pieces(x, dim, c.args().integer("split_size_or_sections"));
    }
    List<Tensor> pieces = new ArrayList<>();
    int start = 0;
    for (int length : c.args().integers("split_size_or_sections")) {
      pieces.add(x.narrow(dim, start, length));
      start += length;
    }
    return pieces;
  }

  private static List<Tensor> chunk(Call c) {
    int dim = c.args().integer("dim", 0);
    return pieces(c.input(), dim, Math.ceilDiv(c.input().size(dim), c.args().integer("chunks")));
  }

  /// Returns pieces of `length`, of which the last may be shorter.
  private static List<Tensor> pieces(Tensor x, int dim, int length) {
    List<Tensor> pieces = new ArrayList<>();
    for (int start = 0; start < x.size(dim); start += length) {
      pieces.add(x.narrow(dim, start, Math.min(length, x.size(dim) - start)));
    }
    return pieces;
  }

  private static List<Tensor> unbind(Call c) {
    int dim = c.args().integer("dim", 0);
    List<Tensor> slices = new ArrayList<>();
    for (int i = 0; i < c.input().size(dim); i++) {
      slices.add(c.input().select(dim, i));
    }
    return slices;
  }

  private static Tensor narrow(Call c) {
    Fields args = c.args();
    return c.input().narrow(args.integer("dim"), args.integer("start"), args.integer("length"));
  }
}
