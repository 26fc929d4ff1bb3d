// SPDX-License-Identifier: Apache-2.0

package gradus.examples;

import java.util.List;

/// The models of the command line, with the hidden layers that they have if none are asked for.
enum ModelKind {
  /// A multilayer perceptron.
  MLP(List.of(100)),
  /// A linear classifier.
  LINEAR(List.of()),
  /// The same by the name that courses give it: softmax regression.
  SOFTMAX(List.of());

  @SuppressWarnings("ImmutableEnumChecker") // from List.of
  private final List<Integer> hidden;

  ModelKind(List<Integer> hidden) {
    this.hidden = hidden;
  }

  List<Integer> hidden() {
    return hidden;
  }

  @Override
  public String toString() {
    return Choice.name(this);
  }
}
