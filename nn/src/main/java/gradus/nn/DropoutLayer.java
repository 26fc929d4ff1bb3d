// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.Tensor;

/// A layer that disturbs its input at random in training and returns it as it is in evaluation.
/// Draws from [gradus.Generator#current()].
///
/// **Monte-Carlo dropout** keeps dropping at test time: the mean of several predictions is the
/// answer, their spread tells how sure it is. Put the model into evaluation mode and these layers
/// back into training:
///
/// ```java
/// try (var _ = model.evaluating(); var _ = Grad.off()) {
///   model.apply(m -> { if (m instanceof DropoutLayer) m.train(); });
///   Tensor samples = Tensor.stack(
///       Stream.generate(() -> model.apply(x).softmax(1)).limit(50).toList(), 0);   // [50, N, C]
///   Tensor mean = samples.mean(0);
///   Tensor uncertainty = samples.std(0);
/// } // every layer has its own mode again
/// ```
///
/// Source: Gal and Ghahramani, *Dropout as a Bayesian approximation*, ICML 2016.
public abstract sealed class DropoutLayer extends Layer
    permits Dropout, Dropout1d, Dropout2d, AlphaDropout, FeatureAlphaDropout {
  private final double p;

  DropoutLayer(String name, double p) {
    Check.unit(name + ": p", p);
    this.p = p;
  }

  /// Returns the probability with which an element or channel is dropped.
  public final double p() {
    return p;
  }

  /// Drops with probability `p`.
  abstract Tensor drop(Tensor x, double p);

  @Override
  protected final Tensor forward(Tensor x) {
    return isTraining() ? drop(x, p) : x;
  }

  @Override
  protected final String extraRepr() {
    return "p=" + Repr.of(p) + ", inplace=False";
  }
}
