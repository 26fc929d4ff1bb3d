// SPDX-License-Identifier: Apache-2.0

package gradus.examples;

import gradus.data.DatasetException;
import gradus.data.ImageDatasets;
import gradus.data.SyntheticImages;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Where images come from: a path, the user's cache, the net, or a drawing program.
class DataOptions {
  private static final String GENERATED = "generated";
  private static final int GENERATED_TRAIN = 6000;
  private static final int GENERATED_TEST = 1000;

  @Option(
      names = "--data",
      paramLabel = "PATH",
      description = {
        "An image folder (train/<class>/*.jpg, test/<class>/*.jpg), an archive of one (.tar.gz), official"
            + " files of CIFAR-10, CIFAR-100 or MNIST; or 'generated', a set of drawn shapes.",
        "  Default: CIFAR-10 from the cache, else downloaded, else the generated set"
      })
  @Nullable Path path;

  @Option(names = "--offline", description = "Download nothing.")
  boolean offline;

  /// Reads the images, at most `limit` of each split, and says in a line what there is. If no path
  /// is given and CIFAR-10 is not to be had, draws some and says why.
  LoadedImages open(int limit, long seed, PrintWriter out, Source source) throws IOException {
    if (path != null) {
      return path.equals(Path.of(GENERATED)) ? generate(limit, out) : read(path, limit, seed, out);
    }
    Path found;
    try {
      found = cifar10(out, source);
    } catch (DatasetException e) {
      out.printf("no --data given and no CIFAR-10 to be had (%s)%n", e.getMessage());
      return generate(limit, out);
    }
    return read(found, limit, seed, out);
  }

  /// Finds CIFAR-10 in the cache, or downloads it to there.
  ///
  /// @throws DatasetException if it is not to be had
  private Path cifar10(PrintWriter out, Source source) throws IOException {
    Optional<Path> cached = source.cached();
    if (cached.isPresent()) {
      out.println("no --data given: CIFAR-10 from the cache");
      return cached.get();
    }
    if (offline) {
      throw new DatasetException(Home.shorten(source.cache()), "does not hold it, and --offline");
    }
    return source.download(out);
  }

  /// Reads images for a model that was trained on images of this origin, and says in a line what
  /// there is.
  ///
  /// @throws DatasetException if no path is given and CIFAR-10 is not to be had
  LoadedImages openFor(Origin origin, PrintWriter out, Source source) throws IOException {
    if (path != null) {
      return open(Integer.MAX_VALUE, 0, out, source);
    }
    return origin == Origin.GENERATED
        ? generate(Integer.MAX_VALUE, out)
        : read(cifar10(out, source), Integer.MAX_VALUE, 0, out);
  }

  private static LoadedImages read(Path path, int limit, long seed, PrintWriter out)
      throws IOException {
    long start = System.nanoTime();
    var images =
        new LoadedImages(
            ImageDatasets.open(path, ImageDatasets.options().limit(limit).seed(seed)),
            Origin.IMAGES,
            Home.shorten(path));
    print(images, start, out);
    return images;
  }

  private static LoadedImages generate(int limit, PrintWriter out) {
    long start = System.nanoTime();
    var images =
        new LoadedImages(
            SyntheticImages.generate(
                Math.min(limit, GENERATED_TRAIN), Math.min(limit, GENERATED_TEST), 0),
            Origin.GENERATED,
            "generated shapes");
    print(images, start, out);
    return images;
  }

  private static void print(LoadedImages images, long start, PrintWriter out) {
    ImageDatasets datasets = images.datasets();
    out.printf(
        "%s: %d classes, %,d images to train on, %,d to test with (%.1f s)%n",
        images.name(),
        datasets.classes().size(),
        datasets.train().size(),
        datasets.test().size(),
        (System.nanoTime() - start) / 1e9);
    out.flush();
  }
}
