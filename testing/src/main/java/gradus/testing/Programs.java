// SPDX-License-Identifier: Apache-2.0
package gradus.testing;

import gradus.Shape;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/// Generated [Program]s: 3 to 12 differentiable public ops on 1 to 3 inputs, in which a value may
/// be used several times or by several ops at once.
///
/// Programs are smooth: what is known of each value's range (of inputs within ±1.5) keeps every op
/// away from where it has no derivative or a steep one, and all values and first derivatives small.
/// So finite differences agree with a right derivative to many digits. Shrinks to fewer and simpler
/// ops on smaller inputs.
public final class Programs {
  private static final int MIN_STEPS = 3;
  private static final int MAX_STEPS = 12;

  private Programs() {}

  /// Returns programs. Their inputs' elements must lie within ±1.5.
  public static Arbitrary<Program> any() {
    Arbitrary<Integer> number = Shapes.uniform(0, 99);
    Arbitrary<ProgramBuilder.Gene> gene =
        Combinators.combine(Shapes.uniform(0, Rules.ALL.size() - 1), number, number, number, number)
            .as(ProgramBuilder.Gene::new);
    return Combinators.combine(inputs(), gene.list().ofMinSize(MIN_STEPS).ofMaxSize(MAX_STEPS))
        .as(ProgramBuilder::build);
  }

  /// Returns programs with inputs to run them on.
  public static Arbitrary<Program.Run> runs() {
    return any()
        .flatMap(
            program ->
                Combinators.combine(
                        program.inputs().stream()
                            .map(
                                s -> Tensors.float64().of(s).between(-Program.BOUND, Program.BOUND))
                            .toList())
                    .as(inputs -> new Program.Run(program, inputs)));
  }

  /// One to three shapes that broadcast.
  private static Arbitrary<List<Shape>> inputs() {
    return Combinators.combine(
            Shapes.broadcasting(Shapes.any().rank(0, 3).elements(8)), Shapes.uniform(1, 3))
        .as((pair, n) -> List.of(pair.result(), pair.left(), pair.right()).subList(0, n));
  }
}
