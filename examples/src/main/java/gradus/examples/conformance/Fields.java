// SPDX-License-Identifier: Apache-2.0

package gradus.examples.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/// An object of a golden file that remembers which of its fields were read, so that none is
/// overlooked: [#end()] refuses the rest.
///
/// All methods throw [Mismatch] if a field is missing or of another kind.
final class Fields {
  private final String where;
  private final JsonNode node;
  private final Set<String> read = new HashSet<>();

  private Fields(String where, JsonNode node) {
    this.where = where;
    this.node = node;
  }

  /// Returns the fields of `node`; `where` names it in messages.
  static Fields of(String where, JsonNode node) {
    if (!node.isObject()) {
      throw new Mismatch(where + " is no object: " + node);
    }
    return new Fields(where, node);
  }

  /// Returns no fields.
  static Fields empty(String where) {
    return new Fields(where, JsonNodeFactory.instance.objectNode());
  }

  /// Returns these fields, replaced and extended by those of `other`, none of them read yet.
  Fields merged(Fields other) {
    ObjectNode both = node.deepCopy();
    both.setAll((ObjectNode) other.node.deepCopy());
    return new Fields(where, both);
  }

  /// Returns whether there is a field `key`, be it null.
  boolean has(String key) {
    return node.has(key);
  }

  /// Returns whether there is a field `key` and it is null.
  boolean isNull(String key) {
    return node.has(key) && get(key).isNull();
  }

  /// Returns whether there is a field `key` that isn't null; null is PyTorch's None, which for
  /// nearly every argument says what leaving it out does.
  boolean given(String key) {
    return has(key) && !isNull(key);
  }

  /// Returns the names of all fields, in order.
  List<String> keys() {
    List<String> keys = new ArrayList<>();
    node.fieldNames().forEachRemaining(keys::add);
    return keys;
  }

  JsonNode get(String key) {
    JsonNode value = node.get(key);
    if (value == null) {
      throw new Mismatch("%s has no \"%s\"".formatted(where, key));
    }
    read.add(key);
    return value;
  }

  String text(String key) {
    JsonNode value = get(key);
    if (!value.isTextual()) {
      throw wrong(key, "a text");
    }
    return value.textValue();
  }

  double number(String key) {
    return number(where + "." + key, get(key));
  }

  double number(String key, double absent) {
    return given(key) ? number(key) : absent;
  }

  int integer(String key) {
    JsonNode value = get(key);
    if (!value.isInt()) {
      throw wrong(key, "an integer");
    }
    return value.intValue();
  }

  int integer(String key, int absent) {
    return given(key) ? integer(key) : absent;
  }

  /// Returns a list of integers; one alone is a list of one.
  int[] integers(String key) {
    JsonNode value = get(key);
    if (value.isInt()) {
      return new int[] {value.intValue()};
    }
    if (!value.isArray() || !elements(value).stream().allMatch(JsonNode::isInt)) {
      throw wrong(key, "a list of integers");
    }
    return elements(value).stream().mapToInt(JsonNode::intValue).toArray();
  }

  /// Returns a list of numbers; one alone is a list of one.
  double[] numbers(String key) {
    return numbers(where + "." + key, get(key));
  }

  static double[] numbers(String where, JsonNode value) {
    List<JsonNode> all = value.isArray() ? elements(value) : List.of(value);
    return all.stream().mapToDouble(each -> number(where, each)).toArray();
  }

  boolean flag(String key) {
    JsonNode value = get(key);
    if (!value.isBoolean()) {
      throw wrong(key, "true or false");
    }
    return value.booleanValue();
  }

  /// Returns whether the number `key` is written as a whole one, which PyTorch takes as one of its
  /// integers.
  boolean isWhole(String key) {
    return get(key).isIntegralNumber();
  }

  String text(String key, String absent) {
    return given(key) ? text(key) : absent;
  }

  boolean flag(String key, boolean absent) {
    return given(key) ? flag(key) : absent;
  }

  List<JsonNode> list(String key) {
    JsonNode value = get(key);
    if (!value.isArray()) {
      throw wrong(key, "a list");
    }
    return elements(value);
  }

  List<String> texts(String key) {
    return list(key).stream().map(JsonNode::asText).toList();
  }

  Fields object(String key) {
    return of(where + "." + key, get(key));
  }

  /// Returns the objects of a list.
  List<Fields> objects(String key) {
    List<JsonNode> all = list(key);
    List<Fields> objects = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      objects.add(of("%s.%s[%d]".formatted(where, key, i), all.get(i)));
    }
    return objects;
  }

  GoldenTensor tensor(String key) {
    return whole(object(key));
  }

  List<GoldenTensor> tensors(String key) {
    return objects(key).stream().map(Fields::whole).toList();
  }

  /// Returns the tensors of a list, which must have these names.
  List<GoldenTensor> tensors(String key, List<String> names) {
    List<GoldenTensor> tensors = tensors(key);
    List<String> found = tensors.stream().map(GoldenTensor::name).toList();
    if (!found.equals(names)) {
      throw new Mismatch("%s.%s are %s, expected %s".formatted(where, key, found, names));
    }
    return tensors;
  }

  /// Returns the tensors of a list, null where the file has null.
  List<@Nullable GoldenTensor> nullableTensors(String key) {
    List<@Nullable GoldenTensor> tensors = new ArrayList<>();
    for (JsonNode each : list(key)) {
      tensors.add(each.isNull() ? null : whole(of(where + "." + key, each)));
    }
    return tensors;
  }

  private static GoldenTensor whole(Fields fields) {
    var tensor = GoldenTensor.of(fields);
    fields.end();
    return tensor;
  }

  /// Returns `options` with the number `key`, or as they are if it isn't given.
  <T> T setNumber(T options, String key, NumberWither<T> wither) {
    return given(key) ? wither.with(options, number(key)) : options;
  }

  /// Returns `options` with the flag `key`, or as they are if it isn't given.
  <T> T setFlag(T options, String key, FlagWither<T> wither) {
    return given(key) ? wither.with(options, flag(key)) : options;
  }

  /// Returns `options` with the sizes `key`, or as they are if they aren't given.
  <T> T setSizes(T options, String key, SizesWither<T> wither) {
    return given(key) ? wither.with(options, integers(key)) : options;
  }

  /// A method that returns options with other sizes.
  interface SizesWither<T> {
    T with(T options, int[] value);
  }

  /// A method that returns options with another number.
  interface NumberWither<T> {
    T with(T options, double value);
  }

  /// A method that returns options with another flag.
  interface FlagWither<T> {
    T with(T options, boolean value);
  }

  /// Passes over fields that are null.
  void ignoreNulls() {
    keys().stream().filter(key -> node.get(key).isNull()).forEach(read::add);
  }

  /// Reads a flag that may have one value only.
  void mustBe(String key, boolean value) {
    if (flag(key, value) != value) {
      throw new Mismatch("%s.%s = %s is not supported".formatted(where, key, !value));
    }
  }

  /// Passes over fields that say nothing to check.
  void ignore(String... keys) {
    read.addAll(List.of(keys));
  }

  /// Refuses fields that were not read.
  void end() {
    List<String> unread = keys();
    unread.removeAll(read);
    if (!unread.isEmpty()) {
      throw new Mismatch("%s has %s, which is not supported".formatted(where, unread));
    }
  }

  /// Returns a number, which may be spelled `"NaN"`, `"Infinity"` or `"-Infinity"`.
  static double number(String where, JsonNode value) {
    if (value.isNumber()) {
      return value.doubleValue();
    }
    return switch (value.asText()) {
      case "NaN" -> Double.NaN;
      case "Infinity" -> Double.POSITIVE_INFINITY;
      case "-Infinity" -> Double.NEGATIVE_INFINITY;
      default -> throw new Mismatch("%s is no number: %s".formatted(where, value));
    };
  }

  private static List<JsonNode> elements(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).toList();
  }

  private Mismatch wrong(String key, String expected) {
    return new Mismatch("%s.%s is not %s: %s".formatted(where, key, expected, node.get(key)));
  }
}
