// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.Tensor;
import gradus.internal.AtomicFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;

/// Tensors in several safetensors files, with an index of which tensor is in which.
final class Shards {
  private static final String SUFFIX = ".safetensors.index.json";

  private Shards() {}

  static void save(
      Path index,
      SequencedMap<String, ? extends Tensor> tensors,
      Map<String, String> metadata,
      long maxBytes)
      throws IOException {
    String name = String.valueOf(index.getFileName());
    if (!name.endsWith(SUFFIX)) {
      throw new IllegalArgumentException(
          "saveSharded: the index " + index + " is not named …" + SUFFIX);
    }
    if (maxBytes <= 0) {
      throw new IllegalArgumentException(
          "saveSharded: maxShardBytes: " + maxBytes + " is not positive");
    }
    List<SequencedMap<String, Tensor>> shards = cut(tensors, maxBytes);
    String model = name.substring(0, name.length() - SUFFIX.length());
    byte[] json = json(model, shards, tensors);
    try {
      Files.deleteIfExists(index);
      for (int i = 0; i < shards.size(); i++) {
        Path shard = index.resolveSibling(shardName(model, i, shards.size()));
        Safetensors.save(shard, shards.get(i), metadata);
      }
      AtomicFile.write(index, out -> Safetensors.writeAll(out, ByteBuffer.wrap(json)));
    } catch (FileSystemException e) {
      throw Safetensors.explained(index, e);
    }
  }

  /// Fills one file after the other, in order.
  private static List<SequencedMap<String, Tensor>> cut(
      SequencedMap<String, ? extends Tensor> tensors, long maxBytes) {
    List<SequencedMap<String, Tensor>> shards = new ArrayList<>();
    SequencedMap<String, Tensor> shard = new LinkedHashMap<>();
    long size = 0;
    for (var entry : tensors.entrySet()) {
      long bytes = bytes(entry.getValue());
      if (size + bytes > maxBytes && !shard.isEmpty()) {
        shards.add(shard);
        shard = new LinkedHashMap<>();
        size = 0;
      }
      shard.put(entry.getKey(), entry.getValue());
      size += bytes;
    }
    shards.add(shard);
    return shards;
  }

  private static long bytes(Tensor tensor) {
    return (long) tensor.numel() * StoredType.of(tensor.dtype()).bytes;
  }

  private static String shardName(String model, int index, int count) {
    return model + "-" + digits(index + 1) + "-of-" + digits(count) + ".safetensors";
  }

  private static String digits(int number) {
    String text = String.valueOf(number);
    return "0".repeat(Math.max(0, 5 - text.length())) + text;
  }

  private static byte[] json(
      String model,
      List<SequencedMap<String, Tensor>> shards,
      SequencedMap<String, ? extends Tensor> tensors) {
    long total = tensors.values().stream().mapToLong(Shards::bytes).sum();
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < shards.size(); i++) {
      String shard = SafetensorsHeader.quoted(shardName(model, i, shards.size()));
      shards
          .get(i)
          .keySet()
          .forEach(name -> lines.add("    " + SafetensorsHeader.quoted(name) + ": " + shard));
    }
    String map = lines.isEmpty() ? "{}" : "{\n" + String.join(",\n", lines) + "\n  }";
    return "{\n  \"metadata\": {\n    \"total_size\": %s\n  },\n  \"weight_map\": %s\n}\n"
        .formatted(total, map)
        .getBytes(StandardCharsets.UTF_8);
  }

  static Safetensors.Content load(Path index) throws IOException {
    SequencedMap<String, String> places = read(index);
    SequencedMap<String, List<String>> byShard = new LinkedHashMap<>();
    places.forEach(
        (name, shard) -> byShard.computeIfAbsent(shard, _ -> new ArrayList<>()).add(name));
    Map<String, Tensor> read = new HashMap<>();
    SequencedMap<String, String> metadata = new LinkedHashMap<>();
    for (var shard : byShard.entrySet()) {
      try (var file = Safetensors.open(index.resolveSibling(shard.getKey()))) {
        for (String name : shard.getValue()) {
          if (!file.names().contains(name)) {
            throw new IOException(
                "%s: tensor %s should be in %s, which has none of this name"
                    .formatted(index, SafetensorsHeader.oneLine(name), shard.getKey()));
          }
          read.put(name, file.tensor(name));
        }
        if (shard.getKey().equals(byShard.firstEntry().getKey())) {
          metadata.putAll(file.metadata());
        }
      }
    }
    SequencedMap<String, Tensor> tensors = new LinkedHashMap<>();
    places.keySet().forEach(name -> tensors.put(name, Objects.requireNonNull(read.get(name))));
    return new Safetensors.Content(tensors, metadata);
  }

  /// Returns the name of the file of each tensor.
  private static SequencedMap<String, String> read(Path index) throws IOException {
    byte[] bytes;
    try {
      if (Files.isDirectory(index)) {
        throw new IOException(index + ": is a folder, not a file");
      }
      long size = Files.size(index);
      if (size > SafetensorsHeader.MAX_LENGTH) {
        throw new IOException(index + ": is no safetensors index: it has " + size + " bytes");
      }
      bytes = Files.readAllBytes(index);
    } catch (FileSystemException e) {
      throw Safetensors.explained(index, e);
    }
    var json =
        new JsonReader(index.toString(), "safetensors index", "index", ByteBuffer.wrap(bytes));
    SequencedMap<String, String> places = new LinkedHashMap<>();
    boolean[] found = new boolean[1];
    json.readAll(
        key -> {
          if (key.equals("weight_map")) {
            found[0] = true;
            json.readObject(name -> places.put(name, shard(json, json.readString())));
          } else {
            json.skipValue();
          }
        });
    if (!found[0]) {
      throw json.error("there is no weight_map");
    }
    return places;
  }

  /// Refuses what is no plain name of a file beside the index.
  private static String shard(JsonReader json, String name) throws IOException {
    boolean plain =
        !name.isEmpty()
            && !name.equals(".")
            && !name.equals("..")
            && name.chars().noneMatch(c -> c < ' ' || "/\\:".indexOf(c) >= 0);
    if (!plain) {
      throw json.error("\"" + name + "\" is no name of a file beside the index");
    }
    return name;
  }
}
