// SPDX-License-Identifier: Apache-2.0
package gradus.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Convolutions and their derivatives have the bits of their definitions, whatever the shape, the
/// layout and the number of threads.
class ConvTest {
  private final int threads = Parallel.threads();

  @AfterEach
  void restore() {
    Parallel.threads(threads);
  }

  private static ConvAxis axis(int in, int kernel, int stride, int padding, int dilation) {
    int out = (in + 2 * padding - (kernel - 1) * dilation - 1) / stride + 1;
    return new ConvAxis(in, out, kernel, stride, padding, dilation);
  }

  static Stream<ConvShape> shapes() {
    List<ConvShape> shapes = new ArrayList<>();
    ConvAxis none = ConvAxis.NONE;
    ConvAxis three = axis(16, 3, 1, 1, 1);
    shapes.add(new ConvShape(2, 1, 32, 16, none, three, three));
    shapes.add(new ConvShape(1, 1, 3, 9, none, axis(32, 5, 1, 2, 1), axis(32, 5, 1, 2, 1)));
    shapes.add(new ConvShape(3, 1, 8, 8, none, axis(7, 1, 2, 0, 1), axis(7, 1, 2, 0, 1)));
    shapes.add(new ConvShape(1, 1, 1, 1, none, none, axis(3000, 9, 1, 4, 1)));
    shapes.add(new ConvShape(1, 1, 70, 5, none, axis(40, 3, 1, 1, 1), axis(60, 3, 1, 1, 1)));
    shapes.add(new ConvShape(1, 2, 3, 2, axis(6, 2, 2, 1, 1), axis(5, 3, 1, 0, 2), three));
    // Rows and columns that no window reads, and windows beyond the input.
    shapes.add(new ConvShape(2, 1, 2, 3, none, new ConvAxis(9, 2, 2, 5, 0, 1), three));
    shapes.add(new ConvShape(2, 1, 2, 3, none, none, new ConvAxis(4, 9, 2, 1, 3, 1)));
    var random = new Random(4);
    IntStream.range(0, 40)
        .forEach(
            _ -> {
              var axes = new ConvAxis[3];
              for (int a = 0; a < 3; a++) {
                int kernel = 1 + random.nextInt(4);
                int dilation = 1 + random.nextInt(3);
                int in = (kernel - 1) * dilation + 1 + random.nextInt(8);
                axes[a] = axis(in, kernel, 1 + random.nextInt(4), random.nextInt(3), dilation);
              }
              shapes.add(
                  new ConvShape(
                      1 + random.nextInt(3),
                      1 + random.nextInt(3),
                      1 + random.nextInt(5),
                      1 + random.nextInt(11),
                      random.nextBoolean() ? none : axes[0],
                      axes[1],
                      axes[2]));
            });
    return shapes.stream();
  }

  /// Something done with each product of an output's cotangent or value, an input and a weight.
  private interface Product {
    void at(int x, int w, int y);
  }

  /// All products of one group, by output, and for each by channel and tap.
  private static void each(ConvShape s, Product product) {
    for (int n = 0; n < s.batch(); n++) {
      for (int g = 0; g < s.groups(); g++) {
        for (int o = 0; o < s.out(); o++) {
          int channel = g * s.out() + o;
          for (int p = 0; p < s.pixels(); p++) {
            int y = (n * s.groups() * s.out() + channel) * s.pixels() + p;
            for (int c = 0; c < s.in(); c++) {
              for (int t = 0; t < s.taps(); t++) {
                int source = source(s, p, t);
                int x = (n * s.groups() + g) * s.in() + c;
                int w = (channel * s.in() + c) * s.taps() + t;
                product.at(source < 0 ? -1 : x * s.inputs() + source, w, y);
              }
            }
          }
        }
      }
    }
  }

  private static int source(ConvShape s, int p, int t) {
    int x = source(s.w(), p % s.w().out(), t % s.w().kernel());
    int y = source(s.h(), p / s.w().out() % s.h().out(), t / s.w().kernel() % s.h().kernel());
    int z = source(s.d(), p / s.w().out() / s.h().out(), t / s.w().kernel() / s.h().kernel());
    return x < 0 || y < 0 || z < 0 ? -1 : (z * s.h().in() + y) * s.w().in() + x;
  }

  private static int source(ConvAxis a, int o, int k) {
    int i = o * a.stride() - a.padding() + k * a.dilation();
    return i < 0 || i >= a.in() ? -1 : i;
  }

  /// Sums of chains of so many products, written down once more: of floats, or of doubles if it is
  /// `wide`.
  private static final class Chains {
    private final double[] sums;
    private final double[] chains;
    private final int[] lengths;
    private final int most;
    private final boolean wide;

    Chains(double[] start, int most, boolean wide) {
      sums = start.clone();
      chains = new double[start.length];
      lengths = new int[start.length];
      this.most = most;
      this.wide = wide;
    }

    void add(int i, double a, double b) {
      chains[i] =
          wide ? Math.fma(a, b, chains[i]) : Math.fma((float) a, (float) b, (float) chains[i]);
      if (++lengths[i] == most) {
        end(i);
      }
    }

    void end(int i) {
      if (lengths[i] > 0) {
        double sum = sums[i] + chains[i];
        sums[i] = wide ? sum : (float) sum;
        chains[i] = 0;
        lengths[i] = 0;
      }
    }

    double[] end() {
      for (int i = 0; i < sums.length; i++) {
        end(i);
      }
      return sums;
    }

    float[] floats() {
      var floats = new float[sums.length];
      Copy.convert(end(), 0, floats, 0, sums.length);
      return floats;
    }
  }

  private static int[] strides(ConvShape s, int channels, boolean input) {
    int w = input ? s.w().in() : s.w().out();
    int h = input ? s.h().in() : s.h().out();
    int d = input ? s.d().in() : s.d().out();
    return new int[] {channels * d * h * w, d * h * w, h * w, w, 1};
  }

  /// The same with the dimensions in another order in memory, behind two other elements.
  private static float[] spread(float[] x, int[] strides, int[] other, int[] sizes) {
    var out = new float[x.length + 2];
    for (int i = 0; i < x.length; i++) {
      int at = 2;
      for (int d = 0; d < 5; d++) {
        at += i / strides[d] % sizes[d] * other[d];
      }
      out[at] = x[i];
    }
    return out;
  }

  private static int[] reversed(int[] sizes) {
    int[] strides = new int[5];
    int step = 1;
    for (int d = 0; d < 5; d++) {
      strides[d] = step;
      step *= sizes[d];
    }
    return strides;
  }

  private static float[] x(ConvShape s) {
    return Samples.floats(1, s.batch() * s.groups() * s.in() * s.inputs());
  }

  private static float[] w(ConvShape s) {
    return Samples.floats(2, s.groups() * s.out() * s.in() * s.taps());
  }

  /// The biases of channels, in each element of their planes.
  private static float[] planes(float[] bias, int batch, int size) {
    var out = new float[batch * bias.length * size];
    for (int i = 0; i < out.length; i++) {
      out[i] = bias[i / size % bias.length];
    }
    return out;
  }

  private static float[] y(ConvShape s) {
    return Samples.floats(3, s.batch() * s.groups() * s.out() * s.pixels());
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void forwardHasTheBitsOfTheModel(ConvShape s) {
    float[] x = x(s);
    float[] w = w(s);
    float[] bias = Samples.floats(4, s.groups() * s.out());
    float[] start = planes(bias, s.batch(), s.pixels());
    var model = new Chains(Samples.widened(start), 384, false);
    each(s, (i, k, o) -> model.add(o, w[k], i < 0 ? 0 : x[i]));
    float[] expected = model.floats();
    int[] strides = strides(s, s.groups() * s.in(), true);
    int[] sizes = {s.batch(), s.groups() * s.in(), s.d().in(), s.h().in(), s.w().in()};
    int[] other = reversed(sizes);
    float[] spread = spread(x, strides, other, sizes);
    for (int count = 1; count <= 3; count++) {
      Parallel.threads(count);
      ConvArrays.moveTo(count % 3 * 6);
      // What stands in the result before makes no difference.
      float[] y = y(s);
      Conv.forward(s, x, 0, strides, w, 0, bias, 0, y);
      assertThat(y).isEqualTo(expected);
      Conv.forward(s, spread, 2, other, w, 0, bias, 0, y);
      assertThat(y).isEqualTo(expected);
    }
    float[] none = y(s);
    Conv.forward(s, x, 0, strides, w, 0, null, 0, none);
    float[] zero = y(s);
    Conv.forward(s, x, 0, strides, w, 0, new float[bias.length], 0, zero);
    assertThat(none).isEqualTo(zero);
    double[] wide = Samples.widened(y(s));
    Conv.forward(
        s, Samples.widened(x), 0, strides, Samples.widened(w), 0, Samples.widened(bias), 0, wide);
    assertClose(expected, wide);
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void doublesHaveTheBitsOfTheModel(ConvShape s) {
    double[] x = Samples.doubles(1, x(s).length);
    double[] w = Samples.doubles(2, w(s).length);
    double[] y = Samples.doubles(3, y(s).length);
    var forward = new Chains(new double[y.length], 384, true);
    each(s, (i, k, o) -> forward.add(o, w[k], i < 0 ? 0 : x[i]));
    var backward = new Chains(new double[w.length], 256, true);
    weightGradient(s, backward, x, y);
    int[] strides = strides(s, s.groups() * s.in(), true);
    for (int count = 1; count <= 2; count++) {
      Parallel.threads(count);
      double[] actual = y.clone();
      Conv.forward(s, x, 0, strides, w, 0, null, 0, actual);
      assertThat(actual).isEqualTo(forward.end());
      var dw = new double[w.length];
      Conv.weightGradient(s, x, 0, strides, y, 0, dw);
      assertThat(dw).isEqualTo(backward.end());
    }
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void inputGradientIsCloseToTheSum(ConvShape s) {
    float[] w = w(s);
    float[] dy = y(s);
    float[] bias = Samples.floats(4, s.groups() * s.in());
    double[] exact = Samples.widened(planes(bias, s.batch(), s.inputs()));
    each(
        s,
        (i, k, o) -> {
          if (i >= 0) {
            exact[i] += (double) w[k] * dy[o];
          }
        });
    int[] strides = strides(s, s.groups() * s.out(), false);
    int[] sizes = {s.batch(), s.groups() * s.out(), s.d().out(), s.h().out(), s.w().out()};
    int[] other = reversed(sizes);
    float[] spread = spread(dy, strides, other, sizes);
    Parallel.threads(1);
    float[] first = x(s);
    Conv.inputGradient(s, dy, 0, strides, w, 0, bias, 0, first);
    assertClose(first, exact);
    for (int count = 1; count <= 3; count++) {
      Parallel.threads(count);
      ConvArrays.moveTo(count % 3 * 6);
      float[] dx = x(s);
      Conv.inputGradient(s, spread, 2, other, w, 0, bias, 0, dx);
      assertThat(dx).isEqualTo(first);
    }
    float[] none = x(s);
    Conv.inputGradient(s, dy, 0, strides, w, 0, null, 0, none);
    float[] zero = x(s);
    Conv.inputGradient(s, dy, 0, strides, w, 0, new float[bias.length], 0, zero);
    assertThat(none).isEqualTo(zero);
    double[] wide = Samples.widened(x(s));
    Conv.inputGradient(
        s, Samples.widened(dy), 0, strides, Samples.widened(w), 0, Samples.widened(bias), 0, wide);
    assertClose(first, wide);
  }

  /// Chains end with an image, and in it after so many outputs.
  private static void weightGradient(ConvShape s, Chains model, double[] x, double[] dy) {
    int perImage = s.groups() * s.out() * s.pixels();
    int[] image = new int[s.groups() * s.out() * s.in() * s.taps()];
    each(
        s,
        (i, k, o) -> {
          if (image[k] != o / perImage) {
            model.end(k);
            image[k] = o / perImage;
          }
          model.add(k, dy[o], i < 0 ? 0 : x[i]);
        });
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void weightGradientHasTheBitsOfTheModel(ConvShape s) {
    float[] x = x(s);
    float[] dy = y(s);
    var dw = new float[w(s).length];
    var model = new Chains(new double[dw.length], 256, false);
    weightGradient(s, model, Samples.widened(x), Samples.widened(dy));
    float[] expected = model.floats();
    int[] strides = strides(s, s.groups() * s.in(), true);
    int[] sizes = {s.batch(), s.groups() * s.in(), s.d().in(), s.h().in(), s.w().in()};
    int[] other = reversed(sizes);
    float[] spread = spread(x, strides, other, sizes);
    for (int count = 1; count <= 3; count++) {
      Parallel.threads(count);
      ConvArrays.moveTo(count % 3 * 6);
      Conv.weightGradient(s, x, 0, strides, dy, 0, dw);
      assertThat(dw).isEqualTo(expected);
      Conv.weightGradient(s, spread, 2, other, dy, 0, dw);
      assertThat(dw).isEqualTo(expected);
    }
    var wide = new double[dw.length];
    Conv.weightGradient(s, Samples.widened(x), 0, strides, Samples.widened(dy), 0, wide);
    assertClose(expected, wide);
  }

  /// Float sums of so many products are this close to exact ones.
  private static void assertClose(float[] actual, double[] expected) {
    double largest = 1;
    for (double v : expected) {
      largest = Math.max(largest, Math.abs(v));
    }
    for (int i = 0; i < actual.length; i++) {
      assertThat(Math.abs(actual[i] - expected[i])).isLessThan(1e-5 * largest);
    }
  }

  @Test
  void nothingIsDoneWithNothing() {
    ConvAxis a = axis(4, 2, 1, 0, 1);
    var s = new ConvShape(0, 1, 2, 3, ConvAxis.NONE, a, a);
    Conv.forward(s, new float[0], 0, new int[5], new float[24], 0, null, 0, new float[0]);
    Conv.inputGradient(s, new float[0], 0, new int[5], new float[24], 0, null, 0, new float[0]);
    var dw = new float[24];
    Conv.weightGradient(s, new float[0], 0, new int[5], new float[0], 0, dw);
    assertThat(dw).containsOnly(0);
  }
}
