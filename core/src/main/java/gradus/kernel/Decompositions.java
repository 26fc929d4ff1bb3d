// SPDX-License-Identifier: Apache-2.0
package gradus.kernel;

/// Factors of small dense matrices, in double, row-major, in one fixed order of operations.
public final class Decompositions {
  private Decompositions() {}

  /// Replaces the n × n matrix at `o` by its factors L (below the diagonal, which is all ones) and
  /// U, with the largest pivot of each column (Golub and Van Loan, Matrix Computations, 3.4.1).
  ///
  /// @param pivots the row that was swapped with each
  /// @return whether all pivots are other than 0
  public static boolean lu(double[] a, int o, int n, int[] pivots) {
    boolean regular = true;
    for (int k = 0; k < n; k++) {
      int p = k;
      for (int i = k + 1; i < n; i++) {
        if (Math.abs(a[o + i * n + k]) > Math.abs(a[o + p * n + k])) {
          p = i;
        }
      }
      pivots[k] = p;
      if (p != k) {
        for (int j = 0; j < n; j++) {
          double t = a[o + k * n + j];
          a[o + k * n + j] = a[o + p * n + j];
          a[o + p * n + j] = t;
        }
      }
      double pivot = a[o + k * n + k];
      if (pivot == 0) {
        regular = false;
        continue;
      }
      for (int i = k + 1; i < n; i++) {
        double factor = a[o + i * n + k] / pivot;
        a[o + i * n + k] = factor;
        for (int j = k + 1; j < n; j++) {
          a[o + i * n + j] -= factor * a[o + k * n + j];
        }
      }
    }
    return regular;
  }

  /// Replaces the n × m matrix `b` at `bo` by the solution X of A·X = b, for the factors of A that
  /// [#lu] made.
  public static void solve(double[] lu, int o, int n, int[] pivots, double[] b, int bo, int m) {
    for (int k = 0; k < n; k++) {
      int p = pivots[k];
      for (int j = 0; j < m && p != k; j++) {
        double t = b[bo + k * m + j];
        b[bo + k * m + j] = b[bo + p * m + j];
        b[bo + p * m + j] = t;
      }
    }
    for (int i = 0; i < n; i++) {
      for (int k = 0; k < i; k++) {
        subtract(b, bo + i * m, lu[o + i * n + k], bo + k * m, m);
      }
    }
    for (int i = n - 1; i >= 0; i--) {
      for (int k = i + 1; k < n; k++) {
        subtract(b, bo + i * m, lu[o + i * n + k], bo + k * m, m);
      }
      for (int j = 0; j < m; j++) {
        b[bo + i * m + j] /= lu[o + i * n + i];
      }
    }
  }

  /// row at `to` −= factor · row at `from`
  private static void subtract(double[] b, int to, double factor, int from, int m) {
    for (int j = 0; j < m; j++) {
      b[to + j] -= factor * b[from + j];
    }
  }

  /// Replaces the symmetric n × n matrix at `o`, of which the lower triangle is read, by the lower
  /// triangular L with L·Lᵀ = A and zeros above.
  ///
  /// @return the order of the first leading minor that isn't positive, 0 if all are
  public static int cholesky(double[] a, int o, int n) {
    for (int j = 0; j < n; j++) {
      for (int i = j; i < n; i++) {
        double sum = a[o + i * n + j];
        for (int k = 0; k < j; k++) {
          sum -= a[o + i * n + k] * a[o + j * n + k];
        }
        if (i > j) {
          a[o + i * n + j] = sum / a[o + j * n + j];
        } else if (sum > 0) {
          a[o + j * n + j] = StrictMath.sqrt(sum);
        } else {
          return j + 1;
        }
      }
      for (int k = j + 1; k < n; k++) {
        a[o + j * n + k] = 0;
      }
    }
    return 0;
  }
}
