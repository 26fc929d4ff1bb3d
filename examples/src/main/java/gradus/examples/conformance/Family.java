// SPDX-License-Identifier: Apache-2.0

package gradus.examples.conformance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The cases of one golden file.
record Family(String name, List<Case> cases) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /// Reads every `.json` file of `folder`, by name.
  ///
  /// @throws IOException if a file cannot be read or isn't of the schema; the message names it
  static List<Family> readAll(Path folder) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(folder)) {
      files = all.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    }
    List<Family> families = new ArrayList<>();
    for (Path file : files) {
      families.add(read(folder, file));
    }
    return families;
  }

  private static Family read(Path folder, Path file) throws IOException {
    JsonNode json;
    try {
      json = JSON.readTree(file.toFile());
    } catch (JsonProcessingException e) {
      throw new IOException(
          "%s: line %d, column %d: %s"
              .formatted(
                  file,
                  e.getLocation().getLineNr(),
                  e.getLocation().getColumnNr(),
                  e.getOriginalMessage()),
          e);
    }
    JsonNode cases = json.path("cases");
    if (!json.path("family").isTextual() || !cases.isArray()) {
      throw new IOException(file + ": has no \"family\" and \"cases\"; is it golden data?");
    }
    if (json.path("count").asInt() != cases.size()) {
      throw new IOException(
          "%s: has %d cases where \"count\" says %s"
              .formatted(file, cases.size(), json.path("count")));
    }
    List<Case> all = new ArrayList<>();
    for (JsonNode each : cases) {
      if (!each.path("id").isTextual() || !each.path("op").isTextual()) {
        throw new IOException("%s: case %d has no \"id\" and \"op\"".formatted(file, all.size()));
      }
      all.add(new Case(folder, each));
    }
    return new Family(json.path("family").asText(), all);
  }
}
