// SPDX-License-Identifier: Apache-2.0
package gradus.data;

import gradus.Tensor;

/// One example: what goes into a model, and what should come out.
///
/// @param x the input, without a batch dimension
/// @param y the target; for classification a 0-dim int64 label
public record Sample(Tensor x, Tensor y) {}
