// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import org.jspecify.annotations.Nullable;

/// Called after a module's forward; see [Module#registerForwardHook].
///
/// ```java
/// var seen = new ArrayList<Tensor>();
/// ForwardHook record = (_, _, output) -> {
///   seen.add((Tensor) output);
///   return null;
/// };
/// try (var _ = layer.registerForwardHook(record)) {
///   net.apply(x);
/// }
/// ```
@FunctionalInterface
public interface ForwardHook {
  /// Looks at the output of a forward and may replace it.
  ///
  /// @param module the module that ran
  /// @param input what it was given: a tensor for a [Layer]; for modules with several inputs a list
  ///   or record of tensors
  /// @param output what it returned: a tensor for a [Layer]; otherwise a tensor or a record of them
  /// @return the output to return instead, of the same type, or null to leave it
  @Nullable Object after(Module module, Object input, Object output);
}
