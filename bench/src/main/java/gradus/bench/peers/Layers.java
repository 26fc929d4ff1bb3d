// SPDX-License-Identifier: Apache-2.0
package gradus.bench.peers;

import static gradus.bench.peers.SingleLayer.CHANNELS;
import static gradus.bench.peers.SingleLayer.FEATURES;
import static gradus.bench.peers.SingleLayer.GROUPS;
import static gradus.bench.peers.SingleLayer.HEADS;

import gradus.Tensor;
import gradus.nn.BatchNorm1d;
import gradus.nn.Dropout;
import gradus.nn.F;
import gradus.nn.GRU;
import gradus.nn.GroupNorm;
import gradus.nn.LSTM;
import gradus.nn.Layer;
import gradus.nn.LayerNorm;
import gradus.nn.Module;
import gradus.nn.MultiheadAttention;
import gradus.nn.RMSNorm;
import gradus.nn.TransformerEncoderLayer;
import java.util.function.UnaryOperator;

/// Our layers, each by itself.
final class Layers {
  private Layers() {}

  /// Makes a layer, an input and the gradient of an output; a call computes the output and, from
  /// its gradient, those of the input and the parameters.
  static Runnable pass(SingleLayer layer) {
    return switch (layer) {
      case LAYER_NORM -> pass(layer, new LayerNorm(FEATURES));
      case RMS_NORM -> pass(layer, new RMSNorm(FEATURES));
      case BATCH_NORM -> pass(layer, new BatchNorm1d(FEATURES));
      case GROUP_NORM -> pass(layer, new GroupNorm(GROUPS, CHANNELS));
      case DROPOUT -> pass(layer, new Dropout());
      case LSTM -> {
        var lstm = new LSTM(FEATURES, FEATURES);
        yield pass(layer, x -> lstm.apply(x).sequence(), lstm);
      }
      case GRU -> {
        var gru = new GRU(FEATURES, FEATURES);
        yield pass(layer, x -> gru.apply(x).sequence(), gru);
      }
      case DOT_PRODUCT -> pass(layer, x -> F.scaledDotProductAttention(x, x, x));
      case ATTENTION -> {
        var attention = new MultiheadAttention(FEATURES, HEADS);
        yield pass(layer, x -> attention.apply(x, x, x).output(), attention);
      }
      case ENCODER_LAYER -> pass(layer, new TransformerEncoderLayer(FEATURES, HEADS));
    };
  }

  private static Runnable pass(SingleLayer layer, Layer made) {
    return pass(layer, made, made);
  }

  private static Runnable pass(
      SingleLayer layer, UnaryOperator<Tensor> forward, Module... modules) {
    int[] shape = shape(layer);
    Tensor x = Tensor.randn(shape).requiresGrad(true);
    Tensor gradient = Tensor.randn(shape);
    return () -> {
      x.zeroGrad();
      for (Module module : modules) {
        module.zeroGrad();
      }
      forward.apply(x).backward(gradient);
    };
  }

  /// Our attention takes sequences before steps.
  private static int[] shape(SingleLayer layer) {
    int[] shape = layer.shape();
    return switch (layer) {
      case ATTENTION, ENCODER_LAYER -> new int[] {shape[1], shape[0], shape[2]};
      default -> shape;
    };
  }
}
