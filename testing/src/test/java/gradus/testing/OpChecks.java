// SPDX-License-Identifier: Apache-2.0
package gradus.testing;

import static gradus.testing.GradAssertions.assertClose;
import static gradus.testing.GradAssertions.assertGrad;
import static gradus.testing.GradAssertions.assertGradGrad;
import static gradus.testing.GradAssertions.assertSameBits;

import gradus.Autograd;
import gradus.DType;
import gradus.Generator;
import gradus.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/// All that must hold of a differentiable op at generated inputs.
final class OpChecks {
  private OpChecks() {}

  static void check(UnaryOperator<Tensor> f, Tensor x) {
    check(in -> f.apply(in.getFirst()), List.of(x));
  }

  static void check(BinaryOperator<Tensor> f, Tensor a, Tensor b) {
    check(in -> f.apply(in.get(0), in.get(1)), List.of(a, b));
  }

  static void check(BinaryOperator<Tensor> f, Tensors.Pair pair) {
    check(f, pair.left(), pair.right());
  }

  /// Derivatives to second order; values and gradients with the same bits at any layout, in either
  /// precision; float32 close to float64.
  static void check(Function<List<Tensor>, Tensor> f, List<Tensor> inputs) {
    assertGrad(f, inputs);
    assertGradGrad(f, inputs);
    List<Tensor> wide = evaluate(f, inputs);
    assertAllSameBits(wide, evaluate(f, inputs.stream().map(Tensor::copy).toList()));
    List<Tensor> singles = inputs.stream().map(OpChecks::single).toList();
    List<Tensor> narrow = evaluate(f, singles);
    assertAllSameBits(narrow, evaluate(f, singles.stream().map(Tensor::copy).toList()));
    for (int i = 0; i < wide.size(); i++) {
      assertClose(narrow.get(i), wide.get(i));
    }
  }

  /// The tensor in float32, with the same strides where it isn't contiguous.
  private static Tensor single(Tensor x) {
    Tensor converted = x.to(DType.FLOAT32);
    return x.isContiguous() ? converted : Layouts.strided(Layouts.transposed(converted));
  }

  /// The output of `f` and its gradients for a cotangent that depends on the output's shape alone.
  private static List<Tensor> evaluate(Function<List<Tensor>, Tensor> f, List<Tensor> inputs) {
    List<Tensor> leaves = inputs.stream().map(x -> x.detach().requiresGrad(true)).toList();
    Tensor output = f.apply(leaves);
    Tensor cotangent = new Generator(7).normal(0, 1, output.shape().toArray()).to(output.dtype());
    var results = new ArrayList<>(List.of(output.detach()));
    results.addAll(
        Autograd.grad(output, leaves, Autograd.options().allowUnused(true).gradient(cotangent)));
    return results;
  }

  private static void assertAllSameBits(List<Tensor> actual, List<Tensor> expected) {
    for (int i = 0; i < actual.size(); i++) {
      assertSameBits(actual.get(i), expected.get(i));
    }
  }
}
