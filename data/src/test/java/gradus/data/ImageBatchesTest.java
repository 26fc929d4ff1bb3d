// SPDX-License-Identifier: Apache-2.0
package gradus.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gradus.Generator;
import gradus.Tensor;
import gradus.Threads;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Batches made in one pass are those made step by step.
class ImageBatchesTest {
  private static final ImageDataset IMAGES = SyntheticImages.generate(60, 1, 1).train();
  private static final Augmentation CROP_AND_FLIP =
      Augmentation.of(new RandomCrop(4), new RandomHorizontalFlip());

  private final int threads = Threads.count();

  @AfterEach
  void restore() {
    Threads.count(threads);
  }

  /// The same examples, of which nobody knows that they are images in an array.
  private record Plain(Dataset dataset) implements Dataset {
    @Override
    public int size() {
      return dataset.size();
    }

    @Override
    public Sample get(int index) {
      return dataset.get(index);
    }
  }

  /// Changes images one move at a time.
  private static Image moved(Image image, Generator random, Runnable afterEach) {
    for (int moves = random.nextInt(6); moves > 0; moves--) {
      switch (random.nextInt(4)) {
        case 0 -> image.flipHorizontal();
        case 1 -> image.flipVertical();
        case 2 -> image.shift(random.nextInt(7) - 3, random.nextInt(7) - 3);
        default -> image.shift(random.nextInt(41) - 20, random.nextInt(3) - 1);
      }
      afterEach.run();
    }
    return image;
  }

  @Property(tries = 500, seed = "31")
  void movesAddUp(
      @ForAll @IntRange(min = 1, max = 20) int height,
      @ForAll @IntRange(min = 1, max = 40) int width,
      @ForAll long seed) {
    byte[] pixels = new byte[2 * height * width];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (i + 1);
    }
    byte[] stepByStep = pixels.clone();
    Image one = new Image(stepByStep, 0, 2, height, width);
    moved(one, new Generator(seed), one::settle);
    Image other = Image.scratch(3, 2, height, width)[1];
    other.read(pixels, 0);
    moved(other, new Generator(seed), () -> {});
    float[] floats = new float[pixels.length];
    PixelMap.of(new ToFloat(), 2, height, width).write(other, floats, 0);
    byte[] atOnce = new byte[pixels.length];
    other.write(atOnce, 0);
    assertThat(atOnce).isEqualTo(stepByStep);
    assertThat(floats).isEqualTo(one.values());
  }

  private static List<Normalization> normalizations() {
    return List.of(new ToFloat(), Normalize.fit(IMAGES), MeanImage.fit(IMAGES));
  }

  private static List<Augmentation> augmentations() {
    return List.of(
        CROP_AND_FLIP,
        Augmentation.of(new RandomVerticalFlip(), new RandomTranslation(0.7), new Cutout(9)),
        Augmentation.of(new RandomCrop(3), new GaussianNoise(0.1), new RandomHorizontalFlip()));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void theyAreTheSameInOnePass(int count) {
    Threads.count(count);
    int[] all = IntStream.range(0, 60).map(i -> i * 7 % 60).toArray();
    int[] some = IntStream.range(5, 45).toArray();
    for (Augmentation augmentation : augmentations()) {
      Dataset varied = IMAGES.augment(augmentation, 5).forEpoch(3);
      Dataset plain = new Plain(IMAGES).augment(augmentation, 5).forEpoch(3);
      assertSame(varied, plain, all);
      assertSame(new Subset(varied, some), new Subset(plain, some), 3, 3, 39);
      for (Normalization n : normalizations()) {
        assertSame(varied.map(n), new Plain(plain).map(n), all);
        assertSame(new Subset(varied, some).map(n), new Subset(plain, some).map(n), 39, 0, 7);
      }
    }
    for (Normalization n : normalizations()) {
      assertSame(IMAGES.map(n), new Plain(IMAGES).map(n), all);
    }
  }

  private static void assertSame(Dataset one, Dataset other, int... indices) {
    Batch expected = other.batch(indices);
    Batch actual = one.batch(indices);
    assertThat(actual.x().shape()).isEqualTo(expected.x().shape());
    assertThat(actual.x().toFloatArray()).isEqualTo(expected.x().toFloatArray());
    assertThat(actual.y().toLongArray()).isEqualTo(expected.y().toLongArray());
  }

  /// As many threads as ops must have to use all processors, so that there is none for workers.
  private static final int ALL = Math.max(2, Runtime.getRuntime().availableProcessors());

  @ParameterizedTest
  @CsvSource({"0, 1", "1, 1", "4, 1", "0, all", "1, all", "4, all"})
  void recycledBatchesHoldTheSame(int workers, String count) {
    Threads.count(count.equals("all") ? ALL : 1);
    Dataset dataset = IMAGES.augment(CROP_AND_FLIP, 5).map(Normalize.fit(IMAGES));
    var options = DataLoader.options().batchSize(8).shuffle(true).seed(2);
    List<float[]> expected = new ArrayList<>();
    var plain = new DataLoader(dataset, options);
    var loader = new DataLoader(dataset, options.workers(workers).prefetch(1));
    for (int epoch = 0; epoch < 3; epoch++) {
      plain.forEach(batch -> expected.add(batch.x().toFloatArray()));
      try (DataLoader.Epoch batches = loader.iterator()) {
        while (batches.hasNext()) {
          Batch batch = batches.next();
          assertThat(batch.x().toFloatArray()).isEqualTo(expected.removeFirst());
          batches.recycle(batch);
        }
      }
    }
    assertThat(expected).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void failuresNameTheExample(int workers) {
    Threads.count(ALL);
    byte[] pixels = new byte[40 * 3];
    pixels[25 * 3] = 1;
    ImageDataset images = ImageDataset.of(pixels, new long[40], List.of("cat"), 3, 1, 1);
    Augmentation picky =
        (image, _) -> {
          if (image.values()[0] > 0) {
            throw new IllegalArgumentException("no cat");
          }
        };
    Dataset dataset = images.augment(picky, 1).map(new ToFloat());
    var options = DataLoader.options().batchSize(10).workers(workers);
    try (DataLoader.Epoch batches = new DataLoader(dataset, options).iterator()) {
      batches.next();
      batches.next();
      assertThatThrownBy(batches::next)
          .isExactlyInstanceOf(IllegalStateException.class)
          .hasMessage("DataLoader: example 25, in batch 2 of epoch 0: no cat");
      assertThat(batches.next().x().size(0)).isEqualTo(10);
    }
    Sampler far =
        new Sampler() {
          @Override
          public int size() {
            return 3;
          }

          @Override
          public int[] indices(int epoch) {
            return new int[] {1, 0, 40};
          }
        };
    try (DataLoader.Epoch batches =
        new DataLoader(dataset, options.batchSize(1).sampler(far)).iterator()) {
      batches.next();
      batches.next();
      assertThatThrownBy(batches::next)
          .isExactlyInstanceOf(IllegalStateException.class)
          .hasMessageStartingWith("DataLoader: example 40, in batch 2 of epoch 0: ");
    }
  }

  @Test
  void ofSeveralFailuresTheFirstIsThrown() {
    int size = 3 * 64 * 64; // so many that each image is a piece
    byte[] pixels = new byte[8 * size];
    for (int i = 0; i < 8; i++) {
      pixels[i * size] = (byte) i;
    }
    ImageDataset images = ImageDataset.of(pixels, new long[8], List.of("cat"), 3, 64, 64);
    Augmentation failing =
        (image, _) -> {
          throw new IllegalArgumentException("image " + Math.round(image.values()[0] * 255));
        };
    Dataset dataset = images.augment(failing, 1).map(new ToFloat());
    for (int count = 1; count <= ALL; count++) {
      Threads.count(count);
      assertThatThrownBy(() -> dataset.batch(5, 2, 7, 0, 3))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("image 5");
    }
  }

  @Test
  void errorsPassThrough() {
    Threads.count(ALL);
    Augmentation failing =
        (_, _) -> {
          throw new OutOfMemoryError("heap");
        };
    Dataset dataset = IMAGES.augment(failing, 1).map(new ToFloat());
    for (int workers = 0; workers < 2; workers++) {
      var options = DataLoader.options().batchSize(10).workers(workers);
      try (DataLoader.Epoch batches = new DataLoader(dataset, options).iterator()) {
        assertThatThrownBy(batches::next).isInstanceOf(OutOfMemoryError.class).hasMessage("heap");
      }
    }
  }

  @Test
  void whatWasGivenBackCannotBeRead() {
    Dataset dataset = IMAGES.map(new ToFloat());
    try (DataLoader.Epoch batches = new DataLoader(dataset, 4).iterator()) {
      Batch first = batches.next();
      Tensor view = first.x().select(0, 1);
      Tensor kept = first.x().copy();
      batches.recycle(first);
      assertThatThrownBy(view::toFloatArray)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(
              "a tensor is used whose memory was given back, as that of a batch is after its step;"
                  + " copy() what is to be kept");
      assertThatThrownBy(() -> first.x().sum()).isInstanceOf(IllegalStateException.class);
      assertThat(kept.sum().item()).isPositive();
      assertThat(first.y().toLongArray()).hasSize(4);
      Batch second = batches.next();
      refused(() -> batches.recycle(first));
      batches.recycle(second);
      refused(() -> batches.recycle(second));
    }
  }

  private static void refused(Runnable action) {
    assertThatThrownBy(action::run)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "recycle: this is not the batch that next() returned last, or it was given back before");
  }

  @Test
  void otherBatchesStayAsTheyAre() {
    Tensor x = Tensor.arange(6).reshape(3, 2);
    for (Dataset dataset :
        List.of(new TensorDataset(x, x), IMAGES, IMAGES.map(new ToFloat()).map(t -> t.mul(2)))) {
      try (DataLoader.Epoch batches = new DataLoader(dataset, 3).iterator()) {
        Batch batch = batches.next();
        float[] before = batch.x().toFloatArray();
        batches.recycle(batch);
        assertThat(batch.x().toFloatArray()).isEqualTo(before);
      }
    }
  }
}
