// SPDX-License-Identifier: Apache-2.0
package gradus.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryTest {
  private static final History HISTORY =
      new History(
          List.of("loss", "lr"),
          List.of(List.of(2.5, 0.1), List.of(Double.NaN, 0.1), List.of(0.1 + 0.2, 0.05)));

  @Test
  void columns() {
    assertThat(HISTORY.column("lr")).containsExactly(0.1, 0.1, 0.05);
    assertThat(HISTORY.last("lr")).isEqualTo(0.05);
    assertThat(HISTORY.best(Monitor.min("loss"))).hasValue(2);
    assertThat(HISTORY.best(Monitor.max("lr"))).hasValue(0);
    assertThat(new History(List.of("a"), List.of()).best(Monitor.min("a"))).isEmpty();
  }

  @Test
  void csvHasAllDigits(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("history.csv");
    HISTORY.save(file);
    assertThat(Files.readString(file))
        .isEqualTo("epoch,loss,lr\n1,2.5,0.1\n2,NaN,0.1\n3,0.30000000000000004,0.05\n");
  }

  @Test
  void errors() {
    assertThatThrownBy(() -> HISTORY.column("acc"))
        .hasMessage("History: no column acc among [loss, lr]");
    assertThatThrownBy(() -> new History(List.of("a"), List.of()).last("a"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("History: no epoch has ended yet, so there is no a");
    assertThatThrownBy(() -> new History(List.of("a", "b"), List.of(List.of(1.0))))
        .hasMessage("History: a row has 1 numbers for the 2 columns [a, b]");
  }
}
