// SPDX-License-Identifier: Apache-2.0
package gradus.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ScratchTest {
  @Test
  void growsAndKeepsWhatWasInIt() {
    var scratch = new Scratch();
    scratch.moveTo(14);
    float[] small = scratch.array(10);
    small[scratch.start() + 9] = 5;
    float[] large = scratch.array(100_000);
    assertThat(large.length).isGreaterThanOrEqualTo(14 + 100_000);
    assertThat(large[14 + 9]).isEqualTo(5);
    assertThat(scratch.array()).isSameAs(large).isSameAs(scratch.array(50_000));
  }

  @Test
  void settlesOnAStartThatAVectorCanHave() {
    var scratch = new Scratch(0, 0);
    for (int i = 0; i < 50; i++) {
      scratch.settle();
      assertThat(scratch.start()).isBetween(0, 14).isEven();
    }
  }

  @Test
  void doesNotLookBeforeItsTime() {
    var scratch = new Scratch(Long.MAX_VALUE / 4, 0);
    scratch.moveTo(3);
    scratch.settle();
    assertThat(scratch.start()).isEqualTo(3);
  }
}
