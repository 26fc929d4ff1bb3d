// SPDX-License-Identifier: Apache-2.0

/// Optimizers ([SGD], [Adam], [AdamW], [LBFGS], …), learning rate schedulers ([ExponentialLR],
/// [ReduceLROnPlateau], …) and gradient clipping ([ClipGrad]): PyTorch's `torch.optim`, with its
/// formulas, its order of operations and its defaults.
@NullMarked
package gradus.optim;

import org.jspecify.annotations.NullMarked;
