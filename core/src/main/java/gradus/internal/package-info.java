// SPDX-License-Identifier: Apache-2.0

/// The raw arrays of tensors, for the other modules of Gradus alone.
@NullMarked
package gradus.internal;

import org.jspecify.annotations.NullMarked;
