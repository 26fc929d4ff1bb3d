// SPDX-License-Identifier: Apache-2.0
package gradus.kernel;

/// What is pooled: so many planes, each from `[d.in, h.in, w.in]` to `[d.out, h.out, w.out]`.
public record PoolShape(int planes, PoolAxis d, PoolAxis h, PoolAxis w) {
  /// Elements of a plane before.
  public int inputs() {
    return d.in() * h.in() * w.in();
  }

  /// Elements of a plane after.
  public int outputs() {
    return d.out() * h.out() * w.out();
  }
}
