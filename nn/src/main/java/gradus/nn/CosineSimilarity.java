// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.Tensor;
import java.util.List;

/// The cosine of the angle between vectors: `Σ x1 · x2 / (max(‖x1‖, eps) · max(‖x2‖, eps))` along a
/// dimension, which vanishes. The inputs are broadcast.
///
/// PyTorch: `torch.nn.CosineSimilarity`.
public final class CosineSimilarity extends Module {
  private final int dim;
  private final double eps;

  /// Makes the similarity along dimension 1, with an `eps` of 1e-8.
  public CosineSimilarity() {
    this(1, 1e-8);
  }

  /// Makes the similarity along `dim`, with lengths held above `eps`.
  ///
  /// @throws IllegalArgumentException if `eps` is negative or not finite
  public CosineSimilarity(int dim, double eps) {
    Check.nonNegative("cosineSimilarity: eps", eps);
    this.dim = dim;
    this.eps = eps;
  }

  /// Returns the similarity, running the forward hooks around it; see [F#cosineSimilarity].
  public Tensor apply(Tensor x1, Tensor x2) {
    return call(List.of(x1, x2), in -> F.cosineSimilarity(in.get(0), in.get(1), dim, eps));
  }
}
