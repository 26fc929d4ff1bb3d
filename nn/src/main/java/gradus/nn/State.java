// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.Buffer;
import gradus.Grad;
import gradus.Parameter;
import gradus.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/// Reads and writes the parameters and buffers of a module by name.
final class State {
  private State() {}

  /// Returns the parameters and buffers themselves, shared ones under each of their names.
  static SequencedMap<String, Tensor> tensors(Module module) {
    var out = new LinkedHashMap<String, Tensor>();
    module.forEachModule(
        (prefix, part) -> {
          Members members = Members.of(part);
          members.parameters().forEach((name, p) -> out.put(Members.join(prefix, name), p));
          members.buffers().forEach((name, b) -> out.put(Members.join(prefix, name), b));
        });
    return out;
  }

  static SequencedMap<String, Tensor> copy(Module module) {
    try (var _ = Grad.off()) {
      var out = tensors(module);
      out.replaceAll((_, tensor) -> tensor.detach().copy());
      return Collections.unmodifiableSequencedMap(out);
    }
  }

  static void load(Module module, Map<String, ? extends Tensor> state) {
    var own = tensors(module);
    IncompatibleKeys keys = compare(own, state);
    var problems = new ArrayList<String>();
    if (!keys.missing().isEmpty()) {
      problems.add("missing " + String.join(", ", keys.missing()));
    }
    if (!keys.unexpected().isEmpty()) {
      problems.add("unexpected " + String.join(", ", keys.unexpected()));
    }
    load("loadStateDict", module, own, state, problems);
  }

  static IncompatibleKeys loadMatching(Module module, Map<String, ? extends Tensor> state) {
    var own = tensors(module);
    load("loadMatching", module, own, state, new ArrayList<>());
    return compare(own, state);
  }

  private static IncompatibleKeys compare(
      Map<String, Tensor> own, Map<String, ? extends Tensor> state) {
    return new IncompatibleKeys(
        own.keySet().stream().filter(name -> !state.containsKey(name)).toList(),
        state.keySet().stream().filter(name -> !own.containsKey(name)).sorted().toList());
  }

  private static void load(
      String op,
      Module module,
      Map<String, Tensor> own,
      Map<String, ? extends Tensor> state,
      List<String> problems) {
    own.forEach(
        (name, tensor) -> {
          Tensor loaded = state.get(name);
          if (loaded != null && !describe(loaded).equals(describe(tensor))) {
            problems.add(
                "%s is %s here but %s in the state"
                    .formatted(name, describe(tensor), describe(loaded)));
          }
        });
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(
          "%s: the state does not fit this %s: %s"
              .formatted(op, Repr.name(module.getClass()), String.join("; ", problems)));
    }
    own.forEach(
        (name, tensor) -> {
          Tensor loaded = state.get(name);
          if (loaded != null) {
            assign(tensor, loaded);
          }
        });
  }

  private static String describe(Tensor tensor) {
    return tensor.dtype() + " " + tensor.shape();
  }

  private static void assign(Tensor tensor, Tensor values) {
    switch (tensor) {
      case Parameter parameter -> parameter.assign(values);
      case Buffer buffer -> buffer.assign(values);
      default -> throw new AssertionError(tensor);
    }
  }
}
