// SPDX-License-Identifier: Apache-2.0
package gradus;

import org.jspecify.annotations.Nullable;

/// Switches the recording of the graph off and on for the current thread.
///
/// ```java
/// try (var _ = Grad.off()) {
///   Tensor logits = model.apply(x); // keeps nothing for backward
/// }
/// ```
///
/// (PyTorch: `torch.no_grad()`, `torch.enable_grad()`.)
public final class Grad {
  private static final ThreadLocal<Grad> CURRENT = ThreadLocal.withInitial(Grad::new);
  private static final Scope RESTORE_ON = () -> CURRENT.get().enabled = true;
  private static final Scope RESTORE_OFF = () -> CURRENT.get().enabled = false;

  boolean enabled = true;

  /// What stands between ops and the tape, beyond recording; usually nothing.
  @Nullable Recorder recorder;

  /// The last of the large values that the node saves which is being made.
  @Nullable Saved saved;

  private Grad() {}

  /// The switches of this thread.
  static Grad current() {
    return CURRENT.get();
  }

  /// Returns whether ops on this thread are recorded; true unless inside [#off()].
  public static boolean enabled() {
    return CURRENT.get().enabled;
  }

  /// Stops recording until the returned scope is closed.
  public static Scope off() {
    return set(false);
  }

  /// Records again, inside an [#off()], until the returned scope is closed.
  public static Scope on() {
    return set(true);
  }

  static Scope set(boolean enabled) {
    Grad state = CURRENT.get();
    Scope restore = state.enabled ? RESTORE_ON : RESTORE_OFF;
    state.enabled = enabled;
    return restore;
  }

  /// Restores on close what was set before.
  public interface Scope extends AutoCloseable {
    @Override
    void close();
  }
}
