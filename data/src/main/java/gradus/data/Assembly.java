// SPDX-License-Identifier: Apache-2.0
package gradus.data;

import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// The making of one batch of images, in pieces of a few images, by whichever threads have time.
final class Assembly {

  /// Pixels of a piece: few microseconds' work, so that a thread which does one when nothing else
  /// is to be done is soon back, but if possible some images, as the memory that holds them answers
  /// late, but several questions at a time.
  private static final int PIECE = 12 * 1024;

  /// Pixels per thread below which a second thread costs more than it saves.
  private static final int GRAIN = 1 << 15;

  private final ImageSource source;
  private final int[] indices;
  private final Writer writer;
  private final Batch batch;
  private final int pieceLength;
  private final int pieces;
  private final Scratch scratch;
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicInteger done = new AtomicInteger();
  private int failed = Integer.MAX_VALUE;
  private @Nullable Throwable failure;

  /// What takes the images, each at its place in the batch.
  interface Writer {
    void write(int at, Image image);
  }

  /// Memory for the images of a piece, for as many threads as ever needed some at a time.
  static final class Scratch {
    private final Deque<Image[]> free = new ConcurrentLinkedDeque<>();
  }

  /// @param indices the examples
  /// @param writer writes them to `batch`
  Assembly(ImageSource source, int[] indices, Writer writer, Batch batch, Scratch scratch) {
    this.source = source;
    this.indices = indices;
    this.writer = writer;
    this.batch = batch;
    this.scratch = scratch;
    this.pieceLength = Math.max(1, PIECE / Math.max(1, size()));
    this.pieces = Math.ceilDiv(indices.length, pieceLength);
  }

  private int size() {
    int[] shape = source.shape();
    return shape[0] * shape[1] * shape[2];
  }

  /// Makes a piece, if there is one that nobody has begun; returns whether there was.
  boolean piece() {
    int piece = next.get() < pieces ? next.getAndIncrement() : pieces;
    if (piece >= pieces) {
      return false;
    }
    try {
      make(piece * pieceLength, Math.min((piece + 1) * pieceLength, indices.length));
    } catch (Throwable t) {
      fail(piece, t);
    } finally {
      done.incrementAndGet();
    }
    return true;
  }

  /// Of several failures keeps that of the lowest piece, whoever was last.
  private synchronized void fail(int piece, Throwable t) {
    if (piece < failed) {
      failed = piece;
      failure = t;
    }
  }

  private void make(int from, int to) {
    Image[] used = scratch.free.pollFirst();
    Image[] images = used == null ? Image.scratch(pieceLength, source.shape()) : used;
    for (int i = from; i < to; i++) {
      source.read(indices[i], images[i - from]);
    }
    for (int i = from; i < to; i++) {
      source.augment(indices[i], images[i - from]);
      writer.write(i, images[i - from]);
    }
    scratch.free.addFirst(images);
  }

  /// Makes all pieces that nobody has begun, on several threads, waits for the others, and returns
  /// the batch, or throws what the lowest of those that failed threw.
  @SuppressWarnings("ThreadPriorityCheck") // Whoever makes the last piece may wait for a processor.
  Batch finish() {
    int left = Math.max(0, pieces - next.get());
    Loops.parallel(
        left,
        Math.max(1, GRAIN / (pieceLength * Math.max(1, size()))),
        (_, _) -> {
          while (piece()) {}
        });
    for (int spins = 0; done.get() < pieces; spins++) {
      if (spins < 1000) {
        Thread.onSpinWait();
      } else {
        Thread.yield();
      }
    }
    return switch (failure) {
      case null -> batch;
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      case Throwable e -> throw new IllegalStateException(e);
    };
  }
}
