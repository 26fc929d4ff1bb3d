// SPDX-License-Identifier: Apache-2.0

package gradus.examples;

import gradus.Grad;
import gradus.Tensor;
import gradus.data.Color;
import gradus.data.Images;
import gradus.data.Resize;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `gradus predict`: what a model takes images for.
@Command(
    name = "predict",
    description = "Prints the three likeliest classes of images, of any size.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class PredictCommand implements Callable<Integer> {
  private static final int SHOWN = 3;

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

  @Parameters(
      paramLabel = "IMAGE",
      arity = "1..*",
      description =
          "JPEG, PNG, TIFF, GIF or BMP files; their middle is scaled to the size that the model takes.")
  List<Path> images = List.of();

  @Override
  public Integer call() throws IOException {
    PrintWriter print = spec.commandLine().getOut();
    ModelFile file = ModelFile.load(model);
    List<Integer> shape = file.imageShape();
    Color color = shape.getFirst() == 1 ? Color.GREY : Color.RGB;
    Resize size = Resize.crop(shape.get(1), shape.get(2));
    if (file.origin() == Origin.GENERATED) {
      print.println(
          "note: trained on generated shapes (%s); to it anything is one of them"
              .formatted(String.join(", ", file.classes())));
    }
    for (Path image : images) {
      Tensor pixels = Images.read(image, color, size).unsqueeze(0);
      print.println(image + ": " + likeliest(file, pixels));
    }
    return 0;
  }

  private static String likeliest(ModelFile file, Tensor pixels) {
    float[] probabilities;
    try (var _ = Grad.off()) {
      Tensor logits = file.model().apply(file.normalization().apply(pixels));
      probabilities = logits.softmax(1).toFloatArray();
    }
    return IntStream.range(0, probabilities.length)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> -probabilities[i]))
        .limit(SHOWN)
        .map(i -> "%s %.4f".formatted(file.classes().get(i), probabilities[i]))
        .collect(Collectors.joining(", "));
  }
}
