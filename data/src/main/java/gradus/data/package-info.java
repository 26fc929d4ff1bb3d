// SPDX-License-Identifier: Apache-2.0

/// Datasets and what leads from files to batches.
///
/// - [Dataset], [TensorDataset], [ImageDataset], [Subset]: examples by number;
/// - [DataLoader]: batches of them, epoch by epoch, in a reproducible order;
/// - [ImageDatasets], [Cifar10], [SyntheticImages]: images from folders, archives and binary files,
///   or drawn;
/// - [Transform] and the [Normalization]s: from uint8 pixels to what a model wants.
@NullMarked
package gradus.data;

import org.jspecify.annotations.NullMarked;
