// SPDX-License-Identifier: Apache-2.0
package gradus.testing;

import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;

/// What is known of a value of a [Program] whatever its inputs are: its elements lie in `low` …
/// `high`, and ‖∂element/∂inputs‖₁ ≤ `slope`.
///
/// Finite differences err with the third derivative, which grows as the cube of the slope: programs
/// whose ranges and slopes stay small can be checked by them. A method returns null where its op is
/// not smooth on the range.
record Range(double low, double high, double slope) {
  /// How near to a point where it isn't smooth an op's input may come.
  private static final double MARGIN = 0.2;

  double magnitude() {
    return Math.max(Math.abs(low), Math.abs(high));
  }

  private double width() {
    return high - low;
  }

  boolean isPositive() {
    return low >= MARGIN;
  }

  boolean isAwayFromZero() {
    return low >= MARGIN || high <= -MARGIN;
  }

  /// The distance from 0 of a range that is away from it.
  private double distance() {
    return Math.min(Math.abs(low), Math.abs(high));
  }

  /// An op with values in `to` and a derivative of at most `steepest`.
  Range into(double from, double to, double steepest) {
    return new Range(from, to, slope * steepest);
  }

  /// An increasing or decreasing op with a derivative of at most `steepest`.
  Range monotone(DoubleUnaryOperator op, double steepest) {
    double a = op.applyAsDouble(low);
    double b = op.applyAsDouble(high);
    return into(Math.min(a, b), Math.max(a, b), steepest);
  }

  Range sigmoid() {
    return monotone(x -> 1 / (1 + StrictMath.exp(-x)), 0.25);
  }

  Range exp() {
    return monotone(StrictMath::exp, StrictMath.exp(high));
  }

  Range expm1() {
    return monotone(StrictMath::expm1, StrictMath.exp(high));
  }

  @Nullable Range log() {
    return isPositive() ? monotone(StrictMath::log, 1 / low) : null;
  }

  @Nullable Range log1p() {
    return low + 1 >= MARGIN ? monotone(StrictMath::log1p, 1 / (low + 1)) : null;
  }

  @Nullable Range sqrt() {
    return isPositive() ? monotone(Math::sqrt, 0.5 / Math.sqrt(low)) : null;
  }

  @Nullable Range rsqrt() {
    return isPositive() ? monotone(x -> 1 / Math.sqrt(x), 0.5 / (low * Math.sqrt(low))) : null;
  }

  @Nullable Range reciprocal() {
    return isAwayFromZero() ? monotone(x -> 1 / x, 1 / (distance() * distance())) : null;
  }

  /// To a constant power ≥ 1.
  @Nullable Range pow(double exponent) {
    return isPositive()
        ? monotone(x -> StrictMath.pow(x, exponent), exponent * StrictMath.pow(high, exponent - 1))
        : null;
  }

  Range square() {
    double nearest = low <= 0 && high >= 0 ? 0 : distance();
    return into(nearest * nearest, magnitude() * magnitude(), 2 * magnitude());
  }

  Range plus(Range other) {
    return new Range(low + other.low, high + other.high, slope + other.slope);
  }

  Range times(Range other) {
    double a = low * other.low;
    double b = low * other.high;
    double c = high * other.low;
    double d = high * other.high;
    return new Range(
        Math.min(Math.min(a, b), Math.min(c, d)),
        Math.max(Math.max(a, b), Math.max(c, d)),
        magnitude() * other.slope + other.magnitude() * slope);
  }

  @Nullable Range over(Range other) {
    Range inverse = other.reciprocal();
    return inverse == null ? null : times(inverse);
  }

  /// aᵇ = e^(b·ln a).
  @Nullable Range pow(Range exponent) {
    Range log = log();
    return log == null ? null : log.times(exponent).exp();
  }

  /// An increasing op that isn't smooth at 0.
  @Nullable Range piecewise(DoubleUnaryOperator op, double steepest) {
    return isAwayFromZero() ? monotone(op, steepest) : null;
  }

  /// Whether the nearest elements of both are far enough from each other.
  boolean isApartFrom(Range other) {
    return low - other.high >= MARGIN || other.low - high >= MARGIN;
  }

  /// √(this² + other²), whose derivatives are at most 1.
  @Nullable Range hypot(Range other) {
    if (!isAwayFromZero() && !other.isAwayFromZero()) {
      return null;
    }
    double nearest = Math.max(nearest(), other.nearest());
    double farthest = StrictMath.hypot(magnitude(), other.magnitude());
    return new Range(nearest, farthest, slope + other.slope);
  }

  private double nearest() {
    return low <= 0 && high >= 0 ? 0 : distance();
  }

  /// The angle of (other, this) on the right; its derivatives are at most 1 / other.
  @Nullable Range atan2(Range other) {
    return other.isPositive()
        ? new Range(-Math.PI / 2, Math.PI / 2, (slope + other.slope) / other.low)
        : null;
  }

  Range scaled(double factor) {
    return monotone(x -> factor * x, Math.abs(factor));
  }

  /// ln Σeˣ of `n` elements: the derivatives are weights that sum to 1.
  Range logSumExp(int n) {
    return monotone(x -> x + StrictMath.log(n), 1);
  }

  /// The norm of `n` elements; the derivatives are those of a unit vector and sum to at most √n.
  @Nullable Range norm(int n) {
    return isAwayFromZero()
        ? into(distance() * Math.sqrt(n), magnitude() * Math.sqrt(n), Math.sqrt(n))
        : null;
  }

  /// The product of `n` elements.
  Range prod(int n) {
    double most = StrictMath.pow(magnitude(), n);
    return into(-most, most, n * StrictMath.pow(magnitude(), n - 1));
  }

  /// The products of the first 1 … n of `n` elements.
  Range cumprod(int n) {
    double growth = StrictMath.pow(Math.max(magnitude(), 1), n - 1);
    double most = magnitude() * growth;
    return into(-most, most, n * growth);
  }

  /// Division by the root of the mean square + 1: the Jacobian's rows δᵢⱼ/r − yᵢxⱼ/(n r²) sum to at
  /// most 1 + |yᵢ|.
  Range rmsNorm() {
    return into(-magnitude(), magnitude(), 1 + magnitude());
  }

  /// The sum of up to `n` such elements.
  Range upTo(int n) {
    return sum(n).orZero();
  }

  /// Elements of this, or 0.
  Range orZero() {
    return new Range(Math.min(low, 0), Math.max(high, 0), slope);
  }

  /// The sum of `n` such elements.
  Range sum(int n) {
    return new Range(n * low, n * high, n * slope);
  }

  /// A sum of `n` products with elements of `other`.
  Range dot(Range other, int n) {
    return times(other).sum(n);
  }

  /// This, to which between 0 and `n` elements of `other` are added.
  Range plusSome(Range other, int n) {
    return new Range(
        low + n * Math.min(other.low, 0),
        high + n * Math.max(other.high, 0),
        slope + n * other.slope);
  }

  /// The elements without their mean: the Jacobian's rows δᵢⱼ − 1/n sum to at most 2.
  Range centred() {
    return into(-width(), width(), 2);
  }

  /// The biased variance: its derivatives 2(x − mean)/n sum to at most the width.
  Range variance() {
    return into(0, width() * width() / 4, width());
  }

  /// The Jacobian's rows yᵢ(δᵢⱼ − yⱼ) sum to at most ½.
  Range softmax() {
    return into(0, 1, 0.5);
  }

  /// The Jacobian's rows δᵢⱼ − yⱼ sum to at most 2.
  Range logSoftmax(int n) {
    return into(-width() - StrictMath.log(n), 0, 2);
  }

  /// Batch normalisation with eps = 1: the Jacobian's rows (δᵢⱼ − 1/n − yᵢyⱼ/n)/√(var + 1) sum to
  /// at most 2 + |yᵢ|.
  Range batchNorm() {
    return into(-width(), width(), 2 + width());
  }

  /// Elements of either.
  Range or(Range other) {
    return new Range(
        Math.min(low, other.low), Math.max(high, other.high), Math.max(slope, other.slope));
  }
}
