// SPDX-License-Identifier: Apache-2.0

package gradus.examples.conformance;

import gradus.Approximate;
import gradus.nn.CELU;
import gradus.nn.ELU;
import gradus.nn.GELU;
import gradus.nn.GLU;
import gradus.nn.Hardshrink;
import gradus.nn.Hardsigmoid;
import gradus.nn.Hardswish;
import gradus.nn.Hardtanh;
import gradus.nn.LeakyReLU;
import gradus.nn.LogSigmoid;
import gradus.nn.LogSoftmax;
import gradus.nn.Mish;
import gradus.nn.Module;
import gradus.nn.PReLU;
import gradus.nn.ReLU;
import gradus.nn.ReLU6;
import gradus.nn.SELU;
import gradus.nn.SiLU;
import gradus.nn.Sigmoid;
import gradus.nn.Softmax;
import gradus.nn.Softmin;
import gradus.nn.Softplus;
import gradus.nn.Softshrink;
import gradus.nn.Softsign;
import gradus.nn.Tanh;
import gradus.nn.Tanhshrink;
import gradus.nn.Threshold;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/// How each of PyTorch's activation modules is made.
final class ActivationModules {
  private ActivationModules() {}

  static void addTo(Map<String, Function<Fields, Module>> makers) {
    makers.put("ReLU", _ -> new ReLU());
    makers.put("LeakyReLU", a -> new LeakyReLU(a.number("negative_slope", 0.01)));
    makers.put("PReLU", a -> new PReLU(a.integer("num_parameters", 1), a.number("init", 0.25)));
    makers.put("ELU", a -> new ELU(a.number("alpha", 1)));
    makers.put("CELU", a -> new CELU(a.number("alpha", 1)));
    makers.put("SELU", _ -> new SELU());
    makers.put("GELU", ActivationModules::gelu);
    makers.put("SiLU", _ -> new SiLU());
    makers.put("Mish", _ -> new Mish());
    makers.put("Softplus", a -> new Softplus(a.number("beta", 1), a.number("threshold", 20)));
    makers.put("Softsign", _ -> new Softsign());
    makers.put("Tanh", _ -> new Tanh());
    makers.put("Sigmoid", _ -> new Sigmoid());
    makers.put("LogSigmoid", _ -> new LogSigmoid());
    makers.put("ReLU6", _ -> new ReLU6());
    makers.put("Hardtanh", a -> new Hardtanh(a.number("min_val", -1), a.number("max_val", 1)));
    makers.put("Hardswish", _ -> new Hardswish());
    makers.put("Hardsigmoid", _ -> new Hardsigmoid());
    makers.put("Hardshrink", a -> new Hardshrink(a.number("lambd", 0.5)));
    makers.put("Softshrink", a -> new Softshrink(a.number("lambd", 0.5)));
    makers.put("Tanhshrink", _ -> new Tanhshrink());
    makers.put("Threshold", a -> new Threshold(a.number("threshold"), a.number("value")));
    makers.put("Softmax", a -> new Softmax(a.integer("dim")));
    makers.put("LogSoftmax", a -> new LogSoftmax(a.integer("dim")));
    makers.put("Softmin", a -> new Softmin(a.integer("dim")));
    makers.put("GLU", a -> new GLU(a.integer("dim", -1)));
  }

  private static GELU gelu(Fields a) {
    return a.has("approximate")
        ? new GELU(Approximate.valueOf(a.text("approximate").toUpperCase(Locale.ROOT)))
        : new GELU();
  }
}
