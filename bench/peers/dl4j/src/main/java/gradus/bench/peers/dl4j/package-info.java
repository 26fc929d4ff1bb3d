// SPDX-License-Identifier: Apache-2.0

/// The models on Deeplearning4j.
@NullMarked
package gradus.bench.peers.dl4j;

import org.jspecify.annotations.NullMarked;
