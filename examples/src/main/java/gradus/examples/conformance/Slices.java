// SPDX-License-Identifier: Apache-2.0

package gradus.examples.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import gradus.Index;
import gradus.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Indexing by what a golden file writes for `x[…]`.
final class Slices {
  private Slices() {}

  /// Returns `x[:, start:end:step]` with the three fields of `range` and `dim` colons; a null start
  /// or end is the edge.
  static Tensor slice(Tensor x, int dim, Fields range) {
    int start = range.isNull("start") ? 0 : range.integer("start");
    int end = range.isNull("end") ? x.size(dim) : range.integer("end");
    return x.slice(dim, start, end, range.integer("step", 1));
  }

  /// Returns `x[index]`: an integer selects, null keeps a dimension, `"..."` as many as are left,
  /// an object is a range.
  static Tensor get(Tensor x, List<JsonNode> index) {
    return x.at(index.stream().map(Slices::index).toArray(Index[]::new));
  }

  private static Index index(JsonNode each) {
    if (each.isInt()) {
      return Index.at(each.intValue());
    } else if (each.isNull()) {
      return Index.all();
    } else if (each.asText().equals("...")) {
      return Index.ELLIPSIS;
    }
    var range = Fields.of("index", each);
    Index.Range index =
        new Index.Range(bound(range, "start"), bound(range, "end"), range.integer("step", 1));
    range.end();
    return index;
  }

  private static @Nullable Integer bound(Fields range, String key) {
    return range.isNull(key) ? null : (Integer) range.integer(key);
  }
}
