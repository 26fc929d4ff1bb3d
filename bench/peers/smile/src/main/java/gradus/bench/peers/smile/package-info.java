// SPDX-License-Identifier: Apache-2.0

/// The models on Smile.
@NullMarked
package gradus.bench.peers.smile;

import org.jspecify.annotations.NullMarked;
