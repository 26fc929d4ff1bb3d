// SPDX-License-Identifier: Apache-2.0

package gradus.examples;

import gradus.data.ImageDatasets;
import gradus.data.SyntheticImages;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Where images come from: a path, or the built-in generated set.
final class DataOptions {
  private static final int GENERATED_TRAIN = 6000;
  private static final int GENERATED_TEST = 1000;

  @Option(
      names = "--data",
      paramLabel = "PATH",
      description = {
        "CIFAR-10: an image folder (train/<class>/*.jpg, test/<class>/*.jpg), an archive of one (.tar.gz),"
            + " or the folder of the official .bin files.",
        "Without it, a generated set of shapes."
      })
  @Nullable Path path;

  /// Reads the images, at most `limit` of each split, and says in a line what there is.
  ImageDatasets open(int limit, long seed, PrintWriter out) throws IOException {
    long start = System.nanoTime();
    ImageDatasets data;
    String what;
    if (path == null) {
      data =
          SyntheticImages.generate(
              Math.min(limit, GENERATED_TRAIN), Math.min(limit, GENERATED_TEST), 0);
      what = "No --data given: generated 32 × 32 images of " + data.classes().size() + " shapes";
    } else {
      data = ImageDatasets.open(path, ImageDatasets.options().limit(limit).seed(seed));
      what = path + ": " + data.classes().size() + " classes";
    }
    out.printf(
        "%s, %,d to train on, %,d to test with (%.1f s)%n",
        what, data.train().size(), data.test().size(), (System.nanoTime() - start) / 1e9);
    out.flush();
    return data;
  }
}
