// SPDX-License-Identifier: Apache-2.0
package gradus;

import gradus.kernel.Parallel;

/// How many threads one op may use. No result depends on it.
///
/// The default is the system property `gradus.threads`, else the environment variable
/// `GRADUS_THREADS`, else the number of processors. (PyTorch: `torch.set_num_threads`.)
public final class Threads {
  private Threads() {}

  /// Returns how many threads share the work of one op, the calling one included.
  public static int count() {
    return Parallel.threads();
  }

  /// Sets how many threads share the work of one op, the calling one included.
  ///
  /// @throws IllegalArgumentException if `n` isn't positive
  public static void count(int n) {
    Parallel.threads(n);
  }
}
