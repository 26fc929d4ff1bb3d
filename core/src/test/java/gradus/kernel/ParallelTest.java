// SPDX-License-Identifier: Apache-2.0
package gradus.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ParallelTest {
  private final int threads = Parallel.threads();

  @BeforeEach
  void useThree() {
    Parallel.threads(3);
  }

  @AfterEach
  void restore() {
    Parallel.threads(threads);
  }

  @Test
  void everyIndexIsVisitedOnce() {
    for (int n = 0; n < 300; n++) {
      assertEveryIndexVisitedOnce(n);
    }
  }

  private static void assertEveryIndexVisitedOnce(int n) {
    var hits = new AtomicIntegerArray(n);
    Parallel.forRange(
        n,
        7,
        (from, to) -> {
          for (int i = from; i < to; i++) {
            hits.incrementAndGet(i);
          }
        });
    for (int i = 0; i < n; i++) {
      assertThat(hits.get(i)).isOne();
    }
  }

  @Test
  void workersTakePart() throws InterruptedException {
    var names = ConcurrentHashMap.<String>newKeySet();
    // Parts that wait for each other can only end if there are several threads.
    var arrived = new AtomicInteger();
    Parallel.forRange(
        12,
        1,
        (from, to) -> {
          names.add(Thread.currentThread().getName());
          arrived.incrementAndGet();
          while (arrived.get() < 3) {
            Thread.onSpinWait();
          }
        });
    assertThat(names).contains(Thread.currentThread().getName()).hasSizeGreaterThanOrEqualTo(2);
  }

  @Test
  void belowTheGrainTheCallerWorksAlone() {
    var caller = Thread.currentThread();
    Parallel.forRange(
        99,
        50,
        (from, to) -> {
          assertThat(Thread.currentThread()).isEqualTo(caller);
          assertThat(to - from).isEqualTo(99);
        });
  }

  @Test
  void whatAPartThrowsReachesTheCaller() {
    for (int bad = 0; bad < 12; bad++) {
      int at = bad;
      assertThatThrownBy(
              () ->
                  Parallel.forRange(
                      12,
                      1,
                      (from, to) -> {
                        if (from <= at && at < to) {
                          throw new IllegalStateException("part " + at);
                        }
                      }))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("part " + at);
    }
    assertThatThrownBy(
            () ->
                Parallel.forRange(
                    12,
                    1,
                    (from, to) -> {
                      throw new StackOverflowError("all");
                    }))
        .isInstanceOf(StackOverflowError.class);
    assertEveryIndexVisitedOnce(50);
  }

  @Test
  void ofSeveralFailuresTheLowestPartsIsThrown() {
    var failing = new AtomicInteger();
    assertThatThrownBy(
            () ->
                Parallel.forRange(
                    12,
                    1,
                    (from, to) -> {
                      failing.incrementAndGet();
                      // The last part fails last, too.
                      while (to == 12 && from > 0 && failing.get() < 12) {
                        Thread.onSpinWait();
                      }
                      throw new IllegalStateException("from " + from);
                    }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("from 0");
  }

  @Test
  void nestedRangesRunWhereTheyAre() {
    var sum = new AtomicInteger();
    Parallel.forRange(
        12,
        1,
        (from, to) -> {
          for (int i = from; i < to; i++) {
            var outer = Thread.currentThread();
            Parallel.forRange(
                100,
                1,
                (first, last) -> {
                  assertThat(Thread.currentThread()).isEqualTo(outer);
                  sum.addAndGet(last - first);
                });
          }
        });
    assertThat(sum.get()).isEqualTo(1200);
  }

  @Test
  void workersDoOtherWorkWhileTheyWait() throws InterruptedException {
    assertEveryIndexVisitedOnce(300); // There are workers now.
    var names = ConcurrentHashMap.<String>newKeySet();
    var left = new AtomicInteger(1000);
    BooleanSupplier work =
        () -> {
          names.add(Thread.currentThread().getName());
          return left.getAndDecrement() > 0;
        };
    Parallel.offer(work);
    assertEveryIndexVisitedOnce(50);
    for (int i = 0; i < 2000 && left.get() > 0; i++) {
      Thread.sleep(5);
    }
    assertThat(left.get()).isNotPositive();
    assertThat(names).isSubsetOf("gradus-1", "gradus-2");
  }

  @Test
  void workThatIsTakenBackIsLeft() throws InterruptedException {
    assertEveryIndexVisitedOnce(300);
    var done = new AtomicInteger();
    BooleanSupplier endless =
        () -> {
          done.incrementAndGet();
          return true;
        };
    Parallel.offer(endless);
    for (int i = 0; i < 2000 && done.get() == 0; i++) {
      Thread.sleep(5);
    }
    assertThat(done.get()).isPositive();
    Parallel.takeBack(() -> false); // That is other work.
    int before = done.get();
    for (int i = 0; i < 2000 && done.get() == before; i++) {
      Thread.sleep(5);
    }
    assertThat(done.get()).isGreaterThan(before);
    Parallel.takeBack(endless);
    assertEveryIndexVisitedOnce(50);
    Thread.sleep(20); // Each worker may be amid a piece, which takes less.
    int after = done.get();
    Thread.sleep(20);
    assertThat(done.get()).isEqualTo(after);
  }

  @Test
  void manyUserThreadsAtOnce() throws Exception {
    try (var users = Executors.newFixedThreadPool(8)) {
      var tasks = new ArrayList<Callable<Integer>>();
      for (int user = 0; user < 8; user++) {
        tasks.add(
            () -> {
              var sum = new AtomicInteger();
              for (int round = 0; round < 500; round++) {
                Parallel.forRange(
                    64,
                    1,
                    (from, to) -> {
                      for (int i = from; i < to; i++) {
                        sum.addAndGet(i);
                      }
                    });
              }
              return sum.get();
            });
      }
      for (var result : users.invokeAll(tasks)) {
        assertThat(result.get()).isEqualTo(500 * 2016);
      }
    }
  }

  @Test
  void theCountComesFromPropertyThenVariableThenProcessors() {
    assertThat(Parallel.configured("5", "7")).isEqualTo(5);
    assertThat(Parallel.configured(null, " 7 ")).isEqualTo(7);
    assertThat(Parallel.configured(null, null))
        .isEqualTo(Runtime.getRuntime().availableProcessors());
  }

  @Test
  void theCountMustBePositive() {
    assertThatThrownBy(() -> Parallel.configured("two", null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("gradus.threads: 'two' is not a positive whole number");
    assertThatThrownBy(() -> Parallel.configured(null, "0"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("GRADUS_THREADS: '0' is not a positive whole number");
    assertThatThrownBy(() -> Parallel.threads(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("threads: -1 is not a positive number");
  }
}
