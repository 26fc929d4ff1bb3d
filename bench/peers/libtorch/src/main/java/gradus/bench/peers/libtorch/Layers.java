// SPDX-License-Identifier: Apache-2.0
package gradus.bench.peers.libtorch;

import static gradus.bench.peers.SingleLayer.CHANNELS;
import static gradus.bench.peers.SingleLayer.FEATURES;
import static gradus.bench.peers.SingleLayer.GROUPS;
import static gradus.bench.peers.SingleLayer.HEADS;

import gradus.bench.peers.SingleLayer;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.BatchNorm1dImpl;
import org.bytedeco.pytorch.BatchNormOptions;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.DropoutImpl;
import org.bytedeco.pytorch.GRUImpl;
import org.bytedeco.pytorch.GroupNormImpl;
import org.bytedeco.pytorch.LSTMImpl;
import org.bytedeco.pytorch.LayerNormImpl;
import org.bytedeco.pytorch.LongVector;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.MultiheadAttentionImpl;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorArrayRefOptional;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TransformerEncoderLayerImpl;
import org.bytedeco.pytorch.global.torch;

/// libtorch's layers, each by itself. It has no module for the root mean square, but the op.
final class Layers {
  private Layers() {}

  /// Makes a layer, an input and the gradient of an output; a call computes the output and, from
  /// its gradient, those of the input and the parameters.
  static Runnable pass(SingleLayer layer) {
    return switch (layer) {
      case LAYER_NORM -> {
        var norm = new LayerNormImpl(new LongVector(new long[] {FEATURES}));
        yield pass(layer, norm::forward, norm);
      }
      case RMS_NORM -> {
        Tensor weight = torch.ones(FEATURES);
        yield pass(
            layer,
            x ->
                torch.rms_norm(
                    x,
                    new long[] {FEATURES},
                    new TensorOptional(leaf(weight)),
                    new DoubleOptional()));
      }
      case BATCH_NORM -> {
        var norm = new BatchNorm1dImpl(new BatchNormOptions(FEATURES));
        yield pass(layer, norm::forward, norm);
      }
      case GROUP_NORM -> {
        var norm = new GroupNormImpl(GROUPS, CHANNELS);
        yield pass(layer, norm::forward, norm);
      }
      case DROPOUT -> {
        var dropout = new DropoutImpl();
        yield pass(layer, dropout::forward, dropout);
      }
      case LSTM -> {
        var lstm = new LSTMImpl(FEATURES, FEATURES);
        yield pass(layer, x -> lstm.forward(x).get0(), lstm);
      }
      case GRU -> {
        var gru = new GRUImpl(FEATURES, FEATURES);
        yield pass(layer, x -> gru.forward(x).get0(), gru);
      }
      case DOT_PRODUCT -> pass(layer, x -> torch.scaled_dot_product_attention(x, x, x));
      case ATTENTION -> {
        var attention = new MultiheadAttentionImpl(FEATURES, HEADS);
        yield pass(layer, x -> attention.forward(x, x, x).get0(), attention);
      }
      case ENCODER_LAYER -> {
        var encoder = new TransformerEncoderLayerImpl(FEATURES, HEADS);
        yield pass(layer, encoder::forward, encoder);
      }
    };
  }

  private static Runnable pass(
      SingleLayer layer, UnaryOperator<Tensor> forward, Module... modules) {
    long[] shape = Arrays.stream(layer.shape()).asLongStream().toArray();
    Tensor x = torch.randn(shape);
    Tensor gradient = torch.randn(shape);
    return () -> {
      try (var _ = new PointerScope()) {
        for (Module module : modules) {
          module.zero_grad(true);
        }
        Tensor y = forward.apply(leaf(x));
        y.backward(gradient, new BoolOptional(), false, new TensorArrayRefOptional());
      }
    };
  }

  /// The same numbers, of which nothing is known but that a gradient is wanted.
  private static Tensor leaf(Tensor values) {
    return values.detach().requires_grad_(true);
  }
}
