// SPDX-License-Identifier: Apache-2.0
package gradus.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import gradus.DType;
import gradus.Generator;
import gradus.Tensor;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Scale;
import org.junit.jupiter.api.Test;

class NormalizationTest {
  private static final Normalize NORMALIZE =
      new Normalize(List.of(0.5, 0.25, 0.125), List.of(0.1, 0.2, 0.3));

  private static ImageDataset images(int n, int height, int width, long seed) {
    byte[] pixels =
        Tensor.randint(new Generator(seed), 0, 256, n * 3 * height * width)
            .to(DType.UINT8)
            .toByteArray();
    return ImageDataset.of(pixels, new long[n], List.of("a"), 3, height, width);
  }

  private static void refused(Runnable action, String message) {
    assertThatThrownBy(action::run)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void bytesBecomeFractions() {
    Tensor x = Tensor.of(new byte[] {0, 51, (byte) 255}, 1, 3);
    assertThat(new ToFloat().apply(x).toFloatArray()).containsExactly(0, 0.2f, 1);
    Tensor floats = Tensor.of(1, 2);
    assertThat(new ToFloat().apply(floats)).isSameAs(floats);
    refused(
        () -> new ToFloat().apply(Tensor.arange(3)),
        "ToFloat: inputs are int64; uint8 or float32 is wanted");
  }

  @Property(tries = 50, seed = "20250105")
  void channelsAreNormalized(
      @ForAll @IntRange(min = 1, max = 4) int n,
      @ForAll @IntRange(min = 1, max = 5) int height,
      @ForAll @IntRange(min = 1, max = 5) int width,
      @ForAll long seed) {
    Tensor x = images(n, height, width, seed).images();
    float[] actual = NORMALIZE.apply(x).toFloatArray();
    byte[] pixels = x.toByteArray();
    for (int i = 0; i < actual.length; i++) {
      int c = i / (height * width) % 3;
      double expected =
          ((pixels[i] & 0xff) / 255.0 - NORMALIZE.mean().get(c)) / NORMALIZE.std().get(c);
      assertThat(actual[i]).isEqualTo((float) expected);
    }
    float[] fromFloats = NORMALIZE.apply(new ToFloat().apply(x)).toFloatArray();
    for (int i = 0; i < actual.length; i++) {
      assertThat(fromFloats[i]).isCloseTo(actual[i], within(1e-5f));
    }
  }

  @Test
  void viewsAreNormalizedToo() {
    Tensor x = images(3, 2, 2, 1).images();
    float[] all = NORMALIZE.apply(x).toFloatArray();
    assertThat(NORMALIZE.apply(x.narrow(0, 1, 2)).toFloatArray())
        .isEqualTo(Arrays.copyOfRange(all, 12, 36));
  }

  @Test
  void channelsAreFitted() {
    ImageDataset images = images(700, 5, 4, 2);
    Tensor x = Normalize.fit(images).apply(images.images());
    for (double mean : x.mean(0, 2, 3).toDoubleArray()) {
      assertThat(mean).isCloseTo(0, within(1e-5));
    }
    for (double square : x.square().mean(0, 2, 3).toDoubleArray()) {
      assertThat(square).isCloseTo(1, within(1e-5));
    }
    Normalize mean = Normalize.fitMean(images);
    assertThat(mean.mean()).isEqualTo(Normalize.fit(images).mean());
    assertThat(mean.std()).containsExactly(1.0, 1.0, 1.0);
  }

  @Test
  void aChannelWithoutVariationIsCentred() {
    var images = ImageDataset.of(new byte[] {51, 51, 0}, new long[] {0}, List.of("a"), 3, 1, 1);
    assertThat(Normalize.fit(images))
        .isEqualTo(new Normalize(List.of(0.2, 0.2, 0.0), List.of(1.0, 1.0, 1.0)));
  }

  @Test
  void positionsAreCentred() {
    ImageDataset images = images(600, 4, 5, 3);
    MeanImage mean = MeanImage.fit(images);
    Tensor x = mean.apply(images.images());
    for (double value : x.mean(0).toDoubleArray()) {
      assertThat(value).isCloseTo(0, within(1e-5));
    }
    float[] fromFloats = mean.apply(new ToFloat().apply(images.images())).toFloatArray();
    assertThat(fromFloats).isEqualTo(x.toFloatArray());
  }

  @Test
  void fittingASubsetLooksAtThatOnly() {
    ImageDataset images = images(10, 2, 2, 4);
    Subset subset = new Subset(images, 3, 8);
    ImageDataset copy =
        new ImageDataset(subset.batch(0, 1).x(), subset.batch(0, 1).y(), images.classes());
    assertThat(Normalize.fit(subset)).isEqualTo(Normalize.fit(copy));
  }

  @Test
  void transformsAreComposed() {
    Tensor x = images(2, 2, 2, 5).images();
    assertThat(Compose.of(new ToFloat(), t -> t.mul(2), Tensor::neg).apply(x).toFloatArray())
        .isEqualTo(new ToFloat().apply(x).mul(-2).toFloatArray());
    assertThat(Compose.of().apply(x)).isSameAs(x);
  }

  @Property(tries = 50, seed = "20250105")
  void normalizationsAreWrittenAndRead(
      @ForAll @DoubleRange(min = -1e10, max = 1e10) @Scale(12) double mean,
      @ForAll @DoubleRange(min = 1e-10, max = 1e10) @Scale(12) double std) {
    var normalize = new Normalize(List.of(mean, -mean), List.of(std, std / 3));
    assertThat(Normalization.fromMetadata(normalize.toMetadata())).isEqualTo(normalize);
  }

  @Test
  void otherNormalizationsAreWrittenAndReadToo() {
    assertThat(Normalization.fromMetadata(new ToFloat().toMetadata())).isEqualTo(new ToFloat());
    MeanImage mean = MeanImage.fit(images(3, 4, 5, 6));
    Map<String, String> metadata = new HashMap<>(mean.toMetadata());
    metadata.put("format", "pt");
    assertThat(Normalization.fromMetadata(metadata)).isInstanceOf(MeanImage.class);
    Tensor read = ((MeanImage) Normalization.fromMetadata(metadata)).mean();
    assertThat(read.shape()).isEqualTo(mean.mean().shape());
    assertThat(read.toFloatArray()).isEqualTo(mean.mean().toFloatArray());
    assertThat(NORMALIZE.toMetadata())
        .containsExactly(
            Map.entry("normalization", "normalize"),
            Map.entry("normalization.mean", "0.5,0.25,0.125"),
            Map.entry("normalization.std", "0.1,0.2,0.3"));
  }

  @Test
  void wrongMetadataIsRefused() {
    refused(() -> Normalization.fromMetadata(Map.of()), "metadata: normalization is missing");
    refused(
        () -> Normalization.fromMetadata(Map.of("normalization", "x")),
        "metadata: normalization is 'x', which is unknown here");
    refused(
        () ->
            Normalization.fromMetadata(
                Map.of("normalization", "normalize", "normalization.mean", "1,two")),
        "metadata: normalization.mean holds 'two', which is not a number");
    refused(
        () ->
            Normalization.fromMetadata(
                Map.of(
                    "normalization", "mean-image",
                    "normalization.shape", "3,1000,1000",
                    "normalization.mean", "AAAA")),
        "metadata: normalization.shape [3, 1000, 1000] does not fit the 3 bytes of"
            + " normalization.mean");
    refused(
        () ->
            Normalization.fromMetadata(
                Map.of(
                    "normalization", "mean-image",
                    "normalization.shape", "1,1,1",
                    "normalization.mean", "?")),
        "metadata: normalization.mean is not Base64");
  }

  @Test
  void wrongArgumentsAreNamed() {
    refused(
        () -> new Normalize(List.of(0.5), List.of(0.5, 0.5)),
        "Normalize: mean [0.5] and std [0.5, 0.5] must be finite numbers, one for each channel,"
            + " with std > 0");
    refused(
        () -> new Normalize(List.of(0.5), List.of(0.0)),
        "Normalize: mean [0.5] and std [0.0] must be finite numbers, one for each channel,"
            + " with std > 0");
    refused(
        () -> NORMALIZE.apply(Tensor.zeros(2, 1, 4, 4)),
        "Normalize: [2, 1, 4, 4] does not have 3 channels in dimension 1");
    refused(
        () -> new MeanImage(Tensor.zeros(3)),
        "MeanImage: the mean is float32 [3]; float32 [C, H, W] is wanted");
    refused(
        () -> new MeanImage(Tensor.zeros(3, 2, 2)).apply(Tensor.zeros(1, 3, 4, 4)),
        "MeanImage: inputs [1, 3, 4, 4] are not images of the mean's shape [3, 2, 2]");
    refused(
        () -> Normalize.fit(new TensorDataset(Tensor.zeros(2, 3), Tensor.arange(2))),
        "Normalize.fit: a batch is float32 [1, 3]; uint8 [N, C, H, W] is wanted; fit before any"
            + " transform");
    refused(
        () -> MeanImage.fit(new Subset(images(2, 2, 2, 7))), "MeanImage.fit: the dataset is empty");
  }
}
