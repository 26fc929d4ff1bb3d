// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.DType;
import gradus.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is behind [F#scaledDotProductAttention] and [F#multiHeadAttention], out of tensor ops.
final class Attention {
  private Attention() {}

  static Tensor scaledDotProduct(Tensor query, Tensor key, Tensor value, AttentionOptions options) {
    String op = "scaledDotProductAttention";
    Check.floating(op, "query", query);
    Check.sameType(op, "query", query, "key", key);
    Check.sameType(op, "query", query, "value", value);
    if (Math.min(query.dim(), Math.min(key.dim(), value.dim())) < 2
        || query.size(-1) != key.size(-1)
        || key.size(-2) != value.size(-2)) {
      throw new IllegalArgumentException(
          "%s: the query %s, key %s and value %s are not […, L, E], […, S, E] and […, S, V]"
              .formatted(op, query.shape(), key.shape(), value.shape()));
    }
    Double scale = options.scale();
    Tensor scores = scores(query, key, scale == null ? 1 / Math.sqrt(query.size(-1)) : scale);
    if (options.isCausal()) {
      scores = blocked(scores, later(query.size(-2), key.size(-2)));
    }
    Tensor mask = options.attnMask();
    if (mask != null) {
      Tensor masked =
          mask.dtype() == DType.BOOL
              ? blocked(scores, mask.logicalNot())
              : scores.add(added(op, "attnMask", mask, scores));
      scores = sameShape(op, "attnMask", mask, scores, masked);
    }
    return F.dropout(scores.softmax(-1), options.dropoutP()).matmul(value);
  }

  private static Tensor scores(Tensor query, Tensor key, double scale) {
    return query.mul(scale).matmul(key.transpose(-1, -2));
  }

  /// Returns `[L, S]`, true where the key comes after the query.
  private static Tensor later(int queries, int keys) {
    return Tensor.arange(queries).unsqueeze(1).lt(Tensor.arange(keys));
  }

  private static Tensor blocked(Tensor scores, Tensor where) {
    return Tensor.where(where, Tensor.full(scores.dtype(), Double.NEGATIVE_INFINITY), scores);
  }

  private static Tensor added(String op, String name, Tensor mask, Tensor scores) {
    Check.sameType(op, "query", scores, name, mask);
    return mask;
  }

  private static Tensor sameShape(
      String op, String name, Tensor mask, Tensor scores, Tensor masked) {
    if (!masked.shape().equals(scores.shape())) {
      throw new IllegalArgumentException(
          "%s: the %s %s does not broadcast to the scores %s"
              .formatted(op, name, mask.shape(), scores.shape()));
    }
    return masked;
  }

  static MultiheadAttention.Output multiHead(
      Tensor query,
      Tensor key,
      Tensor value,
      int numHeads,
      MultiheadAttention.Projections projections,
      MultiheadAttention.ForwardOptions options,
      double dropoutP) {
    checkMultiHead(query, key, value, numHeads, projections);
    if (query.dim() == 2) {
      return multiHead(
              query.unsqueeze(0),
              key.unsqueeze(0),
              value.unsqueeze(0),
              numHeads,
              projections,
              options.unbatched(),
              dropoutP)
          .unbatched();
    }
    List<Tensor> projected = project(query, key, value, projections);
    Tensor q = heads(projected.get(0), numHeads);
    Tensor k = heads(extended(projected.get(1), projections.biasK(), projections), numHeads);
    Tensor v = heads(extended(projected.get(2), projections.biasV(), projections), numHeads);
    Tensor scores = masked(scores(q, k, 1 / Math.sqrt(q.size(-1))), key.size(1), options);
    Tensor weights = F.dropout(scores.softmax(-1), dropoutP);
    Tensor joined = weights.matmul(v).transpose(1, 2).reshape(query.shape());
    Tensor output = F.linear(joined, projections.outWeight(), projections.outBias());
    return new MultiheadAttention.Output(output, shown(weights, options));
  }

  private static @Nullable Tensor shown(Tensor weights, MultiheadAttention.ForwardOptions options) {
    if (!options.needWeights()) {
      return null;
    }
    return options.averageAttnWeights() ? weights.mean(1) : weights;
  }

  /// Returns keys or values `[N, S, E]` with a learned one and zeros behind them, if they are
  /// wanted.
  private static Tensor extended(
      Tensor x, @Nullable Tensor further, MultiheadAttention.Projections projections) {
    List<Tensor> all = new ArrayList<>();
    all.add(x);
    if (further != null) {
      all.add(further.expand(x.size(0), 1, x.size(2)));
    }
    if (projections.addZeroAttn()) {
      all.add(Tensor.zeros(x.dtype(), x.size(0), 1, x.size(2)));
    }
    return all.size() == 1 ? x : Tensor.cat(all, 1);
  }

  /// Returns query, key and value times their weights: one product where all three are the same
  /// tensor and the weights one matrix.
  private static List<Tensor> project(
      Tensor query, Tensor key, Tensor value, MultiheadAttention.Projections projections) {
    int size = query.size(-1);
    List<Tensor> weights = projections.inWeights();
    Tensor bias = projections.inBias();
    if (weights.size() == 3) {
      List<Tensor> inputs = List.of(query, key, value);
      List<Tensor> projected = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        Tensor own = bias == null ? null : bias.narrow(0, i * size, size);
        projected.add(F.linear(inputs.get(i), weights.get(i), own));
      }
      return projected;
    }
    Tensor weight = weights.getFirst();
    if (query == key && key == value) {
      Tensor all = F.linear(query, weight, bias);
      return List.of(
          all.narrow(-1, 0, size), all.narrow(-1, size, size), all.narrow(-1, 2 * size, size));
    }
    return List.of(
        third(query, weight, bias, 0),
        third(key, weight, bias, size),
        third(value, weight, bias, 2 * size));
  }

  private static Tensor third(Tensor x, Tensor weight, @Nullable Tensor bias, int from) {
    int size = x.size(-1);
    return F.linear(
        x, weight.narrow(0, from, size), bias == null ? null : bias.narrow(0, from, size));
  }

  /// Returns `[N, L, E]` as `[N, heads, L, E / heads]`.
  private static Tensor heads(Tensor x, int heads) {
    return x.reshape(x.size(0), x.size(1), heads, x.size(2) / heads).transpose(1, 2);
  }

  /// Returns the scores `[N, heads, L, S]` with what the masks say of the first `keys` keys. All
  /// queries may attend to further ones.
  private static Tensor masked(Tensor all, int keys, MultiheadAttention.ForwardOptions options) {
    int further = all.size(-1) - keys;
    if (further == 0) {
      return ofInput(all, options);
    }
    Tensor masked = ofInput(all.narrow(-1, 0, keys), options);
    return Tensor.cat(List.of(masked, all.narrow(-1, keys, further)), -1);
  }

  private static Tensor ofInput(Tensor scores, MultiheadAttention.ForwardOptions options) {
    String op = "multiHeadAttention";
    int batch = scores.size(0);
    int heads = scores.size(1);
    int queries = scores.size(2);
    int keys = scores.size(3);
    Tensor masked = options.isCausal() ? blocked(scores, later(queries, keys)) : scores;
    Tensor mask = options.attnMask();
    if (mask != null) {
      boolean perHead = mask.dim() == 3 && mask.size(0) == batch * heads;
      Tensor each = perHead ? mask.reshape(batch, heads, mask.size(1), mask.size(2)) : mask;
      if ((!perHead && mask.dim() != 2) || each.size(-2) != queries || each.size(-1) != keys) {
        throw new IllegalArgumentException(
            "%s: the attnMask is %s; it needs %s or %s"
                .formatted(
                    op,
                    mask.shape(),
                    List.of(queries, keys),
                    List.of(batch * heads, queries, keys)));
      }
      masked = masked(op, "attnMask", masked, each);
    }
    Tensor padding = options.keyPaddingMask();
    if (padding != null) {
      if (padding.dim() != 2 || padding.size(0) != batch || padding.size(1) != keys) {
        throw new IllegalArgumentException(
            "%s: the keyPaddingMask is %s; it needs %s"
                .formatted(op, padding.shape(), List.of(batch, keys)));
      }
      masked = masked(op, "keyPaddingMask", masked, padding.unsqueeze(1).unsqueeze(1));
    }
    return masked;
  }

  private static Tensor masked(String op, String name, Tensor scores, Tensor mask) {
    return mask.dtype() == DType.BOOL
        ? blocked(scores, mask)
        : scores.add(added(op, name, mask, scores));
  }

  private static void checkMultiHead(
      Tensor query,
      Tensor key,
      Tensor value,
      int numHeads,
      MultiheadAttention.Projections projections) {
    String op = "multiHeadAttention";
    Check.positive(op + ": numHeads", numHeads);
    int dims = query.dim();
    int size = projections.outWeight().size(0);
    boolean fits =
        (dims == 2 || dims == 3)
            && key.dim() == dims
            && query.size(-1) == size
            && value.dim() == dims
            && key.size(-1) == projections.size(1)
            && value.size(-1) == projections.size(2)
            && key.size(-2) == value.size(-2)
            && (dims == 2 || value.size(0) == key.size(0))
            && (dims == 2 || key.size(0) == query.size(0));
    if (!fits) {
      throw new IllegalArgumentException(
          ("%s: the query %s, key %s and value %s are not [N, L, %s], [N, S, %s] and [N, S, %s],"
                  + " or without N")
              .formatted(
                  op,
                  query.shape(),
                  key.shape(),
                  value.shape(),
                  size,
                  projections.size(1),
                  projections.size(2)));
    }
    if (size % numHeads != 0) {
      throw new IllegalArgumentException(
          "%s: an embedding of %s does not divide into %s heads".formatted(op, size, numHeads));
    }
  }
}
