// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import static org.assertj.core.api.Assertions.assertThat;

import gradus.DType;
import gradus.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

class SummaryTest {
  static class Net extends Layer {
    private final Linear shared = new Linear(6, 6);

    final Sequential body =
        new Sequential(new Flatten(), new Linear(12, 6), Tensor::relu, shared, new Dropout());

    final Linear again = shared;
    final Linear unused = new Linear(2, 2);

    @Override
    protected Tensor forward(Tensor x) {
      return again.apply(body.apply(x));
    }
  }

  @Test
  void printsAsTorchinfo() {
    var net = new Net();
    net.unused.requiresGrad(false);
    assertThat(Summary.of(net, 4, 3, 2, 2))
        .hasToString(
            """
            ==============================================================================================
            Layer (type (var_name):depth-idx)        Output Shape              Param #         Mult-Adds
            ==============================================================================================
            Net                                      [4, 6]                    --              --
            ├─Linear (shared): 1-1                   [4, 6]                    42              336
            ├─Sequential (body): 1-2                 [4, 6]                    --              --
            │    └─Flatten (0): 2-1                  [4, 12]                   --              --
            │    └─Linear (1): 2-2                   [4, 6]                    78              312
            │    └─Linear (3): 2-3                   [4, 6]                    (recursive)     (recursive)
            │    └─Dropout (4): 2-4                  [4, 6]                    --              --
            ├─Linear (again): 1-3                    [4, 6]                    (recursive)     (recursive)
            ├─Linear (unused): 1-4                   --                        (6)             --
            ==============================================================================================
            Total params: 126
            Trainable params: 120
            Non-trainable params: 6
            Total mult-adds: 648.00
            ==============================================================================================
            Input size (MB): 0.00
            Forward/backward pass size (MB): 0.00
            Params size (MB): 0.00
            Estimated Total Size (MB): 0.00
            ==============================================================================================""");
  }

  /// The example of the Javadoc: a multi-layer perceptron on 32 images of 28 × 28.
  @Test
  void countsParametersMultiplyAddsAndBytes() {
    var model = new Sequential(new Linear(784, 100), new ReLU(), new Linear(100, 10));
    Summary summary = Summary.of(model, 32, 784);
    assertThat(summary.parameters()).isEqualTo(79_510);
    assertThat(summary.trainable()).isEqualTo(79_510);
    assertThat(summary.multiplyAdds()).isEqualTo(32 * 79_510);
    assertThat(summary.inputBytes()).isEqualTo(32 * 784 * 4);
    assertThat(summary.passBytes()).isEqualTo(2 * 32 * 110 * 4);
    assertThat(summary.parameterBytes()).isEqualTo(79_510 * 4);
    assertThat(summary.toString())
        .contains("Total mult-adds (M): 2.54")
        .contains("Input size (MB): 0.10\nForward/backward pass size (MB): 0.03")
        .contains("├─Linear (0): 1-1                        [32, 100]                 78,500");
    model.to(DType.FLOAT64);
    assertThat(Summary.of(model, 32, 784).inputBytes()).isEqualTo(32 * 784 * 8);
    assertThat(Summary.of(model, 5, 32, 784).multiplyAdds()).isEqualTo(5 * 32 * 79_510);
  }

  @Test
  void modulesOfAnyInput() {
    var lstm = new LSTM(3, 2);
    Summary summary = Summary.of(lstm, () -> lstm.apply(Tensor.ones(5, 4, 3)));
    assertThat(summary.rows())
        .singleElement()
        .satisfies(row -> assertThat(row.output().toArray()).containsExactly(5, 4, 2));
    assertThat(summary.multiplyAdds()).isEqualTo(56 * 20);
    assertThat(summary.inputBytes()).isEqualTo(60 * 4);
    var embedding = new Embedding(10, 4);
    assertThat(Summary.of(embedding, Tensor.of(new long[] {1, 2})).multiplyAdds()).isZero();
    var norm = new Sequential(new BatchNorm1d(6));
    assertThat(Summary.of(norm, 8, 6).multiplyAdds()).isEqualTo(8 * 12);
  }

  @Test
  void leavesTheModelAsItWas() {
    var model = new Sequential(new BatchNorm1d(3), new Dropout());
    float[] before = model.namedBuffers().get("0.running_mean").toFloatArray();
    Summary.of(model, Tensor.ones(4, 3));
    assertThat(model.isTraining() && model.modules().stream().allMatch(Module::isTraining))
        .isTrue();
    assertThat(model.namedBuffers().get("0.running_mean").toFloatArray()).isEqualTo(before);
    assertThat(List.copyOf(Summary.of(model, 4, 3).rows())).hasSize(3);
  }
}
