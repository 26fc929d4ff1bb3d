// SPDX-License-Identifier: Apache-2.0

package gradus.examples.conformance;

import gradus.Tensor;
import gradus.nn.AttentionOptions;
import gradus.nn.F;
import gradus.nn.MultiheadAttention;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/// The attention of family 06.
final class AttentionTable {
  private AttentionTable() {}

  static void addTo(OpTable t) {
    t.one("golden.scaled_dot_product_attention", AttentionTable::scaledDotProduct);
    t.several("golden.multi_head_attention", AttentionTable::multiHead);
  }

  private static Tensor scaledDotProduct(Call c) {
    var options = AttentionOptions.options().attnMask(c.optional("attn_mask"));
    options = c.args().setFlag(options, "is_causal", AttentionOptions::isCausal);
    options = c.args().setNumber(options, "dropout_p", AttentionOptions::dropoutP);
    if (c.args().has("scale") && !c.args().isNull("scale")) {
      options = options.scale(c.args().number("scale"));
    }
    return F.scaledDotProductAttention(
        c.tensor("query"), c.tensor("key"), c.tensor("value"), options);
  }

  private static List<Tensor> multiHead(Call c) {
    var projections =
        new MultiheadAttention.Projections(
            c.tensor("in_proj_weight"),
            c.optional("in_proj_bias"),
            c.tensor("out_proj_weight"),
            c.optional("out_proj_bias"));
    var options =
        MultiheadAttention.forwardOptions()
            .attnMask(c.optional("attn_mask"))
            .keyPaddingMask(c.optional("key_padding_mask"));
    var result =
        F.multiHeadAttention(
            c.tensor("query"),
            c.tensor("key"),
            c.tensor("value"),
            c.args().integer("num_heads"),
            projections,
            options);
    return Stream.of(result.output(), result.weights()).filter(Objects::nonNull).toList();
  }
}
