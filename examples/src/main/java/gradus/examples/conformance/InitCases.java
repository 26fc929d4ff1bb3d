// SPDX-License-Identifier: Apache-2.0

package gradus.examples.conformance;

import gradus.DType;
import gradus.Generator;
import gradus.Parameter;
import gradus.Tensor;
import gradus.nn.Init;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/// The schemes by which parameters start: family 09.
final class InitCases {
  private static final long SEED = 9;

  private static final Map<String, Function<Fields, Init.Scheme>> SCHEMES =
      Map.of(
          "xavier_uniform_", a -> a.setNumber(Init.xavierUniform(), "gain", Init.Xavier::gain),
          "xavier_normal_", a -> a.setNumber(Init.xavierNormal(), "gain", Init.Xavier::gain),
          "kaiming_uniform_", a -> kaiming(a, Init.kaimingUniform()),
          "kaiming_normal_", a -> kaiming(a, Init.kaimingNormal()),
          "uniform_", a -> Init.uniform(a.number("a", 0), a.number("b", 1)),
          "normal_", a -> Init.normal(a.number("mean", 0), a.number("std", 1)),
          "constant_", a -> Init.constant(a.number("val")),
          "eye_", _ -> Init.eye(),
          "dirac_", a -> Init.dirac(a.integer("groups", 1)),
          "orthogonal_", a -> a.setNumber(Init.orthogonal(), "gain", Init.Orthogonal::gain));

  private InitCases() {}

  private static Init.Kaiming kaiming(Fields a, Init.Kaiming absent) {
    Init.Kaiming scheme = a.setNumber(absent, "a", Init.Kaiming::a);
    if (a.has("mode")) {
      scheme = scheme.mode(Init.FanMode.valueOf(a.text("mode").toUpperCase(Locale.ROOT)));
    }
    return a.has("nonlinearity")
        ? scheme.nonlinearity(nonlinearity(a.text("nonlinearity")))
        : scheme;
  }

  private static Init.Nonlinearity nonlinearity(String name) {
    return name.startsWith("conv")
        ? Init.Nonlinearity.LINEAR
        : Init.Nonlinearity.valueOf(name.toUpperCase(Locale.ROOT));
  }

  /// Checks `calculate_gain`.
  static void gain(Case c, Precision precision) {
    Fields fields = c.fields();
    Fields args = fields.object("args");
    Init.Nonlinearity nonlinearity = nonlinearity(args.text("nonlinearity"));
    double gain =
        args.given("param")
            ? Init.calculateGain(nonlinearity, args.number("param"))
            : Init.calculateGain(nonlinearity);
    args.end();
    Precision.FLOAT64.ops().check("value", gain, fields.number("value"));
    fields.end();
  }

  /// Checks a scheme: what it draws is what the same generator draws from the recorded
  /// distribution.
  static void scheme(Case c, Precision precision) {
    Function<Fields, Init.Scheme> maker = SCHEMES.get(c.op());
    if (maker == null) {
      throw new Unsupported(List.of(c.op()));
    }
    Fields fields = c.fields();
    Fields args = fields.object("args");
    Init.Scheme scheme = maker.apply(args);
    args.end();
    int[] shape = fields.integers("shape");
    var parameter = new Parameter(Tensor.zeros(precision.dtype(), shape));
    scheme.fill(parameter, new Generator(SEED));
    if (fields.has("output")) {
      fields.tensor("output").check("output", parameter, precision, precision.ops());
    } else if (scheme instanceof Init.Orthogonal orthogonal) {
      property(fields.text("property"), orthogonal.gain(), parameter, precision);
    } else {
      if (fields.has("fan_in")) {
        Init.Fans fans = Init.fans(parameter);
        Tolerance.EXACT.check("fan_in", fans.in(), fields.integer("fan_in"));
        Tolerance.EXACT.check("fan_out", fans.out(), fields.integer("fan_out"));
      }
      Tensor drawn = draw(fields, shape, new Generator(SEED));
      // Draws are float32 whatever the parameter is.
      GoldenTensor.of(drawn).check("drawn", parameter, precision.dtype(), Precision.FLOAT32.ops());
    }
    fields.end();
  }

  /// Checks what can be said of an orthogonal matrix: a product of it with itself.
  private static void property(String name, double gain, Tensor w, Precision precision) {
    Tensor product =
        switch (name) {
          case "W W^T = gain^2 I" -> w.matmul(w.t());
          case "W^T W = gain^2 I" -> w.t().matmul(w);
          default -> throw new Mismatch(name + " is no known property");
        };
    Tensor expected = Tensor.eye(product.size(0)).to(DType.FLOAT64).mul(gain * gain);
    GoldenTensor.of(expected).check(name, product, precision, precision.ops());
  }

  private static Tensor draw(Fields fields, int[] shape, Generator generator) {
    return switch (fields.text("distribution")) {
      case "uniform" -> generator.uniform(fields.number("low"), fields.number("high"), shape);
      case "normal" -> generator.normal(fields.number("mean"), fields.number("std"), shape);
      default -> throw new Mismatch(fields.text("distribution") + " is no known distribution");
    };
  }
}
