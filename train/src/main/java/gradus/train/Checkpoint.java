// SPDX-License-Identifier: Apache-2.0
package gradus.train;

import gradus.DType;
import gradus.Tensor;
import gradus.nn.Safetensors;
import gradus.optim.StateDict;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// All that a [Trainer] needs to go on as if it had never stopped, in one safetensors file.
///
/// In the file, `model.` `best.` `optimizer.` `scheduler.` and `callbacks.0.` go before the names
/// of their tensors; numbers are texts of the metadata, with all digits.
///
/// @param epoch the number of the epoch that goes on or comes next, from 0
/// @param batch how many batches of that epoch are done
/// @param step how many steps are done in all
/// @param batches how many batches the training loader has in an epoch
/// @param model the model's state
/// @param optimizer the optimizer's state
/// @param scheduler the scheduler's state, if there is one
/// @param callbacks the states of the callbacks that have one, in order
/// @param generator the state of the trainer's [gradus.Generator]
/// @param history the epochs that have ended
/// @param sums the running sums of the epoch that goes on: float64 vectors
/// @param best the best epoch, if one was looked for
/// @param badEpochs how many epochs in a row were not better than the best
/// @param extra texts that callbacks added
public record Checkpoint(
    int epoch,
    int batch,
    long step,
    int batches,
    SequencedMap<String, Tensor> model,
    StateDict optimizer,
    @Nullable StateDict scheduler,
    List<StateDict> callbacks,
    Tensor generator,
    History history,
    List<Tensor> sums,
    @Nullable Best best,
    int badEpochs,
    SequencedMap<String, String> extra) {
  private static final String FORMAT = "gradus.checkpoint";
  private static final String VERSION = "1";

  /// Copies the maps and lists.
  public Checkpoint {
    model = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(model));
    extra = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(extra));
    callbacks = List.copyOf(callbacks);
    sums = List.copyOf(sums);
  }

  /// Writes a file, whole or not at all: what was there before stays until all is written.
  ///
  /// @throws IOException if the file cannot be written
  public void save(Path file) throws IOException {
    var tensors = new LinkedHashMap<String, Tensor>();
    var texts = new LinkedHashMap<String, String>();
    texts.put(FORMAT, VERSION);
    texts.put("epoch", Integer.toString(epoch));
    texts.put("batch", Integer.toString(batch));
    texts.put("step", Long.toString(step));
    texts.put("batches", Integer.toString(batches));
    texts.put("bad_epochs", Integer.toString(badEpochs));
    texts.put("history", String.join(",", history.columns()));
    model.forEach((name, tensor) -> tensors.put("model." + name, tensor));
    put("optimizer.", optimizer, tensors, texts);
    if (scheduler != null) {
      texts.put("scheduler", "");
      put("scheduler.", scheduler, tensors, texts);
    }
    for (int i = 0; i < callbacks.size(); i++) {
      texts.put("callbacks." + i, "");
      put("callbacks." + i + ".", callbacks.get(i), tensors, texts);
    }
    if (best != null) {
      texts.put("best.epoch", Integer.toString(best.epoch()));
      texts.put("best.value", Double.toString(best.value()));
      best.model().forEach((name, tensor) -> tensors.put("best." + name, tensor));
    }
    tensors.put("generator", generator);
    double[] numbers =
        history.rows().stream().flatMap(List::stream).mapToDouble(Double::doubleValue).toArray();
    tensors.put("history", Tensor.float64(numbers, history.epochs(), history.columns().size()));
    for (int i = 0; i < sums.size(); i++) {
      tensors.put("sums." + i, sums.get(i));
    }
    extra.forEach((key, value) -> texts.put("extra." + key, value));
    Safetensors.save(file, tensors, texts);
  }

  private static void put(
      String prefix, StateDict state, Map<String, Tensor> tensors, Map<String, String> texts) {
    state.tensors().forEach((name, tensor) -> tensors.put(prefix + name, tensor));
    state.scalars().forEach((name, value) -> texts.put(prefix + name, value.toString()));
  }

  /// Reads a file that [#save] wrote.
  ///
  /// @throws IOException if the file cannot be read, is damaged, or is no checkpoint
  public static Checkpoint load(Path file) throws IOException {
    return new Reader(file, Safetensors.load(file)).read();
  }

  private record Reader(
      Path file, SequencedMap<String, Tensor> tensors, SequencedMap<String, String> texts) {
    Reader(Path file, Safetensors.Content content) {
      this(file, content.tensors(), content.metadata());
    }

    Checkpoint read() throws IOException {
      String version = texts.get(FORMAT);
      if (!VERSION.equals(version)) {
        throw new IOException(
            version == null
                ? file + ": is no checkpoint of a Trainer: its metadata has no '" + FORMAT + "'"
                : file + ": is a checkpoint of version " + version + ", not " + VERSION);
      }
      try {
        return new Checkpoint(
            (int) count("epoch", Integer.MAX_VALUE),
            (int) count("batch", Integer.MAX_VALUE),
            count("step", Long.MAX_VALUE),
            (int) count("batches", Integer.MAX_VALUE),
            tensors("model."),
            state("optimizer."),
            texts.containsKey("scheduler") ? state("scheduler.") : null,
            callbacks(),
            tensor("generator"),
            history(),
            sums(),
            best(),
            (int) count("bad_epochs", Integer.MAX_VALUE),
            texts("extra."));
      } catch (IllegalArgumentException e) {
        throw new IOException(file + ": " + e.getMessage(), e);
      }
    }

    private History history() throws IOException {
      List<String> columns = List.of(text("history").split(",", -1));
      Tensor numbers = float64("history");
      if (numbers.dim() != 2 || numbers.size(1) != columns.size()) {
        throw new IOException(
            "%s: the history is %s for the %d columns %s"
                .formatted(file, numbers.shape(), columns.size(), columns));
      }
      double[] values = numbers.toDoubleArray();
      List<List<Double>> rows = new ArrayList<>();
      for (int epoch = 0; epoch < numbers.size(0); epoch++) {
        List<Double> row = new ArrayList<>();
        for (int c = 0; c < columns.size(); c++) {
          row.add(values[epoch * columns.size() + c]);
        }
        rows.add(row);
      }
      return new History(columns, rows);
    }

    private List<StateDict> callbacks() throws IOException {
      List<StateDict> states = new ArrayList<>();
      while (texts.containsKey("callbacks." + states.size())) {
        states.add(state("callbacks." + states.size() + "."));
      }
      return states;
    }

    private List<Tensor> sums() throws IOException {
      List<Tensor> sums = new ArrayList<>();
      while (tensors.containsKey("sums." + sums.size())) {
        sums.add(float64("sums." + sums.size()));
      }
      return sums;
    }

    private @Nullable Best best() throws IOException {
      if (!texts.containsKey("best.epoch")) {
        return null;
      }
      return new Best(
          (int) count("best.epoch", Integer.MAX_VALUE), number("best.value"), tensors("best."));
    }

    private StateDict state(String prefix) throws IOException {
      var scalars = new LinkedHashMap<String, Double>();
      for (String name : texts(prefix).keySet()) {
        scalars.put(name, number(prefix + name));
      }
      return new StateDict(tensors(prefix), scalars);
    }

    private SequencedMap<String, Tensor> tensors(String prefix) {
      return under(prefix, tensors);
    }

    private SequencedMap<String, String> texts(String prefix) {
      return under(prefix, texts);
    }

    private static <T> SequencedMap<String, T> under(String prefix, Map<String, T> all) {
      var out = new LinkedHashMap<String, T>();
      all.forEach(
          (name, value) -> {
            if (name.startsWith(prefix)) {
              out.put(name.substring(prefix.length()), value);
            }
          });
      return out;
    }

    private Tensor tensor(String name) throws IOException {
      Tensor tensor = tensors.get(name);
      if (tensor == null) {
        throw new IOException(file + ": the checkpoint has no tensor " + name);
      }
      return tensor;
    }

    private Tensor float64(String name) throws IOException {
      Tensor tensor = tensor(name);
      if (tensor.dtype() != DType.FLOAT64) {
        throw new IOException(file + ": " + name + " is " + tensor.dtype() + ", not float64");
      }
      return tensor;
    }

    private String text(String key) throws IOException {
      String text = texts.get(key);
      if (text == null) {
        throw new IOException(file + ": the checkpoint has no '" + key + "'");
      }
      return text;
    }

    private double number(String key) throws IOException {
      try {
        return Double.parseDouble(text(key));
      } catch (NumberFormatException e) {
        throw new IOException(file + ": '" + key + "' is '" + text(key) + "', not a number", e);
      }
    }

    private long count(String key, long largest) throws IOException {
      String text = text(key);
      if (!text.matches("\\d{1,18}") || Long.parseLong(text) > largest) {
        throw new IOException(file + ": '" + key + "' is '" + text + "', not a count");
      }
      return Long.parseLong(text);
    }
  }
}
