// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.DType;
import gradus.Tensor;

/// The standard normal distribution.
final class NormalDistribution {
  private NormalDistribution() {}

  /// Returns the probability of a number below `x`.
  static double cumulative(double x) {
    return 0.5 * (1 + Tensor.scalar(x * Math.sqrt(0.5), DType.FLOAT64).erf().item());
  }

  /// Returns the `x` that a number is below with probability `p`; infinite at 0 and 1.
  ///
  /// Source: Wichura, *Algorithm AS 241: the percentage points of the normal distribution*, Applied
  /// Statistics 37 (1988), routine PPND16, whose relative error is about 1e-16.
  static double quantile(double p) {
    if (p <= 0 || p >= 1) {
      return p <= 0 ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    double q = p - 0.5;
    if (Math.abs(q) <= 0.425) {
      double r = 0.180625 - q * q;
      return q * ratio(r, NEAR);
    }
    double r = Math.sqrt(-StrictMath.log(q < 0 ? p : 1 - p));
    double x = r <= 5 ? ratio(r - 1.6, FAR) : ratio(r - 5, TAIL);
    return q < 0 ? -x : x;
  }

  /// Returns the quotient of two polynomials in `r`, whose coefficients begin with the constants.
  private static double ratio(double r, double[][] polynomials) {
    return polynomial(r, polynomials[0]) / polynomial(r, polynomials[1]);
  }

  private static double polynomial(double r, double[] coefficients) {
    double sum = 0;
    for (int i = coefficients.length - 1; i >= 0; i--) {
      sum = sum * r + coefficients[i];
    }
    return sum;
  }

  /// For p from 0.075 to 0.925.
  private static final double[][] NEAR = {
    {
      3.3871328727963665,
      133.14166789178438,
      1971.5909503065513,
      13731.69376550946,
      45921.95393154987,
      67265.7709270087,
      33430.57558358813,
      2509.0809287301227
    },
    {
      1,
      42.31333070160091,
      687.1870074920579,
      5394.196021424751,
      21213.794301586597,
      39307.89580009271,
      28729.085735721943,
      5226.495278852854
    }
  };

  /// Farther out, to about 1.4e-11 from the ends.
  private static final double[][] FAR = {
    {
      1.4234371107496835,
      4.630337846156546,
      5.769497221460691,
      3.6478483247632045,
      1.2704582524523684,
      0.2417807251774506,
      0.022723844989269184,
      0.0007745450142783414
    },
    {
      1,
      2.053191626637759,
      1.6763848301838038,
      0.6897673349851,
      0.14810397642748008,
      0.015198666563616457,
      0.0005475938084995345,
      1.0507500716444169e-09
    }
  };

  /// Beyond.
  private static final double[][] TAIL = {
    {
      6.657904643501103,
      5.463784911164114,
      1.7848265399172913,
      0.29656057182850487,
      0.026532189526576124,
      0.0012426609473880784,
      2.7115555687434876e-05,
      2.0103343992922881e-07
    },
    {
      1,
      0.599832206555888,
      0.1369298809227358,
      0.014875361290850615,
      0.0007868691311456133,
      1.8463183175100548e-05,
      1.421511758316446e-07,
      2.0442631033899397e-15
    }
  };
}
