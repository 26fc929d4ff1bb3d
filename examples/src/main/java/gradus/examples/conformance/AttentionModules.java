// SPDX-License-Identifier: Apache-2.0

package gradus.examples.conformance;

import gradus.Tensor;
import gradus.nn.Module;
import gradus.nn.MultiheadAttention;
import gradus.nn.TransformerEncoderLayer;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/// How PyTorch's layers of attention are made.
final class AttentionModules {
  private AttentionModules() {}

  static void addTo(Map<String, Function<Fields, Module>> makers) {
    makers.put("MultiheadAttention", AttentionModules::multiHead);
    makers.put("TransformerEncoderLayer", AttentionModules::encoderLayer);
  }

  private static MultiheadAttention multiHead(Fields a) {
    a.ignore("batch_first"); // makes no difference to the state
    var o = MultiheadAttention.options();
    o = a.setNumber(o, "dropout", MultiheadAttention.Options::dropout);
    o = a.setFlag(o, "bias", MultiheadAttention.Options::bias);
    o = a.setFlag(o, "add_bias_kv", MultiheadAttention.Options::addBiasKv);
    o = a.setFlag(o, "add_zero_attn", MultiheadAttention.Options::addZeroAttn);
    if (a.given("kdim")) {
      o = o.kdim(a.integer("kdim"));
    }
    if (a.given("vdim")) {
      o = o.vdim(a.integer("vdim"));
    }
    return new MultiheadAttention(a.integer("embed_dim"), a.integer("num_heads"), o);
  }

  private static TransformerEncoderLayer encoderLayer(Fields a) {
    a.ignore("batch_first");
    var o = TransformerEncoderLayer.options();
    o = o.dimFeedforward(a.integer("dim_feedforward", o.dimFeedforward()));
    o = a.setNumber(o, "dropout", TransformerEncoderLayer.Options::dropout);
    o = a.setNumber(o, "layer_norm_eps", TransformerEncoderLayer.Options::layerNormEps);
    if (a.has("activation")) {
      o = o.activation(activation(a.text("activation")));
    }
    o = a.setFlag(o, "norm_first", TransformerEncoderLayer.Options::normFirst);
    return new TransformerEncoderLayer(a.integer("d_model"), a.integer("nhead"), o);
  }

  private static UnaryOperator<Tensor> activation(String name) {
    return switch (name) {
      case "relu" -> Tensor::relu;
      case "gelu" -> Tensor::gelu;
      default -> throw new Mismatch("activation " + name + " is not known");
    };
  }
}
