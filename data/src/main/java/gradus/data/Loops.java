// SPDX-License-Identifier: Apache-2.0
package gradus.data;

import gradus.internal.Raw;

/// Loops of this module on several threads, unless a loader's worker runs them, which is one of
/// several itself and leaves the processors to the training that it works for.
final class Loops {
  private Loops() {}

  /// Runs `body` over parts of [0, n); for work whose results don't depend on where parts end.
  static void parallel(int n, int grain, Raw.Range body) {
    if (Thread.currentThread() instanceof Prefetcher.Worker) {
      body.run(0, n);
    } else {
      Raw.parallel(n, grain, body);
    }
  }
}
