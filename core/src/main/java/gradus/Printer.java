// SPDX-License-Identifier: Apache-2.0
package gradus;

import java.util.List;
import java.util.Locale;

/// Prints tensors as PyTorch does: nested brackets, four digits, the middle of large ones left out.
final class Printer {
  /// Above this many elements only [#EDGE] at each end of a dimension are shown.
  private static final int SUMMARIZE = 1000;

  private static final int EDGE = 3;
  private static final int LINE = 80;

  private final double[] values;
  private final int[] sizes;
  private final int[] strides;
  private final DType dtype;
  private final boolean summarize;
  private boolean whole = true;
  private boolean scientific;
  private int width;

  private Printer(Tensor t) {
    values = t.toDoubleArray();
    sizes = t.shape().sizes;
    strides = Layout.rowMajor(sizes);
    dtype = t.dtype();
    summarize = values.length > SUMMARIZE;
    double[] shown = shown(t);
    double largest = 0;
    double smallest = Double.POSITIVE_INFINITY;
    for (double v : shown) {
      if (Double.isFinite(v)) {
        whole &= v == StrictMath.rint(v);
        largest = Math.max(largest, Math.abs(v));
        smallest = v == 0 ? smallest : Math.min(smallest, Math.abs(v));
      }
    }
    scientific = largest >= 1e8 || (!whole && (smallest < 1e-4 || largest / smallest > 1000));
    for (double v : shown) {
      width = Math.max(width, text(v).length());
    }
  }

  /// The values that will be printed: they alone decide the format.
  private double[] shown(Tensor t) {
    Tensor x = t.detach();
    for (int d = 0; d < x.dim() && summarize; d++) {
      int n = x.size(d);
      if (n > 2 * EDGE) {
        x = Tensor.cat(List.of(x.narrow(d, 0, EDGE), x.narrow(d, n - EDGE, EDGE)), d);
      }
    }
    return x.toDoubleArray();
  }

  static String print(Tensor t) {
    var out = new StringBuilder("tensor(");
    new Printer(t).append(out, 0, 0);
    if (t.dtype() == DType.FLOAT64 || t.dtype() == DType.UINT8) {
      out.append(", dtype=").append(t.dtype());
    }
    if (t.numel() == 0) {
      out.append(", size=").append(t.shape());
    }
    if (t.requiresGrad()) {
      Node node = t.edge.node;
      out.append(
          t.isLeaf() ? ", requiresGrad=true" : ", node=" + (node == null ? "freed" : node.name()));
    }
    return out.append(')').toString();
  }

  private void append(StringBuilder out, int dim, int offset) {
    if (dim == sizes.length) {
      String text = text(values[offset]);
      out.repeat(' ', sizes.length == 0 ? 0 : width - text.length()).append(text);
      return;
    }
    out.append('[');
    boolean last = dim == sizes.length - 1;
    int perLine = Math.max(1, (LINE - "tensor(".length() - dim) / (width + 2));
    for (int i = 0, shown = 0; i < sizes[dim]; i++, shown++) {
      if (shown > 0) {
        out.append(',');
        boolean wrap = last && shown % perLine == 0;
        if (!last || wrap) {
          out.repeat('\n', last ? 1 : sizes.length - 1 - dim)
              .repeat(' ', "tensor(".length() + dim + 1);
        } else {
          out.append(' ');
        }
      }
      if (summarize && sizes[dim] > 2 * EDGE && i == EDGE) {
        out.append("...");
        i = sizes[dim] - EDGE - 1;
        continue;
      }
      append(out, dim + 1, offset + i * strides[dim]);
    }
    out.append(']');
  }

  private String text(double v) {
    return switch (dtype) {
      case BOOL -> v != 0 ? "true" : "false";
      case INT64, UINT8 -> Long.toString((long) v);
      default -> {
        if (Double.isNaN(v)) {
          yield "nan";
        }
        if (Double.isInfinite(v)) {
          yield v > 0 ? "inf" : "-inf";
        }
        if (scientific) {
          yield String.format(Locale.ROOT, "%.4e", v);
        }
        yield whole
            ? String.format(Locale.ROOT, "%.0f.", v)
            : String.format(Locale.ROOT, "%.4f", v);
      }
    };
  }
}
