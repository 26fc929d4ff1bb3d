// SPDX-License-Identifier: Apache-2.0
package gradus;

import gradus.kernel.Binary;
import gradus.kernel.Compare;
import gradus.kernel.Copy;
import gradus.kernel.Elementwise;
import gradus.kernel.Unary;
import java.util.Arrays;

/// The door between tensors and pointwise kernels: result types and shapes are settled here, loops
/// run in `gradus.kernel`.
final class Launch {
  private Launch() {}

  /// `op` of each element; integers are taken as float32.
  static Tensor unary(Unary op, Tensor x) {
    if (!x.dtype().isFloating()) {
      x = cast(x, DType.FLOAT32);
    }
    Tensor y = Spares.tensor(x.dtype(), x.shape());
    Layout l = x.layout;
    if (x.dtype() == DType.FLOAT32) {
      Elementwise.unary(
          op, x.storage.floats(), l.offset, l.strides, l.shape.sizes, y.storage.floats());
    } else {
      Elementwise.unary(
          op, x.storage.doubles(), l.offset, l.strides, l.shape.sizes, y.storage.doubles());
    }
    return y;
  }

  /// `op` of each pair of elements, broadcast, in the type that PyTorch's promotion gives.
  static Tensor binary(Binary op, String name, Tensor a, Tensor b) {
    return binary(op, name, a, b, DType.resultOf(a, b));
  }

  /// The same in `dtype`.
  static Tensor binary(Binary op, String name, Tensor a, Tensor b, DType dtype) {
    Shape shape = Shape.broadcast(name, a.shape(), b.shape());
    a = cast(a, dtype == DType.BOOL || dtype == DType.UINT8 ? DType.INT64 : dtype);
    b = cast(b, a.dtype());
    Tensor y = Spares.tensor(a.dtype(), shape);
    int[] as = a.layout.stridesFor(shape);
    int[] bs = b.layout.stridesFor(shape);
    int ao = a.layout.offset;
    int bo = b.layout.offset;
    switch (a.dtype()) {
      case FLOAT32 ->
          Elementwise.binary(
              op,
              a.storage.floats(),
              ao,
              as,
              b.storage.floats(),
              bo,
              bs,
              shape.sizes,
              y.storage.floats());
      case FLOAT64 ->
          Elementwise.binary(
              op,
              a.storage.doubles(),
              ao,
              as,
              b.storage.doubles(),
              bo,
              bs,
              shape.sizes,
              y.storage.doubles());
      default ->
          Elementwise.binary(
              op,
              a.storage.longs(),
              ao,
              as,
              b.storage.longs(),
              bo,
              bs,
              shape.sizes,
              y.storage.longs());
    }
    return cast(y, dtype);
  }

  /// Whether `op` holds for each pair of elements, broadcast.
  static Tensor compare(Compare op, String name, Tensor a, Tensor b) {
    Shape shape = Shape.broadcast(name, a.shape(), b.shape());
    DType dtype = DType.resultOf(a, b);
    a = cast(a, dtype == DType.BOOL || dtype == DType.UINT8 ? DType.INT64 : dtype);
    b = cast(b, a.dtype());
    Tensor y = Tensor.empty(DType.BOOL, shape);
    int[] as = a.layout.stridesFor(shape);
    int[] bs = b.layout.stridesFor(shape);
    int ao = a.layout.offset;
    int bo = b.layout.offset;
    byte[] out = y.storage.bytes();
    switch (a.dtype()) {
      case FLOAT32 ->
          Elementwise.compare(
              op, a.storage.floats(), ao, as, b.storage.floats(), bo, bs, shape.sizes, out);
      case FLOAT64 ->
          Elementwise.compare(
              op, a.storage.doubles(), ao, as, b.storage.doubles(), bo, bs, shape.sizes, out);
      default ->
          Elementwise.compare(
              op, a.storage.longs(), ao, as, b.storage.longs(), bo, bs, shape.sizes, out);
    }
    return y;
  }

  /// `a` where `c` holds, else `b`.
  static Tensor where(Tensor c, Tensor a, Tensor b) {
    if (c.dtype() != DType.BOOL) {
      throw new IllegalArgumentException(
          "where: the condition is %s, not bool; compare first, for example x.gt(0)"
              .formatted(c.dtype()));
    }
    Shape shape =
        Shape.broadcast("where", c.shape(), Shape.broadcast("where", a.shape(), b.shape()));
    DType dtype = DType.resultOf(a, b);
    a = cast(a, dtype);
    b = cast(b, dtype);
    Tensor y = Tensor.empty(dtype, shape);
    byte[] cond = c.storage.bytes();
    int co = c.layout.offset;
    int[] cs = c.layout.stridesFor(shape);
    int ao = a.layout.offset;
    int[] as = a.layout.stridesFor(shape);
    int bo = b.layout.offset;
    int[] bs = b.layout.stridesFor(shape);
    int[] sizes = shape.sizes;
    switch (dtype) {
      case FLOAT32 ->
          Elementwise.where(
              cond,
              co,
              cs,
              a.storage.floats(),
              ao,
              as,
              b.storage.floats(),
              bo,
              bs,
              sizes,
              y.storage.floats());
      case FLOAT64 ->
          Elementwise.where(
              cond,
              co,
              cs,
              a.storage.doubles(),
              ao,
              as,
              b.storage.doubles(),
              bo,
              bs,
              sizes,
              y.storage.doubles());
      case INT64 ->
          Elementwise.where(
              cond,
              co,
              cs,
              a.storage.longs(),
              ao,
              as,
              b.storage.longs(),
              bo,
              bs,
              sizes,
              y.storage.longs());
      case BOOL, UINT8 ->
          Elementwise.where(
              cond,
              co,
              cs,
              a.storage.bytes(),
              ao,
              as,
              b.storage.bytes(),
              bo,
              bs,
              sizes,
              y.storage.bytes());
    }
    return y;
  }

  /// The values in another type; the tensor itself if it has it.
  static Tensor cast(Tensor x, DType dtype) {
    return x.dtype() == dtype ? x : Tensor.wrap(dtype, toArray(x, dtype), x.shape());
  }

  /// A contiguous copy.
  static Tensor copy(Tensor x) {
    return new Tensor(ownCopy(x), x.shape().contiguous());
  }

  /// The same values one after the other, for a kernel: `x` itself if they lie like that, else a
  /// copy, which no graph knows.
  static Tensor contiguous(Tensor x) {
    return x.isContiguous() ? x : copy(x);
  }

  static Storage ownCopy(Tensor x) {
    return new Storage(x.dtype(), toArray(x, x.dtype()));
  }

  /// A new array with the values of `x` in row-major order, in another type.
  static Object toArray(Tensor x, DType dtype) {
    Storage values = Storage.allocate(x.dtype(), x.numel());
    gather(x, values);
    if (x.dtype() == dtype) {
      return values.array();
    }
    Storage out = Storage.allocate(dtype, x.numel());
    convert(values, out);
    return out.array();
  }

  private static void gather(Tensor x, Storage out) {
    Layout l = x.layout;
    int[] sizes = l.shape.sizes;
    switch (x.dtype()) {
      case FLOAT32 -> Copy.strided(x.storage.floats(), l.offset, l.strides, sizes, out.floats(), 0);
      case FLOAT64 ->
          Copy.strided(x.storage.doubles(), l.offset, l.strides, sizes, out.doubles(), 0);
      case INT64 -> Copy.strided(x.storage.longs(), l.offset, l.strides, sizes, out.longs(), 0);
      case BOOL, UINT8 ->
          Copy.strided(x.storage.bytes(), l.offset, l.strides, sizes, out.bytes(), 0);
    }
  }

  /// Java's casts, which are PyTorch's: truncation toward zero, wrapping bytes, anything but 0 is
  /// true.
  private static void convert(Storage from, Storage to) {
    int n = from.length();
    switch (to.dtype) {
      case FLOAT32 -> Copy.convert(from.array(), 0, to.floats(), 0, n);
      case FLOAT64 -> Copy.convert(from.array(), 0, to.doubles(), 0, n);
      case INT64 -> Copy.convert(from.array(), 0, to.longs(), 0, n);
      case UINT8 -> Copy.convert(from.array(), 0, to.bytes(), 0, n);
      case BOOL -> Copy.convertToBool(from.array(), 0, to.bytes(), 0, n);
    }
  }

  /// acc += x, where `acc` is contiguous and nobody else reads it.
  static void addInPlace(Tensor acc, Tensor x) {
    int[] xs = x.layout.stridesFor(acc.shape());
    int[] as = acc.layout.strides;
    int[] sizes = acc.shape().sizes;
    if (acc.dtype() == DType.FLOAT32) {
      float[] a = acc.storage.floats();
      Elementwise.binary(Binary.ADD, a, 0, as, x.storage.floats(), x.layout.offset, xs, sizes, a);
    } else {
      double[] a = acc.storage.doubles();
      Elementwise.binary(Binary.ADD, a, 0, as, x.storage.doubles(), x.layout.offset, xs, sizes, a);
    }
    acc.storage.version++;
  }

  /// Writes `values` into `target`, a parameter or buffer.
  static void assign(String op, Tensor target, Tensor values) {
    if (!values.shape().equals(target.shape())) {
      throw new IllegalArgumentException(
          "%s: %s cannot hold %s".formatted(op, target.shape(), values.shape()));
    }
    if (values.dtype() != target.dtype()) {
      throw new IllegalArgumentException(
          "%s: a %s cannot hold %s values; convert them with to(DType.%s)"
              .formatted(op, target.dtype(), values.dtype(), target.dtype().name()));
    }
    // Through an array of its own: the values may be a view of the target.
    Object fresh = values.storage == target.storage ? toArray(values, values.dtype()) : null;
    if (fresh != null) {
      System.arraycopy(fresh, 0, target.storage.array(), 0, target.numel());
    } else {
      gather(values, target.storage);
    }
    target.storage.version++;
  }

  /// Refuses tensors of different types for ops that don't promote.
  static DType sameType(String op, Tensor... tensors) {
    DType dtype = tensors[0].dtype();
    for (Tensor t : tensors) {
      if (t.dtype() != dtype) {
        throw new IllegalArgumentException(
            "%s: %s: the types differ; convert one with to(DType.…)"
                .formatted(
                    op,
                    String.join(
                        " and ", Arrays.stream(tensors).map(x -> x.dtype().toString()).toList())));
      }
    }
    return dtype;
  }

  /// Refuses masks of other types than bool.
  static void mask(String op, Tensor mask) {
    if (mask.dtype() != DType.BOOL) {
      throw new IllegalArgumentException(
          "%s: the mask is %s, not bool; compare first, for example x.gt(0)"
              .formatted(op, mask.dtype()));
    }
  }

  /// Refuses integers for ops that are defined on reals.
  static void floating(String op, Tensor x) {
    if (!x.dtype().isFloating()) {
      throw new IllegalArgumentException(
          "%s: %s is not floating; convert it with to(DType.FLOAT32)".formatted(op, x.dtype()));
    }
  }
}
