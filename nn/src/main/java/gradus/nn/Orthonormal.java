// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

/// Makes vectors orthonormal.
final class Orthonormal {
  private Orthonormal() {}

  /// Takes from each vector what lies in the direction of those before it and brings it to length
  /// 1: the Q of a QR decomposition whose R has a positive diagonal.
  ///
  /// Modified Gram-Schmidt; a vector that loses much of its length is treated twice, which is
  /// enough (Giraud and Langou, *When modified Gram-Schmidt generates a well-conditioned set of
  /// vectors*, 2002).
  static void make(double[][] vectors) {
    for (int i = 0; i < vectors.length; i++) {
      double[] v = vectors[i];
      double before = norm(v);
      double after = subtract(vectors, i);
      if (after < 0.5 * before) {
        after = subtract(vectors, i);
      }
      for (int k = 0; k < v.length; k++) {
        v[k] /= after;
      }
    }
  }

  /// Takes from vector `i` its parts along those before it and returns the length that is left.
  private static double subtract(double[][] vectors, int i) {
    double[] v = vectors[i];
    for (int j = 0; j < i; j++) {
      double[] unit = vectors[j];
      double along = dot(unit, v);
      for (int k = 0; k < v.length; k++) {
        v[k] -= along * unit[k];
      }
    }
    return norm(v);
  }

  private static double norm(double[] v) {
    return Math.sqrt(dot(v, v));
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int k = 0; k < a.length; k++) {
      sum += a[k] * b[k];
    }
    return sum;
  }
}
