// SPDX-License-Identifier: Apache-2.0

package gradus.examples.conformance;

import gradus.Shape;
import gradus.nn.BatchNorm;
import gradus.nn.BatchNorm1d;
import gradus.nn.BatchNorm2d;
import gradus.nn.BatchNorm3d;
import gradus.nn.GroupNorm;
import gradus.nn.InstanceNorm;
import gradus.nn.InstanceNorm1d;
import gradus.nn.InstanceNorm2d;
import gradus.nn.InstanceNorm3d;
import gradus.nn.LayerNorm;
import gradus.nn.LocalResponseNorm;
import gradus.nn.Module;
import gradus.nn.RMSNorm;
import java.util.Map;
import java.util.function.Function;

/// How PyTorch's layers that normalise are made.
final class NormModules {
  private NormModules() {}

  static void addTo(Map<String, Function<Fields, Module>> makers) {
    makers.put("BatchNorm1d", a -> new BatchNorm1d(a.integer("num_features"), batchNorm(a)));
    makers.put("BatchNorm3d", a -> new BatchNorm3d(a.integer("num_features"), batchNorm(a)));
    makers.put("BatchNorm2d", a -> new BatchNorm2d(a.integer("num_features"), batchNorm(a)));
    makers.put(
        "InstanceNorm1d", a -> new InstanceNorm1d(a.integer("num_features"), instanceNorm(a)));
    makers.put(
        "InstanceNorm2d", a -> new InstanceNorm2d(a.integer("num_features"), instanceNorm(a)));
    makers.put(
        "InstanceNorm3d", a -> new InstanceNorm3d(a.integer("num_features"), instanceNorm(a)));
    makers.put(
        "LocalResponseNorm",
        a -> new LocalResponseNorm(a.integer("size"), NormTable.localResponse(a)));
    makers.put("LayerNorm", NormModules::layerNorm);
    makers.put("RMSNorm", NormModules::rmsNorm);
    makers.put("GroupNorm", NormModules::groupNorm);
  }

  /// Returns the options of a batch normalisation; a momentum of null is the cumulative average.
  static BatchNorm.Options batchNorm(Fields a) {
    var o = BatchNorm.options();
    o = a.setNumber(o, "eps", BatchNorm.Options::eps);
    if (a.has("momentum")) {
      o = o.momentum(a.isNull("momentum") ? null : a.number("momentum"));
    }
    o = a.setFlag(o, "affine", BatchNorm.Options::affine);
    return a.setFlag(o, "track_running_stats", BatchNorm.Options::trackRunningStats);
  }

  private static InstanceNorm.Options instanceNorm(Fields a) {
    var o = InstanceNorm.options();
    o = a.setNumber(o, "eps", InstanceNorm.Options::eps);
    o = a.setNumber(o, "momentum", InstanceNorm.Options::momentum);
    o = a.setFlag(o, "affine", InstanceNorm.Options::affine);
    return a.setFlag(o, "track_running_stats", InstanceNorm.Options::trackRunningStats);
  }

  private static LayerNorm layerNorm(Fields a) {
    var o = LayerNorm.options();
    o = a.setNumber(o, "eps", LayerNorm.Options::eps);
    o = a.setFlag(o, "elementwise_affine", LayerNorm.Options::elementwiseAffine);
    o = a.setFlag(o, "bias", LayerNorm.Options::bias);
    return new LayerNorm(Shape.of(a.integers("normalized_shape")), o);
  }

  private static RMSNorm rmsNorm(Fields a) {
    var o = RMSNorm.options();
    if (a.has("eps") && !a.isNull("eps")) {
      o = o.eps(a.number("eps"));
    }
    o = a.setFlag(o, "elementwise_affine", RMSNorm.Options::elementwiseAffine);
    return new RMSNorm(Shape.of(a.integers("normalized_shape")), o);
  }

  private static GroupNorm groupNorm(Fields a) {
    var o = GroupNorm.options();
    o = a.setNumber(o, "eps", GroupNorm.Options::eps);
    o = a.setFlag(o, "affine", GroupNorm.Options::affine);
    return new GroupNorm(a.integer("num_groups"), a.integer("num_channels"), o);
  }
}
