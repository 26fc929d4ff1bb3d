// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.Parameter;
import gradus.Shape;
import gradus.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// One step of a recurrent net: [RNNCell], [LSTMCell], [GRUCell].
///
/// Shapes: the input is `[N, inputSize]` or `[inputSize]`, states are `[N, hiddenSize]` or
/// `[hiddenSize]`; first states that are not given are zeros.
///
/// State: the parameters `weight_ih`, `[gates · hiddenSize, inputSize]`, `weight_hh`, `[gates ·
/// hiddenSize, hiddenSize]`, and if wanted `bias_ih` and `bias_hh`, `[gates · hiddenSize]`. All
/// start uniform in `±1/√hiddenSize`.
///
/// PyTorch: `torch.nn.RNNCellBase`.
public abstract sealed class RecurrentCell extends Module permits RNNCell, LSTMCell, GRUCell {
  private final Cell cell;
  private final int inputSize;
  private final int hiddenSize;

  @Name("")
  private final SequencedMap<String, Parameter> weights = new LinkedHashMap<>();

  RecurrentCell(Cell cell, int inputSize, int hiddenSize, boolean bias) {
    String name = getClass().getSimpleName();
    Check.positive(name + ": inputSize", inputSize);
    Check.positive(name + ": hiddenSize", hiddenSize);
    this.cell = cell;
    this.inputSize = inputSize;
    this.hiddenSize = hiddenSize;
    start(cell, inputSize, hiddenSize, Recurrent.options().bias(bias), "", weights);
  }

  /// Adds new weights for one layer in one direction, whose names end in `suffix`, to `weights`.
  static void start(
      Cell cell,
      int in,
      int hidden,
      Recurrent.Options options,
      String suffix,
      SequencedMap<String, Parameter> weights) {
    var shapes = new LinkedHashMap<String, int[]>();
    int rows = cell.gates * hidden;
    shapes.put("weight_ih", new int[] {rows, in});
    int projected = options.projSize();
    shapes.put("weight_hh", new int[] {rows, projected > 0 ? projected : hidden});
    if (options.bias()) {
      shapes.put("bias_ih", new int[] {rows});
      shapes.put("bias_hh", new int[] {rows});
    }
    if (projected > 0) {
      shapes.put("weight_hr", new int[] {projected, hidden});
    }
    double bound = 1 / Math.sqrt(hidden);
    shapes.forEach(
        (name, shape) -> {
          var weight = new Parameter(Tensor.zeros(shape));
          Init.uniform(-bound, bound).fill(weight);
          weights.put(name + suffix, weight);
        });
  }

  /// Takes one step from an input, which is alone in the list or before its state.
  final List<Tensor> step(List<Tensor> in) {
    Tensor x = in.getFirst();
    String name = getClass().getSimpleName();
    if ((x.dim() != 1 && x.dim() != 2) || x.size(-1) != inputSize) {
      throw new IllegalArgumentException(
          "%s: the input %s is neither [N, %s] nor [%s]"
              .formatted(name, x.shape(), inputSize, inputSize));
    }
    int[] shape = x.shape().toArray();
    shape[shape.length - 1] = hiddenSize;
    List<Tensor> state = new ArrayList<>(in.subList(1, in.size()));
    for (Tensor each : state) {
      if (!each.shape().equals(Shape.of(shape))) {
        throw new IllegalArgumentException(
            "%s: the state %s does not fit the input %s: neither [N, %s] nor [%s]"
                .formatted(name, each.shape(), x.shape(), hiddenSize, hiddenSize));
      }
    }
    while (state.size() < cell.states) {
      state.add(Tensor.zeros(x.dtype(), shape));
    }
    return cell.next(x, state, Cell.weights(List.copyOf(weights.values())));
  }

  @Override
  protected final String extraRepr() {
    return inputSize
        + ", "
        + hiddenSize
        + (weights.containsKey("bias_ih") ? "" : ", bias=False")
        + (cell == Cell.RNN_RELU ? ", nonlinearity=relu" : "");
  }
}
