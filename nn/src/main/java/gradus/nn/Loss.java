// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.Buffer;
import gradus.Tensor;
import java.util.List;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/// A module that maps a prediction and its target to a loss.
public abstract class Loss extends Module implements BinaryOperator<Tensor> {
  /// Returns `values` as a buffer, or null for none: a weight is part of a loss's state.
  static @Nullable Buffer buffer(@Nullable Tensor values) {
    return values == null ? null : new Buffer(values);
  }

  /// Computes the loss; callers use [#apply(Tensor, Tensor)], which also runs the hooks.
  protected abstract Tensor forward(Tensor input, Tensor target);

  /// Returns the loss of the prediction `input`, running the forward hooks around [#forward].
  @Override
  public final Tensor apply(Tensor input, Tensor target) {
    return call(List.of(input, target), in -> forward(in.get(0), in.get(1)));
  }
}
