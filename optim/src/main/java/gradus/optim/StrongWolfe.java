// SPDX-License-Identifier: Apache-2.0
package gradus.optim;

import gradus.Tensor;

/// A line search for a step length at which the loss has fallen enough and its slope is small
/// enough: Wolfe's strong conditions, with cubic interpolation.
///
/// Nocedal, Wright: Numerical Optimization, algorithms 3.5 and 3.6, with Schmidt's (minFunc)
/// safeguards; step for step as in PyTorch.
final class StrongWolfe {
  /// How much of the decrease that the slope promises must come true.
  private static final double C1 = 1e-4;

  /// How much of the slope may be left.
  private static final double C2 = 0.9;

  private static final double TOLERANCE_CHANGE = 1e-9;
  private static final int MAX_EVALUATIONS = 25;

  private final Line line;
  private final Point start;
  private int evaluations;

  private StrongWolfe(Line line, Point start) {
    this.line = line;
    this.start = start;
  }

  /// The loss along a direction.
  interface Line {
    /// Evaluates loss and gradient after a step of length `t`.
    Point at(double t);
  }

  /// What is known about the loss after a step.
  ///
  /// @param t the length of the step
  /// @param loss the loss there
  /// @param grad its gradient
  /// @param slope its derivative by t, the gradient times the direction
  record Point(double t, double loss, Tensor grad, double slope) {}

  /// Returns a point on the line that fulfils the conditions, or the best that was found.
  ///
  /// @param start the point at t = 0
  /// @param t the first length to try
  /// @param size the largest absolute value of the direction
  static Point search(Line line, Point start, double t, double size) {
    return new StrongWolfe(line, start).search(t, size);
  }

  private Point search(double t, double size) {
    Point before = start;
    Point now = line.at(t);
    for (; evaluations < MAX_EVALUATIONS; evaluations++) {
      if (isTooHigh(now) || (evaluations > 1 && now.loss >= before.loss)) {
        return zoom(before, now, size);
      }
      if (isFlat(now)) {
        return now;
      }
      if (now.slope >= 0) {
        return zoom(before, now, size);
      }
      double least = now.t + 0.01 * (now.t - before.t);
      double next = minimum(before, now, least, now.t * 10);
      before = now;
      now = line.at(next);
    }
    return start.loss <= now.loss ? start : now;
  }

  private boolean isTooHigh(Point p) {
    return p.loss > start.loss + C1 * p.t * start.slope;
  }

  private boolean isFlat(Point p) {
    return Math.abs(p.slope) <= -C2 * start.slope;
  }

  /// Narrows the bracket between two points until one inside fulfils the conditions.
  private Point zoom(Point a, Point b, double size) {
    Point[] bracket = {a, b};
    int low = low(bracket);
    boolean stuck = false;
    for (; evaluations < MAX_EVALUATIONS; evaluations++) {
      double min = Math.min(bracket[0].t, bracket[1].t);
      double max = Math.max(bracket[0].t, bracket[1].t);
      if ((max - min) * size < TOLERANCE_CHANGE) {
        break;
      }
      double t = minimum(bracket[0], bracket[1], min, max);
      // Close to an end twice in a row, or at it: look a tenth of the bracket inside.
      double margin = 0.1 * (max - min);
      boolean close = Math.min(max - t, t - min) < margin;
      if (close && (stuck || t >= max || t <= min)) {
        t = Math.abs(t - max) < Math.abs(t - min) ? max - margin : min + margin;
        stuck = false;
      } else {
        stuck = close;
      }
      Point now = line.at(t);
      if (isTooHigh(now) || now.loss >= bracket[low].loss) {
        bracket[1 - low] = now;
        low = low(bracket);
      } else if (isFlat(now)) {
        return now;
      } else {
        if (now.slope * (bracket[1 - low].t - bracket[low].t) >= 0) {
          bracket[1 - low] = bracket[low];
        }
        bracket[low] = now;
      }
    }
    return bracket[low];
  }

  private static int low(Point[] bracket) {
    return bracket[0].loss <= bracket[1].loss ? 0 : 1;
  }

  /// Returns where the cubic through two points, with their slopes, is least, but in [`least`,
  /// `most`]; the middle of that if the cubic has no minimum.
  private static double minimum(Point p, Point q, double least, double most) {
    Point a = p.t <= q.t ? p : q;
    Point b = p.t <= q.t ? q : p;
    double d1 = a.slope + b.slope - 3 * (a.loss - b.loss) / (a.t - b.t);
    double square = d1 * d1 - a.slope * b.slope;
    if (!(square >= 0)) {
      return (least + most) / 2;
    }
    double d2 = Math.sqrt(square);
    double t = b.t - (b.t - a.t) * ((b.slope + d2 - d1) / (b.slope - a.slope + 2 * d2));
    return Math.min(Math.max(t, least), most);
  }
}
