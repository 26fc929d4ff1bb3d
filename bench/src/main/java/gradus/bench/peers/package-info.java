// SPDX-License-Identifier: Apache-2.0

/// What the programs of all frameworks share, ours included: models, data, counting. It needs
/// nothing but the JDK, except [Gradus], our own program.
@NullMarked
package gradus.bench.peers;

import org.jspecify.annotations.NullMarked;
