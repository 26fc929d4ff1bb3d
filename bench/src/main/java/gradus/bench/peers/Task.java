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
  INFER_1("C, 1 example"),
  /// Model C applied to 256 examples.
  INFER_256("C, 256 examples"),
  /// A chain of a thousand additions of single numbers, and its derivative.
  TAPE("1000 additions"),
  /// [SingleLayer#LAYER_NORM], forward and backward.
  LAYER_NORM(SingleLayer.LAYER_NORM),
  /// [SingleLayer#RMS_NORM], forward and backward.
  RMS_NORM(SingleLayer.RMS_NORM),
  /// [SingleLayer#BATCH_NORM], forward and backward.
  BATCH_NORM(SingleLayer.BATCH_NORM),
  /// [SingleLayer#GROUP_NORM], forward and backward.
  GROUP_NORM(SingleLayer.GROUP_NORM),
  /// [SingleLayer#DROPOUT], forward and backward.
  DROPOUT(SingleLayer.DROPOUT),
  /// [SingleLayer#LSTM], forward and backward.
  LSTM(SingleLayer.LSTM),
  /// [SingleLayer#GRU], forward and backward.
  GRU(SingleLayer.GRU),
  /// [SingleLayer#DOT_PRODUCT], forward and backward.
  DOT_PRODUCT(SingleLayer.DOT_PRODUCT),
  /// [SingleLayer#ATTENTION], forward and backward.
  ATTENTION(SingleLayer.ATTENTION),
  /// [SingleLayer#ENCODER_LAYER], forward and backward.
  ENCODER_LAYER(SingleLayer.ENCODER_LAYER);

  private final String words;
  private final @Nullable Model model;
  private final @Nullable SingleLayer layer;

  Task(String words) {
    this(words, null, null);
  }

  Task(String words, Model model) {
    this(words, model, null);
  }

  Task(SingleLayer layer) {
    this(layer.words(), null, layer);
  }

  Task(String words, @Nullable Model model, @Nullable SingleLayer layer) {
    this.words = words;
    this.model = model;
    this.layer = layer;
  }

  /// Returns what it is called in a table.
  public String words() {
    return words;
  }

  /// Returns what is trained, or null if nothing is.
  public @Nullable Model model() {
    return model;
  }

  /// Returns the layer that is measured by itself, or null if none is.
  public @Nullable SingleLayer layer() {
    return layer;
  }
}
