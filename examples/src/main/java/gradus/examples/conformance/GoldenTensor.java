// SPDX-License-Identifier: Apache-2.0

package gradus.examples.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import gradus.DType;
import gradus.Shape;
import gradus.Tensor;
import java.util.List;

/// A tensor as a golden file records it.
final class GoldenTensor {
  private static final double EXACT_INTEGERS = 0x1p53;

  private final String name;
  private final DType dtype;
  private final Shape shape;

  /// Row-major; true is 1.
  private final double[] values;

  /// Makes a tensor of elements that nobody writes afterwards.
  GoldenTensor(String name, DType dtype, Shape shape, double[] values) {
    this.name = name;
    this.dtype = dtype;
    this.shape = shape;
    this.values = values;
  }

  /// Reads `shape`, `data`, and if they are there `name` and `dtype`, of which none means float64.
  static GoldenTensor of(Fields fields) {
    String name = fields.has("name") ? fields.text("name") : "";
    DType dtype = fields.has("dtype") ? dtype(fields.text("dtype")) : DType.FLOAT64;
    return of(name, dtype, Shape.of(fields.integers("shape")), fields.list("data"));
  }

  /// Returns the tensor with the elements of `data`.
  static GoldenTensor of(String name, DType dtype, Shape shape, List<JsonNode> data) {
    if (data.size() != shape.numel()) {
      throw new Mismatch("%s: %d values for shape %s".formatted(name, data.size(), shape));
    }
    var values = new double[data.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = element(name, dtype, data.get(i));
    }
    return new GoldenTensor(name, dtype, shape, values);
  }

  /// Returns what `tensor` holds, as if it were recorded.
  static GoldenTensor of(Tensor tensor) {
    return new GoldenTensor("", tensor.dtype(), tensor.shape(), tensor.toDoubleArray());
  }

  /// Returns the number `value` as a tensor without dimensions.
  static GoldenTensor scalar(double value) {
    return new GoldenTensor("", DType.FLOAT64, Shape.of(), new double[] {value});
  }

  private static double element(String name, DType dtype, JsonNode value) {
    if (value.isBoolean() && dtype == DType.BOOL) {
      return value.booleanValue() ? 1 : 0;
    }
    double number = Fields.number(name, value);
    if (!dtype.isFloating() && !(Math.abs(number) <= EXACT_INTEGERS)) {
      throw new Mismatch("%s: %s is too large to be compared".formatted(name, value));
    }
    return number;
  }

  /// Returns the type of this name; float16 and bfloat16 are float32 here, and the smaller integers
  /// int64, which have their values.
  static DType dtype(String name) {
    return switch (name) {
      case "float64" -> DType.FLOAT64;
      case "float32", "float16", "bfloat16" -> DType.FLOAT32;
      case "int64", "int32", "int16", "int8" -> DType.INT64;
      case "uint8" -> DType.UINT8;
      case "bool" -> DType.BOOL;
      default -> throw new Mismatch("dtype %s is not known".formatted(name));
    };
  }

  /// Returns its name, or an empty text.
  String name() {
    return name;
  }

  /// Returns the type that it is recorded in.
  DType dtype() {
    return dtype;
  }

  /// Returns the type that this has in a run of `precision`: float64 is cast, all others stay.
  DType dtype(Precision precision) {
    return dtype == DType.FLOAT64 ? precision.dtype() : dtype;
  }

  /// Returns these values as a tensor of their type in a run of `precision`.
  Tensor tensor(Precision precision) {
    return Tensor.float64(values, values.length).reshape(shape).to(dtype(precision));
  }

  /// Checks that `actual` has this shape, the type that this has in a run of `precision`, and these
  /// values: whole numbers and truth values exactly, others within `tolerance`, or that of float32
  /// if it was PyTorch that computed them so.
  void check(String what, Tensor actual, Precision precision, Tolerance tolerance) {
    check(what, actual, dtype(precision), tolerance);
  }

  /// As [#check(String, Tensor, Precision, Tolerance)], with the type that is expected.
  void check(String what, Tensor actual, DType expectedType, Tolerance tolerance) {
    if (!actual.shape().equals(shape)) {
      throw new Mismatch("%s: shape %s, expected %s".formatted(what, actual.shape(), shape));
    }
    if (actual.dtype() != expectedType) {
      throw new Mismatch("%s: %s, expected %s".formatted(what, actual.dtype(), expectedType));
    }
    double[] found = actual.toDoubleArray();
    Tolerance allowed = dtype == DType.FLOAT32 ? Precision.FLOAT32.ops() : tolerance;
    int wrong = 0;
    int first = 0;
    for (int i = values.length - 1; i >= 0; i--) {
      boolean same =
          dtype.isFloating() ? allowed.accepts(found[i], values[i]) : found[i] == values[i];
      if (!same) {
        wrong++;
        first = i;
      }
    }
    if (wrong > 0) {
      throw new Mismatch(
          "%s%s: %s, expected %s%s"
              .formatted(
                  what,
                  position(first),
                  printed(found[first]),
                  printed(values[first]),
                  wrong == 1 ? "" : " (%d of %d differ)".formatted(wrong, values.length)));
    }
  }

  private String printed(double value) {
    return dtype.isFloating() ? Double.toString(value) : Long.toString((long) value);
  }

  /// Returns the indices of the element at `flat`, `[1, 2]`; none if there are no dimensions.
  private String position(int flat) {
    if (shape.dim() == 0) {
      return "";
    }
    var indices = new Integer[shape.dim()];
    int rest = flat;
    for (int d = indices.length - 1; d >= 0; d--) {
      indices[d] = rest % shape.size(d);
      rest /= shape.size(d);
    }
    return List.of(indices).toString();
  }
}
