// SPDX-License-Identifier: Apache-2.0

package gradus.examples.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;

/// Functions of the epoch, recorded as data.
final class Lambdas {
  private Lambdas() {}

  /// Returns the functions of `lr_lambda`: one, or one for each group.
  static List<IntToDoubleFunction> read(Fields args) {
    JsonNode node = args.get("lr_lambda");
    if (!node.isArray()) {
      return List.of(read("lr_lambda", node));
    }
    List<IntToDoubleFunction> all = new ArrayList<>();
    node.forEach(each -> all.add(read("lr_lambda", each)));
    return all;
  }

  private static IntToDoubleFunction read(String where, JsonNode node) {
    Fields fields = Fields.of(where, node);
    IntToDoubleFunction function =
        switch (fields.text("kind")) {
          case "power" -> power(fields.number("base"));
          case "inverse" -> inverse(fields.number("k"));
          case "constant" -> constant(fields.number("value"));
          case "warmup" -> warmup(fields.number("epochs"));
          case "cosine" -> cosine(fields.number("period"));
          default -> throw new Mismatch("kind " + fields.text("kind") + " is not supported");
        };
    fields.end();
    return function;
  }

  private static IntToDoubleFunction power(double base) {
    return epoch -> StrictMath.pow(base, epoch);
  }

  private static IntToDoubleFunction inverse(double k) {
    return epoch -> 1 / (1 + k * epoch);
  }

  private static IntToDoubleFunction constant(double value) {
    return _ -> value;
  }

  private static IntToDoubleFunction warmup(double epochs) {
    return epoch -> Math.min(1, (epoch + 1) / epochs);
  }

  private static IntToDoubleFunction cosine(double period) {
    return epoch -> 0.5 * (1 + StrictMath.cos(Math.PI * epoch / period));
  }
}
