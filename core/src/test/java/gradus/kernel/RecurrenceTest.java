// SPDX-License-Identifier: Apache-2.0
package gradus.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RecurrenceTest {
  private final int threads = Parallel.threads();

  @AfterEach
  void restore() {
    Parallel.threads(threads);
  }

  static List<RecurrentShape> shapes() {
    return Recurrences.shapes();
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void agreesWithDoublesAtAnyThreadCount(RecurrentShape s) {
    Parallel.threads(1);
    List<double[]> wide = Recurrences.run(s, true);
    List<double[]> first = Recurrences.run(s, false);
    for (int i = 0; i < wide.size(); i++) {
      assertThat(distance(first.get(i), wide.get(i))).isLessThan(3e-5);
    }
    for (int count = 2; count <= 3; count++) {
      Parallel.threads(count);
      assertSame(Recurrences.run(s, false), first);
      assertSame(Recurrences.run(s, true), wide);
    }
  }

  /// The greatest difference; NaN if there is one.
  private static double distance(double[] a, double[] b) {
    assertThat(a).hasSameSizeAs(b);
    double greatest = 0;
    for (int i = 0; i < a.length; i++) {
      greatest = Math.max(greatest, Math.abs(a[i] - b[i]));
    }
    return greatest;
  }

  private static void assertSame(List<double[]> actual, List<double[]> expected) {
    for (int i = 0; i < expected.size(); i++) {
      assertThat(Arrays.equals(actual.get(i), expected.get(i))).as("array %s", i).isTrue();
    }
  }

  /// One unit, two steps, by hand.
  @Test
  void doublesAreWhatTheFormulaSays() {
    var s = new RecurrentShape(RecurrentKind.TANH, 2, 1, 1, 1, false, false);
    double[] gates = {0.5, -0.25};
    Recurrence<?> run = Recurrence.of(s, gates, new double[0]);
    run.forward(new double[] {0.3}, 0, gates, 0, new double[] {2}, 0, gates, 0);
    double first = StrictMath.tanh(0.5 + 2 * 0.3);
    double second = StrictMath.tanh(-0.25 + 2 * first);
    assertThat((double[]) run.states())
        .containsExactly(new double[] {0.3, first, second}, within(1e-15));
    Recurrence.Gradients found =
        run.backward(new double[] {1, 10}, 0, gates, 0, new double[] {2}, 0, gates, 0);
    double last = 10 * (1 - second * second);
    double before = (1 + 2 * last) * (1 - first * first);
    assertThat((double[]) found.fromInput())
        .containsExactly(new double[] {before, last}, within(1e-14));
    assertThat(found.fromState()).isSameAs(found.fromInput());
    assertThat((double[]) found.h()).containsExactly(0);
  }

  /// Where ReLU's slope is not that of a smooth function, PyTorch's is taken: 0 at 0, 1 at NaN.
  @Test
  void slopesOfReluAreThoseOfPyTorch() {
    var s = new RecurrentShape(RecurrentKind.RELU, 1, 1, 40, 40, false, false);
    var gates = new float[40];
    for (int i = 0; i < 40; i++) {
      gates[i] = i % 4 == 0 ? 0 : i % 4 == 1 ? Float.NaN : i % 4 == 2 ? -1 : 1;
    }
    Recurrence<?> run = Recurrence.of(s, gates, new float[0]);
    var dy = new float[40];
    Arrays.fill(dy, 3);
    var zeros = new float[1600];
    run.forward(zeros, 0, zeros, 0, zeros, 0, zeros, 0);
    var found = (float[]) run.backward(dy, 0, zeros, 0, zeros, 0, zeros, 0).fromInput();
    for (int i = 0; i < 40; i++) {
      assertThat(found[i]).isEqualTo(i % 4 == 1 || i % 4 == 3 ? 3 : 0);
    }
  }
}
