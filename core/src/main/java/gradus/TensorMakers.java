// SPDX-License-Identifier: Apache-2.0
package gradus;

import java.util.Arrays;
import java.util.List;

/// What makes tensors: of values, of a number, drawn, or of other tensors side by side. All of it
/// is called as [Tensor]'s: `Tensor.zeros(2, 3)`.
abstract sealed class TensorMakers permits Tensor {
  TensorMakers() {}

  /// A new contiguous tensor, all zeros, to be filled by the caller.
  static Tensor empty(DType dtype, Shape shape) {
    return new Tensor(Storage.allocate(dtype, shape.numel()), shape.contiguous());
  }

  /// A contiguous tensor around an array of its own.
  static Tensor wrap(DType dtype, Object array, Shape shape) {
    return new Tensor(new Storage(dtype, array), shape.contiguous());
  }

  private static Shape shapeFor(int values, int[] sizes) {
    Shape shape = sizes.length == 0 ? Shape.of(values) : Shape.of(sizes);
    if (shape.numel() != values) {
      throw new IllegalArgumentException(
          "Tensor.of: %d values don't fill the shape %s, which has %d elements"
              .formatted(values, shape, shape.numel()));
    }
    return shape;
  }

  /// Returns a one-dimensional float32 tensor of these values.
  public static Tensor of(double... values) {
    return of(values, values.length);
  }

  /// Returns a float32 tensor with a copy of `values`, row-major; without sizes, of one dimension.
  ///
  /// @throws IllegalArgumentException if the sizes don't multiply to the number of values
  public static Tensor of(float[] values, int... shape) {
    return wrap(DType.FLOAT32, values.clone(), shapeFor(values.length, shape));
  }

  /// Returns a float32 tensor with `values` rounded to float, row-major. For float64 see
  /// [#float64(double[], int...)].
  public static Tensor of(double[] values, int... shape) {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return wrap(DType.FLOAT32, floats, shapeFor(values.length, shape));
  }

  /// Returns an int64 tensor with a copy of `values`, row-major; without sizes, of one dimension.
  public static Tensor of(long[] values, int... shape) {
    return wrap(DType.INT64, values.clone(), shapeFor(values.length, shape));
  }

  /// Returns a bool tensor with `values`, row-major; without sizes, of one dimension.
  public static Tensor of(boolean[] values, int... shape) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (values[i] ? 1 : 0);
    }
    return wrap(DType.BOOL, bytes, shapeFor(values.length, shape));
  }

  /// Returns a uint8 tensor with a copy of `values`, taken as unsigned, row-major; without sizes,
  /// of one dimension.
  public static Tensor of(byte[] values, int... shape) {
    return wrap(DType.UINT8, values.clone(), shapeFor(values.length, shape));
  }

  /// Returns a float32 matrix of these rows.
  ///
  /// @throws IllegalArgumentException if the rows differ in length
  public static Tensor of(float[][] rows) {
    int columns = rows.length == 0 ? 0 : rows[0].length;
    float[] values = new float[Math.multiplyExact(rows.length, columns)];
    for (int r = 0; r < rows.length; r++) {
      checkRow(rows[r].length, r, columns);
      System.arraycopy(rows[r], 0, values, r * columns, columns);
    }
    return wrap(DType.FLOAT32, values, Shape.of(rows.length, columns));
  }

  /// Returns a float32 matrix of these rows.
  ///
  /// @throws IllegalArgumentException if the rows differ in length
  public static Tensor of(double[][] rows) {
    int columns = rows.length == 0 ? 0 : rows[0].length;
    for (int r = 0; r < rows.length; r++) {
      checkRow(rows[r].length, r, columns);
    }
    return of(Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray(), rows.length, columns);
  }

  private static void checkRow(int length, int row, int columns) {
    if (length != columns) {
      throw new IllegalArgumentException(
          "Tensor.of: row %d has %d values, row 0 has %d".formatted(row, length, columns));
    }
  }

  /// Returns a float64 tensor with a copy of `values`, row-major; without sizes, of one dimension.
  public static Tensor float64(double[] values, int... shape) {
    return wrap(DType.FLOAT64, values.clone(), shapeFor(values.length, shape));
  }

  /// Returns a 0-dim float32 tensor.
  public static Tensor scalar(double value) {
    return scalar(value, DType.FLOAT32);
  }

  /// Returns a 0-dim int64 tensor.
  public static Tensor scalar(long value) {
    return wrap(DType.INT64, new long[] {value}, Shape.SCALAR);
  }

  /// Returns a 0-dim tensor of type `dtype`.
  public static Tensor scalar(double value, DType dtype) {
    return full(dtype, value);
  }

  /// Returns a float32 tensor of zeros.
  public static Tensor zeros(int... shape) {
    return zeros(DType.FLOAT32, shape);
  }

  /// Returns a tensor of zeros of type `dtype`.
  public static Tensor zeros(DType dtype, int... shape) {
    return empty(dtype, Shape.of(shape));
  }

  /// Returns a float32 tensor of ones.
  public static Tensor ones(int... shape) {
    return full(DType.FLOAT32, 1, shape);
  }

  /// Returns a tensor of ones of type `dtype`.
  public static Tensor ones(DType dtype, int... shape) {
    return full(dtype, 1, shape);
  }

  /// Returns a float32 tensor filled with `value`.
  public static Tensor full(double value, int... shape) {
    return full(DType.FLOAT32, value, shape);
  }

  /// Returns a tensor of type `dtype` filled with `value`.
  public static Tensor full(DType dtype, double value, int... shape) {
    return full(dtype, value, Shape.of(shape));
  }

  static Tensor full(DType dtype, double value, Shape shape) {
    Tensor t = empty(dtype, shape);
    switch (dtype) {
      case FLOAT32 -> Arrays.fill(t.storage.floats(), (float) value);
      case FLOAT64 -> Arrays.fill(t.storage.doubles(), value);
      case INT64 -> Arrays.fill(t.storage.longs(), (long) value);
      case BOOL -> Arrays.fill(t.storage.bytes(), (byte) (value != 0 ? 1 : 0));
      case UINT8 -> Arrays.fill(t.storage.bytes(), (byte) (long) value);
    }
    return t;
  }

  /// Returns zeros of `like`'s shape and type.
  public static Tensor zerosLike(Tensor like) {
    return empty(like.dtype(), like.shape());
  }

  /// Returns ones of `like`'s shape and type.
  public static Tensor onesLike(Tensor like) {
    return full(like.dtype(), 1, like.shape());
  }

  /// Returns a tensor of `like`'s shape and type filled with `value`.
  public static Tensor fullLike(Tensor like, double value) {
    return full(like.dtype(), value, like.shape());
  }

  /// Returns numbers uniform in [0, 1) of `like`'s shape and type, from the [current
  /// generator][Generator#current()].
  ///
  /// @throws IllegalArgumentException if the type isn't floating
  public static Tensor randLike(Tensor like) {
    Launch.floating("randLike", like);
    return Generator.current().uniform(like.dtype(), 0, 1, like.shape());
  }

  /// Returns numbers of the standard normal distribution of `like`'s shape and type, from the
  /// [current generator][Generator#current()].
  ///
  /// @throws IllegalArgumentException if the type isn't floating
  public static Tensor randnLike(Tensor like) {
    Launch.floating("randnLike", like);
    return Generator.current().normal(like.dtype(), 0, 1, like.shape());
  }

  /// Returns `steps` float32 numbers from `start` to `end`, both included, at equal distances.
  /// (PyTorch: `torch.linspace`.)
  ///
  /// @throws IllegalArgumentException if `steps` is negative
  public static Tensor linspace(double start, double end, int steps) {
    if (steps < 0) {
      throw new IllegalArgumentException("linspace: steps %d is negative".formatted(steps));
    }
    double[] values = new double[steps];
    double step = (end - start) / Math.max(steps - 1, 1);
    // From both ends, so that both are met exactly.
    Arrays.setAll(values, i -> 2 * i < steps ? start + step * i : end - step * (steps - 1 - i));
    return of(values, steps);
  }

  /// Returns the int64 numbers 0 … end−1.
  public static Tensor arange(long end) {
    return arange(0, end);
  }

  /// Returns the int64 numbers start … end−1.
  ///
  /// @throws IllegalArgumentException if `end < start`
  public static Tensor arange(long start, long end) {
    if (end < start) {
      throw new IllegalArgumentException("arange: end %d is before start %d".formatted(end, start));
    }
    long[] values = new long[Math.toIntExact(end - start)];
    Arrays.setAll(values, i -> start + i);
    return wrap(DType.INT64, values, Shape.of(values.length));
  }

  /// Returns the float32 identity matrix of size n × n.
  public static Tensor eye(int n) {
    Tensor t = zeros(n, n);
    for (int i = 0; i < n; i++) {
      t.storage.floats()[i * (n + 1)] = 1;
    }
    return t;
  }

  /// Returns float32 numbers uniform in [0, 1) from the [current generator][Generator#current()].
  public static Tensor rand(int... shape) {
    return rand(Generator.current(), shape);
  }

  /// Returns float32 numbers uniform in [0, 1) from `generator`.
  public static Tensor rand(Generator generator, int... shape) {
    return generator.uniform(0, 1, shape);
  }

  /// Returns float32 numbers of the standard normal distribution from the [current
  /// generator][Generator#current()].
  public static Tensor randn(int... shape) {
    return randn(Generator.current(), shape);
  }

  /// Returns float32 numbers of the standard normal distribution from `generator`.
  public static Tensor randn(Generator generator, int... shape) {
    return generator.normal(0, 1, shape);
  }

  /// Returns int64 numbers uniform in low … high−1 from the [current
  /// generator][Generator#current()].
  public static Tensor randint(long low, long high, int... shape) {
    return randint(Generator.current(), low, high, shape);
  }

  /// Returns int64 numbers uniform in low … high−1 from `generator`.
  public static Tensor randint(Generator generator, long low, long high, int... shape) {
    return generator.integers(low, high, shape);
  }

  /// Returns a random order of 0 … n−1, int64, from the [current generator][Generator#current()].
  public static Tensor randperm(int n) {
    return randperm(Generator.current(), n);
  }

  /// Returns a random order of 0 … n−1, int64, from `generator`.
  public static Tensor randperm(Generator generator, int n) {
    return of(Arrays.stream(generator.permutation(n)).asLongStream().toArray(), n);
  }

  /// Returns the tensors joined along dimension `dim`; the other sizes must agree. (PyTorch:
  /// `torch.cat`.)
  ///
  /// @throws IllegalArgumentException if the list is empty or the sizes differ
  public static Tensor cat(List<Tensor> tensors, int dim) {
    return Indexing.Cat.of(tensors, dim);
  }

  /// Returns coordinates as tensors of one grid: for vectors of sizes n₁ … nₖ, k tensors `[n₁, …,
  /// nₖ]`, of which the i-th varies along dimension i, as with PyTorch's `indexing="ij"`. (PyTorch:
  /// `torch.meshgrid`.)
  ///
  /// @throws IllegalArgumentException if one has more than one dimension
  public static List<Tensor> meshgrid(Tensor... vectors) {
    return Arrangement.meshgrid(List.of(vectors));
  }

  /// Returns the tensors, all of one shape, joined along a new dimension `dim`. (PyTorch:
  /// `torch.stack`.)
  public static Tensor stack(List<Tensor> tensors, int dim) {
    return Indexing.Cat.stack(tensors, dim);
  }

  /// Returns the products of the operands' elements, summed as `equation` says: a letter for each
  /// dimension of each operand, after the arrow those of the result; letters that aren't there are
  /// summed over. `"ij,jk->ik"` is a product of matrices, `"ii->i"` a diagonal, `"...ij->...ji"` a
  /// transpose. Without an arrow the result has the letters that occur once, in the order of the
  /// alphabet. (PyTorch: `torch.einsum`.)
  ///
  /// @throws IllegalArgumentException if the equation doesn't fit the operands or their sizes
  ///   differ
  public static Tensor einsum(String equation, Tensor... operands) {
    return Einsum.of(equation, List.of(operands));
  }

  /// Returns `a` where `condition` holds and `b` elsewhere; all three broadcast. (PyTorch:
  /// `torch.where`.)
  ///
  /// @throws IllegalArgumentException if `condition` isn't bool
  public static Tensor where(Tensor condition, Tensor a, Tensor b) {
    return Selection.Where.of(condition, a, b);
  }
}
