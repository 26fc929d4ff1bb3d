// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.Shape;
import gradus.nn.SafetensorsHeader.Entry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// Reads the JSON of a safetensors header: an object of tensor descriptions and one of texts, and
/// nothing else that JSON has.
final class HeaderParser extends JsonReader {
  /// More dimensions than any tensor has; keeps a hostile shape from filling the memory.
  private static final int MAX_DIMS = 64;

  HeaderParser(String file, ByteBuffer json) throws IOException {
    super(file, "safetensors file", "header", json);
  }

  SafetensorsHeader parse() throws IOException {
    var entries = new ArrayList<Entry>();
    var metadata = new LinkedHashMap<String, String>();
    readAll(
        name -> {
          if (name.equals(SafetensorsHeader.METADATA)) {
            readObject(key -> metadata.put(key, readString()));
          } else {
            entries.add(readEntry(name));
          }
        });
    return new SafetensorsHeader(List.copyOf(entries), metadata);
  }

  private Entry readEntry(String name) throws IOException {
    SequencedMap<String, Object> parts = new LinkedHashMap<>();
    readObject(
        key -> {
          switch (key) {
            case "dtype" -> parts.put(key, readType(name));
            case "shape" -> parts.put(key, readNumbers(MAX_DIMS));
            case "data_offsets" -> parts.put(key, readNumbers(2));
            default -> throw error("tensor " + name + " has an unknown part \"" + key + "\"");
          }
        });
    if (parts.get("dtype") instanceof StoredType type
        && parts.get("shape") instanceof long[] shape
        && parts.get("data_offsets") instanceof long[] offsets
        && offsets.length == 2) {
      return entry(name, type, shape, offsets[0], offsets[1]);
    }
    throw error("tensor " + name + " needs a dtype, a shape and two data_offsets");
  }

  private Entry entry(String name, StoredType type, long[] shape, long begin, long end)
      throws IOException {
    var sizes = new int[shape.length];
    long numel = 1;
    long limit = 1; // the product without zeros, which strides may reach
    for (int dim = 0; dim < shape.length; dim++) {
      numel *= shape[dim];
      limit *= Math.max(1, shape[dim]);
      if (limit > Integer.MAX_VALUE || shape[dim] > Integer.MAX_VALUE) {
        throw error("tensor " + name + " has more than 2147483647 elements");
      }
      sizes[dim] = (int) shape[dim];
    }
    if (begin > end || end - begin != numel * type.bytes) {
      throw error(
          "tensor %s: %s elements of %s need %s bytes, not those from %s to %s"
              .formatted(name, numel, type, numel * type.bytes, begin, end));
    }
    return new Entry(name, type, Shape.of(sizes), begin, end);
  }

  private StoredType readType(String tensor) throws IOException {
    String name = readString();
    for (StoredType type : StoredType.values()) {
      if (type.name().equals(name)) {
        return type;
      }
    }
    throw error("tensor " + tensor + " is of type " + name + ", which is not supported");
  }
}
