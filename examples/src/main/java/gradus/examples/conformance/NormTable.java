// SPDX-License-Identifier: Apache-2.0

package gradus.examples.conformance;

import gradus.DType;
import gradus.Shape;
import gradus.Tensor;
import gradus.nn.BatchNorm;
import gradus.nn.BatchNorm1d;
import gradus.nn.BatchNorm2d;
import gradus.nn.F;
import gradus.nn.LocalResponseNorm;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The normalisations of family 06.
final class NormTable {
  private static final double EPS = 1e-5;

  private NormTable() {}

  static void addTo(OpTable t) {
    t.several("golden.batch_norm", NormTable::batchNorm);
    t.several("golden.batch_norm_sequence", NormTable::batchNormSequence);
    t.one("torch.nn.functional.layer_norm", NormTable::layerNorm);
    t.one("torch.nn.functional.group_norm", NormTable::groupNorm);
    t.one("golden.instance_norm", NormTable::instanceNorm);
    t.one("torch.nn.functional.local_response_norm", NormTable::localResponseNorm);
    t.one("torch.nn.functional.normalize", NormTable::normalize);
  }

  private static Tensor layerNorm(Call c) {
    return F.layerNorm(
        c.input(),
        Shape.of(c.args().integers("normalized_shape")),
        c.optional("weight"),
        c.optional("bias"),
        c.args().number("eps", EPS));
  }

  private static Tensor groupNorm(Call c) {
    return F.groupNorm(
        c.input(),
        c.args().integer("num_groups"),
        c.optional("weight"),
        c.optional("bias"),
        c.args().number("eps", EPS));
  }

  private static Tensor instanceNorm(Call c) {
    return F.instanceNorm(
        c.input(), c.optional("weight"), c.optional("bias"), c.args().number("eps", EPS));
  }

  private static Tensor localResponseNorm(Call c) {
    return F.localResponseNorm(c.input(), c.args().integer("size"), localResponse(c.args()));
  }

  static LocalResponseNorm.Options localResponse(Fields a) {
    var o = LocalResponseNorm.options();
    o = a.setNumber(o, "alpha", LocalResponseNorm.Options::alpha);
    o = a.setNumber(o, "beta", LocalResponseNorm.Options::beta);
    return a.setNumber(o, "k", LocalResponseNorm.Options::k);
  }

  private static Tensor normalize(Call c) {
    Fields args = c.args();
    return F.normalize(
        c.input(), args.number("p", 2), args.integer("dim", 1), args.number("eps", 1e-12));
  }

  /// Returns the normalised input, and a layer's running statistics afterwards.
  private static List<Tensor> batchNorm(Call c) {
    Tensor x = c.input();
    BatchNorm.Options options = NormModules.batchNorm(c.args()).affine(false);
    boolean images = x.dim() == 4;
    var layer = batchNormLayer(images, x.size(1), x.dtype(), options);
    layer.loadStateDict(
        Map.of(
            "running_mean", c.tensor("running_mean"),
            "running_var", c.tensor("running_var"),
            "num_batches_tracked", Tensor.scalar(0L)));
    Tensor y;
    if (c.args().flag("training")) {
      y = train(layer, c, x, options);
    } else {
      layer.eval();
      layer.apply(x.detach());
      y = evaluate(layer, c, x, options);
    }
    return withStatistics(List.of(y), layer);
  }

  /// Returns what a new layer makes of each batch in training and of the last one in evaluation,
  /// and its running statistics.
  private static List<Tensor> batchNormSequence(Call c) {
    BatchNorm.Options options = NormModules.batchNorm(c.args()).affine(false);
    boolean images = c.args().integer("dims") == 2;
    Tensor last = c.tensor("eval_batch");
    var layer = batchNormLayer(images, c.args().integer("num_features"), last.dtype(), options);
    List<Tensor> outputs = new ArrayList<>();
    for (Tensor batch : c.list("batch")) {
      outputs.add(train(layer, c, batch, options));
    }
    outputs.add(evaluate(layer, c, last, options));
    return withStatistics(outputs, layer);
  }

  private static BatchNorm batchNormLayer(
      boolean images, int features, DType dtype, BatchNorm.Options options) {
    BatchNorm layer =
        images ? new BatchNorm2d(features, options) : new BatchNorm1d(features, options);
    layer.to(dtype);
    return layer;
  }

  /// Moves the running statistics of `layer`; the result is the function's, with the weight and
  /// bias of the call, whose gradients are wanted.
  private static Tensor train(BatchNorm layer, Call c, Tensor x, BatchNorm.Options options) {
    layer.apply(x.detach());
    return x.batchNorm(c.optional("weight"), c.optional("bias"), options.eps()).output();
  }

  private static Tensor evaluate(BatchNorm layer, Call c, Tensor x, BatchNorm.Options options) {
    Map<String, Tensor> state = layer.stateDict();
    return F.batchNorm(
        x,
        Named.get("buffer", state, "running_mean"),
        Named.get("buffer", state, "running_var"),
        c.optional("weight"),
        c.optional("bias"),
        options.eps());
  }

  private static List<Tensor> withStatistics(List<Tensor> outputs, BatchNorm layer) {
    Map<String, Tensor> state = layer.stateDict();
    List<Tensor> all = new ArrayList<>(outputs);
    all.add(Named.get("buffer", state, "running_mean"));
    all.add(Named.get("buffer", state, "running_var"));
    return all;
  }
}
