// SPDX-License-Identifier: Apache-2.0
package gradus.train;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// While open: when the JVM is told to end, as by Ctrl-C, stops a trainer and gives it time to
/// write its checkpoint.
final class StopAtShutdown implements AutoCloseable {
  /// Longer than a step and a checkpoint should take; short enough for whoever waits.
  private static final long PATIENCE_SECONDS = 30;

  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread hook;

  StopAtShutdown(Trainer trainer) {
    hook =
        new Thread(
            () -> {
              trainer.stop();
              try {
                ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
              } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
              }
            },
            "gradus-stop");
    try {
      Runtime.getRuntime().addShutdownHook(hook);
    } catch (IllegalStateException _) {
      trainer.stop(); // the JVM is ending already
    }
  }

  @Override
  public void close() {
    ended.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException _) {
      // the JVM is ending: the hook runs
    }
  }
}
