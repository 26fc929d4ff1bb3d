// SPDX-License-Identifier: Apache-2.0
package gradus;

/// A tensor that belongs to a model's state but is not learned, such as running statistics.
///
/// (PyTorch: `Module.register_buffer`.)
public final class Buffer extends Tensor {
  /// Makes a buffer with a copy of `values`.
  public Buffer(Tensor values) {
    super(Launch.ownCopy(values), values.shape().contiguous());
    storage.mutable = true;
  }

  /// Replaces the values by a copy of `values`; nothing is recorded. Where backward computes a
  /// [checkpointed][Autograd#checkpoint] function again, this has no effect: forward has done it.
  ///
  /// @throws IllegalArgumentException if shape or dtype differ
  public void assign(Tensor values) {
    if (!Recorder.replays()) {
      Launch.assign("Buffer.assign", this, values);
    }
  }

  /// Replaces dtype and values in place: what `Module.to(DType)` does.
  void convert(DType dtype) {
    if (dtype != dtype()) {
      replaceStorage(dtype);
    }
  }

  @Override
  String kind() {
    return "buffer";
  }
}
