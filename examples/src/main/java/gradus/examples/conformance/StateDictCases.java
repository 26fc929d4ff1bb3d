// SPDX-License-Identifier: Apache-2.0

package gradus.examples.conformance;

import gradus.DType;
import gradus.Shape;
import gradus.Tensor;
import gradus.nn.Module;
import gradus.nn.Safetensors;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Names, shapes and order of a module's state, and files of it: family 12.
final class StateDictCases {
  private StateDictCases() {}

  /// Checks `state_dict:…`.
  static void check(Case c, Precision precision) {
    Fields fields = c.fields();
    Module module =
        fields.has("model")
            ? ModuleTable.of(fields.get("model"))
            : ModuleTable.make(c.op().replaceFirst(".*:", ""), fields.object("args"));
    module.to(precision.dtype());
    rows(module, fields.objects("state_dict"), precision);
    same("named_parameters", module.namedParameters().keySet(), fields.texts("named_parameters"));
    same("named_buffers", module.namedBuffers().keySet(), fields.texts("named_buffers"));
    same(
        "num_parameters",
        List.of(module.numParameters()),
        List.of((long) fields.integer("num_parameters")));
    fields.end();
  }

  private static void rows(Module module, List<Fields> expected, Precision precision) {
    Map<String, Tensor> state = module.stateDict();
    List<String> names = new ArrayList<>();
    for (Fields row : expected) {
      String name = row.text("name");
      names.add(name);
      Tensor tensor = Named.get("tensor", state, name);
      String dtype = row.text("dtype");
      DType expectedType = dtype.equals("float") ? precision.dtype() : GoldenTensor.dtype(dtype);
      var shape = Shape.of(row.integers("shape"));
      same("shape of " + name, List.of(tensor.shape()), List.of(shape));
      same("dtype of " + name, List.of(tensor.dtype()), List.of(expectedType));
      Tensor parameter = module.namedParameters().get(name);
      String kind = parameter != null ? "parameter" : "buffer";
      same("kind of " + name, List.of(kind), List.of(row.text("kind")));
      boolean requiresGrad = parameter != null && parameter.requiresGrad();
      same("requires_grad of " + name, List.of(requiresGrad), List.of(row.flag("requires_grad")));
      row.end();
    }
    same("state_dict", state.keySet(), names);
  }

  /// Checks `safetensors`.
  static void safetensors(Case c, Precision precision) throws IOException {
    Fields fields = c.fields();
    Map<String, Tensor> file = Safetensors.load(c.folder().resolve(fields.text("file"))).tensors();
    if (fields.has("model")) {
      model(file, fields, precision);
    } else {
      List<GoldenTensor> expected = fields.tensors("tensors");
      same("names", file.keySet(), expected.stream().map(GoldenTensor::name).toList());
      expected.forEach(each -> stored(file, each.name(), each));
    }
    fields.end();
  }

  /// Loads a model's weights from the file and runs it on the input there.
  private static void model(Map<String, Tensor> file, Fields fields, Precision precision) {
    var model = ModuleTable.sequential(fields.list("model"));
    Map<String, Tensor> weights = new LinkedHashMap<>();
    for (GoldenTensor weight : fields.tensors("weights")) {
      weights.put(weight.name(), stored(file, weight.name(), weight));
    }
    Tensor input = stored(file, "input", fields.tensor("input"));
    stored(file, "target", fields.tensor("target"));
    GoldenTensor logits = fields.tensor("expected_logits");
    stored(file, "expected_logits", logits);
    model.loadStateDict(weights);
    model.to(precision.dtype());
    Tensor found = model.apply(input.to(precision.dtype()));
    logits.check("logits", found, precision, precision.ops());
    same(
        "predicted",
        Arrays.stream(found.argmax(1).toLongArray()).mapToInt(Math::toIntExact).boxed().toList(),
        Arrays.stream(fields.integers("predicted")).boxed().toList());
  }

  /// Returns the tensor `name` of the file, which must be exactly the recorded one.
  private static Tensor stored(Map<String, Tensor> file, String name, GoldenTensor expected) {
    Tensor tensor = Named.get("tensor", file, name);
    expected.check(name, tensor, expected.dtype(), Tolerance.EXACT);
    return tensor;
  }

  private static void same(String what, Iterable<?> found, List<?> expected) {
    List<Object> all = new ArrayList<>();
    found.forEach(all::add);
    if (!all.equals(expected)) {
      throw new Mismatch("%s: %s, expected %s".formatted(what, all, expected));
    }
  }
}
