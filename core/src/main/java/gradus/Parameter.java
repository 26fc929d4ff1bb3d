// SPDX-License-Identifier: Apache-2.0
package gradus;

/// A tensor that is learned: a leaf that requires a gradient and whose values an optimizer
/// replaces.
///
/// (PyTorch: `torch.nn.Parameter`.)
public final class Parameter extends Tensor {
  /// Makes a parameter with a copy of `values`, which must be floating.
  ///
  /// @throws IllegalArgumentException if `values` is of an integer or bool type
  public Parameter(Tensor values) {
    super(Launch.ownCopy(values), values.shape().contiguous());
    storage.mutable = true;
    requiresGrad(true);
  }

  /// Replaces the values by a copy of `values`; nothing is recorded.
  ///
  /// A graph that saved the old values refuses to run backward afterwards.
  ///
  /// @throws IllegalArgumentException if shape or dtype differ
  public void assign(Tensor values) {
    Launch.assign("Parameter.assign", this, values);
  }

  /// Replaces dtype and values in place and drops the gradient: what `Module.to(DType)` does.
  void convert(DType dtype) {
    if (!dtype.isFloating()) {
      throw new IllegalArgumentException(
          "Parameter.to: %s: a parameter is float32 or float64".formatted(dtype));
    }
    if (dtype != dtype()) {
      boolean wanted = requiresGrad();
      replaceStorage(dtype);
      edge = Edge.NONE;
      requiresGrad(wanted);
    }
  }

  @Override
  String kind() {
    return "parameter";
  }
}
