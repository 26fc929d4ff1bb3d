// SPDX-License-Identifier: Apache-2.0
package gradus;

import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What stands between an op and the tape on one thread for a while, and sees each node that is
/// recorded. Recorders are stacked: the newest comes first.
abstract class Recorder {
  private final @Nullable Recorder outer = Grad.current().recorder;

  /// Puts this before the recorders there are, until the scope is closed.
  Grad.Scope open() {
    Grad grad = Grad.current();
    grad.recorder = this;
    return () -> grad.recorder = outer;
  }

  /// Records that `node` made a tensor from `inputs` and perhaps others, of which the deepest is at
  /// `depth`.
  void record(Tensor made, List<Tensor> inputs, int depth, Supplier<? extends Node> node) {
    if (outer == null) {
      made.attach(depth, node);
    } else {
      outer.record(made, inputs, depth, node);
    }
  }

  /// The newest recorder of a kind on this thread.
  static <R extends Recorder> @Nullable R find(Class<R> kind) {
    Recorder r = Grad.current().recorder;
    while (r != null && !kind.isInstance(r)) {
      r = r.outer;
    }
    return r == null ? null : kind.cast(r);
  }

  /// Whether ops run for the second time, on behalf of a backward pass.
  static boolean replays() {
    return find(Checkpoint.Replay.class) != null;
  }
}
