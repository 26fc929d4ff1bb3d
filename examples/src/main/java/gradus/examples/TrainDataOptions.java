// SPDX-License-Identifier: Apache-2.0

package gradus.examples;

import gradus.Generator;
import gradus.data.Augmentation;
import gradus.data.Dataset;
import gradus.data.ImageDatasets;
import gradus.data.Subset;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Stack;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IParameterConsumer;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/// Which images are trained on, validated with, and how they are varied.
final class TrainDataOptions extends DataOptions {
  /// The stream of random numbers that chooses the validation images.
  private static final long SPLIT = 1;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "Take at most this many images of each split.")
  @Nullable Integer limit;

  @Option(
      names = "--val-split",
      paramLabel = "P",
      defaultValue = "0.1",
      description =
          "Share of the training images held out for validation, unless the data set has its own.")
  double valSplit = 0.1;

  @Option(
      names = "--augment",
      paramLabel = "NAME",
      split = ",",
      arity = "0..1",
      parameterConsumer = Names.class,
      description = {
        "Vary training images at random, anew in each epoch: ${COMPLETION-CANDIDATES}, in the order"
            + " given; crop,flip if none is named.",
        "  Default: as they are"
      })
  @Nullable List<AugmentationKind> augment;

  /// Takes the names that follow, if any do. Without it a name that does not exist would count as
  /// something that follows the option, and not be explained.
  static final class Names implements IParameterConsumer {
    private static final String USUAL = "crop,flip";

    @Override
    public void consumeParameters(Stack<String> args, ArgSpec option, CommandSpec command) {
      String names = args.isEmpty() || args.peek().startsWith("-") ? USUAL : args.pop();
      var choice = new Choice<>(AugmentationKind.class);
      try {
        option.setValue(Arrays.stream(names.split(",", -1)).map(choice::convert).toList());
      } catch (TypeConversionException e) {
        throw new ParameterException(
            command.commandLine(), "Invalid value for option '--augment': " + e.getMessage(), e);
      }
    }
  }

  /// Images to train on and, unless it is null, to validate with, as bytes.
  record Parts(Dataset train, @Nullable Dataset val) {}

  void check(Usage usage) {
    usage.positive("--limit", limit);
    usage.require("--val-split", valSplit, valSplit >= 0 && valSplit < 1, "must be in [0, 1)");
  }

  LoadedImages open(long seed, PrintWriter out) throws IOException {
    return open(limit == null ? Integer.MAX_VALUE : limit, seed, out, Source.official());
  }

  /// Takes the data set's own images to validate with, if it has any, else holds some out.
  Parts split(ImageDatasets images, long seed) {
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

  /// Returns the images varied in each epoch, if that is wanted.
  Dataset augmented(Dataset images, long seed) {
    if (augment == null) {
      return images;
    }
    Augmentation[] all =
        augment.stream().map(AugmentationKind::augmentation).toArray(Augmentation[]::new);
    return images.augment(Augmentation.of(all), seed);
  }

  /// Puts all that decides the results.
  void describe(Map<String, String> settings) {
    settings.put("--limit", limit == null ? "none" : limit.toString());
    settings.put("--val-split", Double.toString(valSplit));
    settings.put(
        "--augment",
        augment == null
            ? "none"
            : String.join(",", augment.stream().map(Object::toString).toList()));
  }
}
