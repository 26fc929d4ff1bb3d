// SPDX-License-Identifier: Apache-2.0

package gradus.examples;

import gradus.data.Augmentation;
import gradus.data.ColorJitter;
import gradus.data.Cutout;
import gradus.data.GaussianNoise;
import gradus.data.RandomCrop;
import gradus.data.RandomHorizontalFlip;
import gradus.data.RandomRotation;
import gradus.data.RandomTranslation;

/// How training images may be varied at random.
enum AugmentationKind {
  /// Shifted by up to 4 pixels.
  CROP(new RandomCrop(4)),
  /// Every other one mirrored left to right.
  FLIP(new RandomHorizontalFlip()),
  /// Turned by up to 15°.
  ROTATE(new RandomRotation(15)),
  /// Shifted by up to a tenth.
  TRANSLATE(new RandomTranslation(0.1)),
  /// Brightness, contrast and saturation changed by up to a fifth.
  JITTER(new ColorJitter(0.2, 0.2, 0.2)),
  /// Normal noise of a standard deviation of 5 % of the range.
  NOISE(new GaussianNoise(0.05)),
  /// A square of 8 × 8 pixels made black.
  CUTOUT(new Cutout(8));

  @SuppressWarnings("ImmutableEnumChecker") // records
  private final Augmentation augmentation;

  AugmentationKind(Augmentation augmentation) {
    this.augmentation = augmentation;
  }

  Augmentation augmentation() {
    return augmentation;
  }

  @Override
  public String toString() {
    return Choice.name(this);
  }
}
