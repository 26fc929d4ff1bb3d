// SPDX-License-Identifier: Apache-2.0

package gradus.examples.conformance;

import gradus.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Runs the steps of a `golden.program`.
final class Program {
  static final String API = "golden.program";

  private Program() {}

  /// Returns the variable that the program names as its result; the call's tensors are the
  /// variables at first.
  ///
  /// @throws Unsupported if a step calls what Gradus lacks, naming all such functions
  static List<Tensor> run(Call call) {
    List<Fields> steps = call.args().objects("steps");
    checkSupported(steps);
    Map<String, Tensor> variables = new HashMap<>(call.tensors());
    for (Fields step : steps) {
      List<Tensor> results = run(step, variables);
      String out = step.text("out");
      step.end();
      if (results.size() == 1) {
        variables.put(out, results.getFirst());
      } else {
        for (int i = 0; i < results.size(); i++) {
          variables.put(out + "[" + i + "]", results.get(i));
        }
      }
    }
    return List.of(Named.get("variable", variables, call.args().text("result")));
  }

  private static void checkSupported(List<Fields> steps) {
    Set<String> missing = new LinkedHashSet<>();
    for (Fields step : steps) {
      if (!OpTable.ALL.has(step.text("api"))) {
        missing.add(step.text("op"));
      }
    }
    if (!missing.isEmpty()) {
      throw new Unsupported(new ArrayList<>(missing));
    }
  }

  private static List<Tensor> run(Fields step, Map<String, Tensor> variables) {
    Map<String, Tensor> inputs = new HashMap<>();
    Fields in = step.object("in");
    in.keys().forEach(name -> inputs.put(name, Named.get("variable", variables, in.text(name))));
    in.end();
    var call = new Call(inputs, step.object("args"));
    return OpTable.ALL.call(step.text("api"), step.text("op"), call);
  }
}
