// SPDX-License-Identifier: Apache-2.0

/// Tensors, the operations on them, and the tape that differentiates those.
@NullMarked
package gradus;

import org.jspecify.annotations.NullMarked;
