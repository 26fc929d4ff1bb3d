// SPDX-License-Identifier: Apache-2.0

package gradus.examples;

import gradus.Generator;
import gradus.Threads;
import gradus.data.Dataset;
import gradus.data.ImageDatasets;
import gradus.data.Normalize;
import gradus.data.Subset;
import gradus.nn.Mlp;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
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

/// `gradus train`: trains a multilayer perceptron on images and writes it to a file.
@Command(
    name = "train",
    description = "Trains a multilayer perceptron on images.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    sortOptions = false)
final class TrainCommand implements Callable<Integer> {
  /// The stream of random numbers that chooses the validation images.
  private static final long SPLIT = 1;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  CommandSpec spec;

  @Mixin DataOptions data = new DataOptions();

  @Option(
      names = "--hidden",
      paramLabel = "SIZE",
      split = ",",
      defaultValue = "100",
      description = "Sizes of the hidden layers, such as 512,256; 0 for none.")
  List<Integer> hidden = List.of();

  @Option(
      names = "--activation",
      paramLabel = "NAME",
      defaultValue = "RELU",
      description = "${COMPLETION-CANDIDATES}.")
  Mlp.Activation activation = Mlp.Activation.RELU;

  @Option(
      names = "--optimizer",
      paramLabel = "NAME",
      defaultValue = "ADAMW",
      description = "${COMPLETION-CANDIDATES}.")
  OptimizerKind optimizer = OptimizerKind.ADAMW;

  @Option(
      names = "--lr",
      paramLabel = "X",
      description =
          "Learning rate at the start; it falls to 0 along a cosine. Default: 0.001, for SGD 0.02.")
  @Nullable Double lr;

  @Option(
      names = "--weight-decay",
      paramLabel = "X",
      description = "Weight decay of the optimizer. Default: 0.5 for ADAMW, else 0.0005.")
  @Nullable Double weightDecay;

  @Option(
      names = "--dropout",
      paramLabel = "P",
      defaultValue = "0",
      description = "Share of the hidden activations dropped in training.")
  double dropout;

  @Option(names = "--batch-norm", description = "Normalise hidden layers over the batch.")
  boolean batchNorm;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      defaultValue = "20",
      description = "Passes over the training images.")
  int epochs;

  @Option(
      names = "--batch-size",
      paramLabel = "N",
      defaultValue = "128",
      description = "Images in a step.")
  int batchSize;

  @Option(
      names = "--val-split",
      paramLabel = "P",
      defaultValue = "0.1",
      description =
          "Share of the training images held out for validation, unless there is a val/ folder.")
  double valSplit;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "Take at most this many images of each split.")
  @Nullable Integer limit;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "All that is random follows from it.")
  long seed;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads to compute with; results don't depend on it. Default: all processors.")
  @Nullable Integer threads;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "out",
      description = "Where model.safetensors and summary.json go.")
  Path out = Path.of("out");

  @Override
  public Integer call() throws IOException {
    check();
    if (threads != null) {
      Threads.count(threads);
    }
    prepareOut();
    PrintWriter print = spec.commandLine().getOut();
    ImageDatasets images = data.open(limit == null ? Integer.MAX_VALUE : limit, seed, print);
    Parts parts = split(images);
    Normalize normalize = Normalize.fit(parts.train());
    Dataset train = parts.train().map(normalize);
    Dataset val = parts.val() == null ? null : parts.val().map(normalize);
    List<Integer> imageShape =
        List.of(
            images.train().images().size(1),
            images.train().images().size(2),
            images.train().images().size(3));
    Mlp.Options architecture =
        Mlp.options(imageShape.stream().reduce(1, Math::multiplyExact), images.classes().size())
            .hidden(hidden.equals(List.of(0)) ? List.of() : hidden)
            .activation(activation)
            .dropout(dropout)
            .batchNorm(batchNorm);
    Training training =
        new Training(
            architecture,
            optimizer,
            optimizer.lrOr(lr),
            optimizer.weightDecayOr(weightDecay),
            epochs,
            batchSize,
            seed);
    Training.Result result = training.run(train, val, print);
    Score trained = Outputs.of(result.model(), train).score();
    Score validated = val == null ? null : Outputs.of(result.model(), val).score();
    Score tested = Outputs.of(result.model(), images.test().map(normalize)).score();
    print.println(trained.line("train"));
    if (validated != null) {
      print.println(validated.line("validation"));
    }
    print.println(tested.line("test"));
    Path model = out.resolve("model.safetensors");
    new ModelFile(result.model(), images.classes(), normalize, imageShape).save(model);
    Path summary = out.resolve("summary.json");
    Summary.of(trained, validated, tested, result, epochs, seed).save(summary);
    print.println("wrote " + model + " and " + summary);
    return 0;
  }

  /// Images to train on and, unless it is null, to validate with.
  private record Parts(Dataset train, @Nullable Dataset val) {}

  /// Takes the data set's own images to validate with, if it has any, else holds some out.
  private Parts split(ImageDatasets images) {
    if (images.val() != null) {
      return new Parts(images.train(), images.val());
    }
    int n = images.train().size();
    int held = (int) Math.round(valSplit * n);
    if (held == n || (valSplit > 0 && held == 0)) {
      throw new IllegalArgumentException(
          "--val-split %s of %d images leaves nothing to %s"
              .formatted(valSplit, n, held == 0 ? "validate with" : "train on"));
    }
    List<Subset> parts =
        images.train().randomSplit(new Generator(seed).derive(SPLIT), n - held, held);
    return new Parts(parts.getFirst(), held == 0 ? null : parts.getLast());
  }

  private void check() {
    if (!hidden.equals(List.of(0))) {
      hidden.forEach(size -> require("--hidden", size, size > 0, "a size must be positive"));
    }
    double rate = optimizer.lrOr(lr);
    double decay = optimizer.weightDecayOr(weightDecay);
    require("--lr", rate, rate > 0 && Double.isFinite(rate), "must be positive");
    require("--weight-decay", decay, decay >= 0 && Double.isFinite(decay), "must not be negative");
    require("--dropout", dropout, dropout >= 0 && dropout < 1, "must be in [0, 1)");
    require("--epochs", epochs, epochs > 0, "must be positive");
    require("--batch-size", batchSize, batchSize > 0, "must be positive");
    require(
        "--batch-size", batchSize, batchSize > 1 || !batchNorm, "--batch-norm needs at least 2");
    require("--val-split", valSplit, valSplit >= 0 && valSplit < 1, "must be in [0, 1)");
    require("--limit", limit, limit == null || limit > 0, "must be positive");
    require("--threads", threads, threads == null || threads > 0, "must be positive");
  }

  private void require(String option, @Nullable Number value, boolean ok, String rule) {
    if (!ok) {
      throw new ParameterException(spec.commandLine(), "%s %s: %s".formatted(option, value, rule));
    }
  }

  /// Finds out before the training, not after it, that its results can be written.
  private void prepareOut() throws IOException {
    try {
      Files.createDirectories(out);
    } catch (FileAlreadyExistsException e) {
      throw new IOException("--out " + out + ": is a file, not a folder", e);
    }
    if (!Files.isWritable(out)) {
      throw new IOException("--out " + out + ": is not writable");
    }
  }
}
