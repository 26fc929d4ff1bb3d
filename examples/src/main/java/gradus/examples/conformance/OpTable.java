// SPDX-License-Identifier: Apache-2.0

package gradus.examples.conformance;

import gradus.Tensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/// How Gradus computes each of PyTorch's functions, by their full names.
final class OpTable {
  /// All tables.
  static final OpTable ALL = new OpTable();

  static {
    UnaryTable.addTo(ALL);
    ActivationTable.addTo(ALL);
    BinaryTable.addTo(ALL);
    ReductionTable.addTo(ALL);
    ShapeTable.addTo(ALL);
    LinalgTable.addTo(ALL);
    SpatialTable.addTo(ALL);
    FunctionalTable.addTo(ALL);
    LossTable.addTo(ALL);
    NormTable.addTo(ALL);
    AttentionTable.addTo(ALL);
    ALL.several(Program.API, Program::run);
  }

  private final Map<String, Op> ops = new HashMap<>();

  private OpTable() {}

  /// Adds a function with one result.
  void one(String api, Function<Call, Tensor> function) {
    several(api, call -> List.of(function.apply(call)));
  }

  /// Adds a function with several results.
  void several(String api, Op op) {
    if (ops.put(api, op) != null) {
      throw new IllegalStateException(api + " has two lines");
    }
  }

  /// Returns the names of all functions.
  Set<String> apis() {
    return Set.copyOf(ops.keySet());
  }

  boolean has(String api) {
    return ops.containsKey(api);
  }

  /// Returns the results of a call of `api`.
  ///
  /// @throws Unsupported if Gradus lacks it, naming it `op`
  /// @throws Mismatch if an input or argument of the call is not supported
  List<Tensor> call(String api, String op, Call call) {
    Op function = ops.get(api);
    if (function == null) {
      throw new Unsupported(List.of(op));
    }
    List<Tensor> results = function.apply(call);
    call.end();
    return results;
  }
}
