// SPDX-License-Identifier: Apache-2.0

package gradus.examples.conformance;

import gradus.DType;
import gradus.Dims;
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
    t.one("torch.norm", ReductionTable::norm);
    t.one("torch.all", c -> reduced(c, c.input().all(axes(c))));
    t.one("torch.any", c -> reduced(c, c.input().any(axes(c))));
    t.one("torch.count_nonzero", c -> c.input().countNonzero(axes(c)));
    t.several("torch.median", c -> extreme(c, Tensor::median, Tensor::median));
    t.one("torch.quantile", ReductionTable::quantile);
    t.one("torch.argsort", c -> c.input().argsort(c.args().integer("dim", -1), order(c)));
    t.one("torch.bincount", ReductionTable::bincount);
    t.one("torch.unique", c -> c.input().unique().values());
    t.one("torch.cumsum", c -> c.input().cumsum(c.args().integer("dim")));
    t.one("torch.cumprod", c -> c.input().cumprod(c.args().integer("dim")));
    t.several("torch.sort", ReductionTable::sort);
    t.several("torch.topk", ReductionTable::topk);
    t.one("torch.nansum", c -> c.input().nansum(c.dims()));
    t.one("torch.nanmean", c -> c.input().nanmean(c.dims()));
    t.several("torch.cummax", c -> both(c.input().cummax(c.args().integer("dim"))));
    t.several("torch.cummin", c -> both(c.input().cummin(c.args().integer("dim"))));
    t.one("torch.logcumsumexp", c -> c.input().logcumsumexp(c.args().integer("dim")));
    t.several("torch.kthvalue", c -> picked(c, (x, d) -> x.kthvalue(c.args().integer("k"), d)));
    t.several("torch.mode", c -> picked(c, Tensor::mode));
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
    return c.args().given("correction")
        ? c.args().integer("correction")
        : c.args().flag("unbiased", true) ? 1 : 0;
  }

  private static Tensor norm(Call c) {
    // The Frobenius norm is that of all elements as one vector.
    boolean frobenius = c.args().given("p") && c.args().get("p").asText().equals("fro");
    return c.input().norm(frobenius ? 2 : c.args().number("p", 2), c.dims());
  }

  private static int[] axes(Call c) {
    return c.args().given("dim") ? c.args().integers("dim") : new int[0];
  }

  /// Returns `y`, what is left of the input, with its dimensions kept if that is wanted.
  private static Tensor reduced(Call c, Tensor y) {
    return c.args().flag("keepdim", false)
        ? y.reshape(c.input().detach().to(DType.FLOAT64).sum(Dims.keep(axes(c))).shape())
        : y;
  }

  private static List<Tensor> extreme(
      Call c, UnaryOperator<Tensor> ofAll, BiFunction<Tensor, Integer, MaxResult> along) {
    if (!c.args().given("dim")) {
      return List.of(ofAll.apply(c.input()));
    }
    MaxResult result = along.apply(c.input(), c.args().integer("dim"));
    return List.of(reduced(c, result.values()), reduced(c, result.indices()));
  }

  /// What is picked of a dimension, the last if none is named.
  private static List<Tensor> picked(Call c, BiFunction<Tensor, Integer, MaxResult> pick) {
    int dim = c.args().integer("dim", -1);
    MaxResult result = pick.apply(c.input(), dim);
    Tensor values = result.values();
    boolean keeps = c.args().flag("keepdim", false) && c.input().dim() > 0;
    return keeps
        ? List.of(values.unsqueeze(dim), result.indices().unsqueeze(dim))
        : List.of(values, result.indices());
  }

  private static Tensor index(
      Call c, UnaryOperator<Tensor> ofAll, BiFunction<Tensor, Integer, Tensor> along) {
    Tensor y =
        c.args().given("dim")
            ? along.apply(c.input(), c.args().integer("dim"))
            : ofAll.apply(c.input());
    return reduced(c, y);
  }

  private static Tensor quantile(Call c) {
    double q = c.args().number("q");
    Tensor y =
        c.args().given("dim")
            ? c.input().quantile(q, c.args().integer("dim"))
            : c.input().quantile(q);
    return reduced(c, y);
  }

  private static Tensor bincount(Call c) {
    int atLeast = c.args().integer("minlength", 0);
    Tensor weights = c.optional("weights");
    return weights == null ? c.input().bincount(atLeast) : c.input().bincount(weights, atLeast);
  }

  private static Order order(Call c) {
    // Both of PyTorch's are this one: here equals always keep their order.
    c.args().ignore("stable");
    return c.args().flag("descending", false) ? Order.DESCENDING : Order.ASCENDING;
  }

  private static List<Tensor> sort(Call c) {
    return both(c.input().sort(c.args().integer("dim", -1), order(c)));
  }

  private static List<Tensor> topk(Call c) {
    c.args().mustBe("sorted", true);
    Order order = c.args().flag("largest", true) ? Order.DESCENDING : Order.ASCENDING;
    return both(c.input().topk(c.args().integer("k"), c.args().integer("dim", -1), order));
  }

  private static List<Tensor> both(MaxResult running) {
    return List.of(running.values(), running.indices());
  }

  private static List<Tensor> both(SortResult sorted) {
    return List.of(sorted.values(), sorted.indices());
  }
}
