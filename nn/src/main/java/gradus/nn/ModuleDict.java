// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// Modules by name, to be used one by one; their keys are `name.weight`.
///
/// A plain field of type `SequencedMap<String, Linear>` has the field's name in front of its keys;
/// this is a module of its own, which can be handed on, saved and loaded as one.
///
/// PyTorch: `torch.nn.ModuleDict`.
///
/// @param <M> what all of them are
public final class ModuleDict<M extends Module> extends Module {
  private final SequencedMap<String, M> modules;

  /// Holds `modules` in the order of the map.
  ///
  /// @throws IllegalArgumentException if one is null
  public ModuleDict(SequencedMap<String, ? extends M> modules) {
    modules.forEach(
        (name, module) -> {
          if (module == null) {
            throw new IllegalArgumentException("ModuleDict: module " + name + " is null");
          }
        });
    this.modules = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(modules));
  }

  /// Returns the module called `name`.
  ///
  /// @throws IllegalArgumentException if there is none
  public M get(String name) {
    M module = modules.get(name);
    if (module == null) {
      throw new IllegalArgumentException(
          "ModuleDict: there is no module %s; there are %s"
              .formatted(name, String.join(", ", modules.keySet())));
    }
    return module;
  }

  /// Returns the modules by name, in order; the map cannot be changed.
  public SequencedMap<String, M> asMap() {
    return modules;
  }
}
