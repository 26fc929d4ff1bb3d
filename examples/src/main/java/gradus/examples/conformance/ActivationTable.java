// SPDX-License-Identifier: Apache-2.0

package gradus.examples.conformance;

import gradus.Approximate;
import gradus.Tensor;
import gradus.nn.F;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/// The activations of family 01.
final class ActivationTable {
  private ActivationTable() {}

  static void addTo(OpTable t) {
    t.one("torch.relu", c -> F.relu(c.input()));
    plain(t, "relu", F::relu);
    t.one("torch.sigmoid", c -> F.sigmoid(c.input()));
    t.one("torch.tanh", c -> F.tanh(c.input()));
    t.one("torch.nn.functional.prelu", c -> F.prelu(c.input(), c.tensor("weight")));
    t.one("torch.nn.functional.gelu", ActivationTable::gelu);
    t.one("torch.nn.functional.softplus", ActivationTable::softplus);
    t.one("torch.nn.functional.hardtanh", ActivationTable::hardtanh);
    t.one("torch.nn.functional.threshold", ActivationTable::threshold);
    scaled(t, "leaky_relu", "negative_slope", F::leakyRelu, F::leakyRelu);
    scaled(t, "elu", "alpha", F::elu, F::elu);
    scaled(t, "celu", "alpha", F::celu, F::celu);
    scaled(t, "hardshrink", "lambd", F::hardshrink, F::hardshrink);
    scaled(t, "softshrink", "lambd", F::softshrink, F::softshrink);
    plain(t, "selu", F::selu);
    plain(t, "silu", F::silu);
    plain(t, "mish", F::mish);
    plain(t, "logsigmoid", F::logsigmoid);
    plain(t, "softsign", F::softsign);
    plain(t, "tanhshrink", F::tanhshrink);
    plain(t, "relu6", F::relu6);
    plain(t, "hardsigmoid", F::hardsigmoid);
    plain(t, "hardswish", F::hardswish);
  }

  private static void plain(OpTable t, String name, UnaryOperator<Tensor> function) {
    t.one("torch.nn.functional." + name, c -> function.apply(c.input()));
  }

  /// Adds a function of one number, which has a default.
  private static void scaled(
      OpTable t,
      String name,
      String argument,
      UnaryOperator<Tensor> byDefault,
      BiFunction<Tensor, Double, Tensor> function) {
    t.one(
        "torch.nn.functional." + name,
        c ->
            c.args().has(argument)
                ? function.apply(c.input(), c.args().number(argument))
                : byDefault.apply(c.input()));
  }

  private static Tensor gelu(Call c) {
    String approximate = c.args().text("approximate", "none").toUpperCase(Locale.ROOT);
    return F.gelu(c.input(), Approximate.valueOf(approximate));
  }

  private static Tensor softplus(Call c) {
    return F.softplus(c.input(), c.args().number("beta", 1), c.args().number("threshold", 20));
  }

  private static Tensor hardtanh(Call c) {
    return F.hardtanh(c.input(), c.args().number("min_val", -1), c.args().number("max_val", 1));
  }

  private static Tensor threshold(Call c) {
    return F.threshold(c.input(), c.args().number("threshold"), c.args().number("value"));
  }
}
