// SPDX-License-Identifier: Apache-2.0
package gradus.data;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// The failure with the lowest index among those that threads met, whichever came first in time.
///
/// Threads go on as long as their index is below [#index()], so that the result does not depend on
/// timing.
final class FirstFailure {
  private volatile int index = Integer.MAX_VALUE;
  private @Nullable IOException failure;

  int index() {
    return index;
  }

  synchronized void note(int at, IOException e) {
    if (at < index) {
      failure = e;
      index = at;
    }
  }

  synchronized void rethrow() throws IOException {
    if (failure != null) {
      throw failure;
    }
  }
}
