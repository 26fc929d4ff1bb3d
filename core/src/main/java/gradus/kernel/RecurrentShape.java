// SPDX-License-Identifier: Apache-2.0
package gradus.kernel;

/// The sizes of a recurrent layer and its input.
///
/// @param hidden elements of a gate
/// @param size elements of h: `hidden`, or fewer where h is projected
/// @param projected whether h is projected
/// @param reverse whether the last step comes first
public record RecurrentShape(
    RecurrentKind kind,
    int steps,
    int batch,
    int hidden,
    int size,
    boolean projected,
    boolean reverse) {
  /// Elements of a row of gates.
  public int gates() {
    return kind.gates * hidden;
  }

  /// The place in the sequence of what comes at the `nth` step.
  public int step(int nth) {
    return reverse ? steps - 1 - nth : nth;
  }

  /// The place, among the states before and after each step, of that before `step`.
  int before(int step) {
    return reverse ? step + 1 : step;
  }

  int after(int step) {
    return reverse ? step : step + 1;
  }
}
