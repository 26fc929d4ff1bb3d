// SPDX-License-Identifier: Apache-2.0

package gradus.examples.conformance;

import gradus.DType;
import gradus.Shape;
import gradus.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The inputs of a case, made for a run of one precision.
record Inputs(List<Input> all) {
  /// One input.
  ///
  /// @param name PyTorch's name of the argument
  /// @param value what is passed
  /// @param base the contiguous leaf that `value` is a view of, or null if it is no view
  record Input(String name, Tensor value, @Nullable Tensor base) {}

  static Inputs of(Fields fields, Precision precision) {
    List<Input> all = new ArrayList<>();
    for (Fields input : fields.objects("inputs")) {
      all.add(input(input, precision));
    }
    return new Inputs(all);
  }

  private static Input input(Fields fields, Precision precision) {
    var golden = GoldenTensor.of(fields);
    boolean requiresGrad = fields.flag("requires_grad", false);
    Input input;
    if (fields.has("layout")) {
      Fields layout = fields.object("layout");
      Tensor base = base(golden, layout).tensor(precision).requiresGrad(requiresGrad);
      Tensor view = base;
      for (Fields step : layout.objects("view")) {
        view = view(view, step);
      }
      layout.end();
      golden.check("the view " + golden.name(), view, precision, precision.ops());
      input = new Input(golden.name(), view, base);
    } else {
      Tensor value = golden.tensor(precision).requiresGrad(requiresGrad);
      input = new Input(golden.name(), value, null);
    }
    fields.end();
    return input;
  }

  private static GoldenTensor base(GoldenTensor input, Fields layout) {
    Shape shape = Shape.of(layout.integers("base_shape"));
    DType dtype = input.dtype();
    return GoldenTensor.of(input.name(), dtype, shape, layout.list("base_data"));
  }

  private static Tensor view(Tensor x, Fields step) {
    String op = step.text("op");
    Tensor y =
        switch (op) {
          case "transpose" -> x.transpose(step.integer("dim0"), step.integer("dim1"));
          case "permute" -> x.permute(step.integers("dims"));
          case "slice" -> Slices.slice(x, step.integer("dim"), step);
          case "expand" -> x.expand(step.integers("size"));
          default -> throw new Mismatch("layout: a view by " + op + " is not known");
        };
    step.end();
    return y;
  }

  /// Returns what is passed, by name.
  Map<String, Tensor> byName() {
    Map<String, Tensor> values = new LinkedHashMap<>();
    all.forEach(input -> values.put(input.name(), input.value()));
    return values;
  }

  /// Returns the inputs that require a gradient.
  List<Input> differentiable() {
    return all.stream().filter(input -> input.value().requiresGrad()).toList();
  }
}
