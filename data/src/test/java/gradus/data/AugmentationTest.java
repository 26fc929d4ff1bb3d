// SPDX-License-Identifier: Apache-2.0
package gradus.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import gradus.DType;
import gradus.Generator;
import gradus.Tensor;
import gradus.Threads;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AugmentationTest {

  private static byte[] noise(int n, long seed) {
    byte[] bytes = new byte[n];
    var random = new Generator(seed);
    for (int i = 0; i < n; i++) {
      bytes[i] = (byte) random.nextInt(256);
    }
    return bytes;
  }

  private static float[] floats(byte[] bytes) {
    float[] floats = new float[bytes.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = bytes[i] & 0xff;
    }
    return floats;
  }

  private interface Change {
    void apply(Image image);
  }

  /// Checks that bytes and floats are moved as `expected` says: it gives the position that the
  /// value at (y, x) comes from, or a negative number where it is 0.
  private static void assertMoves(int height, int width, Change change, Source expected) {
    byte[] before = noise(5 + 3 * height * width, 1);
    byte[] bytes = before.clone();
    float[] floats = floats(before);
    apply(change, new Image(bytes, 5, 3, height, width));
    apply(change, new Image(floats, 5, 3, height, width));
    assertThat(Arrays.copyOf(bytes, 5)).isEqualTo(Arrays.copyOf(before, 5));
    for (int c = 0; c < 3; c++) {
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
          int plane = 5 + c * height * width;
          int from = expected.of(y, x);
          byte value = from < 0 ? 0 : before[plane + from];
          assertThat(bytes[plane + y * width + x]).isEqualTo(value);
          assertThat(floats[plane + y * width + x]).isEqualTo(value & 0xff);
        }
      }
    }
  }

  private static void apply(Change change, Image image) {
    change.apply(image);
    image.settle();
  }

  private interface Source {
    int of(int y, int x);
  }

  @Property(tries = 100, seed = "20250105")
  void imagesAreMirrored(
      @ForAll @IntRange(min = 1, max = 40) int height,
      @ForAll @IntRange(min = 1, max = 40) int width) {
    assertMoves(height, width, Image::flipHorizontal, (y, x) -> y * width + width - 1 - x);
    assertMoves(height, width, Image::flipVertical, (y, x) -> (height - 1 - y) * width + x);
  }

  @Property(tries = 200, seed = "20250105")
  void imagesAreMoved(
      @ForAll @IntRange(min = 1, max = 12) int height,
      @ForAll @IntRange(min = 1, max = 12) int width,
      @ForAll @IntRange(min = -13, max = 13) int down,
      @ForAll @IntRange(min = -13, max = 13) int right) {
    assertMoves(
        height,
        width,
        image -> image.shift(down, right),
        (y, x) -> {
          boolean inside =
              y - down >= 0 && y - down < height && x - right >= 0 && x - right < width;
          return inside ? (y - down) * width + x - right : -1;
        });
  }

  @Property(tries = 100, seed = "20250105")
  void partsAreFilled(
      @ForAll @IntRange(min = -5, max = 12) int top,
      @ForAll @IntRange(min = -5, max = 12) int left,
      @ForAll @IntRange(max = 12) int height,
      @ForAll @IntRange(max = 12) int width) {
    assertMoves(
        7,
        8,
        image -> image.fill(top, left, height, width, 0),
        (y, x) -> y >= top && y < top + height && x >= left && x < left + width ? -1 : y * 8 + x);
  }

  @Test
  void valuesAreFractions() {
    byte[] bytes = {0, 51, -1, 7};
    Image image = new Image(bytes, 0, 1, 1, 3);
    assertThat(image.values()).containsExactly(0, 0.2f, 1);
    image.values(new float[] {-3, 0.5f, 7});
    assertThat(bytes).containsExactly(0, -128, -1, 7);
    image.values(image.values());
    assertThat(bytes).containsExactly(0, -128, -1, 7);
    float[] floats = {4, 5, 6};
    Image floating = new Image(floats, 1, 1, 1, 2);
    floating.values(new float[] {-3, 9});
    assertThat(floats).containsExactly(4, -3, 9);
    assertThat(floating.values()).containsExactly(-3, 9);
    assertThatThrownBy(() -> image.values(new float[2]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Image: 2 values don't fill 1 × 1 × 3");
  }

  /// All augmentations, most of them so that they change something almost surely.
  static List<Augmentation> augmentations() {
    return List.of(
        new RandomHorizontalFlip(),
        new RandomVerticalFlip(),
        new RandomCrop(4),
        new RandomTranslation(0.5),
        new RandomRotation(90),
        new ColorJitter(0.5, 0.5, 0.5),
        new GaussianNoise(0.1),
        new Cutout(5),
        Augmentation.of(new RandomCrop(2), new RandomHorizontalFlip(), new Cutout(3)));
  }

  @ParameterizedTest
  @MethodSource("augmentations")
  void resultsDependOnSeedEpochAndExampleOnly(Augmentation augmentation) {
    ImageDataset images = SyntheticImages.generate(50, 1, 1).train();
    byte[] original = images.images().toByteArray();
    Dataset augmented =
        new Subset(images, IntStream.range(0, 50).toArray()).augment(augmentation, 9);
    int[] all = IntStream.range(0, 50).toArray();
    byte[] batch = augmented.forEpoch(3).batch(all).x().toByteArray();
    int threads = Threads.count();
    Threads.count(1);
    assertThat(augmented.forEpoch(3).batch(all).x().toByteArray()).isEqualTo(batch);
    Threads.count(threads);
    for (int i = 0; i < 50; i += 7) {
      assertThat(augmented.forEpoch(3).batch(49, i).x().select(0, 1).toByteArray())
          .isEqualTo(Arrays.copyOfRange(batch, i * 3072, (i + 1) * 3072));
    }
    assertThat(augmented.forEpoch(3).get(5).x().toByteArray())
        .isEqualTo(Arrays.copyOfRange(batch, 5 * 3072, 6 * 3072));
    assertThat(augmented.forEpoch(4).batch(all).x().toByteArray()).isNotEqualTo(batch);
    assertThat(images.augment(augmentation, 8).forEpoch(3).batch(all).x().toByteArray())
        .isNotEqualTo(batch);
    assertThat(augmented.batch(all).x().toByteArray())
        .isEqualTo(augmented.forEpoch(0).batch(all).x().toByteArray())
        .isNotEqualTo(original);
    assertThat(images.images().toByteArray()).isEqualTo(original);
  }

  @ParameterizedTest
  @MethodSource("augmentations")
  void floatsAreVariedAsBytesAre(Augmentation augmentation) {
    ImageDataset images = SyntheticImages.generate(20, 1, 1).train();
    int[] all = IntStream.range(0, 20).toArray();
    Dataset floats = images.map(new ToFloat());
    float[] kept = floats.batch(all).x().toFloatArray();
    float[] fromFloats = floats.augment(augmentation, 2).batch(all).x().toFloatArray();
    float[] fromBytes =
        images.augment(augmentation, 2).map(new ToFloat()).batch(all).x().toFloatArray();
    for (int i = 0; i < fromBytes.length; i++) {
      assertThat(fromBytes[i]).isCloseTo(Math.clamp(fromFloats[i], 0, 1), within(0.0021f));
    }
    assertThat(floats.batch(all).x().toFloatArray()).isEqualTo(kept);
  }

  @Test
  void aDatasetsOwnBatchesStayAsTheyAre() {
    Tensor shared = Tensor.ones(2, 1, 4, 4);
    Dataset handsOut =
        new Dataset() {
          @Override
          public int size() {
            return 2;
          }

          @Override
          public Sample get(int index) {
            return new Sample(shared.select(0, index), Tensor.scalar(0L));
          }

          @Override
          public Batch batch(int... indices) {
            return new Batch(shared, Tensor.arange(2));
          }
        };
    assertThat(handsOut.augment(new Cutout(4), 1).batch(0, 1).x().sum().item()).isLessThan(32);
    assertThat(shared.sum().item()).isEqualTo(32);
  }

  @Test
  void flipsHappenAsOftenAsTheyShould() {
    byte[] bytes = {1, 2};
    int flips = 0;
    for (int i = 0; i < 1000; i++) {
      byte first = bytes[0];
      var random = new Generator(i);
      apply(
          image -> new RandomHorizontalFlip(0.25).apply(image, random),
          new Image(bytes, 0, 1, 1, 2));
      flips += bytes[0] == first ? 0 : 1;
    }
    assertThat(flips).isCloseTo(250, within(50));
  }

  @Test
  void cropsReachAllPlaces() {
    boolean[][] seen = new boolean[5][5];
    for (int i = 0; i < 1000; i++) {
      byte[] bytes = new byte[25];
      bytes[12] = 1;
      var random = new Generator(i);
      apply(image -> new RandomCrop(2).apply(image, random), new Image(bytes, 0, 1, 5, 5));
      for (int at = 0; at < 25; at++) {
        seen[at / 5][at % 5] |= bytes[at] == 1;
      }
    }
    assertThat(seen).isDeepEqualTo(filled());
  }

  private static boolean[][] filled() {
    boolean[][] all = new boolean[5][5];
    for (boolean[] row : all) {
      Arrays.fill(row, true);
    }
    return all;
  }

  @Test
  void aRotationKeepsTheMiddleAndTurnsTheRest() {
    float[] x = new float[9];
    x[4] = 1;
    x[5] = 0.5f;
    Image image = new Image(x, 0, 1, 3, 3);
    var random = new Generator(1);
    double angle = StrictMath.toRadians(Ranges.between(random.derive(0), -180, 180));
    new RandomRotation(180).apply(image, random.derive(0));
    assertThat(x[4]).isCloseTo(1, within(1e-6f));
    // The value at (1, 0) from the middle moved to (cos, −sin); its weight there is shared.
    double sum = 0;
    for (float value : x) {
      sum += value;
    }
    assertThat(sum).isBetween(1.2, 2.6);
    assertThat(Math.abs(angle)).isGreaterThan(0.1);
    float[] still = noiseFloats(27);
    float[] copy = still.clone();
    new RandomRotation(0).apply(new Image(still, 0, 3, 3, 3), random);
    assertThat(still).isEqualTo(copy);
  }

  private static float[] noiseFloats(int n) {
    return Tensor.rand(n).toFloatArray();
  }

  @Test
  void jitterDoesWhatItsFormulasSay() {
    float[] x = {0.2f, 0.4f, 0.3f, 0.6f, 0.1f, 0.9f}; // two pixels
    Generator random = new Generator(3);
    float f = (float) Ranges.between(random.derive(1), 0.5, 1.5);
    float[] bright = x.clone();
    new ColorJitter(0.5, 0, 0).apply(new Image(bright, 0, 3, 1, 2), random.derive(1));
    for (int i = 0; i < 6; i++) {
      assertThat(bright[i]).isCloseTo(Math.clamp(f * x[i], 0, 1), within(1e-6f));
    }
    double[] grey = new double[2];
    for (int i = 0; i < 2; i++) {
      grey[i] = 0.299 * x[i] + 0.587 * x[2 + i] + 0.114 * x[4 + i];
    }
    Generator second = random.derive(1);
    second.nextDouble();
    double g = Ranges.between(second, 0.5, 1.5);
    float[] contrasting = x.clone();
    new ColorJitter(0, 0.5, 0).apply(new Image(contrasting, 0, 3, 1, 2), random.derive(1));
    for (int i = 0; i < 6; i++) {
      double expected = g * x[i] + (1 - g) * (grey[0] + grey[1]) / 2;
      assertThat((double) contrasting[i]).isCloseTo(Math.clamp(expected, 0, 1), within(1e-6));
    }
    double h = Ranges.between(second, 0.5, 1.5);
    float[] saturated = x.clone();
    new ColorJitter(0, 0, 0.5).apply(new Image(saturated, 0, 3, 1, 2), random.derive(1));
    for (int i = 0; i < 6; i++) {
      double expected = h * x[i] + (1 - h) * grey[i % 2];
      assertThat((double) saturated[i]).isCloseTo(Math.clamp(expected, 0, 1), within(1e-6));
    }
  }

  @Test
  void quantilesAreThoseOfTheNormalDistribution() {
    assertThat(NormalQuantile.of(0.5)).isZero();
    assertThat(NormalQuantile.of(0.25)).isCloseTo(-0.6744897501960817, within(1e-6));
    assertThat(NormalQuantile.of(0.975)).isCloseTo(1.959963984540054, within(1e-6));
    assertThat(NormalQuantile.of(1e-3)).isCloseTo(-3.090232306167813, within(1e-6));
    assertThat(NormalQuantile.of(1e-20)).isCloseTo(-9.26234008979841, within(1e-5));
  }

  @Test
  void noiseHasItsMeanAndDeviation() {
    float[] x = new float[30_000];
    new GaussianNoise(0.2).apply(new Image(x, 0, 3, 100, 100), new Generator(1));
    Tensor noise = Tensor.of(x, x.length);
    assertThat(noise.mean().item()).isCloseTo(0, within(0.005));
    assertThat(noise.square().mean().item()).isCloseTo(0.04, within(0.001));
    assertThat(noise.abs().gt(0.4).to(DType.FLOAT32).mean().item())
        .isCloseTo(0.0455, within(0.005));
  }

  @Test
  void wrongArgumentsAreNamed() {
    refused(() -> new RandomHorizontalFlip(1.5), "RandomHorizontalFlip: p 1.5 is not in [0, 1.0]");
    refused(() -> new RandomVerticalFlip(-1), "RandomVerticalFlip: p -1.0 is not in [0, 1.0]");
    refused(() -> new RandomCrop(-1), "RandomCrop: padding -1 is not in 0 … 8192");
    refused(() -> new RandomTranslation(2), "RandomTranslation: fraction 2.0 is not in [0, 1.0]");
    refused(() -> new RandomRotation(200), "RandomRotation: degrees 200.0 is not in [0, 180.0]");
    refused(
        () -> ColorJitter.none().contrast(-1),
        "ColorJitter: contrast -1.0 is not a finite number ≥ 0");
    refused(
        () -> new GaussianNoise(Double.NaN), "GaussianNoise: std NaN is not a finite number ≥ 0");
    refused(() -> new Cutout(0), "Cutout: size 0 is not a positive number");
    Dataset rows = new TensorDataset(Tensor.zeros(3, 2), Tensor.arange(3));
    refused(
        () -> rows.augment(new Cutout(2), 1).batch(0),
        "augment: inputs are float32 [1, 2]; uint8 or float32 [N, C, H, W] is wanted");
  }

  private static void refused(Runnable action, String message) {
    assertThatThrownBy(action::run)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }
}
