// SPDX-License-Identifier: Apache-2.0
package gradus.train.report;

import gradus.data.Dataset;
import gradus.internal.AtomicFile;
import gradus.train.EpochTiming;
import gradus.train.History;
import gradus.train.Monitor;
import gradus.train.Predictions;
import gradus.train.Trainer;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a training was and how it went, as one page of HTML that needs nothing else: curves,
/// learning rate, confusion matrix, worst mistakes as pictures, first-layer weights, options, times
/// and environment.
///
/// ```java
/// Report.of(trainer)
///     .title("CIFAR-10")
///     .options(Map.of("seed", "1"))
///     .test(trainer.predict(testLoader), testImages, classes)
///     .save(Path.of("out/report.html"));
/// ```
///
/// @param title the heading
/// @param options what the training was started with, by name
/// @param history the numbers of the epochs
/// @param monitor which of them told the best epoch, or null
/// @param timings how long the epochs took
/// @param model the model, as text
/// @param parameters the number of the model's parameters
/// @param weights the first layer's weights, or null
/// @param test how the model did on examples, or null
public record Report(
    String title,
    Map<String, String> options,
    History history,
    @Nullable Monitor monitor,
    List<EpochTiming> timings,
    String model,
    long parameters,
    @Nullable BufferedImage weights,
    @Nullable Test test) {

  /// How a classifier did on examples.
  ///
  /// @param predictions its logits `[N, C]` and the int64 labels `[N]`
  /// @param images the same examples in the same order, with images `[C, H, W]` as inputs
  /// @param classes the names of the classes
  public record Test(Predictions predictions, Dataset images, List<String> classes) {
    /// Copies the names.
    ///
    /// @throws IllegalArgumentException if there are not as many predictions as images, or outputs
    ///   as names
    public Test {
      classes = List.copyOf(classes);
      if (predictions.outputs().dim() != 2
          || predictions.outputs().size(0) != images.size()
          || predictions.outputs().size(1) != classes.size()) {
        throw new IllegalArgumentException(
            "Report: outputs %s for %d images and %d classes; [%2$d, %3$d] is wanted"
                .formatted(predictions.outputs().shape(), images.size(), classes.size()));
      }
    }
  }

  /// Copies the map and the list.
  public Report {
    options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
    timings = List.copyOf(timings);
  }

  /// Returns the report of a training as far as its trainer knows it, with what the trainer was
  /// made with as options.
  public static Report of(Trainer trainer) {
    var options = new LinkedHashMap<String, String>();
    options.put("optimizer", trainer.optimizer().toString());
    options.put("epochs", Integer.toString(trainer.maxEpochs()));
    options.put("training examples", Integer.toString(trainer.loader().dataset().size()));
    options.put("batches in an epoch", Integer.toString(trainer.loader().length()));
    if (trainer.settings().scheduler() != null) {
      options.put("scheduler", trainer.settings().scheduler().getClass().getSimpleName());
    }
    if (trainer.settings().clipGradNorm() < Double.POSITIVE_INFINITY) {
      options.put("clipGradNorm", Double.toString(trainer.settings().clipGradNorm()));
    }
    if (trainer.settings().patience() < Integer.MAX_VALUE) {
      options.put("patience", Integer.toString(trainer.settings().patience()));
    }
    options.put("seed of the trainer", Long.toString(trainer.settings().seed()));
    return new Report(
        "Training",
        options,
        trainer.history(),
        trainer.monitor(),
        trainer.timings(),
        trainer.model().toString(),
        trainer.model().numParameters(),
        Pictures.firstLayer(trainer.model()).orElse(null),
        null);
  }

  /// Returns the same with another heading.
  public Report title(String value) {
    return new Report(value, options, history, monitor, timings, model, parameters, weights, test);
  }

  /// Returns the same with other options.
  public Report options(Map<String, String> value) {
    return new Report(title, value, history, monitor, timings, model, parameters, weights, test);
  }

  /// Returns the same with another picture of weights, or none.
  public Report weights(@Nullable BufferedImage value) {
    return new Report(title, options, history, monitor, timings, model, parameters, value, test);
  }

  /// Returns the same with a confusion matrix and the worst mistakes.
  ///
  /// @param predictions logits `[N, C]` and int64 labels `[N]`
  /// @param images the same examples in the same order, with images `[C, H, W]` as inputs
  /// @param classes the names of the classes
  /// @throws IllegalArgumentException if there are not as many predictions as images, or outputs as
  ///   names
  public Report test(Predictions predictions, Dataset images, List<String> classes) {
    return new Report(
        title,
        options,
        history,
        monitor,
        timings,
        model,
        parameters,
        weights,
        new Test(predictions, images, classes));
  }

  /// Returns the page.
  ///
  /// @throws IOException if a picture cannot be encoded
  public String toHtml() throws IOException {
    return new Page(this).html();
  }

  /// Writes the page to a file, whole or not at all.
  ///
  /// @throws IOException if the file cannot be written
  public void save(Path file) throws IOException {
    ByteBuffer html = StandardCharsets.UTF_8.encode(toHtml());
    AtomicFile.write(
        file,
        out -> {
          while (html.hasRemaining()) {
            out.write(html);
          }
        });
  }
}
