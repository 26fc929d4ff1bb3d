// SPDX-License-Identifier: Apache-2.0

package gradus.examples.conformance;

import gradus.DType;
import gradus.Generator;
import gradus.Shape;
import gradus.Tensor;
import gradus.nn.Module;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/// How the parameters and buffers of a new module start: family 09.
///
/// In which order a module draws is its own affair, so the distributions are estimated, from as
/// many modules as give [#SAMPLES] numbers: the least and the largest uniform number lie within 1 %
/// of the range from the bounds but for a chance of 10⁻¹⁷, and mean and standard deviation of
/// normal numbers within 5 % of the latter but for one of 10⁻⁵. The seed is fixed.
final class ModuleInitCases {
  private static final long SEED = 9;
  private static final int SAMPLES = 4000;
  private static final double UNIFORM = 0.01;
  private static final double NORMAL = 0.05;

  private ModuleInitCases() {}

  /// Checks `init:…`.
  static void check(Case c, Precision precision) {
    Fields fields = c.fields();
    Module module = module(c, fields);
    module.to(precision.dtype());
    List<Fields> rows = fields.objects("parameters");
    int least = SAMPLES;
    for (Fields row : rows) {
      Tensor tensor = checked(row, module, precision);
      if (!row.text("distribution").equals("constant")) {
        least = Math.min(least, tensor.numel());
      }
    }
    Map<String, DoubleStream.Builder> draws = new HashMap<>();
    rows.forEach(row -> draws.put(row.text("name"), DoubleStream.builder()));
    try (var _ = Generator.scope(SEED)) {
      for (int n = 0; n < SAMPLES; n += least) {
        Map<String, Tensor> state = module(c, fields).stateDict();
        rows.forEach(
            row -> {
              String name = row.text("name");
              drawn(row, Named.get("tensor", state, name)).forEach(Named.get("row", draws, name));
            });
      }
    }
    for (Fields row : rows) {
      distribution(row, Named.get("tensor", draws, row.text("name")).build().toArray());
      row.end();
    }
    fields.end();
  }

  private static Module module(Case c, Fields fields) {
    return ModuleTable.make(c.op().replaceFirst(".*:", ""), fields.object("args"));
  }

  /// Returns the tensor of a row, of the row's shape and kind.
  private static Tensor checked(Fields row, Module module, Precision precision) {
    String name = row.text("name");
    Tensor tensor =
        row.flag("buffer", false)
            ? Named.get("buffer", module.namedBuffers(), name)
            : Named.get("parameter", module.namedParameters(), name);
    Shape shape = Shape.of(row.integers("shape"));
    if (!tensor.shape().equals(shape)) {
      throw new Mismatch("%s: shape %s, expected %s".formatted(name, tensor.shape(), shape));
    }
    DType dtype = tensor.dtype();
    if (dtype.isFloating() && dtype != precision.dtype()) {
      throw new Mismatch("%s: %s, expected %s".formatted(name, dtype, precision));
    }
    return tensor;
  }

  /// Returns the numbers that were drawn: all but those of a `zero_row`, which must be zeros.
  private static DoubleStream drawn(Fields row, Tensor tensor) {
    if (!row.has("zero_row")) {
      return Arrays.stream(tensor.toDoubleArray());
    }
    int zero = row.integer("zero_row");
    double largest = tensor.select(0, zero).abs().max().item();
    Tolerance.EXACT.check("row " + zero + " of " + row.text("name"), largest, 0);
    return IntStream.range(0, tensor.size(0))
        .filter(i -> i != zero)
        .mapToObj(i -> tensor.select(0, i).toDoubleArray())
        .flatMapToDouble(Arrays::stream);
  }

  private static void distribution(Fields row, double[] draws) {
    String name = row.text("name");
    double least = Arrays.stream(draws).min().orElseThrow();
    double largest = Arrays.stream(draws).max().orElseThrow();
    switch (row.text("distribution")) {
      case "constant" -> {
        // As float32, which modules start as.
        double value = (float) row.number("value");
        Tolerance.EXACT.check("least " + name, least, value);
        Tolerance.EXACT.check("largest " + name, largest, value);
      }
      case "uniform" -> {
        double low = row.number("low");
        double high = row.number("high");
        var near = new Tolerance(UNIFORM * (high - low), 0);
        near.check("least " + name, least, low);
        near.check("largest " + name, largest, high);
      }
      case "normal" -> {
        double std = row.number("std");
        double mean = Arrays.stream(draws).average().orElseThrow();
        double variance =
            Arrays.stream(draws).map(x -> (x - mean) * (x - mean)).average().orElseThrow();
        var near = new Tolerance(NORMAL * std, 0);
        near.check("mean " + name, mean, row.number("mean"));
        near.check("std " + name, Math.sqrt(variance), std);
      }
      default -> throw new Mismatch(row.text("distribution") + " is no known distribution");
    }
  }
}
