// SPDX-License-Identifier: Apache-2.0
package gradus.kernel;

/// [Threefry]'s blocks, with the same bits, one at a time: for a process that has just started, as
/// [PlainGemm].
final class PlainThreefry {
  private static final int ROUNDS = 20;

  /// How far the second and the fourth word are rotated in each of eight rounds.
  private static final int[] ROTATIONS = {
    10, 26, 11, 21, 13, 27, 23, 5, 6, 20, 17, 11, 25, 10, 18, 20,
  };

  private PlainThreefry() {}

  /// The block of the counter `c0`, …, `c3`: word w goes to `out[oo + w * stride]`, word 0 last.
  static void block(int c0, int c1, int c2, int c3, int[] key, int[] out, int oo, int stride) {
    int parity = Threefry.PARITY ^ key[0] ^ key[1] ^ key[2] ^ key[3];
    int[] keys = {key[0], key[1], key[2], key[3], parity};
    int x0 = c0 + keys[0];
    int x1 = c1 + keys[1];
    int x2 = c2 + keys[2];
    int x3 = c3 + keys[3];
    for (int round = 0; round < ROUNDS; round += 2) {
      int r = 2 * round % ROTATIONS.length;
      x0 += x1;
      x1 = Integer.rotateLeft(x1, ROTATIONS[r]) ^ x0;
      x2 += x3;
      x3 = Integer.rotateLeft(x3, ROTATIONS[r + 1]) ^ x2;
      x0 += x3;
      x3 = Integer.rotateLeft(x3, ROTATIONS[r + 2]) ^ x0;
      x2 += x1;
      x1 = Integer.rotateLeft(x1, ROTATIONS[r + 3]) ^ x2;
      if (round % 4 == 2) {
        int s = round / 4 + 1;
        x0 += keys[s % 5];
        x1 += keys[(s + 1) % 5];
        x2 += keys[(s + 2) % 5];
        x3 += keys[(s + 3) % 5] + s;
      }
    }
    out[oo + 3 * stride] = x3;
    out[oo + 2 * stride] = x2;
    out[oo + stride] = x1;
    out[oo] = x0;
  }
}
