// SPDX-License-Identifier: Apache-2.0
package gradus.bench.peers;

import org.jspecify.annotations.Nullable;

/// What a program is asked to do, in a process of its own.
public enum Task {
  /// Steps of [Model#A].
  A("A", Model.A),
  /// Steps of [Model#B].
  B("B", Model.B),
  /// Steps of [Model#C].
  C("C", Model.C),
  /// Steps of [Model#D].
  D("D", Model.D),
  /// Steps of [Model#TINY].
  TINY("tiny", Model.TINY),
  /// Steps of [Model#CNN_S].
  CNN_S("CNN-S", Model.CNN_S),
  /// Model C applied to one example.
  INFER_1("C, 1 example", null),
  /// Model C applied to 256 examples.
  INFER_256("C, 256 examples", null),
  /// A chain of a thousand additions of single numbers, and its derivative.
  TAPE("1000 additions", null);

  private final String words;
  private final @Nullable Model model;

  Task(String words, @Nullable Model model) {
    this.words = words;
    this.model = model;
  }

  /// Returns what it is called in a table.
  public String words() {
    return words;
  }

  /// Returns what is trained, or null if nothing is.
  public @Nullable Model model() {
    return model;
  }
}
