// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.Tensor;
import java.util.List;
import java.util.function.BinaryOperator;

/// A module that maps a prediction and its target to a loss.
public abstract class Loss extends Module implements BinaryOperator<Tensor> {
  /// Computes the loss; callers use [#apply(Tensor, Tensor)], which also runs the hooks.
  protected abstract Tensor forward(Tensor input, Tensor target);

  /// Returns the loss of the prediction `input`, running the forward hooks around [#forward].
  @Override
  public final Tensor apply(Tensor input, Tensor target) {
    return call(List.of(input, target), in -> forward(in.get(0), in.get(1)));
  }
}
