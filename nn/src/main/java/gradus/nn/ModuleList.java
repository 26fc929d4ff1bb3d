// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/// Modules by number, to be used one by one; their keys are `0.weight`, `1.weight`, ….
///
/// A plain field of type `List<Linear>` serves as well and has the same keys; this is a module of
/// its own, which can be handed on, saved and loaded as one.
///
/// PyTorch: `torch.nn.ModuleList`.
///
/// @param <M> what all of them are
public final class ModuleList<M extends Module> extends Module implements Iterable<M> {
  private final List<M> modules;

  /// Holds `modules` in this order.
  ///
  /// @throws IllegalArgumentException if one is null
  @SafeVarargs
  @SuppressWarnings("varargs") // the list is only read
  public ModuleList(M... modules) {
    this(Arrays.asList(modules));
  }

  /// Holds `modules` in this order.
  ///
  /// @throws IllegalArgumentException if one is null
  public ModuleList(List<? extends M> modules) {
    for (int i = 0; i < modules.size(); i++) {
      if (modules.get(i) == null) {
        throw new IllegalArgumentException("ModuleList: module " + i + " is null");
      }
    }
    this.modules = List.copyOf(modules);
  }

  /// Returns the module at `index`.
  ///
  /// @throws IllegalArgumentException if there is none
  public M get(int index) {
    if (index < 0 || index >= modules.size()) {
      throw new IllegalArgumentException(
          "ModuleList: there is no module %s among %s".formatted(index, modules.size()));
    }
    return modules.get(index);
  }

  /// Returns the number of modules.
  public int size() {
    return modules.size();
  }

  /// Returns an iterator over the modules in order, which removes none.
  @Override
  public Iterator<M> iterator() {
    return modules.iterator();
  }
}
