// SPDX-License-Identifier: Apache-2.0
package gradus.bench.peers;

/// A layer that is measured by itself, with PyTorch's defaults, in sizes of everyday use: 4096 rows
/// of 512 numbers, 32 maps of 64 channels, or 8 sequences of 128 steps, the steps first.
public enum SingleLayer {
  /// Normalisation of each row.
  LAYER_NORM("LayerNorm"),
  /// Normalisation of each row by its root mean square.
  RMS_NORM("RMSNorm"),
  /// Normalisation of each column, with running statistics.
  BATCH_NORM("BatchNorm1d"),
  /// Normalisation of [#GROUPS] groups of channels.
  GROUP_NORM("GroupNorm"),
  /// Zeroes half of the elements.
  DROPOUT("Dropout"),
  /// A recurrent layer with long short-term memory.
  LSTM("LSTM"),
  /// A recurrent layer with gates.
  GRU("GRU"),
  /// `softmax(x · xᵀ / √E) · x` of each of 8 heads in 8 sequences, without weights.
  DOT_PRODUCT("scaled dot product"),
  /// A sequence that attends to itself with [#HEADS] heads, and the mean of their weights.
  ATTENTION("MultiheadAttention"),
  /// Attention, a network of 2048 inner features, two layer norms, dropout 0.1.
  ENCODER_LAYER("TransformerEncoderLayer");

  /// Numbers of a row, which are the features that go in and out.
  public static final int FEATURES = 512;

  /// Heads of the attention.
  public static final int HEADS = 8;

  /// Channels of the maps.
  public static final int CHANNELS = 64;

  /// Groups of channels.
  public static final int GROUPS = 32;

  private final String words;

  SingleLayer(String words) {
    this.words = words;
  }

  /// Returns what it is called in a table.
  public String words() {
    return words;
  }

  /// Returns the shape of its input, which is that of its output.
  public int[] shape() {
    return switch (this) {
      case LAYER_NORM, RMS_NORM, BATCH_NORM, DROPOUT -> new int[] {4096, FEATURES};
      case GROUP_NORM -> new int[] {32, CHANNELS, 32, 32};
      case LSTM, GRU, ATTENTION, ENCODER_LAYER -> new int[] {128, 8, FEATURES};
      case DOT_PRODUCT -> new int[] {8, HEADS, 128, FEATURES / HEADS};
    };
  }
}
