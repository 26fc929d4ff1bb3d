// SPDX-License-Identifier: Apache-2.0
package gradus.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
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

  /// What steps of the nets of two layers need, with the activations ReLU and sigmoid.
  @Test
  void smallNetsNeedNoVectors() {
    float[] x = {0.5f};
    for (Unary op : List.of(Unary.NEG, Unary.EXP, Unary.LOG, Unary.RELU, Unary.SIGMOID)) {
      assertThat(op.runPlainly(x, 0, new float[1], 0, 1)).as("%s", op).isTrue();
    }
    for (Binary op :
        List.of(
            Binary.ADD,
            Binary.SUB,
            Binary.MUL,
            Binary.DIV,
            Binary.RELU_GRAD,
            Binary.SIGMOID_GRAD)) {
      assertThat(op.runPlainly(x, 0, 1, x, 0, 1, new float[1], 0, 1)).as("%s", op).isTrue();
    }
  }

  @Test
  void nothingIsLeftToPlainLoopsInTheseTests() {
    assertThat(Gemm.PLAIN.takes(1)).isFalse();
    assertThat(Loops.PLAIN.takes(1)).isFalse();
    assertThat(Threefry.PLAIN.takes(1)).isFalse();
  }
}
