// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.Tensor;

/// Applies `x − ln Σeˣ`, the logarithm of [Softmax], along a dimension.
///
/// PyTorch: `torch.nn.LogSoftmax`.
public final class LogSoftmax extends Layer {
  private final int dim;

  /// Makes the layer along dimension `dim`; a negative one counts from the end.
  public LogSoftmax(int dim) {
    this.dim = dim;
  }

  @Override
  protected Tensor forward(Tensor x) {
    return x.logSoftmax(dim);
  }

  @Override
  protected String extraRepr() {
    return "dim=" + dim;
  }
}
