// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.Tensor;
import java.util.Map;

/// Recurrent nets by PyTorch's equations, in loops over single numbers: what the tests hold the
/// tensor code against. Shares nothing with it.
final class PlainRecurrence {
  private final String kind;
  private final Map<String, Tensor> state;
  private final int hidden;

  /// @param kind `tanh`, `relu`, `lstm` or `gru`
  PlainRecurrence(String kind, Map<String, Tensor> state, int hidden) {
    this.kind = kind;
    this.state = state;
    this.hidden = hidden;
  }

  /// @param sequence `[L][N][directions · hidden]`
  /// @param h `[layers · directions][N][hidden]`
  /// @param c likewise
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Result(double[][][] sequence, double[][][] h, double[][][] c) {}

  Result run(double[][][] x, double[][][] h0, double[][][] c0, int layers, int directions) {
    int length = x.length;
    int batch = x[0].length;
    double[][][] input = x;
    var h = new double[layers * directions][batch][];
    var c = new double[layers * directions][batch][];
    for (int layer = 0; layer < layers; layer++) {
      var output = new double[length][batch][directions * hidden];
      for (int direction = 0; direction < directions; direction++) {
        int index = layer * directions + direction;
        String suffix = "_l" + layer + (direction == 1 ? "_reverse" : "");
        for (int n = 0; n < batch; n++) {
          double[] ht = h0[index][n].clone();
          double[] ct = c0[index][n].clone();
          for (int step = 0; step < length; step++) {
            int t = direction == 1 ? length - 1 - step : step;
            double[][] next = step(suffix, input[t][n], ht, ct);
            ht = next[0];
            ct = next[1];
            System.arraycopy(ht, 0, output[t][n], direction * hidden, hidden);
          }
          h[index][n] = ht;
          c[index][n] = ct;
        }
      }
      input = output;
    }
    return new Result(input, h, c);
  }

  private double[][] step(String suffix, double[] x, double[] h, double[] c) {
    var next = new double[hidden];
    var cell = new double[hidden];
    for (int j = 0; j < hidden; j++) {
      switch (kind) {
        case "tanh" -> next[j] = StrictMath.tanh(in(suffix, 0, j, x) + rec(suffix, 0, j, h));
        case "relu" -> next[j] = Math.max(0, in(suffix, 0, j, x) + rec(suffix, 0, j, h));
        case "lstm" -> {
          double i = sigmoid(in(suffix, 0, j, x) + rec(suffix, 0, j, h));
          double f = sigmoid(in(suffix, 1, j, x) + rec(suffix, 1, j, h));
          double g = StrictMath.tanh(in(suffix, 2, j, x) + rec(suffix, 2, j, h));
          double o = sigmoid(in(suffix, 3, j, x) + rec(suffix, 3, j, h));
          cell[j] = f * c[j] + i * g;
          next[j] = o * StrictMath.tanh(cell[j]);
        }
        case "gru" -> {
          double r = sigmoid(in(suffix, 0, j, x) + rec(suffix, 0, j, h));
          double z = sigmoid(in(suffix, 1, j, x) + rec(suffix, 1, j, h));
          double n = StrictMath.tanh(in(suffix, 2, j, x) + r * rec(suffix, 2, j, h));
          next[j] = (1 - z) * n + z * h[j];
        }
        default -> throw new AssertionError(kind);
      }
    }
    return new double[][] {next, cell};
  }

  private double in(String suffix, int gate, int j, double[] x) {
    return affine("ih" + suffix, gate * hidden + j, x);
  }

  private double rec(String suffix, int gate, int j, double[] h) {
    return affine("hh" + suffix, gate * hidden + j, h);
  }

  private double affine(String name, int row, double[] x) {
    Tensor bias = state.get("bias_" + name);
    double sum = bias == null ? 0 : bias.get(row).item();
    for (int k = 0; k < x.length; k++) {
      sum += state.get("weight_" + name).get(row, k).item() * x[k];
    }
    return sum;
  }

  private static double sigmoid(double x) {
    return 1 / (1 + StrictMath.exp(-x));
  }
}
