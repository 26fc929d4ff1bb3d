// SPDX-License-Identifier: Apache-2.0
package gradus.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ResamplingTest {

  private static byte[] resized(int height, int width, Resize to, int... pixels) {
    byte[] bytes = new byte[pixels.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) pixels[i];
    }
    return Resampling.apply(new RawImage(bytes, 1, height, width), to).pixels();
  }

  @Test
  void halvingWeighsNeighboursByATriangle() {
    // (0.75 · 0 + 0.75 · 80 + 0.25 · 160) / 1.75 = 57.1, and its mirror image.
    assertThat(resized(1, 4, Resize.stretch(1, 2), 0, 80, 160, 240))
        .containsExactly(57, (byte) 183);
    assertThat(resized(4, 1, Resize.stretch(2, 1), 0, 80, 160, 240))
        .containsExactly(57, (byte) 183);
  }

  @Test
  void doublingInterpolates() {
    assertThat(resized(1, 2, Resize.stretch(1, 4), 0, 100)).containsExactly(0, 25, 75, 100);
  }

  @Test
  void theMiddleIsCut() {
    assertThat(resized(1, 5, Resize.crop(1, 1), 1, 2, 3, 4, 5)).containsExactly(3);
    assertThat(resized(4, 1, Resize.crop(1, 1), 1, 2, 3, 4)).containsExactly(2);
    assertThat(resized(2, 4, Resize.crop(2, 2), 1, 2, 3, 4, 5, 6, 7, 8))
        .containsExactly(2, 3, 6, 7);
  }

  @Property(tries = 200, seed = "20250105")
  void aPlainImageStaysPlain(
      @ForAll @IntRange(min = 1, max = 40) int height,
      @ForAll @IntRange(min = 1, max = 40) int width,
      @ForAll @IntRange(min = 1, max = 40) int toHeight,
      @ForAll @IntRange(min = 1, max = 40) int toWidth,
      @ForAll Resize.Fit fit,
      @ForAll byte value) {
    byte[] plain = new byte[3 * height * width];
    Arrays.fill(plain, value);
    RawImage image = new RawImage(plain, 3, height, width);
    RawImage resized = Resampling.apply(image, new Resize(toHeight, toWidth, fit));
    assertThat(resized.shape()).containsExactly(3, toHeight, toWidth);
    assertThat(resized.pixels()).hasSize(3 * toHeight * toWidth).containsOnly(value);
  }

  @Test
  void wrongSizesAreNamed() {
    assertThatThrownBy(() -> Resize.crop(0, 5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Resize: 5 × 0 is not a size from 1 × 1 to 8192 × 8192");
  }
}
