// SPDX-License-Identifier: Apache-2.0

package gradus.examples.conformance;

import gradus.Parameter;
import gradus.optim.ASGD;
import gradus.optim.Adadelta;
import gradus.optim.Adagrad;
import gradus.optim.Adam;
import gradus.optim.AdamW;
import gradus.optim.Adamax;
import gradus.optim.LBFGS;
import gradus.optim.Lion;
import gradus.optim.NAdam;
import gradus.optim.Optimizer;
import gradus.optim.ParamGroup;
import gradus.optim.RAdam;
import gradus.optim.RMSprop;
import gradus.optim.Rprop;
import gradus.optim.SGD;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;

/// How each of PyTorch's optimizers is made, by its class's name.
final class OptimizerTable {
  private static final Map<String, Maker> MAKERS =
      Map.ofEntries(
          Map.entry("SGD", groups -> make(groups, OptimizerTable::sgd, SGD::new)),
          Map.entry("Adam", groups -> make(groups, OptimizerTable::adam, Adam::new)),
          Map.entry("AdamW", groups -> make(groups, OptimizerTable::adamW, AdamW::new)),
          Map.entry("Adagrad", groups -> make(groups, OptimizerTable::adagrad, Adagrad::new)),
          Map.entry("RMSprop", groups -> make(groups, OptimizerTable::rmsProp, RMSprop::new)),
          Map.entry("Adadelta", groups -> make(groups, OptimizerTable::adadelta, Adadelta::new)),
          Map.entry("Adamax", groups -> make(groups, OptimizerTable::adamax, Adamax::new)),
          Map.entry("NAdam", groups -> make(groups, OptimizerTable::nAdam, NAdam::new)),
          Map.entry("RAdam", groups -> make(groups, OptimizerTable::rAdam, RAdam::new)),
          Map.entry("Rprop", groups -> make(groups, OptimizerTable::rprop, Rprop::new)),
          Map.entry("ASGD", groups -> make(groups, OptimizerTable::asgd, ASGD::new)),
          Map.entry("Lion", groups -> make(groups, OptimizerTable::lion, Lion::new)),
          Map.entry("LBFGS", groups -> make(groups, OptimizerTable::lbfgs, LBFGS::new)));

  /// Arguments that say how PyTorch runs a step, and nothing about its result.
  private static final String[] IMPLEMENTATION = {
    "foreach", "capturable", "differentiable", "fused"
  };

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
    group.args().ignore(IMPLEMENTATION);
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
    o = setPair(a, o, "betas", (q, beta1, beta2) -> q.beta1(beta1).beta2(beta2));
    o = a.setNumber(o, "eps", Adam.Options::eps);
    o = a.setNumber(o, "weight_decay", Adam.Options::weightDecay);
    o = a.setFlag(o, "amsgrad", Adam.Options::amsgrad);
    return a.setFlag(o, "maximize", Adam.Options::maximize);
  }

  private static AdamW.Options adamW(Fields a) {
    var o = AdamW.options();
    o = a.setNumber(o, "lr", AdamW.Options::lr);
    o = setPair(a, o, "betas", (q, beta1, beta2) -> q.beta1(beta1).beta2(beta2));
    o = a.setNumber(o, "eps", AdamW.Options::eps);
    o = a.setNumber(o, "weight_decay", AdamW.Options::weightDecay);
    o = a.setFlag(o, "amsgrad", AdamW.Options::amsgrad);
    return a.setFlag(o, "maximize", AdamW.Options::maximize);
  }

  private static Adagrad.Options adagrad(Fields a) {
    var o = Adagrad.options();
    o = a.setNumber(o, "lr", Adagrad.Options::lr);
    o = a.setNumber(o, "lr_decay", Adagrad.Options::lrDecay);
    o = a.setNumber(o, "weight_decay", Adagrad.Options::weightDecay);
    o = a.setNumber(o, "initial_accumulator_value", Adagrad.Options::initialAccumulatorValue);
    o = a.setNumber(o, "eps", Adagrad.Options::eps);
    return a.setFlag(o, "maximize", Adagrad.Options::maximize);
  }

  private static RMSprop.Options rmsProp(Fields a) {
    var o = RMSprop.options();
    o = a.setNumber(o, "lr", RMSprop.Options::lr);
    o = a.setNumber(o, "alpha", RMSprop.Options::alpha);
    o = a.setNumber(o, "eps", RMSprop.Options::eps);
    o = a.setNumber(o, "weight_decay", RMSprop.Options::weightDecay);
    o = a.setNumber(o, "momentum", RMSprop.Options::momentum);
    o = a.setFlag(o, "centered", RMSprop.Options::centered);
    return a.setFlag(o, "maximize", RMSprop.Options::maximize);
  }

  private static Adadelta.Options adadelta(Fields a) {
    var o = Adadelta.options();
    o = a.setNumber(o, "lr", Adadelta.Options::lr);
    o = a.setNumber(o, "rho", Adadelta.Options::rho);
    o = a.setNumber(o, "eps", Adadelta.Options::eps);
    o = a.setNumber(o, "weight_decay", Adadelta.Options::weightDecay);
    return a.setFlag(o, "maximize", Adadelta.Options::maximize);
  }

  private static Adamax.Options adamax(Fields a) {
    var o = Adamax.options();
    o = a.setNumber(o, "lr", Adamax.Options::lr);
    o = setPair(a, o, "betas", (q, beta1, beta2) -> q.beta1(beta1).beta2(beta2));
    o = a.setNumber(o, "eps", Adamax.Options::eps);
    o = a.setNumber(o, "weight_decay", Adamax.Options::weightDecay);
    return a.setFlag(o, "maximize", Adamax.Options::maximize);
  }

  private static NAdam.Options nAdam(Fields a) {
    var o = NAdam.options();
    o = a.setNumber(o, "lr", NAdam.Options::lr);
    o = setPair(a, o, "betas", (q, beta1, beta2) -> q.beta1(beta1).beta2(beta2));
    o = a.setNumber(o, "eps", NAdam.Options::eps);
    o = a.setNumber(o, "weight_decay", NAdam.Options::weightDecay);
    o = a.setNumber(o, "momentum_decay", NAdam.Options::momentumDecay);
    o = a.setFlag(o, "decoupled_weight_decay", NAdam.Options::decoupledWeightDecay);
    return a.setFlag(o, "maximize", NAdam.Options::maximize);
  }

  private static RAdam.Options rAdam(Fields a) {
    var o = RAdam.options();
    o = a.setNumber(o, "lr", RAdam.Options::lr);
    o = setPair(a, o, "betas", (q, beta1, beta2) -> q.beta1(beta1).beta2(beta2));
    o = a.setNumber(o, "eps", RAdam.Options::eps);
    o = a.setNumber(o, "weight_decay", RAdam.Options::weightDecay);
    o = a.setFlag(o, "decoupled_weight_decay", RAdam.Options::decoupledWeightDecay);
    return a.setFlag(o, "maximize", RAdam.Options::maximize);
  }

  private static Rprop.Options rprop(Fields a) {
    var o = Rprop.options();
    o = a.setNumber(o, "lr", Rprop.Options::lr);
    o = setPair(a, o, "etas", (q, minus, plus) -> q.etaMinus(minus).etaPlus(plus));
    o = setPair(a, o, "step_sizes", (q, min, max) -> q.minStep(min).maxStep(max));
    return a.setFlag(o, "maximize", Rprop.Options::maximize);
  }

  private static ASGD.Options asgd(Fields a) {
    var o = ASGD.options();
    o = a.setNumber(o, "lr", ASGD.Options::lr);
    o = a.setNumber(o, "lambd", ASGD.Options::lambda);
    o = a.setNumber(o, "alpha", ASGD.Options::alpha);
    o = a.setNumber(o, "t0", ASGD.Options::t0);
    o = a.setNumber(o, "weight_decay", ASGD.Options::weightDecay);
    return a.setFlag(o, "maximize", ASGD.Options::maximize);
  }

  private static Lion.Options lion(Fields a) {
    var o = Lion.options();
    o = a.setNumber(o, "lr", Lion.Options::lr);
    o = setPair(a, o, "betas", (q, beta1, beta2) -> q.beta1(beta1).beta2(beta2));
    o = a.setNumber(o, "weight_decay", Lion.Options::weightDecay);
    return a.setFlag(o, "maximize", Lion.Options::maximize);
  }

  private static LBFGS.Options lbfgs(Fields a) {
    var o = LBFGS.options();
    o = a.setNumber(o, "lr", LBFGS.Options::lr);
    o = o.maxIter(a.integer("max_iter", o.maxIter()));
    if (a.has("max_eval") && !a.isNull("max_eval")) {
      o = o.maxEval(a.integer("max_eval"));
    }
    o = a.setNumber(o, "tolerance_grad", LBFGS.Options::toleranceGrad);
    o = a.setNumber(o, "tolerance_change", LBFGS.Options::toleranceChange);
    o = o.historySize(a.integer("history_size", o.historySize()));
    if (a.has("line_search_fn") && !a.isNull("line_search_fn")) {
      String name = a.text("line_search_fn").toUpperCase(Locale.ROOT);
      o = o.lineSearch(LBFGS.LineSearch.valueOf(name));
    }
    return o;
  }

  /// Options with two numbers that PyTorch keeps in one tuple.
  private interface PairWither<O> {
    O with(O options, double first, double second);
  }

  private static <O> O setPair(Fields args, O options, String key, PairWither<O> wither) {
    if (!args.has(key)) {
      return options;
    }
    double[] pair = args.numbers(key);
    return wither.with(options, pair[0], pair[1]);
  }
}
