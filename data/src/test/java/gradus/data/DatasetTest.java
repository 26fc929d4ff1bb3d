// SPDX-License-Identifier: Apache-2.0
package gradus.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gradus.DType;
import gradus.Generator;
import gradus.Shape;
import gradus.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class DatasetTest {

  /// Squares of whole numbers, as a user would write it.
  private record Squares(int size) implements Dataset {
    @Override
    public Sample get(int index) {
      return new Sample(Tensor.of(index, index * index), Tensor.scalar((long) index));
    }
  }

  private static void refused(Runnable action, String message) {
    assertThatThrownBy(action::run)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void samplesAreStackedToABatch() {
    Batch batch = new Squares(5).batch(3, 1);
    assertThat(batch.size()).isEqualTo(2);
    assertThat(batch.x().shape()).isEqualTo(Shape.of(2, 2));
    assertThat(batch.x().toFloatArray()).containsExactly(3, 9, 1, 1);
    assertThat(batch.y().toLongArray()).containsExactly(3, 1);
  }

  @Test
  void tensorsAreIndexed() {
    var dataset =
        new TensorDataset(
            Tensor.of(new double[][] {{1, 2}, {3, 4}, {5, 6}}).t().t(), Tensor.arange(3));
    assertThat(dataset.size()).isEqualTo(3);
    assertThat(dataset.get(1).x().toFloatArray()).containsExactly(3, 4);
    assertThat(dataset.get(1).y().item()).isEqualTo(1);
    assertThat(dataset.batch(2, 0, 2).x().toFloatArray()).containsExactly(5, 6, 1, 2, 5, 6);
    assertThatThrownBy(() -> dataset.get(3)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> dataset.batch(0, -1)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void inputsAndTargetsMustBeAsMany() {
    refused(
        () -> new TensorDataset(Tensor.zeros(3, 2), Tensor.arange(4)),
        "TensorDataset: inputs [3, 2] and targets [4] do not have the same first size");
    refused(
        () -> new Batch(Tensor.zeros(3, 2), Tensor.scalar(1L)),
        "Batch: inputs [3, 2] and targets [] do not have the same first size");
  }

  @Test
  void aSubsetHasItsOwnOrder() {
    Subset subset = new Subset(new Squares(9), 7, 2, 5);
    assertThat(subset.size()).isEqualTo(3);
    assertThat(subset.get(1).y().item()).isEqualTo(2);
    assertThat(subset.batch(2, 0).y().toLongArray()).containsExactly(5, 7);
    assertThat(subset.indices()).containsExactly(7, 2, 5);
    assertThat(subset.dataset()).isEqualTo(new Squares(9));
    assertThatThrownBy(() -> new Subset(new Squares(9), 9))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void aTransformIsAppliedToInputs() {
    Dataset mapped = new Squares(5).map(x -> x.mul(10));
    assertThat(mapped.size()).isEqualTo(5);
    assertThat(mapped.get(2).x().toFloatArray()).containsExactly(20, 40);
    assertThat(mapped.get(2).y().shape()).isEqualTo(Shape.of());
    assertThat(mapped.batch(2, 1).x().toFloatArray()).containsExactly(20, 40, 10, 10);
  }

  @Property(tries = 500, seed = "20250105", edgeCases = EdgeCasesMode.NONE)
  void partsAreDisjointAndLeaveNothingOut(
      @ForAll @IntRange(max = 100) int size,
      @ForAll @IntRange(max = 100) int percent,
      @ForAll long seed) {
    List<Subset> parts =
        new Squares(size).randomSplit(new Generator(seed), percent / 100.0, 1 - percent / 100.0);
    int first = (int) Math.floor(percent / 100.0 * size);
    assertThat(parts.getFirst().size()).isBetween(first, first + 1);
    int[] all = parts.stream().flatMapToInt(p -> Arrays.stream(p.indices())).sorted().toArray();
    assertThat(all).isEqualTo(IntStream.range(0, size).toArray());
  }

  @Test
  void splitsAreRandomButReproducible() {
    Dataset dataset = new Squares(100);
    List<Subset> parts = dataset.randomSplit(new Generator(1), 90, 10);
    assertThat(parts).extracting(Subset::size).containsExactly(90, 10);
    assertThat(dataset.randomSplit(new Generator(1), 0.9, 0.1).get(1).indices())
        .isEqualTo(parts.get(1).indices());
    assertThat(dataset.randomSplit(new Generator(2), 90, 10).get(1).indices())
        .isNotEqualTo(parts.get(1).indices());
    assertThat(dataset.randomSplit(new Generator(2), 0.333, 0.333, 0.334))
        .extracting(Subset::size)
        .containsExactly(34, 33, 33);
  }

  @Test
  void partsMustSumToTheWhole() {
    Dataset dataset = new Squares(10);
    refused(
        () -> dataset.randomSplit(new Generator(1), 5, 4),
        "randomSplit: lengths [5, 4] must be ≥ 0 and sum to the 10 examples");
    refused(
        () -> dataset.randomSplit(new Generator(1), 11, -1),
        "randomSplit: lengths [11, -1] must be ≥ 0 and sum to the 10 examples");
    refused(
        () -> dataset.randomSplit(new Generator(1), 0.5, 0.4),
        "randomSplit: fractions [0.5, 0.4] must be ≥ 0 and sum to 1");
    refused(
        () -> dataset.randomSplit(new Generator(1), 1.5, -0.5),
        "randomSplit: fractions [1.5, -0.5] must be ≥ 0 and sum to 1");
  }

  @Test
  void imagesStayBytes() {
    var dataset =
        ImageDataset.of(
            new byte[] {0, 1, 2, (byte) 253, (byte) 254, (byte) 255},
            new long[] {1, 0},
            List.of("a", "b"),
            3,
            1,
            1);
    assertThat(dataset.classes()).containsExactly("a", "b");
    assertThat(dataset.label(0)).isEqualTo(1);
    assertThatThrownBy(() -> dataset.label(2)).isInstanceOf(IndexOutOfBoundsException.class);
    Batch batch = dataset.batch(1, 0);
    assertThat(batch.x().dtype()).isEqualTo(DType.UINT8);
    assertThat(batch.x().shape()).isEqualTo(Shape.of(2, 3, 1, 1));
    assertThat(batch.x().toLongArray()).containsExactly(253, 254, 255, 0, 1, 2);
    assertThat(batch.y().toLongArray()).containsExactly(0, 1);
    assertThat(dataset.get(1).x().shape()).isEqualTo(Shape.of(3, 1, 1));
  }

  @Test
  void imagesAreChecked() {
    Tensor images = Tensor.zeros(DType.UINT8, 2, 3, 4, 4);
    List<String> classes = List.of("a", "b");
    refused(
        () -> new ImageDataset(Tensor.zeros(2, 3, 4, 4), Tensor.arange(2), classes),
        "ImageDataset: images are float32 [2, 3, 4, 4]; uint8 [N, C, H, W] is wanted");
    refused(
        () -> new ImageDataset(images, Tensor.zeros(2), classes),
        "ImageDataset: labels are float32 [2]; int64 [N] is wanted");
    refused(
        () -> new ImageDataset(images, Tensor.arange(3), classes),
        "ImageDataset: images [2, 3, 4, 4] and labels [3] do not have the same first size");
    refused(
        () -> new ImageDataset(images, Tensor.of(new long[] {0, 2}), classes),
        "ImageDataset: label 2 of image 1 is not in 0 … 1");
  }
}
