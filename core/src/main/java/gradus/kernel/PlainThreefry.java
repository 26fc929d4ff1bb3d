// SPDX-License-Identifier: Apache-2.0
package gradus.kernel;

/// [Threefry]'s blocks, with the same bits, one at a time: see [Plain].
final class PlainThreefry {
  private PlainThreefry() {}

  /// The block of the counter `c0`, …, `c3`: word w goes to `out[oo + w * stride]`, word 0 last.
  static void block(int c0, int c1, int c2, int c3, int[] key, int[] out, int oo, int stride) {
    int k0 = key[0];
    int k1 = key[1];
    int k2 = key[2];
    int k3 = key[3];
    int k4 = Threefry.PARITY ^ k0 ^ k1 ^ k2 ^ k3;
    int x0 = c0 + k0;
    int x1 = c1 + k1;
    int x2 = c2 + k2;
    int x3 = c3 + k3;
    int s = 1;
    while (true) {
      x0 += x1;
      x1 = Integer.rotateLeft(x1, 10) ^ x0;
      x2 += x3;
      x3 = Integer.rotateLeft(x3, 26) ^ x2;
      x0 += x3;
      x3 = Integer.rotateLeft(x3, 11) ^ x0;
      x2 += x1;
      x1 = Integer.rotateLeft(x1, 21) ^ x2;
      x0 += x1;
      x1 = Integer.rotateLeft(x1, 13) ^ x0;
      x2 += x3;
      x3 = Integer.rotateLeft(x3, 27) ^ x2;
      x0 += x3;
      x3 = Integer.rotateLeft(x3, 23) ^ x0;
      x2 += x1;
      x1 = Integer.rotateLeft(x1, 5) ^ x2;
      x0 += k1;
      x1 += k2;
      x2 += k3;
      x3 += k4 + s;
      if (s == 5) {
        break;
      }
      x0 += x1;
      x1 = Integer.rotateLeft(x1, 6) ^ x0;
      x2 += x3;
      x3 = Integer.rotateLeft(x3, 20) ^ x2;
      x0 += x3;
      x3 = Integer.rotateLeft(x3, 17) ^ x0;
      x2 += x1;
      x1 = Integer.rotateLeft(x1, 11) ^ x2;
      x0 += x1;
      x1 = Integer.rotateLeft(x1, 25) ^ x0;
      x2 += x3;
      x3 = Integer.rotateLeft(x3, 10) ^ x2;
      x0 += x3;
      x3 = Integer.rotateLeft(x3, 18) ^ x0;
      x2 += x1;
      x1 = Integer.rotateLeft(x1, 20) ^ x2;
      x0 += k2;
      x1 += k3;
      x2 += k4;
      x3 += k0 + s + 1;
      int first = k0;
      int second = k1;
      k0 = k2;
      k1 = k3;
      k2 = k4;
      k3 = first;
      k4 = second;
      s += 2;
    }
    out[oo + 3 * stride] = x3;
    out[oo + 2 * stride] = x2;
    out[oo + stride] = x1;
    out[oo] = x0;
  }
}
