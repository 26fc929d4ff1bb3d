// SPDX-License-Identifier: Apache-2.0
package gradus.kernel;

/// How kernels begin from now on.
final class Beginning {
  private Beginning() {}

  static void inVectors() {
    leave(0);
  }

  static void inPlainLoops() {
    leave(Integer.MAX_VALUE);
  }

  private static void leave(int amount) {
    Gemm.PLAIN.leave(amount);
    Loops.PLAIN.leave(amount);
    Threefry.PLAIN.leave(amount);
  }
}
