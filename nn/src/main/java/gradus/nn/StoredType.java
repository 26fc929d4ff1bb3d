// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.DType;
import gradus.Shape;
import gradus.Tensor;
import gradus.internal.Raw;
import java.io.IOException;
import java.nio.ByteBuffer;

/// The element types of a safetensors file that can be read, and how their bytes become tensors and
/// the other way round.
enum StoredType {
  F64(8) {
    @Override
    Tensor read(Shape shape, Chunks in) throws IOException {
      var values = new double[shape.numel()];
      in.forEach((from, n, bytes) -> bytes.asDoubleBuffer().get(values, from, n));
      return Raw.wrap(values, shape.toArray());
    }

    @Override
    void write(Tensor tensor, Chunks out) throws IOException {
      double[] values = tensor.toDoubleArray();
      out.forEach((from, n, bytes) -> bytes.asDoubleBuffer().put(values, from, n));
    }
  },
  F32(4) {
    @Override
    Tensor read(Shape shape, Chunks in) throws IOException {
      var values = new float[shape.numel()];
      in.forEach((from, n, bytes) -> bytes.asFloatBuffer().get(values, from, n));
      return Raw.wrap(values, shape.toArray());
    }

    @Override
    void write(Tensor tensor, Chunks out) throws IOException {
      float[] values = tensor.toFloatArray();
      out.forEach((from, n, bytes) -> bytes.asFloatBuffer().put(values, from, n));
    }
  },
  F16(2) {
    @Override
    Tensor read(Shape shape, Chunks in) throws IOException {
      var values = new float[shape.numel()];
      in.forEach(
          (from, n, bytes) -> {
            for (int i = from; i < from + n; i++) {
              values[i] = Float.float16ToFloat(bytes.getShort());
            }
          });
      return Raw.wrap(values, shape.toArray());
    }
  },
  BF16(2) {
    @Override
    Tensor read(Shape shape, Chunks in) throws IOException {
      var values = new float[shape.numel()];
      in.forEach(
          (from, n, bytes) -> {
            for (int i = from; i < from + n; i++) {
              values[i] = Float.intBitsToFloat(bytes.getShort() << 16);
            }
          });
      return Raw.wrap(values, shape.toArray());
    }
  },
  I64(8) {
    @Override
    Tensor read(Shape shape, Chunks in) throws IOException {
      return integers(shape, in, ByteBuffer::getLong);
    }

    @Override
    void write(Tensor tensor, Chunks out) throws IOException {
      long[] values = tensor.toLongArray();
      out.forEach((from, n, bytes) -> bytes.asLongBuffer().put(values, from, n));
    }
  },
  I32(4) {
    @Override
    Tensor read(Shape shape, Chunks in) throws IOException {
      return integers(shape, in, ByteBuffer::getInt);
    }
  },
  I16(2) {
    @Override
    Tensor read(Shape shape, Chunks in) throws IOException {
      return integers(shape, in, ByteBuffer::getShort);
    }
  },
  I8(1) {
    @Override
    Tensor read(Shape shape, Chunks in) throws IOException {
      return integers(shape, in, ByteBuffer::get);
    }
  },
  U8(1) {
    @Override
    Tensor read(Shape shape, Chunks in) throws IOException {
      var values = new byte[shape.numel()];
      in.forEach((from, n, bytes) -> bytes.get(values, from, n));
      return Raw.wrapBytes(values, shape.toArray());
    }

    @Override
    void write(Tensor tensor, Chunks out) throws IOException {
      byte[] values = tensor.toByteArray();
      out.forEach((from, n, bytes) -> bytes.put(values, from, n));
    }
  },
  BOOL(1) {
    @Override
    Tensor read(Shape shape, Chunks in) throws IOException {
      var values = new byte[shape.numel()];
      in.forEach((from, n, bytes) -> bytes.get(values, from, n));
      for (int i = 0; i < values.length; i++) {
        if (values[i] != 0 && values[i] != 1) {
          throw new IOException("element " + i + " is " + values[i] + ", neither 0 nor 1");
        }
      }
      return Raw.wrapBooleans(values, shape.toArray());
    }

    @Override
    void write(Tensor tensor, Chunks out) throws IOException {
      boolean[] values = tensor.toBooleanArray();
      out.forEach(
          (from, n, bytes) -> {
            for (int i = from; i < from + n; i++) {
              bytes.put((byte) (values[i] ? 1 : 0));
            }
          });
    }
  };

  final int bytes;

  StoredType(int bytes) {
    this.bytes = bytes;
  }

  /// Returns the type that a tensor is written as.
  static StoredType of(DType dtype) {
    return switch (dtype) {
      case FLOAT32 -> F32;
      case FLOAT64 -> F64;
      case INT64 -> I64;
      case UINT8 -> U8;
      case BOOL -> BOOL;
    };
  }

  /// Returns the type that a tensor is read as.
  DType dtype() {
    return switch (this) {
      case F64 -> DType.FLOAT64;
      case F32, F16, BF16 -> DType.FLOAT32;
      case I64, I32, I16, I8 -> DType.INT64;
      case U8 -> DType.UINT8;
      case BOOL -> DType.BOOL;
    };
  }

  /// Reads a tensor.
  abstract Tensor read(Shape shape, Chunks in) throws IOException;

  /// Writes the elements of a tensor of this very type.
  void write(Tensor tensor, Chunks out) throws IOException {
    throw new AssertionError(this + " is not written");
  }

  /// Elements `0 … count − 1` in pieces, each as a little-endian buffer of its `n` elements.
  interface Chunks {
    void forEach(Piece piece) throws IOException;

    interface Piece {
      void accept(int from, int n, ByteBuffer bytes) throws IOException;
    }
  }

  private interface Element {
    long get(ByteBuffer bytes);
  }

  private static Tensor integers(Shape shape, Chunks in, Element element) throws IOException {
    var values = new long[shape.numel()];
    in.forEach(
        (from, n, bytes) -> {
          for (int i = from; i < from + n; i++) {
            values[i] = element.get(bytes);
          }
        });
    return Raw.wrap(values, shape.toArray());
  }
}
