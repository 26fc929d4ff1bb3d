// SPDX-License-Identifier: Apache-2.0
package gradus.train;

/// A training's loss became infinite or NaN.
public final class DivergedException extends IllegalStateException {
  private static final long serialVersionUID = 1;

  /// Makes an exception with one line that says where, and what to try.
  DivergedException(String message) {
    super(message);
  }
}
