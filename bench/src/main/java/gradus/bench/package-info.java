// SPDX-License-Identifier: Apache-2.0

/// Benchmarks.
@NullMarked
package gradus.bench;

import org.jspecify.annotations.NullMarked;
