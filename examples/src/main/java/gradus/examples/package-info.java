// SPDX-License-Identifier: Apache-2.0

/// Runnable examples and the command line.
@NullMarked
package gradus.examples;

import org.jspecify.annotations.NullMarked;
