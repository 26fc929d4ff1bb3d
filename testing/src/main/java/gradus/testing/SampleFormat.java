// SPDX-License-Identifier: Apache-2.0
package gradus.testing;

import gradus.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import net.jqwik.api.SampleReportingFormat;

/// How jqwik reports tensors: as Java that makes the same one, with every digit. Registered as a
/// service; nobody calls it.
public final class SampleFormat implements SampleReportingFormat {
  /// Makes the format, for jqwik.
  public SampleFormat() {}

  @Override
  public boolean appliesTo(Object value) {
    return value instanceof Tensor || value instanceof Tensors.Pair || value instanceof Program.Run;
  }

  @Override
  public Object report(Object value) {
    return switch (value) {
      case Tensor tensor -> SampleReportingFormat.plainLabel(java(tensor));
      case Tensors.Pair(Tensor left, Tensor right) -> {
        Map<Object, Object> parts = new LinkedHashMap<>();
        parts.put(SampleReportingFormat.plainLabel("left"), left);
        parts.put(SampleReportingFormat.plainLabel("right"), right);
        yield parts;
      }
      case Program.Run(Program program, var inputs) -> {
        Map<Object, Object> parts = new LinkedHashMap<>();
        parts.put(SampleReportingFormat.plainLabel("program"), program);
        for (int i = 0; i < inputs.size(); i++) {
          parts.put(SampleReportingFormat.plainLabel("x" + i), inputs.get(i));
        }
        yield parts;
      }
      default -> throw new IllegalArgumentException("SampleFormat: " + value.getClass());
    };
  }

  /// An expression with the value of `t`.
  static String java(Tensor t) {
    String start =
        switch (t.dtype()) {
          case FLOAT64 -> "Tensor.float64(new double[] {";
          case FLOAT32 -> "Tensor.of(new double[] {";
          case INT64 -> "Tensor.of(new long[] {";
          case BOOL -> "Tensor.of(new boolean[] {";
          case UINT8 -> "Tensor.of(new byte[] {";
        };
    String numbers =
        switch (t.dtype()) {
          case FLOAT64, FLOAT32 -> commas(DoubleStream.of(t.toDoubleArray()).boxed());
          case INT64 -> commas(LongStream.of(t.toLongArray()).boxed());
          case BOOL -> commas(LongStream.of(t.toLongArray()).mapToObj(v -> v != 0));
          case UINT8 -> commas(LongStream.of(t.toLongArray()).mapToObj(v -> (byte) v));
        };
    return "%s%s}).reshape(%s)%s"
        .formatted(
            start,
            numbers,
            commas(Arrays.stream(t.shape().toArray()).boxed()),
            t.isContiguous() ? "" : " // not contiguous");
  }

  private static String commas(Stream<?> values) {
    return values.map(String::valueOf).collect(Collectors.joining(", "));
  }
}
