// SPDX-License-Identifier: Apache-2.0
package gradus.optim;

import gradus.internal.Raw;

/// Runs an elementwise loop over a parameter's arrays.
final class Elementwise {
  /// Elements per thread below which a second thread costs more than it saves.
  private static final int GRAIN = 1 << 15;

  private Elementwise() {}

  static void run(int n, Raw.Range body) {
    Raw.parallel(n, GRAIN, body);
  }
}
