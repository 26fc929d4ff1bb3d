// SPDX-License-Identifier: Apache-2.0
package gradus.kernel;

/// How much of one kind of work a process begins with in plain loops. Until the compiler has seen
/// vectors often, each is an object, and takes a hundred times as long as what a plain loop does
/// instead; and their classes take their time to load. The loops have the same bits.
final class Plain {
  /// About, as threads change it without regard to each other.
  private int left;

  /// Begins with so much.
  Plain(int amount) {
    left = amount;
  }

  /// Whether the next so much work is for plain loops; it then counts as done. Else the beginning
  /// is over: the compiler sees vectors from now on.
  boolean takes(long amount) {
    if (amount > left) {
      if (left > 0) { // Written only once: threads would take its cache line from each other.
        left = 0;
      }
      return false;
    }
    left -= (int) amount;
    return true;
  }

  /// Leaves so much to plain loops from now on.
  void leave(int amount) {
    left = amount;
  }
}
