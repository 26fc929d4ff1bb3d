// SPDX-License-Identifier: Apache-2.0
package gradus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Products of batches have the bits of the products of their matrices.
class BatchedProductsTest {
  private final int threads = Threads.count();

  @AfterEach
  void restore() {
    Threads.count(threads);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 3, 4, 5",
    "1, 70, 80, 90",
    "2, 3, 0, 5",
    "3, 100, 90, 80",
    "4, 90, 80, 90",
    "9, 100, 64, 100",
    "60, 8, 9, 17"
  })
  void haveTheBitsOfSingleOnes(int batch, int m, int k, int n) {
    for (DType dtype : new DType[] {DType.FLOAT32, DType.FLOAT64}) {
      Tensor a = new Generator(1).normal(0, 1, batch, m, k).to(dtype);
      Tensor b = new Generator(2).normal(0, 1, batch, n, k).to(dtype).transpose(1, 2);
      for (int count = 1; count <= 2; count++) {
        Threads.count(count);
        Tensor all = a.matmul(b);
        assertThat(all.shape()).isEqualTo(Shape.of(batch, m, n));
        for (int i = 0; i < batch; i++) {
          double[] single = a.select(0, i).matmul(b.select(0, i)).toDoubleArray();
          assertThat(Arrays.equals(all.select(0, i).toDoubleArray(), single)).isTrue();
        }
      }
    }
  }
}
