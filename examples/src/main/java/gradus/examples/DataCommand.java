// SPDX-License-Identifier: Apache-2.0

package gradus.examples;

import gradus.data.ImageDataset;
import gradus.data.ImageDatasets;
import gradus.data.Normalize;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `gradus data`: looks at data sets.
@Command(
    name = "data",
    description = "Looks at data sets.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = DataCommand.DataInfo.class)
final class DataCommand {
  /// `gradus data info`: what a data set holds.
  @Command(
      name = "info",
      description = "Prints what a data set of images holds, and draws some of them.",
      mixinStandardHelpOptions = true,
      showDefaultValues = true,
      sortOptions = false)
  static final class DataInfo implements Callable<Integer> {
    private static final int PER_CLASS = 10;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    CommandSpec spec;

    @Parameters(
        paramLabel = "PATH",
        showDefaultValue = Visibility.NEVER,
        description = "An image folder, an archive of one, or official files of CIFAR or MNIST.")
    Path path = Path.of("");

    @Option(
        names = "--sheet",
        paramLabel = "FILE",
        defaultValue = "contact-sheet.png",
        description = "Where the picture goes: a row of training images for each class.")
    Path sheet = Path.of("");

    @Override
    public Integer call() throws IOException {
      PrintWriter print = spec.commandLine().getOut();
      ImageDatasets data = ImageDatasets.open(path);
      Map<String, ImageDataset> splits = new LinkedHashMap<>();
      splits.put("train", data.train());
      if (data.val() != null) {
        splits.put("val", data.val());
      }
      splits.put("test", data.test());
      List<Integer> shape = LoadedImages.shape(data.train());
      print.printf(
          "%s: %d classes, images of %d × %d pixels, %s%n",
          path,
          data.classes().size(),
          shape.get(2),
          shape.get(1),
          shape.getFirst() == 1 ? "grey" : shape.getFirst() + " channels");
      Normalize channels = Normalize.fit(data.train());
      print.println(
          "mean "
              + joined(channels.mean())
              + ", standard deviation "
              + joined(channels.std())
              + " (train)");
      print.println();
      printCounts(print, data.classes(), splits);
      ContactSheet.draw(data.train(), PER_CLASS).save(sheet);
      print.println("wrote " + sheet);
      return 0;
    }

    private static String joined(List<Double> values) {
      return values.stream()
          .map(v -> String.format(Locale.ROOT, "%.4f", v))
          .collect(Collectors.joining(" "));
    }

    private static void printCounts(
        PrintWriter print, List<String> classes, Map<String, ImageDataset> splits) {
      int width = Math.max(5, classes.stream().mapToInt(String::length).max().orElse(0));
      String row = "%-" + width + "s";
      print.printf(row, "class");
      splits.keySet().forEach(split -> print.printf("%9s", split));
      print.println();
      for (int label = 0; label < classes.size(); label++) {
        print.printf(row, classes.get(label));
        for (ImageDataset split : splits.values()) {
          print.printf("%,9d", (long) split.labels().eq(label).sum().item());
        }
        print.println();
      }
      print.printf(row, "all");
      splits.values().forEach(split -> print.printf("%,9d", split.size()));
      print.println();
    }
  }
}
