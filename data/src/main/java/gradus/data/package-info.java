// SPDX-License-Identifier: Apache-2.0

/// Datasets and what leads from files to batches.
///
/// - [Dataset], [TensorDataset], [ImageDataset], [Subset], [ConcatDataset], [KFold]: examples by
///   number, divided and put together;
/// - [DataLoader] and [Sampler]: batches of them, epoch by epoch, in a reproducible order;
/// - [ImageDatasets], [Cifar10], [Cifar100], [FashionMnist], [SyntheticImages], [Csv]: images and
///   numbers from folders, archives and files, or drawn; [Download]: archives from the net;
/// - [Augmentation]: images varied at random, as a function of seed, epoch and example;
/// - [Transform] and the [Normalization]s: from uint8 pixels to what a model wants; [OneHot].
@NullMarked
package gradus.data;

import org.jspecify.annotations.NullMarked;
