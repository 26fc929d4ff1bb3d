// SPDX-License-Identifier: Apache-2.0
package gradus.train;

import gradus.Tensor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// The best epoch of a training so far.
///
/// @param epoch its number, from 0
/// @param value the monitored number
/// @param model the model's state after it
public record Best(int epoch, double value, SequencedMap<String, Tensor> model) {
  /// Copies the map.
  public Best {
    model = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(model));
  }
}
