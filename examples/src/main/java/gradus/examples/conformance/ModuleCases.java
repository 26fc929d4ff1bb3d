// SPDX-License-Identifier: Apache-2.0

package gradus.examples.conformance;

import gradus.Autograd;
import gradus.Parameter;
import gradus.Tensor;
import gradus.examples.conformance.Inputs.Input;
import gradus.nn.Module;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Modules with given weights: what they return, the gradients of their inputs and parameters, and
/// their buffers afterwards. `module:…`, a family of our own beside those of the golden data.
///
/// | key | meaning |
/// |---|---|
/// | `args`, `call` | arguments of the constructor, of the call |
/// | `training`, `state` | the module's mode, and its state before the call |
/// | `inputs` | by PyTorch's names; `h0` and `c0`, or `h` and `c`, make up `hx` |
/// | `outputs`, `cotangents` | all tensors that it returns, in order |
/// | `grads` | of inputs, then of parameters |
/// | `buffers` | after the call, if there are any |
final class ModuleCases {
  private ModuleCases() {}

  static void check(Case c, Precision precision) {
    Fields fields = c.fields();
    Module module = ModuleTable.make(c.op().replaceFirst(".*:", ""), fields.object("args"));
    module.to(precision.dtype());
    Map<String, Tensor> state = new LinkedHashMap<>();
    fields.tensors("state").forEach(each -> state.put(each.name(), each.tensor(precision)));
    module.loadStateDict(state);
    if (!fields.flag("training")) {
      module.eval();
    }
    Inputs inputs = Inputs.of(fields, precision);
    Fields args = fields.has("call") ? fields.object("call") : Fields.empty("call");
    var call = new Call(inputs.byName(), args);
    List<Tensor> outputs = ModuleCalls.call(module, fields.object("args"), call);
    call.end();
    Tolerance tolerance = precision.ops(c);
    List<GoldenTensor> expected = fields.tensors("outputs");
    sameSize("outputs", outputs, expected);
    for (int i = 0; i < outputs.size(); i++) {
      expected.get(i).check("outputs[" + i + "]", outputs.get(i), precision, tolerance);
    }
    gradients(fields, inputs, module, outputs, precision, tolerance);
    if (fields.has("buffers")) {
      Map<String, ? extends Tensor> buffers = module.namedBuffers();
      for (GoldenTensor each : fields.tensors("buffers")) {
        each.check(each.name(), Named.get("buffer", buffers, each.name()), precision, tolerance);
      }
    }
    fields.end();
  }

  private static void gradients(
      Fields fields,
      Inputs inputs,
      Module module,
      List<Tensor> outputs,
      Precision precision,
      Tolerance tolerance) {
    List<Tensor> roots = new ArrayList<>();
    List<Tensor> cotangents = new ArrayList<>();
    List<@Nullable GoldenTensor> given = fields.nullableTensors("cotangents");
    sameSize("cotangents", given, outputs);
    for (int i = 0; i < given.size(); i++) {
      GoldenTensor cotangent = given.get(i);
      if (cotangent != null) {
        roots.add(outputs.get(i));
        cotangents.add(cotangent.tensor(precision));
      }
    }
    if (!fields.has("grads")) {
      return;
    }
    Map<String, Tensor> targets = new LinkedHashMap<>();
    for (Input input : inputs.differentiable()) {
      targets.put(input.name(), input.value());
    }
    Map<String, Parameter> parameters = module.namedParameters();
    targets.putAll(parameters);
    List<GoldenTensor> grads = fields.tensors("grads", List.copyOf(targets.keySet()));
    List<Tensor> found =
        Autograd.grad(
            roots, cotangents, List.copyOf(targets.values()), Autograd.options().allowUnused(true));
    for (int i = 0; i < found.size(); i++) {
      GoldenTensor golden = grads.get(i);
      golden.check("gradient of " + golden.name(), found.get(i), precision, tolerance);
    }
  }

  private static void sameSize(String what, List<?> found, List<?> expected) {
    if (found.size() != expected.size()) {
      throw new Mismatch("%d %s, expected %d".formatted(found.size(), what, expected.size()));
    }
  }
}
