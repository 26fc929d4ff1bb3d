// SPDX-License-Identifier: Apache-2.0
package gradus.data;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The body of a response as a queue of which one waits for the next piece for a limited time,
/// which an input stream does not offer.
final class BodyQueue implements Flow.Subscriber<List<ByteBuffer>> {
  private final BlockingQueue<Item> items = new LinkedBlockingQueue<>();
  private volatile Flow.@Nullable Subscription subscription;

  /// What comes.
  sealed interface Item {
    /// Some bytes.
    record Bytes(List<ByteBuffer> buffers) implements Item {}

    /// There are no more.
    record End() implements Item {}

    /// There would have been more.
    record Failed(Throwable failure) implements Item {}
  }

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    this.subscription = subscription;
    subscription.request(1);
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    items.add(new Item.Bytes(buffers));
  }

  @Override
  public void onError(Throwable failure) {
    items.add(new Item.Failed(failure));
  }

  @Override
  public void onComplete() {
    items.add(new Item.End());
  }

  /// Returns what comes next, or null if nothing does in time. One piece is asked for at a time.
  @Nullable Item poll(Duration timeout) throws InterruptedException {
    Item item = items.poll(timeout.toMillis(), TimeUnit.MILLISECONDS);
    if (item instanceof Item.Bytes && subscription != null) {
      subscription.request(1);
    }
    return item;
  }

  void cancel() {
    if (subscription != null) {
      subscription.cancel();
    }
  }
}
