// SPDX-License-Identifier: Apache-2.0
package gradus.kernel;

/// The six comparisons, to bytes that are 0 or 1. Any comparison with NaN is false but [#NE].
///
/// Operand `a` is read at `ao + i * as`, `b` at `bo + i * bs`, `out` is written at `oo + i`. Bytes
/// compare as 0…255.
public enum Compare {
  EQ(Relation.EQUAL, false, 0),
  NE(Relation.EQUAL, false, 1),
  LT(Relation.LESS, false, 0),
  LE(Relation.LESS_OR_EQUAL, false, 0),
  GT(Relation.LESS, true, 0),
  GE(Relation.LESS_OR_EQUAL, true, 0);

  /// Three loops a type are enough: the others swap the operands or flip the answer.
  private enum Relation {
    EQUAL,
    LESS,
    LESS_OR_EQUAL
  }

  private final Relation relation;
  private final boolean swap;
  private final int flip;

  Compare(Relation relation, boolean swap, int flip) {
    this.relation = relation;
    this.swap = swap;
    this.flip = flip;
  }

  /// Compares floats.
  public void run(float[] a, int ao, int as, float[] b, int bo, int bs, byte[] out, int oo, int n) {
    if (swap) {
      loop(b, bo, bs, a, ao, as, out, oo, n);
    } else {
      loop(a, ao, as, b, bo, bs, out, oo, n);
    }
  }

  private void loop(
      float[] a, int ao, int as, float[] b, int bo, int bs, byte[] out, int oo, int n) {
    switch (relation) {
      case EQUAL -> {
        int done = Masks.equal(a, ao, as, b, bo, bs, 1 - flip, out, oo, n);
        for (int i = done; i < n; i++) {
          out[oo + i] = (byte) ((a[ao + i * as] == b[bo + i * bs] ? 1 : 0) ^ flip);
        }
      }
      case LESS -> {
        int done = Masks.less(a, ao, as, b, bo, bs, out, oo, n);
        for (int i = done; i < n; i++) {
          out[oo + i] = (byte) (a[ao + i * as] < b[bo + i * bs] ? 1 : 0);
        }
      }
      case LESS_OR_EQUAL -> {
        int done = Masks.lessOrEqual(a, ao, as, b, bo, bs, out, oo, n);
        for (int i = done; i < n; i++) {
          out[oo + i] = (byte) (a[ao + i * as] <= b[bo + i * bs] ? 1 : 0);
        }
      }
    }
  }

  /// Compares doubles.
  public void run(
      double[] a, int ao, int as, double[] b, int bo, int bs, byte[] out, int oo, int n) {
    if (swap) {
      loop(b, bo, bs, a, ao, as, out, oo, n);
    } else {
      loop(a, ao, as, b, bo, bs, out, oo, n);
    }
  }

  private void loop(
      double[] a, int ao, int as, double[] b, int bo, int bs, byte[] out, int oo, int n) {
    switch (relation) {
      case EQUAL -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = (byte) ((a[ao + i * as] == b[bo + i * bs] ? 1 : 0) ^ flip);
        }
      }
      case LESS -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = (byte) (a[ao + i * as] < b[bo + i * bs] ? 1 : 0);
        }
      }
      case LESS_OR_EQUAL -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = (byte) (a[ao + i * as] <= b[bo + i * bs] ? 1 : 0);
        }
      }
    }
  }

  /// Compares longs.
  public void run(long[] a, int ao, int as, long[] b, int bo, int bs, byte[] out, int oo, int n) {
    if (swap) {
      loop(b, bo, bs, a, ao, as, out, oo, n);
    } else {
      loop(a, ao, as, b, bo, bs, out, oo, n);
    }
  }

  private void loop(long[] a, int ao, int as, long[] b, int bo, int bs, byte[] out, int oo, int n) {
    switch (relation) {
      case EQUAL -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = (byte) ((a[ao + i * as] == b[bo + i * bs] ? 1 : 0) ^ flip);
        }
      }
      case LESS -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = (byte) (a[ao + i * as] < b[bo + i * bs] ? 1 : 0);
        }
      }
      case LESS_OR_EQUAL -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = (byte) (a[ao + i * as] <= b[bo + i * bs] ? 1 : 0);
        }
      }
    }
  }

  /// Compares bytes as numbers from 0 to 255.
  public void run(byte[] a, int ao, int as, byte[] b, int bo, int bs, byte[] out, int oo, int n) {
    if (swap) {
      loop(b, bo, bs, a, ao, as, out, oo, n);
    } else {
      loop(a, ao, as, b, bo, bs, out, oo, n);
    }
  }

  private void loop(byte[] a, int ao, int as, byte[] b, int bo, int bs, byte[] out, int oo, int n) {
    switch (relation) {
      case EQUAL -> {
        for (int i = 0; i < n; i++) {
          out[oo + i] = (byte) ((a[ao + i * as] == b[bo + i * bs] ? 1 : 0) ^ flip);
        }
      }
      case LESS -> {
        for (int i = 0; i < n; i++) {
          int x = a[ao + i * as] & 0xFF;
          out[oo + i] = (byte) (x < (b[bo + i * bs] & 0xFF) ? 1 : 0);
        }
      }
      case LESS_OR_EQUAL -> {
        for (int i = 0; i < n; i++) {
          int x = a[ao + i * as] & 0xFF;
          out[oo + i] = (byte) (x <= (b[bo + i * bs] & 0xFF) ? 1 : 0);
        }
      }
    }
  }
}
