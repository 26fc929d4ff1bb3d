// SPDX-License-Identifier: Apache-2.0
package gradus.data;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/// The arrays of batches that are done with, for batches to come. A new array is memory that no
/// cache holds, which takes longer to write than all the rest of a batch.
final class Buffers {
  private final int capacity;
  private final Deque<float[]> free = new ArrayDeque<>();

  /// @param capacity how many arrays to keep at most
  Buffers(int capacity) {
    this.capacity = capacity;
  }

  /// Returns an array of this length with any values in it.
  float[] take(int length) {
    synchronized (this) {
      for (Iterator<float[]> arrays = free.iterator(); arrays.hasNext(); ) {
        float[] array = arrays.next();
        if (array.length == length) {
          arrays.remove();
          return array;
        }
      }
    }
    return new float[length];
  }

  /// Keeps an array that nobody else uses, instead of the oldest if there are too many.
  synchronized void give(float[] array) {
    free.addFirst(array);
    if (free.size() > capacity) {
      free.removeLast();
    }
  }
}
