// SPDX-License-Identifier: Apache-2.0

package gradus.examples.conformance;

import gradus.Parameter;
import gradus.optim.Adam;
import gradus.optim.AdamW;
import gradus.optim.Optimizer;
import gradus.optim.ParamGroup;
import gradus.optim.SGD;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;

/// How each of PyTorch's optimizers is made, by its class's name.
final class OptimizerTable {
  private static final Map<String, Maker> MAKERS =
      Map.of(
          "SGD", groups -> make(groups, OptimizerTable::sgd, SGD::new),
          "Adam", groups -> make(groups, OptimizerTable::adam, Adam::new),
          "AdamW", groups -> make(groups, OptimizerTable::adamW, AdamW::new));

  private OptimizerTable() {}

  private interface Maker {
    Optimizer<?> make(List<Group> groups);
  }

  /// Parameters and their options.
  record Group(List<Parameter> params, Fields args) {}

  /// Returns an optimizer of these groups.
  ///
  /// @throws Unsupported if Gradus lacks it
  static Optimizer<?> make(String name, List<Group> groups) {
    Maker maker = MAKERS.get(name);
    if (maker == null) {
      throw new Unsupported(List.of(name));
    }
    return maker.make(groups);
  }

  private static <O extends Optimizer.Options<O>, T extends Optimizer<O>> T make(
      List<Group> groups,
      Function<Fields, O> options,
      BiFunction<Collection<Parameter>, O, T> constructor) {
    Group first = groups.getFirst();
    T optimizer = constructor.apply(first.params(), read(options, first));
    for (Group group : groups.subList(1, groups.size())) {
      optimizer.addParamGroup(ParamGroup.of(group.params(), read(options, group)));
    }
    return optimizer;
  }

  private static <O> O read(Function<Fields, O> options, Group group) {
    O read = options.apply(group.args());
    group.args().end();
    return read;
  }

  private static SGD.Options sgd(Fields a) {
    var o = SGD.options();
    o = a.setNumber(o, "lr", SGD.Options::lr);
    o = a.setNumber(o, "momentum", SGD.Options::momentum);
    o = a.setNumber(o, "dampening", SGD.Options::dampening);
    o = a.setNumber(o, "weight_decay", SGD.Options::weightDecay);
    o = a.setFlag(o, "nesterov", SGD.Options::nesterov);
    return a.setFlag(o, "maximize", SGD.Options::maximize);
  }

  private static Adam.Options adam(Fields a) {
    var o = Adam.options();
    o = a.setNumber(o, "lr", Adam.Options::lr);
    if (a.has("betas")) {
      double[] betas = a.numbers("betas");
      o = o.beta1(betas[0]).beta2(betas[1]);
    }
    o = a.setNumber(o, "eps", Adam.Options::eps);
    o = a.setNumber(o, "weight_decay", Adam.Options::weightDecay);
    o = a.setFlag(o, "amsgrad", Adam.Options::amsgrad);
    return a.setFlag(o, "maximize", Adam.Options::maximize);
  }

  private static AdamW.Options adamW(Fields a) {
    var o = AdamW.options();
    o = a.setNumber(o, "lr", AdamW.Options::lr);
    if (a.has("betas")) {
      double[] betas = a.numbers("betas");
      o = o.beta1(betas[0]).beta2(betas[1]);
    }
    o = a.setNumber(o, "eps", AdamW.Options::eps);
    o = a.setNumber(o, "weight_decay", AdamW.Options::weightDecay);
    o = a.setFlag(o, "amsgrad", AdamW.Options::amsgrad);
    return a.setFlag(o, "maximize", AdamW.Options::maximize);
  }
}
