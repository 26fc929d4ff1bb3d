// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.DType;
import gradus.Shape;
import gradus.Tensor;

/// Argument checks shared by layers, losses and options.
final class Check {
  private Check() {}

  static void positive(String what, int value) {
    if (value <= 0) {
      throw new IllegalArgumentException(what + ": " + value + " is not positive");
    }
  }

  static void positive(String what, double value) {
    if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(what + ": " + value + " is not in (0, ∞)");
    }
  }

  static void nonNegative(String what, int value) {
    if (value < 0) {
      throw new IllegalArgumentException(what + ": " + value + " is negative");
    }
  }

  static void nonNegative(String what, double value) {
    if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(what + ": " + value + " is not in [0, ∞)");
    }
  }

  /// Refuses what is not the p of a p-norm, which may be infinite.
  static void norm(String what, double p) {
    if (!(p > 0)) {
      throw new IllegalArgumentException(what + ": " + p + " is not in (0, ∞]");
    }
  }

  static void finite(String what, double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(what + ": " + value + " is not finite");
    }
  }

  static void unit(String what, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException(what + ": " + value + " is not in [0, 1]");
    }
  }

  static void normalizedShape(String layer, Shape shape) {
    if (shape.dim() == 0 || shape.numel() == 0) {
      throw new IllegalArgumentException(
          "%s: the normalized shape %s has no elements; it takes the sizes of the last dimensions"
              .formatted(layer, shape));
    }
  }

  static void floating(String op, String what, Tensor tensor) {
    if (!tensor.dtype().isFloating()) {
      throw new IllegalArgumentException(
          "%s: the %s %s is %s, not floating; convert it with to(DType.FLOAT32)"
              .formatted(op, what, tensor.shape(), tensor.dtype()));
    }
  }

  /// Refuses tensors of different dtypes, which ops here never promote.
  static void sameType(String op, String nameA, Tensor a, String nameB, Tensor b) {
    if (a.dtype() != b.dtype()) {
      DType wanted = a.dtype();
      throw new IllegalArgumentException(
          "%s: the %s is %s but the %s is %s; convert one, say with to(DType.%s)"
              .formatted(
                  op,
                  nameA,
                  a.dtype(),
                  nameB,
                  b.dtype(),
                  wanted.isFloating() ? wanted.name() : b.dtype().name()));
    }
  }

  /// Refuses an input that is not floating, and a target of another dtype.
  static void pair(String op, Tensor input, Tensor target) {
    floating(op, "input", input);
    sameType(op, "input", input, "target", target);
  }

  /// Returns `result`, for which only one of `input` and `target` may have been broadcast.
  static Tensor oneBroadcast(String op, Tensor input, Tensor target, Tensor result) {
    Shape shape = result.shape();
    if (!shape.equals(input.shape()) && !shape.equals(target.shape())) {
      throw new IllegalArgumentException(
          "%s: the input %s and the target %s would both be broadcast, to %s; reshape one of them"
              .formatted(op, input.shape(), target.shape(), shape));
    }
    return result;
  }
}
