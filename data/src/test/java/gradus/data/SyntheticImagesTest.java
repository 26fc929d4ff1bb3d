// SPDX-License-Identifier: Apache-2.0
package gradus.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gradus.Shape;
import gradus.Threads;
import java.util.Arrays;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

class SyntheticImagesTest {

  @Test
  void classesAreBalancedAndNamed() {
    ImageDatasets datasets = SyntheticImages.generate(100, 20, 0);
    assertThat(datasets.classes()).isEqualTo(SyntheticImages.CLASSES).hasSize(10).isSorted();
    assertThat(datasets.train().images().shape()).isEqualTo(Shape.of(100, 3, 32, 32));
    assertThat(datasets.test().size()).isEqualTo(20);
    long[] counts = new long[10];
    Arrays.stream(datasets.train().labels().toLongArray()).forEach(l -> counts[(int) l]++);
    assertThat(counts).containsOnly(10);
  }

  @Test
  void theSameSeedDrawsTheSameImagesEverywhere() {
    int threads = Threads.count();
    try {
      Threads.count(3);
      assertThat(crc(SyntheticImages.generate(50, 20, 1).train())).isEqualTo(3051013097L);
    } finally {
      Threads.count(threads);
    }
  }

  private static long crc(ImageDataset images) {
    CRC32 crc = new CRC32();
    crc.update(images.images().toByteArray());
    return crc.getValue();
  }

  @Test
  void splitsAndSeedsDiffer() {
    ImageDatasets datasets = SyntheticImages.generate(20, 20, 1);
    assertThat(crc(datasets.train())).isNotEqualTo(crc(datasets.test()));
    assertThat(crc(SyntheticImages.generate(20, 20, 2).train()))
        .isNotEqualTo(crc(datasets.train()));
  }

  @Test
  void moreImagesBeginWithTheSame() {
    byte[] few = SyntheticImages.generate(10, 1, 3).train().images().toByteArray();
    byte[] many = SyntheticImages.generate(30, 1, 3).train().images().toByteArray();
    assertThat(Arrays.copyOf(many, few.length)).isEqualTo(few);
  }

  @Test
  void numbersOutOfRangeAreNamed() {
    assertThatThrownBy(() -> SyntheticImages.generate(0, 1, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("SyntheticImages: train 0 is not a number from 1 to 600000");
    assertThatThrownBy(() -> SyntheticImages.generate(1, 700_000, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("SyntheticImages: test 700000 is not a number from 1 to 600000");
  }
}
