// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.Parameter;
import gradus.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// Nets that go along a sequence and carry a state from step to step: [RNN], [LSTM], [GRU].
///
/// Shapes: the input is `[L, N, inputSize]`, `[N, L, inputSize]` with `batchFirst`, or `[L,
/// inputSize]` for a single sequence; the output sequence has the same dimensions with `directions
/// · hiddenSize` in the end: the last layer's h after each step, forward before reverse. States are
/// `[numLayers · directions, N, hiddenSize]` (without `N` for a single sequence), layer by layer,
/// forward before reverse; first states that are not given are zeros.
///
/// State: for each layer `k` the parameters `weight_ih_lk`, `[gates · hiddenSize, inputSize]` (in
/// upper layers `directions · hiddenSize` columns), `weight_hh_lk`, `[gates · hiddenSize,
/// hiddenSize]`, and if wanted `bias_ih_lk` and `bias_hh_lk`, `[gates · hiddenSize]`; then those of
/// the reverse direction with `_reverse` behind. All start uniform in `±1/√hiddenSize`.
///
/// With `projSize`, which only [LSTM] takes, h is mapped to so many numbers by a further parameter
/// `weight_hr_lk`, `[projSize, hiddenSize]`, after each step: `projSize` then stands for
/// `hiddenSize` above wherever h is meant, but not for c or the gates.
///
/// PyTorch: `torch.nn.RNNBase`. Packed sequences are not supported: pad shorter ones, and leave out
/// what is beyond their ends where the output is used.
public abstract sealed class Recurrent extends Module permits RNN, LSTM, GRU {
  private final Cell cell;
  private final int inputSize;
  private final int hiddenSize;
  private final Options options;

  @Name("")
  private final SequencedMap<String, Parameter> weights = new LinkedHashMap<>();

  Recurrent(Cell cell, int inputSize, int hiddenSize, Options options) {
    String name = getClass().getSimpleName();
    Check.positive(name + ": inputSize", inputSize);
    Check.positive(name + ": hiddenSize", hiddenSize);
    this.cell = cell;
    this.inputSize = inputSize;
    this.hiddenSize = hiddenSize;
    this.options = options;
    if (options.projSize() > 0 && (cell != Cell.LSTM || options.projSize() >= hiddenSize)) {
      throw new IllegalArgumentException(
          "%s: projSize %s; only an LSTM projects its states, to fewer than its %s numbers"
              .formatted(name, options.projSize(), hiddenSize));
    }
    int out = options.projSize() > 0 ? options.projSize() : hiddenSize;
    List<String> directions = options.bidirectional() ? List.of("", "_reverse") : List.of("");
    for (int layer = 0; layer < options.numLayers(); layer++) {
      int in = layer == 0 ? inputSize : directions.size() * out;
      for (String direction : directions) {
        RecurrentCell.start(cell, in, hiddenSize, options, "_l" + layer + direction, weights);
      }
    }
  }

  /// Returns PyTorch's defaults: one layer, with biases, time before batch, no dropout, one
  /// direction, no projection.
  public static Options options() {
    return new Options(1, true, false, 0, false, 0);
  }

  /// Settings of a recurrent net.
  ///
  /// @param numLayers how many nets are stacked, each on the sequence of the one below
  /// @param bias whether to learn biases
  /// @param batchFirst whether batches come before time in input and output: `[N, L, …]`
  /// @param dropout probability with which elements between layers are zeroed in training
  /// @param bidirectional whether a second net goes along the sequence backwards
  /// @param projSize to how many numbers an LSTM maps its h after each step; 0 for no such map
  public record Options(
      int numLayers,
      boolean bias,
      boolean batchFirst,
      double dropout,
      boolean bidirectional,
      int projSize) {
    /// Checks the settings.
    ///
    /// @throws IllegalArgumentException if `numLayers` is not positive, `dropout` not in [0, 1] or
    ///   `projSize` negative
    public Options {
      Check.nonNegative("Recurrent: projSize", projSize);
      Check.positive("Recurrent: numLayers", numLayers);
      Check.unit("Recurrent: dropout", dropout);
    }

    /// Returns a copy with another number of layers.
    public Options numLayers(int value) {
      return new Options(value, bias, batchFirst, dropout, bidirectional, projSize);
    }

    /// Returns a copy with or without biases.
    public Options bias(boolean value) {
      return new Options(numLayers, value, batchFirst, dropout, bidirectional, projSize);
    }

    /// Returns a copy with batches or time first.
    public Options batchFirst(boolean value) {
      return new Options(numLayers, bias, value, dropout, bidirectional, projSize);
    }

    /// Returns a copy with another probability of dropout between layers.
    public Options dropout(double value) {
      return new Options(numLayers, bias, batchFirst, value, bidirectional, projSize);
    }

    /// Returns a copy with one direction or both.
    public Options bidirectional(boolean value) {
      return new Options(numLayers, bias, batchFirst, dropout, value, projSize);
    }

    /// Returns a copy with another size of projected states; 0 for none.
    public Options projSize(int value) {
      return new Options(numLayers, bias, batchFirst, dropout, bidirectional, value);
    }
  }

  /// Runs along an input, which is alone in the list or before its first states.
  final List<Tensor> run(List<Tensor> in) {
    return new Recurrence(getClass().getSimpleName(), cell, List.copyOf(weights.values()), options)
        .run(in.getFirst(), in.subList(1, in.size()), isTraining() ? options.dropout() : 0);
  }

  @Override
  protected final String extraRepr() {
    return inputSize
        + ", "
        + hiddenSize
        + (options.projSize() == 0 ? "" : ", proj_size=" + options.projSize())
        + (options.numLayers() == 1 ? "" : ", num_layers=" + options.numLayers())
        + (options.bias() ? "" : ", bias=False")
        + (options.batchFirst() ? ", batch_first=True" : "")
        + (options.dropout() == 0 ? "" : ", dropout=" + Repr.of(options.dropout()))
        + (options.bidirectional() ? ", bidirectional=True" : "");
  }
}
