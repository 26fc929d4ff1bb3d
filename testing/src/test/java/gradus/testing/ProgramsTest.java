// SPDX-License-Identifier: Apache-2.0
package gradus.testing;

import static gradus.testing.GradAssertions.assertSameBits;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gradus.Autograd;
import gradus.Shape;
import gradus.Tensor;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.domains.Domain;

@Domain(GradusDomain.class)
class ProgramsTest {
  @FixedProperty
  void keepTheirPromises(@ForAll Program.Run run) {
    Program program = run.program();
    assertThat(program.size()).isBetween(3, 12);
    assertThat(program.inputs()).hasSizeBetween(1, 3);
    assertThat(run.inputs().stream().map(Tensor::shape).toList()).isEqualTo(program.inputs());
    List<Tensor> values = program.values(run.inputs());
    for (int i = 0; i < program.size(); i++) {
      Program.Step step = program.steps().get(i);
      Tensor value = values.get(program.inputs().size() + i);
      assertThat(value.shape()).isEqualTo(step.shape());
      assertThat(DoubleStream.of(value.toDoubleArray()))
          .allSatisfy(
              v -> assertThat(v).isBetween(step.range().low() - 1e-9, step.range().high() + 1e-9));
    }
  }

  /// ‖∂element/∂inputs‖₁, with the derivatives that the properties of programs check.
  @FixedProperty
  void slopesAreBounds(@ForAll Program.Run run) {
    List<Tensor> leaves = run.inputs().stream().map(x -> x.detach().requiresGrad(true)).toList();
    List<Tensor> values = run.program().values(leaves);
    for (int i = 0; i < run.program().size(); i++) {
      Tensor value = values.get(leaves.size() + i).flatten();
      for (int k = 0; k < value.numel(); k++) {
        double slope = 0;
        for (Tensor grad :
            Autograd.grad(
                value.select(0, k),
                leaves,
                Autograd.options().allowUnused(true).retainGraph(true))) {
          slope += grad.abs().sum().item();
        }
        assertThat(slope)
            .as("%s of\n%s", run.program().steps().get(i).expression(), run.program())
            .isLessThanOrEqualTo(run.program().steps().get(i).range().slope() + 1e-9);
      }
    }
  }

  @Example
  void everyOpIsUsedAndValuesAreShared() {
    Set<String> ops = new TreeSet<>();
    int shared = 0;
    var generator = Programs.any().generator(1000);
    var random = new Random(1);
    for (int i = 0; i < 1000; i++) {
      Program program = generator.next(random).value();
      program.steps().forEach(step -> ops.addAll(ops(step)));
      shared += isShared(program) ? 1 : 0;
    }
    assertThat(String.join(" ", ops))
        .isEqualTo(
            "abs adaptiveAvgPool1d adaptiveAvgPool2d adaptiveMaxPool2d add amax amin"
                + " atan atan2 avgPool1d avgPool2d batchNorm cat celu chunk clamp conv1d conv2d"
                + " convTranspose1d copy cos cosh cumprod cumsum diagEmbed diagonal div elu erf"
                + " erfc exp exp2 expand expm1 flatten flip gather gelu hardtanh hypot im2col"
                + " index indexAdd indexCopy indexPut indexSelect inv layerNorm leakyRelu lerp"
                + " log log10 log1p logSoftmax logsigmoid logsumexp maskedFill maskedSelect"
                + " matmul max maxPool1d maxPool2d maximum mean median min mish movedim mul"
                + " narrow neg norm outer pad permute pow prelu prod quantile reciprocal relu"
                + " repeatInterleave reshape rmsNorm roll rsqrt scatter scatterAdd select"
                + " sigmoid silu sin sinh slice slogdet softmax softplus softsign solve sort"
                + " split sqrt square squeeze stack sub sum tanh tanhshrink tile topk transpose"
                + " tril triu unbind unflatten unfold unsqueeze var where");
    assertThat(shared).isGreaterThan(200);
  }

  /// The name before the first parenthesis.
  private static String op(Program.Step step) {
    return step.expression().replaceAll("\\(.*", "").replaceAll(".*\\.", "");
  }

  /// What is called beside ops.
  private static final Set<String> OTHERS =
      Set.of(
          ("defaults dtype eye getFirst getLast keep kernel logabsdet of output padding scalar"
                  + " stride t to values")
              .split(" "));

  /// The names of all ops in the step's expression.
  private static Set<String> ops(Program.Step step) {
    Set<String> ops = new TreeSet<>();
    Matcher calls = Pattern.compile("\\.([a-z]\\w*)\\(").matcher(step.expression());
    while (calls.find()) {
      ops.add(calls.group(1));
    }
    ops.removeAll(OTHERS);
    return ops;
  }

  private static boolean isShared(Program program) {
    int values = program.inputs().size() + program.size();
    return IntStream.range(0, values)
        .anyMatch(
            place ->
                program.steps().stream()
                        .flatMap(step -> step.operands().stream())
                        .filter(operand -> operand == place)
                        .count()
                    > 1);
  }

  @Example
  void shrinkToFewSimpleOps() {
    var random = new Random(2);
    var generator = Programs.any().generator(1000);
    for (int i = 0; i < 20; i++) {
      Program least =
          Shrinking.least(
              generator.next(random),
              p -> p.steps().stream().anyMatch(step -> op(step).equals("exp")));
      assertThat(least.inputs()).hasSize(1);
      assertThat(least.inputs().getFirst().numel()).isEqualTo(1);
      assertThat(least.steps().stream().map(ProgramsTest::op))
          .containsExactlyInAnyOrder("neg", "neg", "exp");
    }
  }

  private static final Program.Step ADD =
      new Program.Step(
          "x0.add(x1)",
          List.of(0, 1),
          in -> in.get(0).add(in.get(1)),
          Shape.of(2, 3),
          new Range(-3, 3, 2));
  private static final Program.Step TANH =
      new Program.Step(
          "v0.tanh()", List.of(2), in -> in.getFirst().tanh(), Shape.of(2, 3), new Range(-1, 1, 2));
  private static final Program.Step EXP =
      new Program.Step(
          "x1.exp()", List.of(1), in -> in.getFirst().exp(), Shape.of(3), new Range(0, 5, 5));
  private static final Tensor X0 = Tensor.float64(new double[] {0, 0.5, 1, -1, 0.25, -0.5}, 2, 3);
  private static final Tensor X1 = Tensor.float64(new double[] {1, 0.5, -1});

  @Example
  void readAsJava() {
    var program = new Program(List.of(Shape.of(2, 3), Shape.of(3)), List.of(ADD, TANH), List.of(3));
    assertThat(program.toString())
        .isEqualTo(
            """
            // x0 [2, 3], x1 [3]
            Tensor v0 = x0.add(x1); // [2, 3]
            Tensor v1 = v0.tanh(); // [2, 3]
            return v1;""");
    assertSameBits(program.apply(List.of(X0, X1)), X0.add(X1).tanh());
  }

  @Example
  void severalResultsAreJoined() {
    var program =
        new Program(List.of(Shape.of(2, 3), Shape.of(3)), List.of(ADD, TANH, EXP), List.of(3, 4));
    assertThat(program.toString())
        .endsWith("\nreturn Tensor.cat(List.of(v1.flatten(), v2.flatten()), 0);");
    assertSameBits(
        program.apply(List.of(X0, X1)),
        Tensor.cat(List.of(X0.add(X1).tanh().flatten(), X1.exp()), 0));
  }

  @Example
  void refuseOtherShapes() {
    var program = new Program(List.of(Shape.of(2, 3), Shape.of(3)), List.of(ADD), List.of(2));
    assertThatThrownBy(() -> program.apply(List.of(X1, X0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Program: arguments of shapes [[3], [2, 3]] given, it takes [[2, 3], [3]]");
  }
}
