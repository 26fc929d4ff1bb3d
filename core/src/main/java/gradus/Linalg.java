// SPDX-License-Identifier: Apache-2.0
package gradus;

import gradus.kernel.DoubleGemm;
import gradus.kernel.Gemm;
import gradus.kernel.Parallel;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Products of matrices.
sealed interface Linalg extends Node {
  /// The product of two tensors that must have so many dimensions.
  static Tensor product(String op, Tensor a, int rankA, Tensor b, int rankB) {
    ranks(op, a, rankA, b, rankB);
    return MatMul.of(a, b);
  }

  /// Refuses tensors with other numbers of dimensions.
  static void ranks(String op, Tensor a, int rankA, Tensor b, int rankB) {
    if (a.dim() != rankA || b.dim() != rankB) {
      throw new IllegalArgumentException(
          "%s: %s × %s: expected %d and %d dimensions; see matmul"
              .formatted(op, a.shape(), b.shape(), rankA, rankB));
    }
  }

  /// `beta` · x + `alpha` · product, where an `x` that doesn't count isn't looked at.
  static Tensor sum(Tensor x, double beta, Tensor product, double alpha) {
    Tensor scaled = alpha == 1 ? product : product.mul(alpha);
    return beta == 0 ? scaled.add(Tensor.zerosLike(x)) : (beta == 1 ? x : x.mul(beta)).add(scaled);
  }

  /// `out[i·m + k][j·n + l] = a[i][j] · b[k][l]`
  static Tensor kron(Tensor a, Tensor b) {
    int n = Math.max(a.dim(), b.dim());
    int[] left = new int[2 * n];
    int[] right = new int[2 * n];
    int[] joined = new int[n];
    for (int d = 0; d < n; d++) {
      int p = d < n - a.dim() ? 1 : a.size(d - (n - a.dim()));
      int q = d < n - b.dim() ? 1 : b.size(d - (n - b.dim()));
      left[2 * d] = p;
      left[2 * d + 1] = 1;
      right[2 * d] = 1;
      right[2 * d + 1] = q;
      joined[d] = Math.multiplyExact(p, q);
    }
    Tensor x = View.Reshape.of(a, Shape.wrap(left));
    return View.Reshape.of(x.mul(View.Reshape.of(b, Shape.wrap(right))), Shape.wrap(joined));
  }

  /// Sums of products over the last dimensions of `a` and the first of `b`.
  static Tensor tensordot(Tensor a, Tensor b, int dims) {
    if (dims < 0 || dims > Math.min(a.dim(), b.dim())) {
      throw new IllegalArgumentException(
          "tensordot: %s · %s: %d dimensions are not in 0…%d"
              .formatted(a.shape(), b.shape(), dims, Math.min(a.dim(), b.dim())));
    }
    int[] last = IntStream.range(a.dim() - dims, a.dim()).toArray();
    return tensordot(a, b, last, IntStream.range(0, dims).toArray());
  }

  /// Sums of products over some dimensions: one product of matrices.
  static Tensor tensordot(Tensor a, Tensor b, int[] aDims, int[] bDims) {
    Launch.sameType("tensordot", a, b);
    Launch.floating("tensordot", a);
    if (aDims.length != bDims.length) {
      throw new IllegalArgumentException(
          "tensordot: %s · %s: %d dimensions of the one and %d of the other"
              .formatted(a.shape(), b.shape(), aDims.length, bDims.length));
    }
    int n = aDims.length;
    Tensor x = a;
    Tensor y = b;
    for (int i = 0; i < n; i++) {
      int p = a.size(a.shape().axis("tensordot", aDims[i]));
      int q = b.size(b.shape().axis("tensordot", bDims[i]));
      if (p != q && p != 1 && q != 1) {
        throw new IllegalArgumentException(
            "tensordot: %s · %s: dimension %d of size %d and dimension %d of size %d differ"
                .formatted(a.shape(), b.shape(), aDims[i], p, bDims[i], q));
      }
      // What would be repeated along a dimension is multiplied by the sum instead.
      x = p != q && q == 1 ? x.sum(Dims.keep(aDims[i])) : x;
      y = p != q && p == 1 ? y.sum(Dims.keep(bDims[i])) : y;
    }
    int[] orderA = order("tensordot", a, aDims);
    int[] orderB = order("tensordot", b, bDims);
    int[] sizes = new int[orderA.length + orderB.length - 2 * n];
    int rows = 1;
    int inner = 1;
    int columns = 1;
    int at = 0;
    for (int i = n; i < orderA.length; i++) {
      sizes[at] = a.size(orderA[i]);
      rows = Math.multiplyExact(rows, sizes[at++]);
    }
    for (int i = 0; i < n; i++) {
      inner = Math.multiplyExact(inner, x.size(orderA[i]));
    }
    for (int i = n; i < orderB.length; i++) {
      sizes[at] = b.size(orderB[i]);
      columns = Math.multiplyExact(columns, sizes[at++]);
    }
    Tensor left = View.Reshape.of(x.permute(orderA), Shape.of(inner, rows)).t();
    Tensor right = View.Reshape.of(y.permute(orderB), Shape.of(inner, columns));
    return View.Reshape.of(MatMul.of(left, right), Shape.wrap(sizes));
  }

  /// All dimensions of `x`, those of `first` first.
  private static int[] order(String op, Tensor x, int[] first) {
    int[] order = new int[x.dim()];
    boolean[] named = Dims.of(first).reduced(op, x.shape());
    int at = 0;
    for (int d : first) {
      order[at++] = x.shape().axis(op, d);
    }
    for (int d = 0; d < order.length; d++) {
      if (first.length == 0 || !named[d]) {
        order[at++] = d;
      }
    }
    return order;
  }

  /// a[…, m, k] · b[…, k, n], batches broadcast.
  ///
  /// A factor that comes as a transposed view gets its cotangent in that layout too, computed as
  /// the transposed product: else each `w.t()` in a forward pass costs a transposing copy in the
  /// backward pass.
  record MatMul(Edge a, Edge b, Saved forA, Saved forB, boolean aTransposed, boolean bTransposed)
      implements Linalg {
    /// Multiplications below which it is not worth handing over to another thread.
    private static final long GRAIN = 1 << 19;

    static Tensor of(Tensor a, Tensor b) {
      Launch.sameType("matmul", a, b);
      Launch.floating("matmul", a);
      if (a.dim() == 0 || b.dim() == 0) {
        throw new IllegalArgumentException(
            "matmul: %s × %s: a scalar is no matrix; use mul".formatted(a.shape(), b.shape()));
      }
      int k = a.size(-1);
      int rows = b.size(b.dim() == 1 ? 0 : -2);
      if (k != rows) {
        throw new IllegalArgumentException(
            "matmul: %s × %s: inner dimensions %d and %d differ%s"
                .formatted(
                    a.shape(),
                    b.shape(),
                    k,
                    rows,
                    b.dim() == 2 && b.size(1) == k ? "; did you mean b.t()?" : ""));
      }
      if (a.dim() == 1) {
        Tensor y = of(a.unsqueeze(0), b);
        return y.squeeze(b.dim() == 1 ? 0 : -2);
      }
      if (b.dim() == 1) {
        return of(a, b.unsqueeze(1)).squeeze(-1);
      }
      if (a.dim() > 2 && b.dim() == 2) {
        // One large product instead of many small ones.
        int[] sizes = a.shape().toArray();
        sizes[sizes.length - 1] = b.size(1);
        return View.Reshape.of(
            of(View.Reshape.of(a, Shape.of(a.numel() / Math.max(k, 1), k)), b), Shape.wrap(sizes));
      }
      return product(a, b, null)
          .by(
              a,
              b,
              () ->
                  new MatMul(
                      a.edge(),
                      b.edge(),
                      b.savedFor(a),
                      a.savedFor(b),
                      transposed(a),
                      transposed(b)));
    }

    private static boolean transposed(Tensor x) {
      int[] s = x.layout.strides;
      return s[s.length - 2] == 1 && s[s.length - 1] > 1;
    }

    /// The products, to each row of which `row` is added, if there is one.
    static Tensor product(Tensor a, Tensor b, @Nullable Tensor row) {
      int m = a.size(-2);
      int k = a.size(-1);
      int n = b.size(-1);
      Shape batch = Shape.broadcast("matmul", leading(a), leading(b));
      int[] sizes = java.util.Arrays.copyOf(batch.sizes, batch.dim() + 2);
      sizes[batch.dim()] = m;
      sizes[batch.dim() + 1] = n;
      Tensor y = Spares.tensor(a.dtype(), Shape.wrap(sizes));
      int[] as = matrices(a, batch);
      int[] bs = matrices(b, batch);
      int[] sa = a.layout.strides;
      int[] sb = b.layout.strides;
      int ar = sa[sa.length - 2];
      int ac = sa[sa.length - 1];
      int br = sb[sb.length - 2];
      int bc = sb[sb.length - 1];
      boolean floats = a.dtype() == DType.FLOAT32;
      Tensor added = floats && row != null ? Launch.contiguous(row) : null;
      float[] rowArray = added == null ? null : added.storage.floats();
      int rowStart = added == null ? 0 : added.layout.offset;
      each(
          as.length,
          (long) m * n * k,
          (from, to) -> {
            for (int i = from; i < to; i++) {
              if (floats) {
                Gemm.run(
                    m,
                    n,
                    k,
                    a.storage.floats(),
                    as[i],
                    ar,
                    ac,
                    b.storage.floats(),
                    bs[i],
                    br,
                    bc,
                    rowArray,
                    rowStart,
                    y.storage.floats(),
                    i * m * n);
              } else {
                DoubleGemm.run(
                    m,
                    n,
                    k,
                    a.storage.doubles(),
                    as[i],
                    ar,
                    ac,
                    b.storage.doubles(),
                    bs[i],
                    br,
                    bc,
                    y.storage.doubles(),
                    i * m * n);
              }
            }
          });
      if (!floats && row != null) {
        Launch.addInPlace(y, row);
      }
      return y;
    }

    /// Runs `body` on products of so many multiplications each. Threads share out the products;
    /// where these are few, they share out each of them.
    private static void each(int products, long multiplications, Parallel.Range body) {
      long grain =
          products < 2 * Parallel.threads() ? products : GRAIN / Math.max(1, multiplications);
      Parallel.forRange(products, (int) Math.max(1, grain), body);
    }

    private static Shape leading(Tensor x) {
      return Shape.wrap(java.util.Arrays.copyOf(x.shape().sizes, x.dim() - 2));
    }

    /// Where each matrix of a batch, stretched to `batch`, begins.
    private static int[] matrices(Tensor x, Shape batch) {
      int n = batch.dim();
      Layout l =
          new Layout(
                  leading(x),
                  java.util.Arrays.copyOf(x.layout.strides, x.dim() - 2),
                  x.layout.offset)
              .expand(batch);
      int[] starts = new int[batch.numel()];
      int[] at = new int[n];
      for (int i = 0; i < starts.length; i++) {
        starts[i] = l.offset;
        for (int d = 0; d < n; d++) {
          starts[i] += at[d] * l.strides[d];
        }
        for (int d = n - 1; d >= 0 && ++at[d] == batch.sizes[d]; d--) {
          at[d] = 0;
        }
      }
      return starts;
    }

    @Override
    public void vjp(Tensor grad, Cotangents to) {
      to.add(
          a,
          () -> {
            Tensor b = forA.get();
            return aTransposed
                ? b.matmul(grad.transpose(-1, -2)).transpose(-1, -2)
                : grad.matmul(b.transpose(-1, -2));
          });
      to.add(
          b,
          () -> {
            Tensor a = forB.get();
            return bTransposed
                ? grad.transpose(-1, -2).matmul(a).transpose(-1, -2)
                : a.transpose(-1, -2).matmul(grad);
          });
    }
  }

  /// x · wᵀ + b for x `[rows, in]`, w `[out, in]` and b `[out]`: the sum and the transposition cost
  /// no pass and no array of their own.
  record Linear(Edge x, Edge weight, Edge bias, Saved input, Saved matrix) implements Linalg {
    static Tensor of(Tensor x, Tensor weight, @Nullable Tensor bias) {
      Launch.sameType("linear", x, weight);
      Launch.floating("linear", x);
      if (weight.dim() != 2) {
        throw new IllegalArgumentException(
            "linear: the weight %s is not [out, in]".formatted(weight.shape()));
      }
      int in = weight.size(1);
      if (x.dim() == 0 || x.size(-1) != in) {
        throw new IllegalArgumentException(
            "linear: the input %s does not end in %s, as the weight %s needs%s"
                .formatted(x.shape(), in, weight.shape(), hint(x.shape(), weight.shape())));
      }
      if (bias != null) {
        Launch.sameType("linear", x, bias);
        if (bias.dim() != 1 || bias.size(0) != weight.size(0)) {
          throw new IllegalArgumentException(
              "linear: the bias %s is not [%d], one for each row of the weight %s"
                  .formatted(bias.shape(), weight.size(0), weight.shape()));
        }
      }
      if (x.dim() == 2) {
        return ofRows(x, weight, bias);
      }
      int[] sizes = x.shape().toArray();
      sizes[sizes.length - 1] = weight.size(0);
      int rows = 1;
      for (int d = 0; d < x.dim() - 1; d++) {
        rows *= x.size(d);
      }
      Tensor y = ofRows(View.Reshape.of(x, Shape.of(rows, in)), weight, bias);
      return View.Reshape.of(y, Shape.wrap(sizes));
    }

    private static Tensor ofRows(Tensor x, Tensor weight, @Nullable Tensor bias) {
      Tensor y = MatMul.product(x, weight.detach().t(), bias);
      if (bias == null) {
        return y.by(
            x,
            weight,
            () ->
                new Linear(
                    x.edge(), weight.edge(), Edge.NONE, x.savedFor(weight), weight.savedFor(x)));
      }
      return y.by(
          List.of(x, weight, bias),
          () ->
              new Linear(
                  x.edge(), weight.edge(), bias.edge(), x.savedFor(weight), weight.savedFor(x)));
    }

    private static String hint(Shape x, Shape weight) {
      int features = 1;
      for (int dim = x.dim() - 1; dim > 0; dim--) {
        features = features * x.size(dim);
        if (features == weight.size(1)) {
          return "; did you mean x.flatten(%s), or a Flatten layer before?".formatted(dim);
        }
      }
      return x.dim() > 0 && x.size(-1) == weight.size(0) ? "; did you mean weight.t()?" : "";
    }

    @Override
    public boolean keepsResult() {
      return false;
    }

    @Override
    public void vjp(Tensor grad, Cotangents to) {
      to.add(x, () -> grad.matmul(matrix.get()));
      to.add(weight, () -> grad.t().matmul(input.get()));
      to.add(bias, () -> grad.sum(0));
    }
  }
}
