// SPDX-License-Identifier: Apache-2.0

package gradus.examples;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import gradus.Grad;
import gradus.Tensor;
import gradus.data.Normalization;
import gradus.nn.Mlp;
import gradus.nn.Safetensors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// A trained classifier with all that is needed to use it: architecture, class names and the
/// normalization of its inputs are in the metadata of the safetensors file that holds its weights.
///
/// @param imageShape channels, height and width of the images that it takes
/// @param origin what kind of images it was trained on
record ModelFile(
    Mlp model,
    List<String> classes,
    Normalization normalization,
    List<Integer> imageShape,
    Origin origin) {
  private static final String KIND = "model";
  private static final String DATA = "data";
  private static final ObjectMapper JSON = new ObjectMapper();

  /// Writes the file, whole or not at all.
  void save(Path file) throws IOException {
    Mlp.Options o = model.options();
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put(KIND, "mlp");
    metadata.put(DATA, origin.name());
    metadata.put("image_shape", JSON.writeValueAsString(imageShape));
    metadata.put("classes", JSON.writeValueAsString(classes));
    metadata.put("hidden", JSON.writeValueAsString(o.hidden()));
    metadata.put("activation", o.activation().name());
    metadata.put("dropout", Double.toString(o.dropout()));
    metadata.put("batch_norm", Boolean.toString(o.batchNorm()));
    metadata.putAll(normalization.toMetadata());
    Safetensors.save(file, model.stateDict(), metadata);
  }

  /// Reads a file that [#save] wrote; the model comes in evaluation mode.
  ///
  /// @throws IOException if the file is damaged, or was not written by `gradus train`
  static ModelFile load(Path file) throws IOException {
    Safetensors.Content content = Safetensors.load(file);
    var metadata = new Metadata(file, content.metadata());
    String kind = metadata.string(KIND);
    if (!kind.equals("mlp")) {
      throw metadata.wrong(KIND, kind);
    }
    try (var _ = Grad.off()) {
      List<String> classes = metadata.list("classes", String.class);
      List<Integer> imageShape = metadata.list("image_shape", Integer.class);
      if (imageShape.size() != 3 || imageShape.stream().anyMatch(size -> size < 1)) {
        throw metadata.wrong("image_shape", metadata.string("image_shape"));
      }
      int features = imageShape.stream().reduce(1, Math::multiplyExact);
      var options =
          Mlp.options(features, classes.size())
              .hidden(metadata.list("hidden", Integer.class))
              .activation(Mlp.Activation.valueOf(metadata.string("activation")))
              .dropout(Double.parseDouble(metadata.string("dropout")))
              .batchNorm(Boolean.parseBoolean(metadata.string("batch_norm")));
      requireWeights(options, content.tensors().values());
      var model = new Mlp(options);
      model.loadStateDict(content.tensors());
      model.eval();
      return new ModelFile(
          model,
          classes,
          Normalization.fromMetadata(content.metadata()),
          imageShape,
          Origin.valueOf(metadata.string(DATA)));
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }

  /// Refuses an architecture with more weights than the file has, before memory is taken for it.
  private static void requireWeights(Mlp.Options options, Collection<Tensor> tensors) {
    long found = tensors.stream().mapToLong(Tensor::numel).sum();
    long wanted = 0;
    long in = options.inFeatures();
    for (int out : options.hidden()) {
      wanted = Math.addExact(wanted, Math.multiplyExact(in, (long) out));
      in = out;
    }
    wanted = Math.addExact(wanted, Math.multiplyExact(in, (long) options.classes()));
    if (wanted > found) {
      throw new IllegalArgumentException(
          "its metadata says hidden %s, which takes %d weights; it holds %d numbers"
              .formatted(options.hidden(), wanted, found));
    }
  }

  private record Metadata(Path file, Map<String, String> strings) {
    String string(String key) throws IOException {
      String value = strings.get(key);
      if (value == null) {
        throw new IOException(
            file + ": the metadata has no '" + key + "'; this is no model of 'gradus train'");
      }
      return value;
    }

    <T> List<T> list(String key, Class<T> type) throws IOException {
      try {
        List<T> values =
            JSON.readValue(
                string(key), JSON.getTypeFactory().constructCollectionType(List.class, type));
        if (values != null && values.stream().noneMatch(Objects::isNull)) {
          return values;
        }
      } catch (JsonProcessingException e) {
        throw wrong(key, string(key));
      }
      throw wrong(key, string(key));
    }

    IOException wrong(String key, String value) {
      return new IOException(
          file + ": the metadata's '" + key + "' is '" + value + "', which is unknown here");
    }
  }
}
