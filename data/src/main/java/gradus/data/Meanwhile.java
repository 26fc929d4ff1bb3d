// SPDX-License-Identifier: Apache-2.0
package gradus.data;

import gradus.internal.Raw;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Makes the next batch on the threads of ops, in the moments in which these have nothing to do.
///
/// Where a training uses all processors, a further thread would take one from it amid an op, for
/// which all the others then wait.
final class Meanwhile implements Ahead {
  private final BatchMaker maker;
  private final int count;
  private int nextToTake;
  private @Nullable Assembly begun;
  private @Nullable BooleanSupplier offered;
  private boolean closed;

  /// @param maker one that [has pieces][BatchMaker#hasPieces]
  /// @param count how many batches there are
  Meanwhile(BatchMaker maker, int count) {
    this.maker = maker;
    this.count = count;
  }

  @Override
  public synchronized Batch take() {
    int number = nextToTake++;
    Assembly now = begun;
    begun = null;
    Batch batch = now == null ? maker.apply(number) : maker.finish(now, number);
    if (nextToTake < count && !closed) {
      begin(nextToTake);
    }
    return batch;
  }

  private void begin(int number) {
    try {
      Assembly next = maker.begin(number);
      begun = next;
      offered = next::piece;
      Raw.offer(offered);
    } catch (RuntimeException e) {
      begun = null; // There is no such example: whoever takes this batch hears of it.
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    begun = null;
    if (offered != null) {
      Raw.takeBack(offered);
    }
  }
}
