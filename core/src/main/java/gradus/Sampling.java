// SPDX-License-Identifier: Apache-2.0
package gradus;

import java.util.Arrays;

/// Draws by given probabilities.
final class Sampling {
  private Sampling() {}

  static Tensor bernoulli(Tensor p, Generator generator) {
    Launch.floating("bernoulli", p);
    double[] values = p.toDoubleArray();
    for (int i = 0; i < values.length; i++) {
      if (!(values[i] >= 0 && values[i] <= 1)) {
        throw new IllegalArgumentException(
            "bernoulli: p = %s at position %d is not in [0, 1]".formatted(values[i], i));
      }
    }
    Tensor u = generator.uniform(DType.FLOAT64, 0, 1, p.shape());
    return u.lt(p.to(DType.FLOAT64)).to(p.dtype());
  }

  /// The first arrivals of exponential clocks that run at the speed of the weights (Efraimidis and
  /// Spirakis, "Weighted random sampling with a reservoir", 2006).
  static Tensor distinct(Tensor weights, int n, Generator generator) {
    double[] w = checked("multinomial", weights, n, n);
    double[] u = generator.uniform(DType.FLOAT64, 0, 1, weights.shape()).toDoubleArray();
    double[] arrivals = new double[w.length];
    for (int i = 0; i < w.length; i++) {
      // 1 − u lies in (0, 1], where the logarithm is finite.
      arrivals[i] = w[i] == 0 ? Double.POSITIVE_INFINITY : -StrictMath.log(1 - u[i]) / w[i];
    }
    return Tensor.wrap(DType.FLOAT64, arrivals, weights.shape())
        .topk(n, -1, Order.ASCENDING)
        .indices()
        .contiguous();
  }

  /// The places of uniform numbers among the running sums of the weights.
  static Tensor repeated(Tensor weights, int n, Generator generator) {
    double[] w = checked("multinomialWithReplacement", weights, n, 1);
    int columns = weights.size(-1);
    int[] sizes = weights.shape().toArray();
    sizes[sizes.length - 1] = n;
    Shape shape = Shape.wrap(sizes);
    double[] u = generator.uniform(DType.FLOAT64, 0, 1, shape).toDoubleArray();
    long[] drawn = new long[u.length];
    for (int row = 0; row < w.length / columns; row++) {
      double[] sums = Arrays.copyOfRange(w, row * columns, (row + 1) * columns);
      for (int i = 1; i < columns; i++) {
        sums[i] += sums[i - 1];
      }
      for (int i = row * n; i < (row + 1) * n; i++) {
        double wanted = u[i] * sums[columns - 1];
        int place = 0;
        while (sums[place] <= wanted) {
          place++;
        }
        drawn[i] = place;
      }
    }
    return Tensor.wrap(DType.INT64, drawn, shape);
  }

  /// The weights, of which each row must have `least` positive ones.
  private static double[] checked(String op, Tensor weights, int n, int least) {
    Launch.floating(op, weights);
    if (weights.dim() != 1 && weights.dim() != 2) {
      throw new IllegalArgumentException(
          "%s: %s is neither a vector nor a matrix".formatted(op, weights.shape()));
    }
    if (n <= 0) {
      throw new IllegalArgumentException("%s: n = %d is not positive".formatted(op, n));
    }
    double[] w = weights.toDoubleArray();
    int columns = weights.size(-1);
    int rows = weights.dim() == 1 ? 1 : weights.size(0);
    for (int row = 0; row < rows; row++) {
      int positive = 0;
      for (int i = row * columns; i < (row + 1) * columns; i++) {
        if (!(w[i] >= 0 && w[i] < Double.POSITIVE_INFINITY)) {
          throw new IllegalArgumentException(
              "%s: weight %s at position %d is negative or not finite".formatted(op, w[i], i));
        }
        positive += w[i] > 0 ? 1 : 0;
      }
      if (positive < least) {
        throw new IllegalArgumentException(
            "%s: row %d of %s has %d positive weights; expected at least %d"
                .formatted(op, row, weights.shape(), positive, least));
      }
    }
    return w;
  }
}
