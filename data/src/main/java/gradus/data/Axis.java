// SPDX-License-Identifier: Apache-2.0
package gradus.data;

/// Where the positions along one dimension of an image come from, after it was moved and mirrored.
final class Axis {
  private final int size;
  private int first;
  private int step = 1;
  private int from;
  private int to;

  /// An axis of positions that stay where they are.
  Axis(int size) {
    this.size = size;
    this.to = size;
  }

  /// Moves what is at each position `by` positions on; what comes in is nothing.
  void shift(int by) {
    int most = Math.clamp(by, -size, size);
    first -= step * most;
    from = Math.clamp(from + most, 0, size);
    to = Math.clamp(to + most, 0, size);
    if (from == to) {
      first = 0; // All has gone: what matters now is that nothing far away is read.
      step = 1;
      from = 0;
      to = 0;
    }
  }

  /// Turns the order of all positions around.
  void reverse() {
    first += step * (size - 1);
    step = -step;
    int before = from;
    from = size - to;
    to = size - before;
  }

  /// Puts everything back.
  void reset() {
    first = 0;
    step = 1;
    from = 0;
    to = size;
  }

  boolean isUnchanged() {
    return step == 1 && from == 0 && to == size;
  }

  /// Returns where position `at` comes from, which may be anywhere unless it is in
  /// [from()][#from()] … [to()][#to()] − 1.
  int source(int at) {
    return first + step * at;
  }

  /// Returns 1, or −1 if the order is turned around.
  int step() {
    return step;
  }

  /// Returns the first position that comes from somewhere.
  int from() {
    return from;
  }

  /// Returns the position behind the last that comes from somewhere; [from()][#from()] if none
  /// does.
  int to() {
    return to;
  }
}
