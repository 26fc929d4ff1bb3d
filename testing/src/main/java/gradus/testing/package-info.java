// SPDX-License-Identifier: Apache-2.0

/// What tests of operations need: generated shapes, tensors and programs, and gradient checks.
@NullMarked
package gradus.testing;

import org.jspecify.annotations.NullMarked;
