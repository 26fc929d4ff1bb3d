// SPDX-License-Identifier: Apache-2.0

package gradus.examples.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;

/// One case of a golden file.
///
/// @param folder where the file lies, and those that the case names
/// @param json all of it
record Case(Path folder, JsonNode json) {
  /// Returns the name that is unique in its file: `matmul/07`.
  String id() {
    return json.path("id").asText();
  }

  /// Returns the short name of what is computed: `matmul`.
  String op() {
    return json.path("op").asText();
  }

  /// Returns the full name of the function that PyTorch computed it with, `torch.matmul`, or empty.
  String api() {
    return json.path("api").asText();
  }

  boolean tagged(String tag) {
    for (JsonNode each : json.path("tags")) {
      if (each.asText().equals(tag)) {
        return true;
      }
    }
    return false;
  }

  /// Returns whether this is beyond the core list of ops.
  boolean optional() {
    return tagged("optional");
  }

  /// Returns the fields that a check has to read.
  Fields fields() {
    var fields = Fields.of(id(), json);
    fields.ignore("id", "op", "api", "tags", "note");
    return fields;
  }
}
