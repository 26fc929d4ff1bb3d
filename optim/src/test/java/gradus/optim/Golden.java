// SPDX-License-Identifier: Apache-2.0
package gradus.optim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import gradus.DType;
import gradus.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// PyTorch's numbers under `src/test/resources/golden`.
final class Golden {
  private Golden() {}

  /// Returns the cases of `family` whose op is one of `ops`.
  static List<JsonNode> cases(String family, Set<String> ops) {
    try (InputStream file = Golden.class.getResourceAsStream("/golden/" + family + ".json")) {
      JsonNode cases = new ObjectMapper().readTree(Objects.requireNonNull(file)).get("cases");
      return stream(cases).filter(c -> ops.contains(c.get("op").asText())).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Stream<JsonNode> stream(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }

  /// Numbers, where NaN and infinities are strings.
  static double number(JsonNode node) {
    return node.isTextual() ? Double.parseDouble(node.asText()) : node.asDouble();
  }

  static double[] numbers(JsonNode array) {
    return stream(array).mapToDouble(Golden::number).toArray();
  }

  /// A tensor `{"shape": …, "data": …}`.
  static Tensor tensor(JsonNode node, DType dtype) {
    return tensor(node.get("data"), node.get("shape"), dtype);
  }

  static Tensor tensor(JsonNode data, JsonNode shape, DType dtype) {
    double[] values = numbers(data);
    int[] sizes = stream(shape).mapToInt(JsonNode::asInt).toArray();
    Tensor flat = Tensor.float64(values, values.length);
    return flat.reshape(sizes).to(dtype);
  }
}
