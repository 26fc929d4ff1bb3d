// SPDX-License-Identifier: Apache-2.0
package gradus.kernel;

import java.util.Arrays;

/// The counter-based random number generator Threefry-4x32-20: Salmon, Moraes, Dror and Shaw,
/// "Parallel random numbers: as easy as 1, 2, 3", SC11.
public final class Threefry {
  /// Exclusive or of all five key words: makes the fifth.
  static final int PARITY = 0x1BD11BDA;

  /// Blocks a group: as many as the widest vectors take in at once four times over, so that the
  /// order of the stream does not depend on their width.
  private static final int BLOCKS = 64;

  /// Groups below which it is not worth handing over to another thread.
  private static final int GRAIN = 256;

  /// Groups to begin with in [PlainThreefry]: half a million numbers, the weights of a small net.
  static final Plain PLAIN = new Plain(1 << 11);

  private Threefry() {}

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
    if (PLAIN.takes(1)) {
      for (int j = 0; j < n; j++) {
        PlainThreefry.block(low + j, high, 0, 0, key, out, oo + j, stride);
      }
      return;
    }
    VectorThreefry.blocks(low, high, 0, 0, n, key, out, oo, stride);
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
            VectorThreefry.choose(words, (int) threshold, value, out, g * group, n);
          }
        });
  }
}
