// SPDX-License-Identifier: Apache-2.0
package gradus.train;

/// How long an epoch took.
///
/// @param epoch its number, from 0
/// @param samples examples trained on, those before a resumption left out
/// @param trainSeconds time of the training steps, in seconds
/// @param validationSeconds time of the validation, in seconds
public record EpochTiming(int epoch, long samples, double trainSeconds, double validationSeconds) {
  /// Returns the examples trained on in a second, validation left out.
  public double samplesPerSecond() {
    return samples / trainSeconds;
  }
}
