// SPDX-License-Identifier: Apache-2.0
package gradus.internal;

import gradus.kernel.Bytes;
import java.util.function.IntToDoubleFunction;
import org.jspecify.annotations.Nullable;

/// A function of bytes 0 … 255, rounded to float.
///
/// It is a table. Where an affine function has the very same 256 values, as it has for most of what
/// pixels are scaled by, that is computed instead, in vectors, which takes a fraction of the time.
public final class ByteMap {
  private final float[] table = new float[256];
  private final Bytes.@Nullable Affine affine;

  /// Makes the table of a function.
  public ByteMap(IntToDoubleFunction function) {
    for (int v = 0; v < 256; v++) {
      table[v] = (float) function.applyAsDouble(v);
    }
    affine = Bytes.Affine.of(function);
  }

  /// Returns the value at `v`, which is in 0 … 255.
  public float get(int v) {
    return table[v];
  }

  /// Sets `n` values of `out` from `oo` to those at `x[xo]`, `x[xo + 1]`, …
  public void apply(byte[] x, int xo, float[] out, int oo, int n) {
    if (affine != null) {
      Bytes.affine(x, xo, affine, out, oo, n);
    } else {
      Bytes.lookUp(x, xo, table, out, oo, n);
    }
  }

  /// Sets rows of `out`, one after another from `oo`, to the values at the bytes of a matrix: that
  /// of row r and column c is at `start + r · stride + c · step` if `from` ≤ c < `to`, else it is
  /// 0.
  ///
  /// As many bytes as a row is wide must be in the array before and after the rows.
  ///
  /// @param step 1 or −1
  public void apply(
      byte[] x,
      int start,
      int stride,
      int step,
      int from,
      int to,
      float[] out,
      int oo,
      int rows,
      int width) {
    var window = new Bytes.Window(start, stride, step, from, to);
    if (affine != null) {
      Bytes.affine(x, window, affine, out, oo, rows, width);
    } else {
      Bytes.lookUp(x, window, table, out, oo, rows, width);
    }
  }
}
