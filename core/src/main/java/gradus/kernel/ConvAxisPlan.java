// SPDX-License-Identifier: Apache-2.0
package gradus.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// One dimension of a [Correlation].
///
/// The source is laid out in *slots*: in each, neighbours are `step` apart in the source. Where
/// windows are `stride` apart, there is one slot for each remainder by the stride that some tap
/// reads, so that what one tap reads for neighbouring outputs lies side by side.
///
/// If a plan is for `columns`, there is a slot for each tap and no zeros between them: then what a
/// tap reads for the outputs of one row is followed by what it reads for those of the next.
///
/// The results come in *parts*, each with its own taps. The derivative by the input of a
/// convolution has one part for each remainder of the input's index by the stride, since these read
/// different taps; the convolution itself has one part.
///
/// @param origin the source index of a slot's first element, for a remainder of 0
/// @param step how far neighbours are apart in the source
/// @param remainders of the slots
/// @param length elements of a slot
/// @param block results of a part that are computed at once
/// @param blocks how many times that is done for all
/// @param sourceAdvance by how much `origin` grows from block to block
/// @param parts the results
@SuppressWarnings("ArrayRecordComponent") // never compared
record ConvAxisPlan(
    int origin,
    int step,
    int[] remainders,
    int length,
    int block,
    int blocks,
    int sourceAdvance,
    List<Part> parts) {
  /// Some results of a dimension: numbers `start`, `start + step`, …
  ///
  /// @param count how many
  /// @param taps which taps they read, in order
  /// @param slots from which slot
  /// @param shifts and how far behind the result's own number
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Part(int start, int step, int count, int[] taps, int[] slots, int[] shifts) {}

  /// Of a convolution.
  static ConvAxisPlan forward(ConvAxis a, int block, boolean columns) {
    int[] taps = new int[a.kernel()];
    int[] slots = new int[a.kernel()];
    int[] shifts = new int[a.kernel()];
    int[] remainders = new int[a.kernel()];
    int used = 0;
    for (int k = 0; k < a.kernel(); k++) {
      taps[k] = k;
      shifts[k] = columns ? 0 : k * a.dilation() / a.stride();
      int remainder = k * a.dilation() - shifts[k] * a.stride();
      int slot = 0;
      while (slot < used && remainders[slot] != remainder) {
        slot++;
      }
      remainders[slot] = remainder;
      used = Math.max(used, slot + 1);
      slots[k] = slot;
    }
    return new ConvAxisPlan(
        -a.padding(),
        a.stride(),
        Arrays.copyOf(remainders, used),
        Math.min(block, a.out()) + shifts[a.kernel() - 1],
        block,
        Math.ceilDiv(a.out(), block),
        block * a.stride(),
        List.of(new Part(0, 1, a.out(), taps, slots, shifts)));
  }

  /// Of a convolution's derivative by its input: the source is the output's cotangent.
  static ConvAxisPlan backward(ConvAxis a, int block, boolean columns) {
    List<int[]> taps = new ArrayList<>();
    List<int[]> shifts = new ArrayList<>();
    int least = Integer.MAX_VALUE;
    int largest = Integer.MIN_VALUE;
    int remainders = Math.min(a.stride(), a.in());
    for (int remainder = 0; remainder < remainders; remainder++) {
      int from = remainder + a.padding();
      int[] read = new int[a.kernel()];
      int[] behind = new int[a.kernel()];
      int n = 0;
      for (int k = 0; k < a.kernel(); k++) {
        if (Math.floorMod(from - k * a.dilation(), a.stride()) == 0) {
          read[n] = k;
          behind[n] = Math.floorDiv(from - k * a.dilation(), a.stride());
          least = Math.min(least, behind[n]);
          largest = Math.max(largest, behind[n]);
          n++;
        }
      }
      taps.add(Arrays.copyOf(read, n));
      shifts.add(Arrays.copyOf(behind, n));
    }
    int origin = least == Integer.MAX_VALUE ? 0 : least;
    int reach = least == Integer.MAX_VALUE ? 0 : largest - least;
    List<Part> parts = new ArrayList<>();
    for (int remainder = 0; remainder < remainders; remainder++) {
      int[] behind = shifts.get(remainder);
      for (int i = 0; i < behind.length; i++) {
        behind[i] -= origin;
      }
      int count = Math.ceilDiv(a.in() - remainder, a.stride());
      int[] none = new int[behind.length];
      parts.add(
          new Part(
              remainder,
              a.stride(),
              count,
              taps.get(remainder),
              columns ? behind : none,
              columns ? none : behind));
    }
    int count = parts.getFirst().count;
    int[] slots = new int[columns ? reach + 1 : 1];
    Arrays.setAll(slots, i -> i);
    return new ConvAxisPlan(
        origin,
        1,
        slots,
        Math.min(block, count) + (columns ? 0 : reach),
        block,
        Math.ceilDiv(count, block),
        block,
        parts);
  }

  /// The elements of all slots.
  int extent() {
    return remainders.length * length;
  }

  /// The source index of an element of the image of a block.
  int source(int element, int number) {
    return origin + number * sourceAdvance + remainders[element / length] + element % length * step;
  }

  /// How many results of a part are in a block.
  int count(Part part, int number) {
    return Math.clamp((long) part.count - (long) number * block, 0, block);
  }

  /// The number of a part's first result in a block.
  int start(Part part, int number) {
    return part.start + number * block * part.step;
  }
}
