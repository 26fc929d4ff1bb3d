// SPDX-License-Identifier: Apache-2.0

/// What the other modules of Gradus may do that users may not: reach the arrays behind tensors.
/// Exported to them alone.
@NullMarked
package gradus.internal;

import org.jspecify.annotations.NullMarked;
