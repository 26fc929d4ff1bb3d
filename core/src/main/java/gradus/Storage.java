// SPDX-License-Identifier: Apache-2.0
package gradus;

import org.jspecify.annotations.Nullable;

/// The array behind one or more tensors, and what must be known about it while a graph is alive.
final class Storage {
  final DType dtype;

  /// `float[]`, `double[]`, `long[]` or, for both bool and uint8, `byte[]`; null once released.
  private @Nullable Object array;

  /// Whether anyone may write after construction: parameters, buffers, gradients.
  boolean mutable;

  /// How often a mutable storage was written.
  int version;

  /// How many places may still read this after the op that made it: nodes that save it, cotangent
  /// slots that hold it. A gradient may be kept as it is, without a copy, only where there is
  /// exactly one.
  int holders;

  /// Whether nobody but nodes of graphs can have this.
  boolean inner;

  Storage(DType dtype, Object array) {
    this.dtype = dtype;
    this.array = array;
  }

  static Storage allocate(DType dtype, int n) {
    return new Storage(
        dtype,
        switch (dtype) {
          case FLOAT32 -> new float[n];
          case FLOAT64 -> new double[n];
          case INT64 -> new long[n];
          case BOOL, UINT8 -> new byte[n];
        });
  }

  int length() {
    return switch (dtype) {
      case FLOAT32 -> floats().length;
      case FLOAT64 -> doubles().length;
      case INT64 -> longs().length;
      case BOOL, UINT8 -> bytes().length;
    };
  }

  /// Returns the array.
  ///
  /// @throws IllegalStateException if it was released
  Object array() {
    Object array = this.array;
    if (array == null) {
      throw new IllegalStateException(
          "a tensor is used whose memory was given back, as that of a batch is after its step; copy()"
              + " what is to be kept");
    }
    return array;
  }

  /// Takes the array away from all tensors that share it.
  Object release() {
    Object array = array();
    this.array = null;
    return array;
  }

  float[] floats() {
    return (float[]) array();
  }

  double[] doubles() {
    return (double[]) array();
  }

  long[] longs() {
    return (long[]) array();
  }

  byte[] bytes() {
    return (byte[]) array();
  }

  double get(int i) {
    return switch (dtype) {
      case FLOAT32 -> floats()[i];
      case FLOAT64 -> doubles()[i];
      case INT64 -> longs()[i];
      case BOOL, UINT8 -> bytes()[i] & 0xFF;
    };
  }
}
