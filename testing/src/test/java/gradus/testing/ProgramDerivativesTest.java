// SPDX-License-Identifier: Apache-2.0
package gradus.testing;

import static gradus.testing.GradAssertions.assertClose;
import static gradus.testing.GradAssertions.assertGrad;
import static gradus.testing.GradAssertions.assertGradGrad;
import static gradus.testing.GradAssertions.assertSameBits;

import gradus.Autograd;
import gradus.DType;
import gradus.Tensor;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.domains.Domain;

/// Whole graphs of ops, as they come.
@Domain(GradusDomain.class)
class ProgramDerivativesTest {
  @FixedProperty
  void firstDerivatives(@ForAll Program.Run run) {
    assertGrad(run.program(), run.inputs());
  }

  @FixedProperty
  void secondDerivatives(@ForAll Program.Run run) {
    assertGradGrad(run.program(), run.inputs());
  }

  /// In either precision, at any layout, the same bits twice.
  @FixedProperty
  void layoutsLeaveNoTrace(@ForAll Program.Run run) {
    for (DType dtype : List.of(DType.FLOAT64, DType.FLOAT32)) {
      List<Tensor> copies = run.inputs().stream().map(x -> x.to(dtype).copy()).toList();
      List<Tensor> expected = evaluate(run.program(), copies);
      List<Tensor> strided =
          run.inputs().stream().map(x -> Layouts.strided(Layouts.transposed(x.to(dtype)))).toList();
      for (List<Tensor> inputs : List.of(copies, strided)) {
        List<Tensor> actual = evaluate(run.program(), inputs);
        for (int i = 0; i < expected.size(); i++) {
          assertSameBits(actual.get(i), expected.get(i));
        }
      }
    }
  }

  @FixedProperty
  void float32IsCloseToFloat64(@ForAll Program.Run run) {
    List<Tensor> wide = evaluate(run.program(), run.inputs());
    List<Tensor> narrow =
        evaluate(run.program(), run.inputs().stream().map(x -> x.to(DType.FLOAT32)).toList());
    for (int i = 0; i < wide.size(); i++) {
      assertClose(narrow.get(i), wide.get(i));
    }
  }

  /// The result and the gradients of its sum.
  private static List<Tensor> evaluate(Program program, List<Tensor> inputs) {
    List<Tensor> leaves = inputs.stream().map(x -> x.detach().requiresGrad(true)).toList();
    Tensor result = program.apply(leaves);
    var all = new ArrayList<>(List.of(result.detach()));
    all.addAll(Autograd.grad(result.sum(), leaves, Autograd.options().allowUnused(true)));
    return all;
  }
}
