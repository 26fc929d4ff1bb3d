// SPDX-License-Identifier: Apache-2.0
package gradus.bench;

import gradus.DType;
import gradus.Grad;
import gradus.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Holds float32 functions against float64 ones at all floats.
@Command(
    name = "gradus bench ulp",
    mixinStandardHelpOptions = true,
    description = {
      "Computes functions at all 2^32 floats, or at every so manieth, and prints how far the worst"
          + " result is from that of the same function in float64, in units of the result's last"
          + " place; also written as ulp.md."
    })
final class UlpCommand implements Callable<Integer> {
  private static final int CHUNK = 1 << 16;

  /// What is held against float64.
  enum Function {
    EXP(Tensor::exp),
    LOG(Tensor::log),
    TANH(Tensor::tanh),
    SIGMOID(Tensor::sigmoid),
    ERF(Tensor::erf),
    SIN(Tensor::sin),
    COS(Tensor::cos),
    LOG1P(Tensor::log1p),
    EXPM1(Tensor::expm1);

    @SuppressWarnings("ImmutableEnumChecker") // functions
    private final UnaryOperator<Tensor> op;

    Function(UnaryOperator<Tensor> op) {
      this.op = op;
    }
  }

  @Mixin private BenchOptions options = new BenchOptions();

  @Option(
      names = "--function",
      split = ",",
      paramLabel = "NAME",
      description = "Only these: ${COMPLETION-CANDIDATES}. Default: all.")
  private List<Function> functions = List.of(Function.values());

  @Option(
      names = "--step",
      paramLabel = "N",
      defaultValue = "1",
      description = "Take every Nth float. Default: ${DEFAULT-VALUE}, which takes minutes each.")
  private int step = 1;

  @Override
  public Integer call() throws IOException {
    var rows = new ArrayList<List<String>>();
    for (Function function : functions) {
      System.err.println("computing " + function + "…");
      rows.add(row(function));
    }
    var table =
        new Table(List.of("function", "floats", "worst ulp", "at", "wrong NaN or infinity"), rows);
    Files.createDirectories(options.out);
    Files.writeString(options.out.resolve("ulp.md"), Main.machine() + "\n" + table.markdown());
    System.out.print(Main.machine() + "\n" + table.text());
    return 0;
  }

  private List<String> row(Function function) {
    double worst = 0;
    float at = 0;
    long wrong = 0;
    long count = 0;
    var x = new float[CHUNK];
    try (var _ = Grad.off()) {
      for (long bits = 0; bits < 1L << 32; bits += (long) CHUNK * step) {
        int n = 0;
        for (long b = bits; n < CHUNK && b < 1L << 32; b += step) {
          x[n++] = Float.intBitsToFloat((int) b);
        }
        Tensor t = Tensor.of(n == CHUNK ? x : Arrays.copyOf(x, n));
        float[] found = function.op.apply(t).toFloatArray();
        double[] wanted = function.op.apply(t.to(DType.FLOAT64)).toDoubleArray();
        for (int i = 0; i < n; i++) {
          float rounded = (float) wanted[i];
          if (Float.isNaN(rounded) || Float.isInfinite(rounded) || !Float.isFinite(found[i])) {
            // At the limit of what a float holds, either side is right to the last place.
            boolean same = Float.compare(rounded, found[i]) == 0;
            boolean next = Math.abs(wanted[i]) >= Float.MAX_VALUE && !Float.isNaN(found[i]);
            wrong += same || (next && !Double.isInfinite(wanted[i])) ? 0 : 1;
          } else {
            double ulps = Math.abs(found[i] - wanted[i]) / Math.ulp(rounded);
            if (ulps > worst) {
              worst = ulps;
              at = x[i];
            }
          }
        }
        count += n;
      }
    }
    return List.of(
        function.name().toLowerCase(Locale.ROOT),
        String.valueOf(count),
        "%.3f".formatted(worst),
        String.valueOf(at),
        String.valueOf(wrong));
  }
}
