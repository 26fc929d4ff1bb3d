// SPDX-License-Identifier: Apache-2.0
package gradus.data;

import gradus.Tensor;
import java.util.List;

/// Several transforms, one after another: `torchvision.transforms.Compose`.
///
/// @param transforms in the order in which they are applied
public record Compose(List<Transform> transforms) implements Transform {

  /// Keeps a copy of the list.
  public Compose {
    transforms = List.copyOf(transforms);
  }

  /// Returns these transforms, one after another.
  public static Compose of(Transform... transforms) {
    return new Compose(List.of(transforms));
  }

  @Override
  public Tensor apply(Tensor x) {
    for (Transform transform : transforms) {
      x = transform.apply(x);
    }
    return x;
  }
}
