// SPDX-License-Identifier: Apache-2.0

/// Optimizers and learning rate schedulers.
@NullMarked
package gradus.optim;

import org.jspecify.annotations.NullMarked;
