// SPDX-License-Identifier: Apache-2.0

/// What the other modules of Gradus may use and users may not: the arrays behind tensors, and files
/// that are written whole or not at all. Exported to them alone.
@NullMarked
package gradus.internal;

import org.jspecify.annotations.NullMarked;
