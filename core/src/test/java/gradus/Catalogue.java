// SPDX-License-Identifier: Apache-2.0
package gradus;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/// One row per record of [Node], with inputs to check its derivatives at: what an op needs beside
/// its record and its method.
///
/// Values are chosen away from kinks and ties, where finite differences mean nothing.
final class Catalogue {
  /// @param node the record that `op` must put on the tape
  /// @param op a function of float64 tensors
  /// @param inputs where its derivatives are checked; those that require a gradient
  record Row(
      Class<? extends Node> node,
      String name,
      Function<List<Tensor>, Tensor> op,
      List<Tensor> inputs) {
    @Override
    public String toString() {
      return node.getSimpleName() + ": " + name;
    }
  }

  /// Nodes that are no ops: leaves, and what refuses a derivative that cannot be had.
  static final Set<Class<? extends Node>> NOT_DIFFERENTIABLE =
      Set.of(Constant.class, Checkpoint.Unkept.class, CustomOp.Once.class);

  private static final double[] SIGNED = {
    0.7, -1.3, 0.4, 2.1, -0.6, -1.9, 1.2, -0.2, 0.9, 1.6, -2.4, 0.3
  };
  private static final double[] POSITIVE = {
    0.7, 1.3, 0.4, 2.1, 0.6, 1.9, 1.2, 0.25, 0.9, 1.6, 2.4, 0.3
  };

  private final List<Row> rows = new ArrayList<>();

  static List<Row> rows() {
    var catalogue = new Catalogue();
    PointwiseRows.addTo(catalogue);
    SpatialRows.addTo(catalogue);
    RecurrentRows.addTo(catalogue);
    NormRows.addTo(catalogue);
    catalogue.reduction();
    catalogue.norm();
    catalogue.cumulative();
    catalogue.view();
    catalogue.indexing();
    catalogue.linalg();
    catalogue.factorization();
    catalogue.users();
    return catalogue.rows;
  }

  /// Functions and ops of users' own.
  private void users() {
    unary(Checkpoint.class, x -> Autograd.checkpoint(t -> t.sin().mul(t), x), signed(2, 3));
    binary(
        Checkpoint.class,
        (a, b) -> Autograd.checkpoint(in -> in.get(0).mul(in.get(1).exp()), List.of(a, b)),
        signed(2, 3),
        positive(2, 3));
    unary(CustomOp.Recorded.class, new CustomOpTest.Cube()::apply, signed(2, 3));
    unary(CustomOp.Recorded.class, new CustomOpTest.Exponential()::apply, signed(2, 3));
    binary(
        CustomOp.Recorded.class,
        new CustomOpTest.ScaledProduct(2.5)::apply,
        signed(2, 3),
        positive(2, 3));
  }

  static Tensor signed(int... shape) {
    return cycle(SIGNED, shape);
  }

  static Tensor positive(int... shape) {
    return cycle(POSITIVE, shape);
  }

  /// The values over and over, each round moved a little so that none are equal.
  private static Tensor cycle(double[] values, int... shape) {
    double[] out = new double[Shape.of(shape).numel()];
    for (int i = 0; i < out.length; i++) {
      out[i] = values[i % values.length] * (1 + 0.05 * Math.floorDiv(i, values.length));
    }
    return Tensor.float64(out, shape).reshape(shape).requiresGrad(true);
  }

  void row(
      Class<? extends Node> node,
      String name,
      Function<List<Tensor>, Tensor> op,
      Tensor... inputs) {
    rows.add(new Row(node, name, op, List.of(inputs)));
  }

  void unary(Class<? extends Node> node, Function<Tensor, Tensor> op, Tensor x) {
    row(node, "matrix", in -> op.apply(in.getFirst()), x);
    row(node, "scalar", in -> op.apply(in.getFirst()), x.detach().get(0, 0).requiresGrad(true));
    row(node, "transposed", in -> op.apply(in.getFirst()), transposed(x));
  }

  static Tensor transposed(Tensor x) {
    return x.detach().t().requiresGrad(true);
  }

  interface Pair {
    Tensor apply(Tensor a, Tensor b);
  }

  void binary(Class<? extends Node> node, Pair op, Tensor a, Tensor b) {
    Function<List<Tensor>, Tensor> f = in -> op.apply(in.get(0), in.get(1));
    row(node, "same shape", f, a, b);
    row(node, "left broadcast", f, a.detach().get(0).requiresGrad(true), b);
    row(node, "right broadcast", f, a, b.detach().narrow(1, 0, 1).requiresGrad(true));
    row(node, "scalar", f, a, b.detach().get(0, 1).requiresGrad(true));
    row(node, "not contiguous", f, transposed(a), transposed(b));
    row(node, "left alone", f, a, b.detach());
    row(node, "right alone", f, a.detach(), b);
  }

  private void reduction() {
    Tensor x = signed(2, 3, 4);
    for (Dims dims :
        List.of(
            Dims.all(),
            Dims.of(0),
            Dims.of(1),
            Dims.of(-1),
            Dims.of(0, 2),
            Dims.keep(1),
            Dims.keep(0, 2),
            Dims.keep())) {
      row(Reduction.Sum.class, "over " + dims, in -> in.getFirst().sum(dims), x);
      row(Reduction.Extreme.class, "largest over " + dims, in -> in.getFirst().amax(dims), x);
      row(Reduction.Extreme.class, "smallest over " + dims, in -> in.getFirst().amin(dims), x);
      row(Reduction.LogSumExp.class, "over " + dims, in -> in.getFirst().logsumexp(dims), x);
    }
    row(
        Reduction.Sum.class,
        "not contiguous",
        in -> in.getFirst().sum(1),
        x.detach().permute(2, 0, 1).requiresGrad(true));
    row(Reduction.Sum.class, "squares", in -> in.getFirst().square().sum(1), x);
    for (int dim = 0; dim < 3; dim++) {
      int d = dim;
      row(Reduction.Pick.class, "largest along " + d, in -> in.getFirst().max(d).values(), x);
      row(
          Reduction.Pick.class,
          "smallest along " + d,
          in -> in.getFirst().square().min(d).values(),
          x);
    }
    row(Reduction.Pick.class, "scalar", in -> in.getFirst().max(0).values(), signed());
    row(Reduction.Extreme.class, "median", in -> in.getFirst().square().median(), x);
  }

  private void norm() {
    Tensor x = signed(2, 3, 4);
    for (double p : new double[] {0, 0.5, 1, 2, 3, -1.5, 1 / 0.0, -1 / 0.0}) {
      row(Reduction.Norm.class, p + " of all", in -> in.getFirst().norm(p), x);
      row(Reduction.Norm.class, p + " over 0, 2", in -> in.getFirst().norm(p, 0, 2), x);
      row(Reduction.Norm.class, p + " kept", in -> in.getFirst().norm(p, Dims.keep(1)), x);
    }
  }

  private void cumulative() {
    Tensor x = signed(2, 3, 4);
    Tensor zeros = x.detach().mul(x.detach().abs().gt(0.35).to(DType.FLOAT64)).requiresGrad(true);
    for (int dim = 0; dim < 3; dim++) {
      int d = dim;
      row(Cumulative.Cumsum.class, "along " + d, in -> in.getFirst().square().cumsum(d), x);
      row(Cumulative.Cumprod.class, "along " + d, in -> in.getFirst().cumprod(d), x);
      row(Cumulative.Cumprod.class, "with zeros along " + d, in -> in.getFirst().cumprod(d), zeros);
    }
    row(Cumulative.Cumsum.class, "transposed", in -> in.getFirst().t().cumsum(0), signed(3, 4));
    row(Cumulative.Cumprod.class, "transposed", in -> in.getFirst().t().cumprod(0), signed(3, 4));
    row(Cumulative.Cumprod.class, "product", in -> in.getFirst().prod(), zeros);
    row(Cumulative.Cumprod.class, "products", in -> in.getFirst().prod(0, 2), zeros);
    row(Cumulative.Cumprod.class, "products kept", in -> in.getFirst().prod(Dims.keep(1)), x);
    row(Cumulative.Cumprod.class, "scalar", in -> in.getFirst().cumprod(0), signed());
  }

  private void view() {
    Tensor x = signed(2, 3, 4);
    row(View.Alias.class, "alias", in -> View.Alias.of(in.getFirst()), x);
    row(View.Reshape.class, "view", in -> in.getFirst().reshape(4, -1).square(), x);
    row(View.Reshape.class, "copy", in -> in.getFirst().transpose(0, 2).reshape(6, 4).square(), x);
    row(View.Reshape.class, "unsqueezed", in -> in.getFirst().unsqueeze(1).square(), x);
    row(View.Reshape.class, "squeezed", in -> in.getFirst().square().squeeze(1), signed(2, 1, 3));
    row(View.Permute.class, "transposed", in -> in.getFirst().transpose(0, -1).square(), x);
    row(View.Permute.class, "permuted", in -> in.getFirst().square().permute(1, 2, 0), x);
    row(View.Expand.class, "in front", in -> in.getFirst().square().expand(2, 3, 4), signed(3, 4));
    row(
        View.Expand.class,
        "inside",
        in -> in.getFirst().expand(-1, 5, 4).square(),
        signed(3, 1, 4));
    row(View.Expand.class, "scalar", in -> in.getFirst().square().expand(2, 2), signed());
    row(View.Narrow.class, "narrowed", in -> in.getFirst().narrow(1, 1, 2).square(), x);
    row(View.Narrow.class, "every second", in -> in.getFirst().square().slice(2, 1, 4, 2), x);
    row(View.Narrow.class, "selected", in -> in.getFirst().select(1, -1).square(), x);
    row(View.Narrow.class, "indexed", in -> in.getFirst().get(1, 2).square(), x);
    row(View.Narrow.class, "empty", in -> in.getFirst().narrow(0, 1, 0), x);
  }

  private void indexing() {
    Tensor x = signed(3, 4);
    Tensor index = Tensor.of(new long[] {2, 0, 1, 2, 2, 2}, 2, 3);
    row(Indexing.Gather.class, "rows", in -> in.getFirst().gather(0, index).square(), x);
    row(Indexing.Gather.class, "columns", in -> in.getFirst().t().square().gather(1, index), x);
    row(
        Indexing.ScatterAdd.class,
        "rows",
        in -> in.get(0).scatterAdd(0, index, in.get(1)).square(),
        x,
        positive(3, 4));
    row(
        Indexing.ScatterAdd.class,
        "columns",
        in -> in.get(0).scatterAdd(1, index, in.get(1)).square(),
        x,
        positive(2, 3));
    for (ScatterReduce extreme : List.of(ScatterReduce.AMAX, ScatterReduce.AMIN)) {
      row(
          Indexing.ScatterExtreme.class,
          extreme + " of rows",
          in -> in.get(0).square().scatterReduce(0, index, in.get(1), extreme).square(),
          x,
          positive(3, 4));
    }
    row(
        Indexing.ScatterExtreme.class,
        "of columns alone",
        in ->
            in.get(0)
                .t()
                .scatterReduceWithoutSelf(1, index, in.get(1).exp(), ScatterReduce.AMAX)
                .square(),
        signed(3, 4),
        signed(2, 3));
    Tensor rows = Tensor.of(new long[] {2, 0, 2});
    row(Indexing.IndexSelect.class, "rows", in -> in.getFirst().indexSelect(0, rows).square(), x);
    row(
        Indexing.IndexSelect.class,
        "columns",
        in -> in.getFirst().square().indexSelect(1, rows),
        x);
    row(
        Indexing.IndexCopy.class,
        "rows",
        in -> in.get(0).indexCopy(0, Tensor.of(new long[] {2, 0}), in.get(1)).square(),
        x,
        positive(2, 4));
    row(
        Indexing.IndexCopy.class,
        "picked places",
        in -> in.get(0).indexPut(in.get(1), Tensor.of(new long[] {-1, 0}), Tensor.scalar(1L)),
        x,
        positive(2));
    row(
        Indexing.Scatter.class,
        "columns",
        in -> in.get(0).scatter(1, Tensor.of(new long[] {3, 0, 1, 2}, 2, 2), in.get(1)).square(),
        x,
        positive(2, 3));
    row(
        Indexing.IndexAdd.class,
        "rows",
        in -> Indexing.IndexAdd.of(in.getFirst().square(), Shape.of(4, 4), 0, rows),
        x);
    row(
        Indexing.Place.class,
        "placed",
        in -> Indexing.Place.of(in.getFirst().square(), Shape.of(3, 9), 1, 1, 2),
        x);
    row(
        Indexing.Cat.class,
        "rows",
        in -> Tensor.cat(in, 0).square(),
        x,
        signed(1, 4),
        positive(2, 4));
    row(
        Indexing.Cat.class,
        "columns",
        in -> Tensor.cat(in, -1).square(),
        x,
        transposed(signed(2, 3)));
    row(Indexing.Cat.class, "stacked", in -> Tensor.stack(in, 1).square(), x, positive(3, 4));
  }

  private void linalg() {
    row(
        Linalg.Linear.class,
        "with a bias",
        in -> in.get(0).linear(in.get(1), in.get(2)).square(),
        signed(3, 4),
        positive(2, 4),
        signed(2));
    row(
        Linalg.Linear.class,
        "of a batch of sequences, without a bias",
        in -> in.get(0).linear(in.get(1), null).square(),
        signed(2, 3, 4),
        transposed(positive(4, 2)));
    row(
        Linalg.Linear.class,
        "weight alone",
        in -> in.get(0).linear(in.get(1), in.get(2)).square(),
        signed(4).detach(),
        positive(2, 4),
        signed(2).detach());
    row(
        Linalg.MatMul.class,
        "matrices",
        in -> in.get(0).matmul(in.get(1)),
        signed(3, 4),
        positive(4, 2));
    row(
        Linalg.MatMul.class,
        "transposed",
        in -> in.get(0).t().matmul(in.get(1).t()),
        signed(4, 3),
        positive(2, 4));
    row(
        Linalg.MatMul.class,
        "left alone",
        in -> in.get(0).matmul(in.get(1)).square(),
        signed(3, 4),
        positive(4, 2).detach());
    row(
        Linalg.MatMul.class,
        "right alone",
        in -> in.get(0).matmul(in.get(1)).square(),
        signed(3, 4).detach(),
        positive(4, 2));
    row(
        Linalg.MatMul.class,
        "batch by batch",
        in -> in.get(0).matmul(in.get(1)).sum(0),
        signed(2, 3, 4),
        positive(2, 4, 2));
    row(
        Linalg.MatMul.class,
        "batches broadcast",
        in -> in.get(0).matmul(in.get(1)).square(),
        signed(2, 1, 2, 3),
        positive(3, 3, 2));
    row(
        Linalg.MatMul.class,
        "batch by matrix",
        in -> in.get(0).matmul(in.get(1)).square(),
        signed(2, 3, 4),
        positive(4, 2));
    row(
        Linalg.MatMul.class,
        "vectors",
        in -> in.get(0).matmul(in.get(1)).square(),
        signed(4),
        positive(4));
    row(
        Linalg.MatMul.class,
        "row by matrix",
        in -> in.get(0).matmul(in.get(1)).square(),
        signed(4),
        positive(4, 2));
    row(
        Linalg.MatMul.class,
        "matrix by column",
        in -> in.get(0).matmul(in.get(1)).square(),
        signed(3, 4),
        positive(4));
  }

  private void factorization() {
    Tensor a = signed(3, 3);
    Tensor batch = signed(2, 1, 3, 3);
    row(Factorization.Solve.class, "matrices", in -> in.get(0).solve(in.get(1)), a, positive(3, 2));
    row(Factorization.Solve.class, "vector", in -> in.get(0).solve(in.get(1)), a, positive(3));
    row(
        Factorization.Solve.class,
        "batches broadcast",
        in -> in.get(0).solve(in.get(1)),
        batch,
        positive(2, 3, 2));
    row(
        Factorization.Solve.class,
        "right side alone",
        in -> in.get(0).solve(in.get(1)).square(),
        a.detach(),
        positive(3, 2));
    row(Factorization.Inverse.class, "matrix", in -> in.getFirst().inv(), a);
    row(Factorization.Inverse.class, "batch", in -> in.getFirst().inv(), batch);
    row(Factorization.Inverse.class, "transposed", in -> in.getFirst().inv(), transposed(a));
    row(Factorization.Det.class, "matrix", in -> in.getFirst().det(), a);
    row(Factorization.Det.class, "batch", in -> in.getFirst().det().square(), batch);
    row(
        Factorization.Det.class,
        "singular",
        in -> in.getFirst().det(),
        a.detach().indexSelect(0, Tensor.of(new long[] {1, 2, 1})).requiresGrad(true));
    row(Factorization.LogAbsDet.class, "matrix", in -> in.getFirst().slogdet().logabsdet(), a);
    row(Factorization.LogAbsDet.class, "batch", in -> in.getFirst().slogdet().logabsdet(), batch);
    Tensor eye = Tensor.eye(3).to(DType.FLOAT64);
    for (Tensor x : List.of(a, batch)) {
      row(
          Factorization.Cholesky.class,
          x.shape().toString(),
          in -> in.getFirst().matmul(in.getFirst().transpose(-1, -2)).add(eye).cholesky(),
          x);
    }
  }
}
