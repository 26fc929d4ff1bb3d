// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Called when backward has passed through a module; see [Module#registerFullBackwardHook].
///
/// ```java
/// layer.registerFullBackwardHook((module, gradInput, gradOutput) -> {
///   log.info("{}: gradient norm {}", module, gradOutput.getFirst().norm().item());
///   return null;
/// });
/// ```
@FunctionalInterface
public interface BackwardHook {
  /// Looks at the gradients of a module's inputs and outputs and may replace the former.
  ///
  /// @param module the module that backward has passed
  /// @param gradInput the gradient of each input tensor, in order; null for one that asks for none
  /// @param gradOutput the gradient of each output tensor, in order; null for one that backward did
  ///   not come through
  /// @return the gradient to hand on for each input instead, where the module has a single one that
  ///   asks for any; or null to leave them
  @Nullable List<@Nullable Tensor> after(
      Module module, List<@Nullable Tensor> gradInput, List<@Nullable Tensor> gradOutput);
}
