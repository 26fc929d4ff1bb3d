// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import gradus.Tensor;

/// Float64 tensors and comparisons for the tests against PyTorch's numbers.
final class Numbers {
  private Numbers() {}

  static Tensor f64(int[] shape, double... values) {
    return Tensor.float64(values, shape);
  }

  static int[] shape(int... sizes) {
    return sizes;
  }

  static void assertClose(Tensor actual, double... expected) {
    assertThat(actual).isNotNull();
    double[] values = actual.toDoubleArray();
    assertThat(values).hasSize(expected.length);
    for (int i = 0; i < values.length; i++) {
      assertThat(values[i])
          .as("element %d", i)
          .isCloseTo(expected[i], within(1e-10 + 1e-9 * Math.abs(expected[i])));
    }
  }
}
