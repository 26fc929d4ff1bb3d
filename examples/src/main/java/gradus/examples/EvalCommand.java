// SPDX-License-Identifier: Apache-2.0

package gradus.examples;

import gradus.Threads;
import gradus.data.ImageDataset;
import gradus.data.ImageDatasets;
import gradus.train.ConfusionMatrix;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
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
    TEST
  }

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  CommandSpec spec;

  @Option(
      names = "--model",
      paramLabel = "FILE",
      required = true,
      description = "The model.safetensors of a training.")
  Path model = Path.of("");

  @Mixin DataOptions data = new DataOptions();

  @Option(
      names = "--split",
      paramLabel = "NAME",
      defaultValue = "TEST",
      description = "${COMPLETION-CANDIDATES}.")
  Split split = Split.TEST;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads to compute with. Default: all processors.")
  @Nullable Integer threads;

  @Override
  public Integer call() throws IOException {
    if (threads != null) {
      if (threads < 1) {
        throw new ParameterException(
            spec.commandLine(), "--threads " + threads + ": must be positive");
      }
      Threads.count(threads);
    }
    PrintWriter print = spec.commandLine().getOut();
    ModelFile file = ModelFile.load(model);
    ImageDatasets datasets = data.open(Integer.MAX_VALUE, 0, print);
    ImageDataset images = split == Split.TRAIN ? datasets.train() : datasets.test();
    if (!images.classes().equals(file.classes())) {
      throw new IllegalArgumentException(
          "%s knows the classes %s, the data has %s"
              .formatted(model, file.classes(), images.classes()));
    }
    List<Integer> shape =
        List.of(images.images().size(1), images.images().size(2), images.images().size(3));
    if (!shape.equals(file.imageShape())) {
      throw new IllegalArgumentException(
          "%s takes images %s, the data has %s".formatted(model, file.imageShape(), shape));
    }
    Outputs outputs = Outputs.of(file.model(), images.map(file.normalization()));
    Score score = outputs.score();
    print.println(ConfusionMatrix.of(outputs.logits(), outputs.labels()).toTable(file.classes()));
    print.printf("loss: %.4f%naccuracy: %.4f%n", score.loss(), score.accuracy());
    return 0;
  }
}
