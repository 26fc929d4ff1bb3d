// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import org.jspecify.annotations.Nullable;

/// Called before a module's forward; see [Module#registerForwardPreHook].
@FunctionalInterface
public interface ForwardPreHook {
  /// Looks at the input of a forward and may replace it.
  ///
  /// @param module the module that is about to run
  /// @param input a tensor for a [Layer]; for modules with several inputs a list or record of
  ///   tensors
  /// @return the input to use instead, of the same type, or null to leave it
  @Nullable Object before(Module module, Object input);
}
