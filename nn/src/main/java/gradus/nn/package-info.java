// SPDX-License-Identifier: Apache-2.0

/// Modules, layers, losses, initialisation, and model files.
@NullMarked
package gradus.nn;

import org.jspecify.annotations.NullMarked;
