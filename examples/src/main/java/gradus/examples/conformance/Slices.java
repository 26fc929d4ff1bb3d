// SPDX-License-Identifier: Apache-2.0

package gradus.examples.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import gradus.Tensor;
import java.util.List;

/// Indexing by what a golden file writes for `x[…]`.
final class Slices {
  private Slices() {}

  /// Returns `x[:, start:end:step]` with the three fields of `range` and `dim` colons; a null start
  /// or end is the edge.
  static Tensor slice(Tensor x, int dim, Fields range) {
    int start = range.isNull("start") ? 0 : range.integer("start");
    int end = range.isNull("end") ? x.size(dim) : range.integer("end");
    return x.slice(dim, start, end, range.integer("step"));
  }

  /// Returns `x[index]`: an integer selects, null keeps a dimension, `"..."` as many as are left,
  /// an object is a range.
  static Tensor get(Tensor x, List<JsonNode> index) {
    Tensor y = x;
    int dim = 0;
    for (JsonNode each : index) {
      if (each.isInt()) {
        y = y.select(dim, each.intValue());
      } else if (each.isNull()) {
        dim++;
      } else if (each.asText().equals("...")) {
        dim += x.dim() - (index.size() - 1);
      } else {
        var range = Fields.of("index", each);
        y = slice(y, dim++, range);
        range.end();
      }
    }
    return y;
  }
}
