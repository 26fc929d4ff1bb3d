// SPDX-License-Identifier: Apache-2.0

/// Event files for TensorBoard: [gradus.train.tensorboard.SummaryWriter] writes scalars, histograms
/// and images, [gradus.train.tensorboard.TensorBoardLogger] those of a training.
@NullMarked
package gradus.train.tensorboard;

import org.jspecify.annotations.NullMarked;
