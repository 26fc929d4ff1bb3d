// SPDX-License-Identifier: Apache-2.0

package gradus.examples.conformance;

import gradus.MaxResult;
import gradus.Order;
import gradus.SortResult;
import gradus.Tensor;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/// Functions that fold dimensions, or run along them: family 03.
final class ReductionTable {
  private ReductionTable() {}

  static void addTo(OpTable t) {
    t.one("torch.sum", c -> c.input().sum(c.dims()));
    t.one("torch.prod", c -> c.input().prod(c.dims()));
    t.one("torch.logsumexp", c -> c.input().logsumexp(c.dims()));
    t.one("torch.norm", c -> c.input().norm(c.args().number("p"), c.dims()));
    t.one("torch.cumsum", c -> c.input().cumsum(c.args().integer("dim")));
    t.one("torch.cumprod", c -> c.input().cumprod(c.args().integer("dim")));
    t.several("torch.sort", ReductionTable::sort);
    t.several("torch.topk", ReductionTable::topk);
    t.one("torch.mean", c -> c.input().mean(c.dims()));
    t.one("torch.var", c -> c.input().var(c.dims(), correction(c)));
    t.one("torch.std", c -> c.input().std(c.dims(), correction(c)));
    t.one("torch.amax", c -> c.input().amax(c.dims()));
    t.one("torch.amin", c -> c.input().amin(c.dims()));
    t.several("torch.max", c -> extreme(c, Tensor::max, Tensor::max));
    t.several("torch.min", c -> extreme(c, Tensor::min, Tensor::min));
    t.one("torch.argmax", c -> index(c, Tensor::argmax, Tensor::argmax));
    t.one("torch.argmin", c -> index(c, Tensor::argmin, Tensor::argmin));
  }

  private static int correction(Call c) {
    return c.args().has("correction")
        ? c.args().integer("correction")
        : c.args().flag("unbiased", true) ? 1 : 0;
  }

  private static List<Tensor> extreme(
      Call c, UnaryOperator<Tensor> ofAll, BiFunction<Tensor, Integer, MaxResult> along) {
    if (!c.args().has("dim")) {
      return List.of(ofAll.apply(c.input()));
    }
    int dim = c.args().integer("dim");
    MaxResult result = along.apply(c.input(), dim);
    return List.of(kept(c, result.values(), dim), kept(c, result.indices(), dim));
  }

  private static Tensor index(
      Call c, UnaryOperator<Tensor> ofAll, BiFunction<Tensor, Integer, Tensor> along) {
    if (!c.args().has("dim")) {
      return ofAll.apply(c.input());
    }
    int dim = c.args().integer("dim");
    return kept(c, along.apply(c.input(), dim), dim);
  }

  private static Tensor kept(Call c, Tensor reduced, int dim) {
    return c.args().flag("keepdim", false) ? reduced.unsqueeze(dim) : reduced;
  }

  private static List<Tensor> sort(Call c) {
    Order order = c.args().flag("descending", false) ? Order.DESCENDING : Order.ASCENDING;
    return both(c.input().sort(c.args().integer("dim"), order));
  }

  private static List<Tensor> topk(Call c) {
    Order order = c.args().flag("largest", true) ? Order.DESCENDING : Order.ASCENDING;
    return both(c.input().topk(c.args().integer("k"), c.args().integer("dim", -1), order));
  }

  private static List<Tensor> both(SortResult sorted) {
    return List.of(sorted.values(), sorted.indices());
  }
}
