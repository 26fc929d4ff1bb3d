// SPDX-License-Identifier: Apache-2.0
package gradus.testing;

import static gradus.testing.OpChecks.check;

import gradus.Shape;
import gradus.Tensor;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.Domain;

/// Products, softmax and normalisations.
@Domain(Samples.class)
class RowDerivativesTest {
  /// Inputs of batch normalisation.
  record Batch(Tensor x, Tensor weight, Tensor bias) {}

  @OpProperty({"matmul(Tensor)"})
  void matmul(@ForAll("products") Tensors.Pair p) {
    check(Tensor::matmul, p);
  }

  @OpProperty({"matmul(Tensor)"})
  void matmulOfTransposed(@ForAll("squares") Tensor x) {
    check((a, b) -> a.matmul(b.t()), x, x.add(1));
    check((a, b) -> a.t().matmul(b), x, x.mul(2));
    check(t -> t.matmul(t.t()), x);
    check(t -> t.t().matmul(t).matmul(t.t()), x);
  }

  @OpProperty({"softmax(int)"})
  void softmax(@ForAll Samples.Axis a) {
    check(t -> t.softmax(a.dim()), a.x());
  }

  @OpProperty({"logSoftmax(int)"})
  void logSoftmax(@ForAll Samples.Axis a) {
    check(t -> t.logSoftmax(a.dim()), a.x());
  }

  @OpProperty({"batchNorm(Tensor, Tensor, double)"})
  void batchNorm(@ForAll("batches") Batch b) {
    check(
        in -> in.get(0).batchNorm(in.get(1), in.get(2), 0.1).output(),
        List.of(b.x(), b.weight(), b.bias()));
    check((x, weight) -> x.batchNorm(weight, null, 0.1).output(), b.x(), b.weight());
    check((x, bias) -> x.batchNorm(null, bias, 0.1).output(), b.x(), b.bias());
    check(x -> x.batchNorm(null, null, 0.1).output(), b.x());
  }

  @OpProperty({"batchNorm(Tensor, Tensor, Tensor, Tensor, double)"})
  void batchNormWithGivenStatistics(@ForAll("batches") Batch b) {
    Tensor mean = b.bias().mul(2);
    Tensor var = b.weight().square();
    check(
        in -> in.get(0).batchNorm(in.get(1), in.get(2), in.get(3), in.get(4), 0.5),
        List.of(b.x(), mean, var, b.weight(), b.bias()));
    check(
        in -> in.get(0).batchNorm(in.get(1), in.get(2), null, null, 0.5),
        List.of(b.x(), mean, var));
    check(
        (x, weight) -> x.batchNorm(mean.to(x.dtype()), var.to(x.dtype()), weight, null, 0.5),
        b.x(),
        b.weight());
    check((x, bias) -> x.batchNorm(bias, bias.square(), null, bias, 0.5), b.x(), b.bias());
  }

  @OpProperty({"groupNorm(int, Tensor, Tensor, double)"})
  void groupNorm(@ForAll("batches") Batch b) {
    int channels = b.weight().numel();
    check(
        in -> in.get(0).groupNorm(channels, in.get(1), in.get(2), 0.1),
        List.of(b.x(), b.weight(), b.bias()));
    check((x, weight) -> x.groupNorm(1, weight, null, 0.1), b.x(), b.weight());
    check((x, bias) -> x.groupNorm(1, null, bias, 0.1), b.x(), b.bias());
    check(x -> x.groupNorm(channels, null, null, 0.1), b.x());
  }

  @OpProperty({"layerNorm(Shape, Tensor, Tensor, double)", "rmsNorm(Shape, Tensor, double)"})
  void layerNorm(@ForAll("rows") Batch b) {
    Shape row = b.weight().shape();
    check(
        in -> in.get(0).layerNorm(row, in.get(1), in.get(2), 0.1),
        List.of(b.x(), b.weight(), b.bias()));
    check(x -> x.layerNorm(row, null, null, 0.1), b.x());
    check((x, weight) -> x.rmsNorm(row, weight, 0.1), b.x(), b.weight());
    check(x -> x.rmsNorm(row, null, 0.1), b.x());
  }

  @Provide
  Arbitrary<Tensors.Pair> products() {
    return Tensors.pairs(Shapes.products(), Tensors.float64(), Tensors.float64());
  }

  @Provide
  Arbitrary<Tensor> squares() {
    return Tensors.float64().of(Shapes.any().rank(2).sizes(1, 3));
  }

  @Provide
  Arbitrary<Batch> batches() {
    return Shapes.any()
        .rank(2, 4)
        .sizes(1, 3)
        .flatMap(
            shape ->
                Combinators.combine(
                        Tensors.float64().of(shape),
                        Tensors.float64().of(shape.size(1)),
                        Tensors.float64().of(shape.size(1)))
                    .as(Batch::new));
  }

  @Provide
  Arbitrary<Batch> rows() {
    return Shapes.any()
        .rank(1, 4)
        .sizes(1, 3)
        .flatMap(
            shape -> {
              int[] sizes = shape.toArray();
              int[] row = Arrays.copyOfRange(sizes, sizes.length / 2, sizes.length);
              return Combinators.combine(
                      Tensors.float64().of(shape),
                      Tensors.float64().of(row),
                      Tensors.float64().of(row))
                  .as(Batch::new);
            });
  }
}
