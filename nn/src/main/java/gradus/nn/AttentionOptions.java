// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.Tensor;
import org.jspecify.annotations.Nullable;

/// Settings of [F#scaledDotProductAttention].
///
/// @param attnMask what may be attended to, broadcast to `[…, L, S]`: bool, true where a query may
///   attend to a key, or numbers to add to the scores; null for everything
/// @param dropoutP the probability with which a weight is dropped, also in evaluation
/// @param isCausal whether query i attends to keys 0…i alone; goes without `attnMask`
/// @param scale the factor of the scores, or null for `1 / √E`
public record AttentionOptions(
    @Nullable Tensor attnMask, double dropoutP, boolean isCausal, @Nullable Double scale) {
  /// Checks the settings.
  ///
  /// @throws IllegalArgumentException if `dropoutP` is not in [0, 1], `scale` is not finite, or a
  ///   mask is given where the attention is causal
  public AttentionOptions {
    Check.unit("scaledDotProductAttention: dropoutP", dropoutP);
    if (scale != null) {
      Check.finite("scaledDotProductAttention: scale", scale);
    }
    if (isCausal && attnMask != null) {
      throw new IllegalArgumentException(
          "scaledDotProductAttention: attnMask and isCausal are given; put both into the mask");
    }
  }

  /// Returns PyTorch's defaults: no mask, no dropout, not causal, a scale of `1 / √E`.
  public static AttentionOptions options() {
    return new AttentionOptions(null, 0, false, null);
  }

  /// Returns a copy with another mask, or null for none.
  public AttentionOptions attnMask(@Nullable Tensor value) {
    return new AttentionOptions(value, dropoutP, isCausal, scale);
  }

  /// Returns a copy with another probability of dropping a weight.
  public AttentionOptions dropoutP(double value) {
    return new AttentionOptions(attnMask, value, isCausal, scale);
  }

  /// Returns a copy whose queries attend to no later key, or to all.
  public AttentionOptions isCausal(boolean value) {
    return new AttentionOptions(attnMask, dropoutP, value, scale);
  }

  /// Returns a copy with another scale, or null for `1 / √E`.
  public AttentionOptions scale(@Nullable Double value) {
    return new AttentionOptions(attnMask, dropoutP, isCausal, value);
  }
}
