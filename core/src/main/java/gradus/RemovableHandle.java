// SPDX-License-Identifier: Apache-2.0
package gradus;

/// A registered hook, to be removed by [#close()] or at the end of a `try`.
///
/// PyTorch: `torch.utils.hooks.RemovableHandle`, whose `remove()` is `close()` here.
public interface RemovableHandle extends AutoCloseable {
  /// Removes the hook; without effect if it is removed already.
  @Override
  void close();
}
