// SPDX-License-Identifier: Apache-2.0

package gradus.examples.conformance;

import gradus.Tensor;
import gradus.nn.Embedding;
import gradus.nn.EmbeddingBag;
import gradus.nn.F;
import gradus.nn.Module;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/// Tables of vectors: functions of families 04 and 06, modules of families 09 and 12.
final class EmbeddingTable {
  private EmbeddingTable() {}

  static void addTo(OpTable t) {
    t.one("torch.nn.functional.embedding", EmbeddingTable::embedding);
    t.one("torch.nn.functional.embedding_bag", EmbeddingTable::embeddingBag);
  }

  static void addTo(Map<String, Function<Fields, Module>> makers) {
    makers.put(
        "Embedding",
        a -> new Embedding(a.integer("num_embeddings"), a.integer("embedding_dim"), options(a)));
    makers.put(
        "EmbeddingBag",
        a ->
            new EmbeddingBag(
                a.integer("num_embeddings"), a.integer("embedding_dim"), bagOptions(a)));
    makers.put("Embedding.from_pretrained", EmbeddingTable::pretrained);
  }

  /// Returns a frozen table, or one that is trained: the recorded one, of which only the shape
  /// shows, is 3 × 2.
  private static Embedding pretrained(Fields a) {
    var layer = Embedding.fromPretrained(Tensor.zeros(3, 2), options(a));
    layer.requiresGrad(!a.flag("freeze", true));
    return layer;
  }

  private static Embedding.Options options(Fields a) {
    var o = Embedding.options();
    if (a.given("padding_idx")) {
      o = o.paddingIdx(a.integer("padding_idx"));
    }
    if (a.given("max_norm")) {
      o = o.maxNorm(a.number("max_norm"));
    }
    o = a.setFlag(o, "scale_grad_by_freq", Embedding.Options::scaleGradByFreq);
    return a.setNumber(o, "norm_type", Embedding.Options::normType);
  }

  private static EmbeddingBag.Options bagOptions(Fields a) {
    var o = EmbeddingBag.options();
    if (a.has("mode")) {
      o = o.mode(EmbeddingBag.Mode.valueOf(a.text("mode").toUpperCase(Locale.ROOT)));
    }
    if (a.given("padding_idx")) {
      o = o.paddingIdx(a.integer("padding_idx"));
    }
    if (a.given("max_norm")) {
      o = o.maxNorm(a.number("max_norm"));
    }
    o = a.setNumber(o, "norm_type", EmbeddingBag.Options::normType);
    o = a.setFlag(o, "scale_grad_by_freq", EmbeddingBag.Options::scaleGradByFreq);
    return a.setFlag(o, "include_last_offset", EmbeddingBag.Options::includeLastOffset);
  }

  private static Tensor embedding(Call c) {
    c.args().ignore("sparse");
    Embedding.Options o = options(c.args());
    return F.embedding(c.input(), limited(c, o), o.maxNorm(null));
  }

  private static Tensor embeddingBag(Call c) {
    c.args().ignore("sparse");
    EmbeddingBag.Options o = bagOptions(c.args());
    var norms = Embedding.options().maxNorm(o.maxNorm()).normType(o.normType());
    return F.embeddingBag(
        c.input(),
        limited(c, norms),
        c.optional("offsets"),
        c.optional("per_sample_weights"),
        o.maxNorm(null));
  }

  /// Returns the weight with the norms that PyTorch's function changes it to before it looks rows
  /// up; here, layers do. Gradients are not changed by it.
  private static Tensor limited(Call c, Embedding.Options o) {
    Tensor weight = c.tensor("weight");
    if (o.maxNorm() == null) {
      return weight;
    }
    var layer = Embedding.fromPretrained(weight.detach(), o);
    layer.apply(c.input());
    return weight.add(layer.weight().sub(weight).detach());
  }
}
