// SPDX-License-Identifier: Apache-2.0

package gradus.examples.conformance;

import gradus.Tensor;
import java.util.List;

/// How Gradus computes one function of PyTorch's.
@FunctionalInterface
interface Op {
  /// Returns the results.
  List<Tensor> apply(Call call);
}
