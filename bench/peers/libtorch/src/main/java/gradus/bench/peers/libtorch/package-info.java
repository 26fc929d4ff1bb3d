// SPDX-License-Identifier: Apache-2.0

/// The models on libtorch through the thin binding of its C++ interface.
@NullMarked
package gradus.bench.peers.libtorch;

import org.jspecify.annotations.NullMarked;
