// SPDX-License-Identifier: Apache-2.0

package gradus.examples;

/// How well a classifier does on a dataset.
///
/// @param accuracy the share of examples whose largest logit is their label's
/// @param loss the mean cross-entropy
record Score(double accuracy, double loss) {
  /// A line such as `test accuracy 0.5060, loss 1.4102`.
  String line(String split) {
    return "%s accuracy %.4f, loss %.4f".formatted(split, accuracy, loss);
  }
}
