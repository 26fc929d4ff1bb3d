// SPDX-License-Identifier: Apache-2.0

/// The models on DJL with PyTorch's engine.
@NullMarked
package gradus.bench.peers.djl;

import org.jspecify.annotations.NullMarked;
