// SPDX-License-Identifier: Apache-2.0
package gradus;

import gradus.kernel.ConvAxis;
import gradus.kernel.Patches;
import gradus.kernel.Pool;
import gradus.kernel.PoolShape;

/// Ops on the windows of images: their largest elements, their means, and the windows themselves.
sealed interface Pooling extends Node {
  /// Where picked elements lie: of `planes` planes with `in` elements each, `out` of each, by their
  /// places in it.
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Picks(int planes, int in, int out, int[] at) {}

  /// The picked elements.
  record MaxPool(Edge x, Picks picks) implements Pooling {
    /// The largest element of each window, and where they were.
    static Tensor of(Tensor x, PoolShape s, Shape shape, int[] at) {
      Tensor c = Launch.contiguous(x);
      Tensor y = Spares.tensor(x.dtype(), shape);
      Pool.max(s, c.storage.array(), c.layout.offset, y.storage.array(), at);
      return y.by(
          x, () -> new MaxPool(x.edge(), new Picks(s.planes(), s.inputs(), s.outputs(), at)));
    }

    static Tensor of(Tensor x, Picks p, Shape shape) {
      Tensor c = Launch.contiguous(x);
      Tensor y = Spares.tensor(x.dtype(), shape);
      Pool.pick(p.planes, p.in, p.out, c.storage.array(), c.layout.offset, p.at, y.storage.array());
      return y.by(x, () -> new MaxPool(x.edge(), p));
    }

    @Override
    public void vjp(Tensor grad, Cotangents to) {
      to.add(x, () -> MaxUnpool.of(grad, picks, x.shape));
    }
  }

  /// Zeros, to which the elements are added in the picked places: the derivative of [MaxPool].
  record MaxUnpool(Edge y, Picks picks) implements Pooling {
    static Tensor of(Tensor y, Picks p, Shape shape) {
      Tensor c = Launch.contiguous(y);
      Tensor x = Spares.tensor(y.dtype(), shape);
      Pool.place(
          p.planes, p.in, p.out, c.storage.array(), c.layout.offset, p.at, x.storage.array());
      return x.by(y, () -> new MaxUnpool(y.edge(), p));
    }

    @Override
    public void vjp(Tensor grad, Cotangents to) {
      to.add(y, () -> MaxPool.of(grad, picks, y.shape));
    }
  }

  /// The mean of each window.
  record AvgPool(Edge x, PoolShape s) implements Pooling {
    static Tensor of(Tensor x, PoolShape s, Shape shape) {
      Tensor c = Launch.contiguous(x);
      Tensor y = Tensor.empty(x.dtype(), shape);
      Pool.average(s, c.storage.array(), c.layout.offset, y.storage.array());
      return y.by(x, () -> new AvgPool(x.edge(), s));
    }

    @Override
    public void vjp(Tensor grad, Cotangents to) {
      to.add(x, () -> AvgUnpool.of(grad, s, x.shape));
    }
  }

  /// For each element the sum of its parts in all means: the derivative of [AvgPool].
  record AvgUnpool(Edge y, PoolShape s) implements Pooling {
    static Tensor of(Tensor y, PoolShape s, Shape shape) {
      Tensor c = Launch.contiguous(y);
      Tensor x = Tensor.empty(y.dtype(), shape);
      Pool.spread(s, c.storage.array(), c.layout.offset, x.storage.array());
      return x.by(y, () -> new AvgUnpool(y.edge(), s));
    }

    @Override
    public void vjp(Tensor grad, Cotangents to) {
      to.add(y, () -> AvgPool.of(grad, s, y.shape));
    }
  }

  /// The windows of `planes` images as columns of a matrix.
  record Unfold(Edge x, int planes, ConvAxis h, ConvAxis w) implements Pooling {
    static Tensor of(Tensor x, int planes, ConvAxis h, ConvAxis w, Shape shape) {
      Tensor c = Launch.contiguous(x);
      Tensor y = Tensor.empty(x.dtype(), shape);
      Patches.unfold(planes, h, w, c.storage.array(), c.layout.offset, y.storage.array());
      return y.by(x, () -> new Unfold(x.edge(), planes, h, w));
    }

    @Override
    public void vjp(Tensor grad, Cotangents to) {
      to.add(x, () -> Fold.of(grad, planes, h, w, x.shape));
    }
  }

  /// The images to which columns add up that are windows: the derivative of [Unfold].
  record Fold(Edge y, int planes, ConvAxis h, ConvAxis w) implements Pooling {
    static Tensor of(Tensor y, int planes, ConvAxis h, ConvAxis w, Shape shape) {
      Tensor c = Launch.contiguous(y);
      Tensor x = Tensor.empty(y.dtype(), shape);
      Patches.fold(planes, h, w, c.storage.array(), c.layout.offset, x.storage.array());
      return x.by(y, () -> new Fold(y.edge(), planes, h, w));
    }

    @Override
    public void vjp(Tensor grad, Cotangents to) {
      to.add(y, () -> Unfold.of(grad, planes, h, w, y.shape));
    }
  }
}
