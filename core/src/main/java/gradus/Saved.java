// SPDX-License-Identifier: Apache-2.0
package gradus;

import org.jspecify.annotations.Nullable;

/// An input's value that a derivative reads, with the version that it had in forward.
///
/// Parameters and buffers can be assigned between forward and backward; reading a changed one would
/// give a wrong gradient silently, so [#get()] refuses.
final class Saved {
  /// Stands where a value is not read because nobody asks for that derivative.
  static final Saved NOTHING = new Saved(Tensor.scalar(0.0));

  final Tensor value;
  private final int version;

  /// Another value of the same node.
  final @Nullable Saved next;

  Saved(Tensor value) {
    this.value = value;
    this.version = value.storage.version;
    value.storage.holders++;
    if (Spares.isLarge(value.storage)) {
      Grad state = Grad.current();
      next = state.saved;
      state.saved = this;
    } else {
      next = null;
    }
  }

  /// The value of an input that an op may go without.
  static @Nullable Saved of(@Nullable Tensor t) {
    return t == null ? null : t.saved();
  }

  /// Returns the value.
  ///
  /// @throws IllegalStateException if it was changed in place since forward
  Tensor get() {
    if (value.storage.version != version) {
      throw new IllegalStateException(
          "a saved %s %s was changed in place (%d times) after forward; call backward() before optimizer.step() or assign()"
              .formatted(value.kind(), value.shape(), value.storage.version - version));
    }
    return value;
  }

  @Override
  public String toString() {
    return this == NOTHING ? "-" : value.dtype() + " " + value.shape();
  }
}
