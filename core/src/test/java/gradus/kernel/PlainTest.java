// SPDX-License-Identifier: Apache-2.0
package gradus.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PlainTest {
  @Test
  void takesWhatIsNotMoreThanLeft() {
    var plain = new Plain(10);
    assertThat(plain.takes(7)).isTrue();
    assertThat(plain.takes(3)).isTrue();
    assertThat(plain.takes(1)).isFalse();
    plain.leave(1);
    assertThat(plain.takes(1)).isTrue();
  }

  @Test
  void theBeginningIsOverWithWhatIsMoreThanLeft() {
    var plain = new Plain(10);
    assertThat(plain.takes(1L << 40)).isFalse();
    assertThat(plain.takes(1)).isFalse();
  }

  @Test
  void nothingIsLeftToPlainLoopsInTheseTests() {
    assertThat(Gemm.PLAIN.takes(1)).isFalse();
    assertThat(Loops.PLAIN.takes(1)).isFalse();
    assertThat(Threefry.PLAIN.takes(1)).isFalse();
  }
}
