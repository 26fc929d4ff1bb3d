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

  /// The net of torchinfo's own tests, whose rows and totals these are.
  @Test
  void convolutions() {
    var net =
        new Sequential(
            new Conv2d(1, 10, 5),
            new MaxPool2d(2),
            new ReLU(),
            new Conv2d(10, 20, 5),
            new Dropout2d(),
            new MaxPool2d(2),
            new Flatten(),
            new Linear(320, 50),
            new Linear(50, 10));
    Summary summary = Summary.of(net, 16, 1, 28, 28);
    assertThat(summary.rows().stream().filter(row -> row.parameters() > 0))
        .extracting(row -> row.output() + " " + row.parameters() + " " + row.multiplyAdds())
        .containsExactly(
            "[16, 10, 24, 24] 260 2396160",
            "[16, 20, 8, 8] 5020 5140480",
            "[16, 50] 16050 256800",
            "[16, 10] 510 8160");
    assertThat(summary.toString())
        .contains("Total params: 21,840\n")
        .contains("Total mult-adds (M): 7.80\n")
        .contains("Input size (MB): 0.05\nForward/backward pass size (MB): 0.91\n")
        .contains("Params size (MB): 0.09\nEstimated Total Size (MB): 1.05\n");
    var single = new Conv2d(1, 10, 5);
    assertThat(Summary.of(single, 1, 28, 28).multiplyAdds()).isEqualTo(260 * 24 * 24);
    assertThat(Summary.of(new ConvTranspose2d(3, 2, 2), 4, 3, 5, 5).multiplyAdds())
        .isEqualTo(26 * 4 * 6 * 6);
  }

  static class Reader extends Layer {
    final Embedding embedding = new Embedding(20, 300);
    final LSTM encoder = new LSTM(300, 512, LSTM.options().numLayers(2).batchFirst(true));
    final Linear decoder = new Linear(512, 20);

    @Override
    protected Tensor forward(Tensor x) {
      return decoder.apply(encoder.apply(embedding.apply(x)).sequence());
    }
  }

  /// Also one of torchinfo's tests. It has 6,000 for the embedding and 10,260 for the decoder.
  @Test
  void recurrentNets() {
    Summary summary = Summary.of(new Reader(), Tensor.zeros(DType.INT64, 1, 100));
    assertThat(summary.rows())
        .extracting(row -> row.output() + " " + row.parameters() + " " + row.multiplyAdds())
        .containsExactly(
            "[1, 100, 20] 0 0",
            "[1, 100, 300] 6000 0",
            "[1, 100, 512] 3768320 376832000",
            "[1, 100, 20] 10260 1026000");
    assertThat(summary.toString())
        .contains("Total params: 3,784,580\n")
        .contains("Forward/backward pass size (MB): 0.67\nParams size (MB): 15.14\n");
    var both = new GRU(3, 2, GRU.options().bidirectional(true));
    assertThat(Summary.of(both, () -> both.apply(Tensor.ones(5, 4, 3))).multiplyAdds())
        .isEqualTo(2 * (6 * 3 + 6 * 2 + 12) * 20);
    assertThat(Summary.of(both, () -> both.apply(Tensor.ones(5, 3))).multiplyAdds())
        .isEqualTo(2 * (6 * 3 + 6 * 2 + 12) * 5);
    var cell = new LSTMCell(3, 2);
    assertThat(Summary.of(cell, () -> cell.apply(Tensor.ones(4, 3))).multiplyAdds())
        .isEqualTo(56 * 4);
  }

  @Test
  void encoders() {
    var options = TransformerEncoderLayer.options().dimFeedforward(16);
    var net = new TransformerEncoder(() -> new TransformerEncoderLayer(8, 2, options), 2);
    assertThat(Summary.of(net, 3, 5, 8))
        .hasToString(
            """
            ==============================================================================================
            Layer (type (var_name):depth-idx)          Output Shape              Param #         Mult-Adds
            ==============================================================================================
            TransformerEncoder                         [3, 5, 8]                 --              --
            ├─TransformerEncoderLayer (layers.0): 1-1  [3, 5, 8]                 --              --
            │    └─MultiheadAttention (self_attn): 2-1 [3, 5, 8]                 216             5,520
            │    │    └─Linear (out_proj): 3-1         --                        72              --
            │    └─Linear (linear1): 2-2               [3, 5, 16]                144             2,160
            │    └─Dropout (dropout): 2-3              [3, 5, 16]                --              --
            │    └─Linear (linear2): 2-4               [3, 5, 8]                 136             2,040
            │    └─LayerNorm (norm1): 2-5              [3, 5, 8]                 16              240
            │    └─LayerNorm (norm2): 2-6              [3, 5, 8]                 16              240
            │    └─Dropout (dropout1): 2-7             [3, 5, 8]                 --              --
            │    └─Dropout (dropout2): 2-8             [3, 5, 8]                 --              --
            ├─TransformerEncoderLayer (layers.1): 1-2  [3, 5, 8]                 --              --
            │    └─MultiheadAttention (self_attn): 2-9 [3, 5, 8]                 216             5,520
            │    │    └─Linear (out_proj): 3-2         --                        72              --
            │    └─Linear (linear1): 2-10              [3, 5, 16]                144             2,160
            │    └─Dropout (dropout): 2-11             [3, 5, 16]                --              --
            │    └─Linear (linear2): 2-12              [3, 5, 8]                 136             2,040
            │    └─LayerNorm (norm1): 2-13             [3, 5, 8]                 16              240
            │    └─LayerNorm (norm2): 2-14             [3, 5, 8]                 16              240
            │    └─Dropout (dropout1): 2-15            [3, 5, 8]                 --              --
            │    └─Dropout (dropout2): 2-16            [3, 5, 8]                 --              --
            ==============================================================================================
            Total params: 1,200
            Trainable params: 1,200
            Non-trainable params: 0
            Total mult-adds (k): 20.40
            ==============================================================================================
            Input size (MB): 0.00
            Forward/backward pass size (MB): 0.01
            Params size (MB): 0.00
            Estimated Total Size (MB): 0.02
            ==============================================================================================""");
  }

  /// The maps of three queries and five keys of other sizes, then the two products.
  @Test
  void attention() {
    var options = MultiheadAttention.options().kdim(6).vdim(4);
    var cross = new MultiheadAttention(8, 2, options);
    Tensor query = Tensor.ones(2, 3, 8);
    Tensor key = Tensor.ones(2, 5, 6);
    Tensor value = Tensor.ones(2, 5, 4);
    Summary summary = Summary.of(cross, () -> cross.apply(query, key, value));
    long maps = 2 * 3 * 2 * (8 * 8 + 8) + 2 * 5 * (8 * 6 + 8 + 8 * 4 + 8);
    assertThat(summary.multiplyAdds()).isEqualTo(maps + 2 * 2 * 3 * 5 * 8);
    assertThat(summary.passBytes()).isEqualTo(2 * 2 * 3 * 8 * 4);
    var plain = new MultiheadAttention(8, 2, options.bias(false).addBiasKv(true).addZeroAttn(true));
    maps = 2 * 3 * 2 * 8 * 8 + 2 * 5 * (8 * 6 + 8 * 4);
    assertThat(Summary.of(plain, () -> plain.apply(query, key, value)).multiplyAdds())
        .isEqualTo(maps + 2 * 2 * 3 * 7 * 8);
  }

  @Test
  void normsOfTheLastDimensions() {
    assertThat(Summary.of(new LayerNorm(6), 2, 5, 6).multiplyAdds()).isEqualTo(12 * 10);
    assertThat(Summary.of(new LayerNorm(5, 6), 2, 5, 6).multiplyAdds()).isEqualTo(60 * 2);
    assertThat(Summary.of(new LayerNorm(2, 5, 6), 4, 2, 5, 6).multiplyAdds()).isEqualTo(120 * 4);
    assertThat(Summary.of(new RMSNorm(6), 2, 5, 6).multiplyAdds()).isEqualTo(6 * 10);
    assertThat(Summary.of(new BatchNorm2d(3), 2, 3, 4, 4).multiplyAdds()).isEqualTo(6 * 2);
    var bags = new EmbeddingBag(10, 4);
    Tensor words = Tensor.zeros(DType.INT64, 2, 3);
    assertThat(Summary.of(bags, () -> bags.apply(words)).multiplyAdds()).isZero();
  }

  static class Blocks extends Layer {
    final List<Layer> blocks = List.of(new Linear(2, 2), new Sequential(new Linear(2, 2)));

    @Override
    protected Tensor forward(Tensor x) {
      return blocks.get(1).apply(blocks.get(0).apply(x));
    }
  }

  @Test
  void membersOfLists() {
    assertThat(Summary.of(new Blocks(), 1, 2).rows())
        .extracting(row -> row.depth() + " " + row.name())
        .containsExactly("0 ", "1 blocks.0", "1 blocks.1", "2 0");
  }
}
