// SPDX-License-Identifier: Apache-2.0
package gradus.kernel;

import java.util.Arrays;
import java.util.zip.CRC32;
import jdk.incubator.vector.FloatVector;

/// Prints the width of this machine's vectors and a checksum of what all float kernels, and those
/// for double that use vectors, make of fixed inputs, which must not depend on it. With a second
/// argument kernels begin in plain loops.
final class Fingerprint {
  private final CRC32 crc = new CRC32();

  private Fingerprint() {}

  public static void main(String[] args) {
    Vectors.check();
    Parallel.threads(Integer.parseInt(args[0]));
    if (args.length > 1) {
      Beginning.inPlainLoops();
    } else {
      Beginning.inVectors();
    }
    var fingerprint = new Fingerprint();
    fingerprint.pointwise();
    fingerprint.reductions();
    fingerprint.rowsAndNorms();
    fingerprint.products();
    fingerprint.doubleProducts();
    fingerprint.convolutions();
    fingerprint.recurrences();
    fingerprint.random();
    System.out.println(
        FloatVector.SPECIES_PREFERRED.vectorBitSize() + " " + fingerprint.crc.getValue());
  }

  private void add(float[] x) {
    for (float v : x) {
      add(Float.floatToIntBits(v));
    }
  }

  private void add(double[] x) {
    for (double v : x) {
      long bits = Double.doubleToLongBits(v);
      add((int) bits);
      add((int) (bits >> 32));
    }
  }

  private void add(int bits) {
    crc.update(bits);
    crc.update(bits >> 8);
    crc.update(bits >> 16);
    crc.update(bits >> 24);
  }

  private void pointwise() {
    float[] x = Samples.grid(20);
    float[] y = Samples.floats(1, x.length);
    var out = new float[x.length];
    for (Unary op : Unary.values()) {
      op.run(x, 3, out, 0, x.length - 3);
      add(out);
      op.run(y, 0, out, 0, y.length);
      add(out);
    }
    for (Binary op : Binary.values()) {
      op.run(x, 0, 1, y, 5, 1, out, 0, x.length - 5);
      add(out);
      op.run(x, 0, 1, y, 7, 0, out, 0, x.length);
      add(out);
      op.run(x, 1000, 0, y, 0, 1, out, 0, x.length);
      add(out);
    }
  }

  private void reductions() {
    float[] x = Samples.floats(2, 100_000);
    var out = new float[100_000];
    var index = new long[1000];
    for (int[] shape : new int[][] {{1, 99_999, 1}, {7, 1000, 1}, {3, 600, 37}, {100, 10, 1}}) {
      Arrays.fill(out, 0);
      Reduce.sum(x, 1, shape[0], shape[1], shape[2], out);
      add(out);
      Reduce.max(x, 1, shape[0], shape[1], shape[2], out, index);
      add(out);
      Reduce.min(x, 1, shape[0], shape[1], shape[2], out, index);
      add(out);
      for (long i : index) {
        add((int) i);
      }
    }
  }

  private void rowsAndNorms() {
    float[] x = Samples.floats(3, 6006);
    float[] dy = Samples.floats(4, 6006);
    var out = new float[6006];
    for (int n : new int[] {6, 77, 1001}) {
      int rows = 6006 / n;
      Rows.softmax(x, 0, rows, n, out);
      add(out);
      Rows.softmaxGrad(dy, 0, out, 0, rows, n, out);
      add(out);
      Rows.logSoftmax(x, 0, rows, n, out);
      add(out);
      Rows.logSoftmaxGrad(dy, 0, out, 0, rows, n, out);
      add(out);
      var mean = new float[rows];
      var invStd = new float[rows];
      var dgamma = new float[n];
      var dbeta = new float[n];
      float[] gamma = Samples.floats(5, n);
      RowNorms.forward(x, 0, rows, n, gamma, gamma, 0.1, mean, invStd, out);
      add(mean);
      add(invStd);
      add(out);
      RowNorms.backward(x, 0, dy, 0, rows, n, mean, invStd, gamma, out, dgamma, dbeta);
      add(out);
      add(dgamma);
      add(dbeta);
    }
    for (int inner : new int[] {1, 13}) {
      int c = 77 / (inner == 1 ? 1 : 7);
      int n = 6006 / c / inner;
      var mean = new float[c];
      var var = new float[c];
      var dgamma = new float[c];
      var dbeta = new float[c];
      float[] gamma = Samples.floats(5, c);
      Norms.stats(x, 0, n, c, inner, mean, var);
      Norms.forward(x, 0, n, c, inner, mean, var, gamma, gamma, out);
      add(mean);
      add(var);
      add(out);
      Norms.backward(x, 0, dy, 0, n, c, inner, mean, var, gamma, out, dgamma, dbeta);
      add(out);
      add(dgamma);
      add(dbeta);
    }
    for (int inner : new int[] {1, 13, 91}) {
      int c = 66;
      int n = 6006 / c / inner;
      var mean = new float[n * 6];
      var invStd = new float[n * 6];
      var dgamma = new float[c];
      var dbeta = new float[c];
      float[] gamma = Samples.floats(5, c);
      GroupNorms.forward(x, 0, n, c, inner, 6, gamma, gamma, 0.1, mean, invStd, out);
      add(mean);
      add(invStd);
      add(out);
      GroupNorms.backward(x, 0, dy, 0, n, c, inner, 6, mean, invStd, gamma, out, dgamma, dbeta);
      add(out);
      add(dgamma);
      add(dbeta);
    }
  }

  private void products() {
    for (int[] shape : new int[][] {{1, 70, 900}, {37, 41, 400}, {64, 33, 20}}) {
      int m = shape[0];
      int n = shape[1];
      int k = shape[2];
      float[] a = Samples.floats(6, m * k);
      float[] b = Samples.floats(7, k * n);
      var c = new float[m * n];
      Gemm.run(m, n, k, a, 0, k, 1, b, 0, n, 1, c, 0);
      add(c);
      Gemm.run(m, n, k, a, 0, 1, m, b, 0, 1, k, c, 0);
      add(c);
      var transposed = new float[m * k];
      Copy.strided(a, 0, new int[] {1, k}, new int[] {k, m}, transposed, 0);
      add(transposed);
    }
  }

  private void doubleProducts() {
    for (int[] shape : new int[][] {{1, 70, 900}, {37, 41, 400}, {64, 33, 20}}) {
      int m = shape[0];
      int n = shape[1];
      int k = shape[2];
      double[] a = Samples.doubles(6, m * k);
      double[] b = Samples.doubles(7, k * n);
      var c = new double[m * n];
      DoubleGemm.run(m, n, k, a, 0, k, 1, b, 0, n, 1, c, 0);
      add(c);
      DoubleGemm.run(m, n, k, a, 0, 1, m, b, 0, 1, k, c, 0);
      add(c);
      var transposed = new double[m * k];
      Copy.strided(a, 0, new int[] {1, k}, new int[] {k, m}, transposed, 0);
      add(transposed);
    }
  }

  private void convolutions() {
    ConvAxis h = new ConvAxis(19, 9, 3, 2, 0, 1);
    ConvAxis w = new ConvAxis(17, 17, 3, 1, 1, 1);
    var s = new ConvShape(2, 2, 5, 11, ConvAxis.NONE, h, w);
    float[] x = Samples.floats(8, 2 * 10 * 19 * 17);
    float[] dy = Samples.floats(9, 2 * 22 * 9 * 17);
    float[] weights = Samples.floats(10, 22 * 5 * 9);
    int[] xs = {10 * 19 * 17, 19 * 17, 0, 17, 1};
    int[] dys = {22 * 9 * 17, 9 * 17, 0, 17, 1};
    var y = new float[dy.length];
    Conv.forward(s, x, 0, xs, weights, 0, null, 0, y);
    add(y);
    var dx = new float[x.length];
    Conv.inputGradient(s, dy, 0, dys, weights, 0, null, 0, dx);
    add(dx);
    var dw = new float[weights.length];
    Conv.weightGradient(s, x, 0, xs, dy, 0, dw);
    add(dw);
    doubleConvolutions(s, xs, dys);
  }

  private void doubleConvolutions(ConvShape s, int[] xs, int[] dys) {
    double[] x = Samples.doubles(8, 2 * 10 * 19 * 17);
    double[] dy = Samples.doubles(9, 2 * 22 * 9 * 17);
    double[] weights = Samples.doubles(10, 22 * 5 * 9);
    var y = new double[dy.length];
    Conv.forward(s, x, 0, xs, weights, 0, null, 0, y);
    add(y);
    var dx = new double[x.length];
    Conv.inputGradient(s, dy, 0, dys, weights, 0, null, 0, dx);
    add(dx);
    var dw = new double[weights.length];
    Conv.weightGradient(s, x, 0, xs, dy, 0, dw);
    add(dw);
  }

  private void recurrences() {
    for (RecurrentShape s : Recurrences.shapes()) {
      Recurrences.run(s, true).forEach(this::add);
      for (double[] found : Recurrences.run(s, false)) {
        for (double x : found) {
          add(Float.floatToIntBits((float) x));
        }
      }
    }
  }

  private void random() {
    var words = new int[256 * 4];
    Threefry.bits(123, 456, 789, words, 0, 4);
    for (int word : words) {
      add(word);
    }
  }
}
