// SPDX-License-Identifier: Apache-2.0
package gradus.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ThreefryTest {
  @AfterEach
  void restore() {
    Beginning.inVectors();
  }

  private static int[] words(String hex) {
    return Arrays.stream(hex.split(" "))
        .mapToInt(word -> Integer.parseUnsignedInt(word, 16))
        .toArray();
  }

  /// The values that Random123 publishes for threefry4x32 with 20 rounds (its file `kat_vectors`).
  private static void assertKnown(String counter, String key, String expected) {
    int[] c = words(counter);
    var out = new int[256];
    VectorThreefry.vector(c[0], 0, c[1], c[2], c[3], words(key), out, 0, 64);
    assertThat(new int[] {out[0], out[64], out[128], out[192]}).isEqualTo(words(expected));
    PlainThreefry.block(c[0], c[1], c[2], c[3], words(key), out, 3, 5);
    assertThat(new int[] {out[3], out[8], out[13], out[18]}).isEqualTo(words(expected));
  }

  @Test
  void knownAnswers() {
    assertKnown(
        "00000000 00000000 00000000 00000000",
        "00000000 00000000 00000000 00000000",
        "9c6ca96a e17eae66 fc10ecd4 5256a7d8");
    assertKnown(
        "ffffffff ffffffff ffffffff ffffffff",
        "ffffffff ffffffff ffffffff ffffffff",
        "2a881696 57012287 f6c7446e a16a6732");
    assertKnown(
        "243f6a88 85a308d3 13198a2e 03707344",
        "a4093822 299f31d0 082efa98 ec4e6c89",
        "59cd1dbb b8879579 86b5d00c ac8b6d84");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2, 3})
  void wordsLieAsDocumented(int plain) {
    Threefry.PLAIN.leave(plain);
    long key0 = 0x299f31d0a4093822L;
    long key1 = 0xec4e6c89082efa98L;
    // The low word of the counter overflows within.
    long group = (1L << 26) - 1;
    var out = new int[3 * 256 + 7];
    Threefry.bits(key0, key1, group, out, 5, 3);
    int[] key = words("a4093822 299f31d0 082efa98 ec4e6c89");
    for (int g = 0; g < 3; g++) {
      for (int j = 0; j < 64; j++) {
        long counter = (group + g) * 64 + j;
        var block = new int[256];
        VectorThreefry.vector((int) counter, 0, (int) (counter >>> 32), 0, 0, key, block, 0, 64);
        for (int w = 0; w < 4; w++) {
          assertThat(out[5 + g * 256 + w * 64 + j]).isEqualTo(block[w * 64]);
        }
      }
    }
    assertThat(out[4]).isZero();
    assertThat(out[5 + 768]).isZero();
  }

  @Test
  void theFirstWordsAreTheSameAlone() {
    for (int few = 16; few <= 64; few += 16) {
      var all = new int[256];
      var first = new int[few];
      Threefry.bits(-1, 77, 1L << 40, all, 0, 1);
      Threefry.first(-1, 77, 1L << 40, first);
      assertThat(first).isEqualTo(Arrays.copyOf(all, few));
      Threefry.PLAIN.leave(1);
      Arrays.fill(first, 0);
      Threefry.first(-1, 77, 1L << 40, first);
      assertThat(first).isEqualTo(Arrays.copyOf(all, few));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0, 300",
    "1, 300",
    "2147483647, 300",
    "2147483648, 300",
    "1000000000, 0",
    "1300000000, 131",
    "644245094, 200001"
  })
  void whatIsChosenIsWhereWordsAreLess(long threshold, int n) {
    var words = new int[(n / 256 + 1) * 256];
    Threefry.bits(5, 6, 7, words, 0, words.length / 256);
    var expected = new float[n];
    for (int i = 0; i < n; i++) {
      expected[i] = (words[i] >>> 1) < threshold ? 1.5f : 0;
    }
    int threads = Parallel.threads();
    try {
      for (int count = 1; count <= 3; count++) {
        Parallel.threads(count);
        var out = new float[n];
        Arrays.fill(out, 9);
        Threefry.chosen(5, 6, 7, threshold, 1.5f, out);
        assertThat(out).isEqualTo(expected);
      }
    } finally {
      Parallel.threads(threads);
    }
  }
}
