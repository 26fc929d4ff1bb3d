// SPDX-License-Identifier: Apache-2.0
package gradus;

/// A batch-normalised tensor with the statistics of the batch.
///
/// @param output the normalised tensor, which gradients flow through
/// @param mean the mean of each channel, a constant
/// @param var the biased variance of each channel, a constant
public record BatchNormResult(Tensor output, Tensor mean, Tensor var) {}
