// SPDX-License-Identifier: Apache-2.0
package gradus.data;

import gradus.DType;
import gradus.Tensor;
import java.util.Map;

/// Scales uint8 pixels to float32 in [0, 1]: the scaling of `torchvision.transforms.ToTensor`.
///
/// y = x / 255. Inputs that are float32 already stay as they are.
public record ToFloat() implements Normalization {

  @Override
  public Tensor apply(Tensor x) {
    return x.dtype() == DType.UINT8 ? Pixels.map(x, Pixels.UNIT) : Pixels.checkFloat("ToFloat", x);
  }

  @Override
  public Map<String, String> toMetadata() {
    return NormalizationMetadata.of(this);
  }
}
