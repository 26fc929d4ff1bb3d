// SPDX-License-Identifier: Apache-2.0

package gradus.examples;

import gradus.Threads;
import gradus.data.ImageDataset;
import gradus.data.ImageDatasets;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `gradus eval`: the accuracy of a model that `gradus train` wrote.
@Command(
    name = "eval",
    description = "Prints the accuracy of a trained model on images, and what it takes for what.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    sortOptions = false)
final class EvalCommand implements Callable<Integer> {
  /// The parts of a data set.
  enum Split {
    TRAIN,
    VAL,
    TEST;

    ImageDataset of(ImageDatasets datasets) {
      return switch (this) {
        case TRAIN -> datasets.train();
        case VAL -> {
          if (datasets.val() == null) {
            throw new IllegalArgumentException(
                "--split val: the data has no validation images of its own");
          }
          yield datasets.val();
        }
        case TEST -> datasets.test();
      };
    }

    @Override
    public String toString() {
      return Choice.name(this);
    }
  }

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  CommandSpec spec;

  @Option(
      names = "--model",
      paramLabel = "FILE",
      required = true,
      showDefaultValue = Visibility.NEVER,
      description = "The model.safetensors of a training.")
  Path model = Path.of("");

  @Mixin(name = "Images")
  DataOptions data = new DataOptions();

  @Option(
      names = "--split",
      paramLabel = "NAME",
      defaultValue = "test",
      description = "${COMPLETION-CANDIDATES}.")
  Split split = Split.TEST;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads to compute with. Default: all processors.")
  @Nullable Integer threads;

  @Override
  public Integer call() throws IOException {
    new Usage(spec.commandLine()).positive("--threads", threads);
    if (threads != null) {
      Threads.count(threads);
    }
    PrintWriter print = spec.commandLine().getOut();
    ModelFile file = ModelFile.load(model);
    LoadedImages loaded = data.openFor(file.origin(), print, Source.official());
    ImageDataset images = split.of(loaded.datasets());
    if (!images.classes().equals(file.classes())) {
      throw new IllegalArgumentException(
          "%s knows the classes %s, the data has %s"
              .formatted(model, file.classes(), images.classes()));
    }
    List<Integer> shape = loaded.shape();
    if (!shape.equals(file.imageShape())) {
      throw new IllegalArgumentException(
          "%s takes images %s, the data has %s".formatted(model, file.imageShape(), shape));
    }
    Score score = Score.of(file.model(), images.map(file.normalization()));
    print.println(score.predictions().confusionMatrix().toTable(file.classes()));
    print.printf("loss: %.4f%naccuracy: %.4f%n", score.loss(), score.accuracy());
    return 0;
  }
}
