// SPDX-License-Identifier: Apache-2.0
package gradus.data;

import gradus.Generator;
import gradus.internal.Raw;
import java.util.List;

/// Drawn images of 32 × 32 pixels in ten classes of shapes and textures, for trying things out
/// without a data set.
///
/// Each image has one figure, in a random colour on a ground of another, at a random place, size
/// and slight rotation, under noise. A small multilayer perceptron learns to tell most of them.
public final class SyntheticImages {
  private static final int SIDE = 32;
  private static final int PLANE = SIDE * SIDE;
  private static final int PIXELS = 3 * PLANE;

  /// Noise is uniform within ± this many of 256 levels.
  private static final double NOISE = 40;

  /// A figure, as the points (u, v) that belong to it; −1 … 1 is its size in both directions.
  private interface Figure {
    boolean contains(double u, double v);
  }

  private record Kind(String name, Figure figure) {}

  private static final List<Kind> KINDS =
      List.of(
          new Kind("checkerboard", (u, v) -> (stripe(u) ^ stripe(v)) == 0),
          new Kind("cross", (u, v) -> max(u, v) <= 1 && Math.min(Math.abs(u), Math.abs(v)) <= 0.3),
          new Kind("diamond", (u, v) -> Math.abs(u) + Math.abs(v) <= 1.1),
          new Kind("disc", (u, v) -> u * u + v * v <= 0.9),
          new Kind("frame", (u, v) -> max(u, v) <= 0.95 && max(u, v) >= 0.6),
          new Kind("horizontal-stripes", (_, v) -> stripe(v) == 0),
          new Kind("ring", (u, v) -> u * u + v * v <= 1 && u * u + v * v >= 0.35),
          new Kind("square", (u, v) -> max(u, v) <= 0.85),
          new Kind("triangle", (u, v) -> v <= 0.8 && 2 * Math.abs(u) <= v + 1),
          new Kind("vertical-stripes", (u, _) -> stripe(u) == 0));

  /// The names of the classes, by label; alphabetical.
  public static final List<String> CLASSES = KINDS.stream().map(Kind::name).toList();

  private SyntheticImages() {}

  private static double max(double u, double v) {
    return Math.max(Math.abs(u), Math.abs(v));
  }

  /// 0 and 1 in turn, each 0.7 wide.
  private static int stripe(double u) {
    return (int) Math.floor(u / 0.7) & 1;
  }

  /// Draws images: as many of each class, in turn. The same seed draws the same images.
  ///
  /// @param train how many to train on, ≥ 1
  /// @param test how many to test with, ≥ 1
  /// @throws IllegalArgumentException if `train` or `test` is not positive or is above 600,000
  public static ImageDatasets generate(int train, int test, long seed) {
    Generator generator = new Generator(seed);
    return new ImageDatasets(
        draw("train", train, generator.derive(0)), draw("test", test, generator.derive(1)));
  }

  private static ImageDataset draw(String split, int n, Generator generator) {
    if (n < 1 || n > 600_000) {
      throw new IllegalArgumentException(
          "SyntheticImages: " + split + " " + n + " is not a number from 1 to 600000");
    }
    byte[] pixels = new byte[n * PIXELS];
    long[] labels = new long[n];
    Raw.parallel(
        n,
        16,
        (from, to) -> {
          for (int i = from; i < to; i++) {
            int label = i % KINDS.size();
            labels[i] = label;
            drawOne(KINDS.get(label).figure, generator.derive(i), pixels, i * PIXELS);
          }
        });
    return ImageDataset.of(pixels, labels, CLASSES, 3, SIDE, SIDE);
  }

  private static void drawOne(Figure figure, Generator random, byte[] pixels, int offset) {
    double x0 = between(random, 13, 19);
    double y0 = between(random, 13, 19);
    double size = between(random, 8, 12);
    double angle = between(random, -0.15, 0.15);
    double cos = StrictMath.cos(angle) / size;
    double sin = StrictMath.sin(angle) / size;
    double[] ground = colour(random);
    double[] ink = contrasting(ground, random);
    float[] noise = random.uniform(-NOISE, NOISE, PIXELS).toFloatArray();
    for (int y = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++) {
        double u = cos * (x - x0) + sin * (y - y0);
        double v = cos * (y - y0) - sin * (x - x0);
        double[] colour = figure.contains(u, v) ? ink : ground;
        for (int c = 0; c < 3; c++) {
          int at = c * PLANE + y * SIDE + x;
          pixels[offset + at] = (byte) Math.clamp(Math.round(colour[c] + noise[at]), 0, 255);
        }
      }
    }
  }

  private static double between(Generator random, double low, double high) {
    return low + (high - low) * random.nextDouble();
  }

  private static double[] colour(Generator random) {
    return new double[] {between(random, 0, 255), between(random, 0, 255), between(random, 0, 255)};
  }

  /// Draws colours until one is far enough from `ground`.
  private static double[] contrasting(double[] ground, Generator random) {
    while (true) {
      double[] colour = colour(random);
      double distance = 0;
      for (int c = 0; c < 3; c++) {
        distance += Math.abs(colour[c] - ground[c]);
      }
      if (distance > 200) {
        return colour;
      }
    }
  }
}
