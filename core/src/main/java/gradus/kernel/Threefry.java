// SPDX-License-Identifier: Apache-2.0
package gradus.kernel;

import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.ROL;
import static jdk.incubator.vector.VectorOperators.XOR;

import java.util.Arrays;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/// The counter-based random number generator Threefry-4x32-20: Salmon, Moraes, Dror and Shaw,
/// "Parallel random numbers: as easy as 1, 2, 3", SC11.
public final class Threefry {
  private static final VectorSpecies<Integer> I = Lanes.INTS;

  /// Exclusive or of all five key words: makes the fifth.
  static final int PARITY = 0x1BD11BDA;

  /// Blocks a group: as many as the widest vectors take in at once four times over, so that the
  /// order of the stream does not depend on their width.
  private static final int BLOCKS = 64;

  /// Groups below which it is not worth handing over to another thread.
  private static final int GRAIN = 256;

  private static final IntVector LANE = IntVector.zero(I).addIndex(1);

  /// Groups that a process begins with in plain loops: half a million numbers, the weights of a
  /// small net.
  private static final int PLAIN = 1 << 11;

  /// Groups still to be done by [PlainThreefry], about, as threads change it without regard to each
  /// other: results are the same.
  private static int plain = PLAIN;

  private Threefry() {}

  /// Leaves so many groups to [PlainThreefry].
  static void leaveToPlainLoops(int groups) {
    plain = groups;
  }

  /// Fills `out` from `oo` with `256 * groups` random words: element `g * 256 + w * 64 + j` is word
  /// w of the block whose 128-bit counter is `(groupCounter + g) * 64 + j`. The key is `key0` and
  /// `key1`, low words first.
  public static void bits(long key0, long key1, long groupCounter, int[] out, int oo, int groups) {
    int[] key = words(key0, key1);
    for (int g = 0; g < groups; g++) {
      blocks((groupCounter + g) * BLOCKS, key, BLOCKS, out, oo + g * 4 * BLOCKS, BLOCKS);
    }
  }

  /// Fills `out` with the first of what [#bits] gives for one group, 16, 32, 48 or 64 words.
  public static void first(long key0, long key1, long groupCounter, int[] out) {
    // All of these are words 0 of their blocks: they overwrite the other words.
    blocks(groupCounter * BLOCKS, words(key0, key1), out.length, out, 0, 0);
  }

  private static int[] words(long key0, long key1) {
    return new int[] {(int) key0, (int) (key0 >>> 32), (int) key1, (int) (key1 >>> 32)};
  }

  /// The first `n` blocks of a group, which starts at a multiple of 64: only the low word of the
  /// counter differs within it.
  private static void blocks(long counter, int[] key, int n, int[] out, int oo, int stride) {
    int low = (int) counter;
    int high = (int) (counter >>> 32);
    if (plain > 0) {
      plain--;
      for (int j = 0; j < n; j++) {
        PlainThreefry.block(low + j, high, 0, 0, key, out, oo + j, stride);
      }
      return;
    }
    for (int j = 0; j < n; j += I.length()) {
      blocks(low + j, 1, high, 0, 0, key, out, oo + j, stride);
    }
  }

  /// Fills `out` with `value` where the upper 31 bits of the words that [#bits] gives are less than
  /// `threshold`, which is at most 2³¹, else 0.
  public static void chosen(
      long key0, long key1, long groupCounter, long threshold, float value, float[] out) {
    if (threshold == 1L << 31) {
      Arrays.fill(out, value);
      return;
    }
    int group = 4 * BLOCKS;
    Parallel.forRange(
        Math.ceilDiv(out.length, group),
        GRAIN,
        (from, to) -> {
          var words = new int[group];
          for (int g = from; g < to; g++) {
            bits(key0, key1, groupCounter + g, words, 0, 1);
            int n = Math.min(group, out.length - g * group);
            chosen(words, (int) threshold, value, out, g * group, n);
          }
        });
  }

  private static void chosen(int[] words, int threshold, float value, float[] out, int oo, int n) {
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
  static void blocks(
      int c0, int step, int c1, int c2, int c3, int[] key, int[] out, int oo, int stride) {
    int k0 = key[0];
    int k1 = key[1];
    int k2 = key[2];
    int k3 = key[3];
    int k4 = PARITY ^ k0 ^ k1 ^ k2 ^ k3;
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
