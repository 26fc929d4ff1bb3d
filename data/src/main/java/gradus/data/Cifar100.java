// SPDX-License-Identifier: Apache-2.0
package gradus.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// CIFAR-100: 60,000 colour images of 32 × 32 pixels in a hundred classes, which make twenty
/// superclasses.
///
/// Krizhevsky: Learning Multiple Layers of Features from Tiny Images, 2009.
public final class Cifar100 {

  /// The names of the classes, by fine label; alphabetical.
  public static final List<String> CLASSES =
      words(
          """
          apple aquarium_fish baby bear beaver bed bee beetle bicycle bottle bowl boy bridge bus
          butterfly camel can castle caterpillar cattle chair chimpanzee clock cloud cockroach
          couch crab crocodile cup dinosaur dolphin elephant flatfish forest fox girl hamster house
          kangaroo keyboard lamp lawn_mower leopard lion lizard lobster man maple_tree motorcycle
          mountain mouse mushroom oak_tree orange orchid otter palm_tree pear pickup_truck
          pine_tree plain plate poppy porcupine possum rabbit raccoon ray road rocket rose sea seal
          shark shrew skunk skyscraper snail snake spider squirrel streetcar sunflower sweet_pepper
          table tank telephone television tiger tractor train trout tulip turtle wardrobe whale
          willow_tree wolf woman worm
          """);

  /// The names of the superclasses, by coarse label; alphabetical.
  public static final List<String> SUPERCLASSES =
      words(
          """
          aquatic_mammals fish flowers food_containers fruit_and_vegetables
          household_electrical_devices household_furniture insects large_carnivores
          large_man-made_outdoor_things large_natural_outdoor_scenes
          large_omnivores_and_herbivores medium_mammals non-insect_invertebrates people reptiles
          small_mammals trees vehicles_1 vehicles_2
          """);

  /// Which of an image's two labels counts.
  public enum Labels {
    /// That of its class, 0 … 99.
    FINE,

    /// That of its superclass, 0 … 19.
    COARSE
  }

  private Cifar100() {}

  private static List<String> words(String text) {
    return List.of(text.strip().split("\\s+", -1));
  }

  /// Reads CIFAR-100 with fine labels in any form that [ImageDatasets#open] reads.
  ///
  /// @throws DatasetException if it cannot be read, or is another data set
  /// @throws IOException if reading fails
  public static ImageDatasets open(Path path) throws IOException {
    return open(path, ImageDatasets.options());
  }

  /// Reads CIFAR-100, or some images of it, with the labels that the options say.
  ///
  /// @throws DatasetException if it cannot be read, or is another data set
  /// @throws IOException if reading fails
  public static ImageDatasets open(Path path, ImageDatasets.Options options) throws IOException {
    List<String> expected = options.labels() == Labels.FINE ? CLASSES : SUPERCLASSES;
    ImageDatasets datasets = ImageDatasets.open(path, options);
    if (!datasets.classes().equals(expected)) {
      throw new DatasetException(
          path.toString(),
          "is not CIFAR-100: its " + datasets.classes().size() + " classes are others");
    }
    return datasets;
  }
}
