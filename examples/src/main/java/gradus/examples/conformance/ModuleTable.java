// SPDX-License-Identifier: Apache-2.0

package gradus.examples.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import gradus.nn.AlphaDropout;
import gradus.nn.Bilinear;
import gradus.nn.Dropout;
import gradus.nn.Dropout1d;
import gradus.nn.Dropout2d;
import gradus.nn.FeatureAlphaDropout;
import gradus.nn.Flatten;
import gradus.nn.Identity;
import gradus.nn.Layer;
import gradus.nn.Linear;
import gradus.nn.Module;
import gradus.nn.ModuleDict;
import gradus.nn.ModuleList;
import gradus.nn.Sequential;
import gradus.nn.Unflatten;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Function;

/// How each of PyTorch's modules is made, by its class's name.
final class ModuleTable {
  private static final Map<String, Function<Fields, Module>> MAKERS = new HashMap<>();

  private static final Map<String, Function<SequencedMap<String, Module>, Module>> CONTAINERS =
      Map.of(
          "Sequential", ModuleTable::sequential,
          "ModuleList", children -> new ModuleList<>(List.copyOf(children.values())),
          "ModuleDict", ModuleDict::new);

  static {
    MAKERS.put("Identity", _ -> new Identity());
    MAKERS.put("Linear", ModuleTable::linear);
    MAKERS.put("Bilinear", ModuleTable::bilinear);
    MAKERS.put("Flatten", a -> new Flatten(a.integer("start_dim", 1), a.integer("end_dim", -1)));
    MAKERS.put("Unflatten", ModuleTable::unflatten);
    EmbeddingTable.addTo(MAKERS);
    LossModules.addTo(MAKERS);
    MAKERS.put("Dropout", a -> new Dropout(a.number("p", 0.5)));
    MAKERS.put("Dropout1d", a -> new Dropout1d(a.number("p", 0.5)));
    MAKERS.put("Dropout2d", a -> new Dropout2d(a.number("p", 0.5)));
    MAKERS.put("AlphaDropout", a -> new AlphaDropout(a.number("p", 0.5)));
    MAKERS.put("FeatureAlphaDropout", a -> new FeatureAlphaDropout(a.number("p", 0.5)));
    SpatialModules.addTo(MAKERS);
    ActivationModules.addTo(MAKERS);
    NormModules.addTo(MAKERS);
    AttentionModules.addTo(MAKERS);
    RecurrentTable.addTo(MAKERS);
  }

  private ModuleTable() {}

  private static Linear linear(Fields a) {
    int in = a.integer("in_features");
    int out = a.integer("out_features");
    return a.flag("bias", true) ? new Linear(in, out) : Linear.withoutBias(in, out);
  }

  private static Bilinear bilinear(Fields a) {
    int in1 = a.integer("in1_features");
    int in2 = a.integer("in2_features");
    int out = a.integer("out_features");
    return a.flag("bias", true) ? new Bilinear(in1, in2, out) : Bilinear.withoutBias(in1, in2, out);
  }

  private static Unflatten unflatten(Fields a) {
    return new Unflatten(a.integer("dim"), a.integers("unflattened_size"));
  }

  /// Returns the module `name`.
  ///
  /// @throws Unsupported if Gradus lacks it
  static Module make(String name, Fields args) {
    Function<Fields, Module> maker = MAKERS.get(name);
    if (maker == null) {
      throw new Unsupported(List.of(name));
    }
    Module module = maker.apply(args);
    args.ignore("inplace", "return_indices", "sparse");
    args.end();
    return module;
  }

  /// Returns the module of `{"module": name, "args": {…}}` or `{"module": name, "children": [[key,
  /// module], …]}`.
  ///
  /// @throws Unsupported if Gradus lacks it or one below it, naming all
  static Module of(JsonNode json) {
    checkSupported(List.of(json));
    return supported(json);
  }

  /// Returns the layers of a list, one after the other, numbered.
  ///
  /// @throws Unsupported if Gradus lacks some, naming all
  static Sequential sequential(List<JsonNode> layers) {
    checkSupported(layers);
    SequencedMap<String, Module> children = new LinkedHashMap<>();
    layers.forEach(layer -> children.put(String.valueOf(children.size()), supported(layer)));
    return sequential(children);
  }

  private static Sequential sequential(SequencedMap<String, Module> children) {
    SequencedMap<String, Layer> layers = new LinkedHashMap<>();
    children.forEach((key, child) -> layers.put(key, (Layer) child));
    return new Sequential(layers);
  }

  private static Module supported(JsonNode json) {
    var fields = Fields.of("model", json);
    String name = fields.text("module");
    Function<SequencedMap<String, Module>, Module> container = CONTAINERS.get(name);
    Module module;
    if (container == null) {
      module = make(name, fields.object("args"));
    } else {
      SequencedMap<String, Module> children = new LinkedHashMap<>();
      for (JsonNode child : fields.list("children")) {
        children.put(child.path(0).asText(), supported(child.path(1)));
      }
      module = container.apply(children);
    }
    fields.end();
    return module;
  }

  private static void checkSupported(List<JsonNode> modules) {
    Set<String> missing = new LinkedHashSet<>();
    modules.forEach(module -> collectMissing(module, missing));
    if (!missing.isEmpty()) {
      throw new Unsupported(new ArrayList<>(missing));
    }
  }

  private static void collectMissing(JsonNode json, Set<String> missing) {
    String name = json.path("module").asText();
    if (!MAKERS.containsKey(name) && !CONTAINERS.containsKey(name)) {
      missing.add(name);
    }
    for (JsonNode child : json.path("children")) {
      collectMissing(child.path(1), missing);
    }
  }
}
