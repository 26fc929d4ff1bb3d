// SPDX-License-Identifier: Apache-2.0
package gradus.kernel;

import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.ROL;
import static jdk.incubator.vector.VectorOperators.XOR;

import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/// [Threefry]'s blocks in vectors, and what is chosen by them.
final class VectorThreefry {
  private static final VectorSpecies<Integer> I = IntLanes.INTS;
  private static final IntVector LANE = IntVector.zero(I).addIndex(1);

  private VectorThreefry() {}

  /// `n` blocks, as many as fill vectors, which differ in the low word of their counter only: that
  /// grows by 1 from `c0`. Word w of block j goes to `out[oo + w * stride + j]`, word 0 last.
  static void blocks(
      int c0, int c1, int c2, int c3, int n, int[] key, int[] out, int oo, int stride) {
    for (int j = 0; j < n; j += I.length()) {
      vector(c0 + j, 1, c1, c2, c3, key, out, oo + j, stride);
    }
  }

  /// Sets `out` to `value` where the upper 31 bits of `words` are less than `threshold`, else to 0.
  static void choose(int[] words, int threshold, float value, float[] out, int oo, int n) {
    var bits = IntVector.broadcast(I, Float.floatToRawIntBits(value));
    int end = I.loopBound(n);
    for (int i = 0; i < end; i += I.length()) {
      // The sign of the difference, in all bits, selects those of the value.
      IntVector.fromArray(I, words, i)
          .lanewise(LSHR, 1)
          .sub(threshold)
          .lanewise(ASHR, 31)
          .and(bits)
          .reinterpretAsFloats()
          .intoArray(out, oo + i);
    }
    for (int i = end; i < n; i++) {
      out[oo + i] = words[i] >>> 1 < threshold ? value : 0;
    }
  }

  /// One vector of blocks, which differ in the low word of their counter only: that grows by `step`
  /// from `c0`. Word w goes to `out` from `oo + w * stride`, word 0 last.
  static void vector(
      int c0, int step, int c1, int c2, int c3, int[] key, int[] out, int oo, int stride) {
    int k0 = key[0];
    int k1 = key[1];
    int k2 = key[2];
    int k3 = key[3];
    int k4 = Threefry.PARITY ^ k0 ^ k1 ^ k2 ^ k3;
    var x0 = LANE.mul(step).add(c0 + k0);
    var x1 = IntVector.broadcast(I, c1 + k1);
    var x2 = IntVector.broadcast(I, c2 + k2);
    var x3 = IntVector.broadcast(I, c3 + k3);
    int s = 1;
    while (true) {
      x0 = x0.add(x1);
      x1 = x1.lanewise(ROL, 10).lanewise(XOR, x0);
      x2 = x2.add(x3);
      x3 = x3.lanewise(ROL, 26).lanewise(XOR, x2);
      x0 = x0.add(x3);
      x3 = x3.lanewise(ROL, 11).lanewise(XOR, x0);
      x2 = x2.add(x1);
      x1 = x1.lanewise(ROL, 21).lanewise(XOR, x2);
      x0 = x0.add(x1);
      x1 = x1.lanewise(ROL, 13).lanewise(XOR, x0);
      x2 = x2.add(x3);
      x3 = x3.lanewise(ROL, 27).lanewise(XOR, x2);
      x0 = x0.add(x3);
      x3 = x3.lanewise(ROL, 23).lanewise(XOR, x0);
      x2 = x2.add(x1);
      x1 = x1.lanewise(ROL, 5).lanewise(XOR, x2);
      // The next four of the five key words, starting one further each time.
      x0 = x0.add(k1);
      x1 = x1.add(k2);
      x2 = x2.add(k3);
      x3 = x3.add(k4 + s);
      if (s == 5) {
        break;
      }
      s++;
      x0 = x0.add(x1);
      x1 = x1.lanewise(ROL, 6).lanewise(XOR, x0);
      x2 = x2.add(x3);
      x3 = x3.lanewise(ROL, 20).lanewise(XOR, x2);
      x0 = x0.add(x3);
      x3 = x3.lanewise(ROL, 17).lanewise(XOR, x0);
      x2 = x2.add(x1);
      x1 = x1.lanewise(ROL, 11).lanewise(XOR, x2);
      x0 = x0.add(x1);
      x1 = x1.lanewise(ROL, 25).lanewise(XOR, x0);
      x2 = x2.add(x3);
      x3 = x3.lanewise(ROL, 10).lanewise(XOR, x2);
      x0 = x0.add(x3);
      x3 = x3.lanewise(ROL, 18).lanewise(XOR, x0);
      x2 = x2.add(x1);
      x1 = x1.lanewise(ROL, 20).lanewise(XOR, x2);
      x0 = x0.add(k2);
      x1 = x1.add(k3);
      x2 = x2.add(k4);
      x3 = x3.add(k0 + s);
      int first = k0;
      int second = k1;
      k0 = k2;
      k1 = k3;
      k2 = k4;
      k3 = first;
      k4 = second;
      s++;
    }
    x3.intoArray(out, oo + 3 * stride);
    x2.intoArray(out, oo + 2 * stride);
    x1.intoArray(out, oo + stride);
    x0.intoArray(out, oo);
  }
}
