// SPDX-License-Identifier: Apache-2.0
package gradus.testing;

import static org.assertj.core.api.Assertions.assertThat;

import gradus.Tensor;
import java.util.ServiceLoader;
import net.jqwik.api.SampleReportingFormat;
import org.junit.jupiter.api.Test;

class SampleFormatTest {
  @Test
  void tensorsReadAsJava() {
    assertThat(SampleFormat.java(Tensor.float64(new double[] {0.015625, -2}, 2, 1)))
        .isEqualTo("Tensor.float64(new double[] {0.015625, -2.0}).reshape(2, 1)");
    assertThat(SampleFormat.java(Tensor.scalar(0.5)))
        .isEqualTo("Tensor.of(new double[] {0.5}).reshape()");
    assertThat(SampleFormat.java(Layouts.strided(Tensor.arange(2))))
        .isEqualTo("Tensor.of(new long[] {0, 1}).reshape(2) // not contiguous");
    assertThat(SampleFormat.java(Tensor.of(new boolean[] {true, false})))
        .isEqualTo("Tensor.of(new boolean[] {true, false}).reshape(2)");
    assertThat(SampleFormat.java(Tensor.of(new byte[] {1, -1})))
        .isEqualTo("Tensor.of(new byte[] {1, -1}).reshape(2)");
  }

  @Test
  void isFoundByJqwik() {
    assertThat(ServiceLoader.load(SampleReportingFormat.class))
        .hasAtLeastOneElementOfType(SampleFormat.class);
    var pair = new Tensors.Pair(Tensor.scalar(1.0), Tensor.scalar(2.0));
    assertThat(new SampleFormat().appliesTo(pair)).isTrue();
    assertThat(new SampleFormat().appliesTo("tensor")).isFalse();
    assertThat(new SampleFormat().report(pair).toString()).startsWith("{left=").contains("right=");
  }
}
