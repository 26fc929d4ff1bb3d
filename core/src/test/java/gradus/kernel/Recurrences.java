// SPDX-License-Identifier: Apache-2.0
package gradus.kernel;

import java.util.ArrayList;
import java.util.List;

/// Recurrent layers of awkward sizes, for tests.
final class Recurrences {
  private Recurrences() {}

  static List<RecurrentShape> shapes() {
    List<RecurrentShape> shapes = new ArrayList<>();
    for (RecurrentKind kind : RecurrentKind.values()) {
      for (boolean reverse : new boolean[] {false, true}) {
        shapes.add(new RecurrentShape(kind, 3, 2, 5, 5, false, reverse));
        shapes.add(new RecurrentShape(kind, 4, 7, 131, 131, false, reverse));
      }
    }
    shapes.add(new RecurrentShape(RecurrentKind.GRU, 1, 9, 200, 200, false, false));
    shapes.add(new RecurrentShape(RecurrentKind.LSTM, 4, 6, 70, 33, true, true));
    shapes.add(new RecurrentShape(RecurrentKind.LSTM, 3, 20, 130, 65, true, false));
    return shapes;
  }

  /// All that a run forward and back finds, as doubles; weights are small, so that no error grows.
  static List<double[]> run(RecurrentShape s, boolean wide) {
    int rows = s.steps() * s.batch();
    Object gates = sample(1, rows * s.gates(), 0.3, wide);
    Object rest = sample(2, s.kind() == RecurrentKind.GRU ? rows * s.hidden() : 0, 0.2, wide);
    Object h = sample(3, 1 + s.batch() * s.size(), 0.2, wide);
    Object c = sample(4, 2 + s.batch() * s.hidden(), 0.2, wide);
    double scale = 0.2 / Math.sqrt(s.hidden());
    Object weight = sample(5, 3 + s.gates() * s.size(), scale, wide);
    Object projection = sample(6, 4 + s.hidden() * s.size(), scale, wide);
    Object dy = sample(7, 5 + rows * s.size(), 0.3, wide);
    Recurrence<?> run = Recurrence.of(s, gates, rest);
    run.forward(h, 1, c, 2, weight, 3, projection, 4);
    Recurrence.Gradients found = run.backward(dy, 5, c, 2, weight, 3, projection, 4);
    List<double[]> all = new ArrayList<>();
    for (Object each :
        List.of(
            run.states(),
            run.shown(),
            found.fromInput(),
            found.fromState(),
            found.h(),
            found.c(),
            found.projected())) {
      all.add(each instanceof double[] d ? d : Samples.widened((float[]) each));
    }
    return all;
  }

  private static Object sample(long seed, int n, double scale, boolean wide) {
    float[] x = Samples.floats(seed, n);
    for (int i = 0; i < n; i++) {
      x[i] *= (float) scale;
    }
    return wide ? Samples.widened(x) : x;
  }
}
