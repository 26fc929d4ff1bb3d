// SPDX-License-Identifier: Apache-2.0

/// The models on TensorFlow Java in graph mode.
@NullMarked
package gradus.bench.peers.tensorflow;

import org.jspecify.annotations.NullMarked;
