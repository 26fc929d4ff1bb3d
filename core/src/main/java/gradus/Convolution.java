// SPDX-License-Identifier: Apache-2.0
package gradus;

import gradus.kernel.Conv;
import gradus.kernel.ConvShape;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Convolutions. The derivative of each of these three is made of the other two, so that they can
/// be differentiated any number of times.
sealed interface Convolution extends Node {
  /// The convolution of x with w, plus a number for each channel.
  record Convolve(Edge x, Edge w, Edge bias, Saved forX, Saved forW, ConvShape s, int rank)
      implements Convolution {
    static Tensor of(Tensor x, Tensor w, @Nullable Tensor bias, ConvShape s, Shape shape) {
      int rank = w.dim() - 2;
      Tensor y = Spares.tensor(x.dtype(), shape);
      Tensor c = Launch.contiguous(w);
      Tensor b = bias == null ? null : Launch.contiguous(bias);
      Conv.forward(
          s,
          x.storage.array(),
          x.layout.offset,
          Spatial.strides(x, rank),
          c.storage.array(),
          c.layout.offset,
          b == null ? null : b.storage.array(),
          b == null ? 0 : b.layout.offset,
          y.storage.array());
      return y.by(
          Stream.of(x, w, bias).filter(Objects::nonNull).toList(),
          () ->
              new Convolve(
                  x.edge(), w.edge(), Edge.of(bias), w.savedFor(x), x.savedFor(w), s, rank));
    }

    @Override
    public boolean keepsResult() {
      return false;
    }

    @Override
    public void vjp(Tensor grad, Cotangents to) {
      to.add(x, () -> ConvolveTransposed.of(grad, forX.get(), null, s, x.shape));
      to.add(w, () -> ConvolveWeights.of(forW.get(), grad, s, w.shape));
      to.add(bias, () -> perChannel(grad, rank));
    }
  }

  /// The derivative of the convolution by its input, for the output's cotangent x: the transposed
  /// convolution; plus a number for each channel.
  record ConvolveTransposed(
      Edge x, Edge w, Edge bias, Saved forX, Saved forW, ConvShape s, int rank)
      implements Convolution {
    static Tensor of(Tensor x, Tensor w, @Nullable Tensor bias, ConvShape s, Shape shape) {
      int rank = w.dim() - 2;
      Tensor y = Spares.tensor(x.dtype(), shape);
      Tensor c = Launch.contiguous(w);
      Tensor b = bias == null ? null : Launch.contiguous(bias);
      Conv.inputGradient(
          s,
          x.storage.array(),
          x.layout.offset,
          Spatial.strides(x, rank),
          c.storage.array(),
          c.layout.offset,
          b == null ? null : b.storage.array(),
          b == null ? 0 : b.layout.offset,
          y.storage.array());
      return y.by(
          Stream.of(x, w, bias).filter(Objects::nonNull).toList(),
          () ->
              new ConvolveTransposed(
                  x.edge(), w.edge(), Edge.of(bias), w.savedFor(x), x.savedFor(w), s, rank));
    }

    @Override
    public boolean keepsResult() {
      return false;
    }

    @Override
    public void vjp(Tensor grad, Cotangents to) {
      to.add(x, () -> Convolve.of(grad, forX.get(), null, s, x.shape));
      to.add(w, () -> ConvolveWeights.of(grad, forW.get(), s, w.shape));
      to.add(bias, () -> perChannel(grad, rank));
    }
  }

  /// The derivative of the convolution of x by its weights, for the output's cotangent y.
  record ConvolveWeights(Edge x, Edge y, Saved forX, Saved forY, ConvShape s)
      implements Convolution {
    static Tensor of(Tensor x, Tensor y, ConvShape s, Shape shape) {
      Tensor w = Tensor.empty(x.dtype(), shape);
      Tensor c = Launch.contiguous(y);
      Conv.weightGradient(
          s,
          x.storage.array(),
          x.layout.offset,
          Spatial.strides(x, shape.dim() - 2),
          c.storage.array(),
          c.layout.offset,
          w.storage.array());
      return w.by(
          x, y, () -> new ConvolveWeights(x.edge(), y.edge(), y.savedFor(x), x.savedFor(y), s));
    }

    @Override
    public void vjp(Tensor grad, Cotangents to) {
      to.add(x, () -> ConvolveTransposed.of(forX.get(), grad, null, s, x.shape));
      to.add(y, () -> Convolve.of(forY.get(), grad, null, s, y.shape));
    }
  }

  /// The sum of each channel.
  private static Tensor perChannel(Tensor grad, int rank) {
    int[] spatial = new int[rank];
    Arrays.setAll(spatial, i -> i - rank);
    Tensor sums = grad.sum(spatial);
    return sums.dim() == 2 ? sums.sum(0) : sums;
  }
}
