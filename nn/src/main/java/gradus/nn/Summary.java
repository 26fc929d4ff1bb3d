// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.DType;
import gradus.Grad;
import gradus.Parameter;
import gradus.Shape;
import gradus.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a model consists of and what it costs: a row per module, and totals. Prints as torchinfo
/// does:
///
/// ```text
/// ============================================================================================
/// Layer (type (var_name):depth-idx)        Output Shape              Param #         Mult-Adds
/// ============================================================================================
/// Sequential                               [32, 10]                  --              --
/// ├─Linear (0): 1-1                        [32, 100]                 78,500          2,512,000
/// ├─ReLU (1): 1-2                          [32, 100]                 --              --
/// ├─Linear (2): 1-3                        [32, 10]                  1,010           32,320
/// ============================================================================================
/// Total params: 79,510
/// Trainable params: 79,510
/// Non-trainable params: 0
/// Total mult-adds (M): 2.54
/// ============================================================================================
/// Input size (MB): 0.10
/// Forward/backward pass size (MB): 0.03
/// Params size (MB): 0.32
/// Estimated Total Size (MB): 0.45
/// ============================================================================================
/// ```
///
/// **Multiply-adds** are torchinfo's count: each parameter of a module without children, bias
/// included, counts once per position at which it is used: per example for linear layers and norms,
/// per example and output pixel for convolutions, per example and step for recurrent nets. What
/// functions compute beside the modules does not show. In three places it is nearer to what is
/// computed than torchinfo's: linear layers and norms of the last dimensions count steps and other
/// leading dimensions too; looking up an [Embedding] or [EmbeddingBag] costs none; and a
/// [MultiheadAttention] counts, with its two products of queries, keys and values and with
/// `out_proj`, whose own row stays empty because it does not run by itself.
///
/// **Sizes** are of the input, twice the outputs of modules with parameters and without children
/// and of attentions (forward and backward), and the parameters.
///
/// PyTorch: `torchinfo.summary`.
///
/// @param rows the model and all below it, parents first; a shared module in each of its places
/// @param parameters number of elements of all parameters, shared ones once
/// @param trainable how many of them are not frozen
/// @param multiplyAdds of one forward pass
/// @param inputBytes size of the input
/// @param passBytes size of what a pass forward and backward keeps
/// @param parameterBytes size of the parameters
public record Summary(
    List<Row> rows,
    long parameters,
    long trainable,
    long multiplyAdds,
    long inputBytes,
    long passBytes,
    long parameterBytes) {
  /// Copies the rows.
  public Summary {
    rows = List.copyOf(rows);
  }

  /// One module at one place.
  ///
  /// @param name the name that its parent knows it by; empty for the model
  /// @param type its class
  /// @param depth how many modules it is in
  /// @param output the shape of what it returned last, the first tensor's if there are several;
  ///   null if it did not run
  /// @param parameters number of elements of its own parameters, not its children's
  /// @param trainable how many of them are not frozen
  /// @param multiplyAdds of all its runs; 0 if it has children, unless it is a [MultiheadAttention]
  /// @param repeated whether an earlier row is about the same module
  public record Row(
      String name,
      String type,
      int depth,
      @Nullable Shape output,
      long parameters,
      long trainable,
      long multiplyAdds,
      boolean repeated) {}

  /// Runs `model` in evaluation mode on zeros of the shape given, the batch's size included, in the
  /// type of its parameters, and returns what it saw.
  public static Summary of(Layer model, int... inputShape) {
    DType dtype = model.parameters().stream().map(Tensor::dtype).findFirst().orElse(DType.FLOAT32);
    return of(model, Tensor.zeros(dtype, inputShape));
  }

  /// Runs `model` in evaluation mode on `input` and returns what it saw.
  public static Summary of(Layer model, Tensor input) {
    return of(model, () -> model.apply(input));
  }

  /// Runs `forward`, which applies `model` once to whatever it takes, in evaluation mode, and
  /// returns what it saw.
  ///
  /// ```java
  /// Summary.of(lstm, () -> lstm.apply(x, h0, c0));
  /// ```
  public static Summary of(Module model, Runnable forward) {
    var meter = new Meter();
    List<Runnable> removals = new ArrayList<>();
    try (var _ = model.evaluating();
        var _ = Grad.off()) {
      removals.add(model.registerForwardPreHook(meter::input)::close);
      model.modules().forEach(part -> removals.add(part.registerForwardHook(meter::output)::close));
      forward.run();
    } finally {
      removals.forEach(Runnable::run);
    }
    return meter.summary(model);
  }

  /// Collects what the modules return.
  private static final class Meter {
    private final IdentityHashMap<Module, Run> runs = new IdentityHashMap<>();
    private long inputBytes;

    /// What one module returned so far.
    private record Run(Shape output, long multiplyAdds, long bytes) {}

    private @Nullable Object input(Module model, Object input) {
      inputBytes += Values.tensors(input).stream().mapToLong(Meter::bytes).sum();
      return null;
    }

    private @Nullable Object output(Module module, Object input, Object output) {
      List<Tensor> tensors = Values.tensors(output);
      if (!tensors.isEmpty()) {
        Tensor first = tensors.getFirst();
        long cost = computes(module) ? multiplyAdds(module, input, first) : 0;
        runs.merge(
            module,
            new Run(first.shape(), cost, bytes(first)),
            (a, b) -> new Run(b.output, a.multiplyAdds + b.multiplyAdds, a.bytes + b.bytes));
      }
      return null;
    }

    private static long bytes(Tensor tensor) {
      return (long) tensor.numel() * StoredType.of(tensor.dtype()).bytes;
    }

    /// Returns whether a module itself computes what it returns, rather than its children.
    private static boolean computes(Module module) {
      return module.children().isEmpty() || module instanceof MultiheadAttention;
    }

    private static long multiplyAdds(Module module, Object input, Tensor output) {
      if (module instanceof MultiheadAttention attention) {
        return attention.multiplyAdds(Values.tensors(input));
      }
      long own = own(module).stream().mapToLong(Parameter::numel).sum();
      boolean lookup = module instanceof Embedding || module instanceof EmbeddingBag;
      if (own == 0 || output.numel() == 0 || output.dim() == 0 || lookup) {
        return 0;
      }
      Parameter weight = Members.of(module).parameters().get("weight");
      if (weight != null && (module instanceof LayerNorm || module instanceof RMSNorm)) {
        return own * (output.numel() / weight.numel());
      }
      int dims = weight == null || module instanceof Bilinear ? 2 : weight.dim();
      if (dims == 1) { // a norm of channels, or the slopes of PReLU
        return own * output.size(0);
      }
      // The dimension of channels, of which every position has all: the second of a convolution's
      // batch, the first of a single image, the last of anything else.
      int channels = dims == 2 ? -1 : output.dim() == dims ? 1 : 0;
      return own * (output.numel() / output.size(channels));
    }

    private static List<Parameter> own(Module module) {
      return List.copyOf(Members.of(module).parameters().values());
    }

    private Summary summary(Module model) {
      List<Row> rows = new ArrayList<>();
      addRows("", model, 0, Collections.newSetFromMap(new IdentityHashMap<>()), rows);
      List<Parameter> all = model.parameters();
      long passBytes =
          runs.entrySet().stream()
              .filter(e -> computes(e.getKey()) && !own(e.getKey()).isEmpty())
              .mapToLong(e -> 2 * e.getValue().bytes)
              .sum();
      return new Summary(
          rows,
          model.numParameters(),
          all.stream().filter(Tensor::requiresGrad).mapToLong(Tensor::numel).sum(),
          runs.values().stream().mapToLong(Run::multiplyAdds).sum(),
          inputBytes,
          passBytes,
          all.stream().mapToLong(Meter::bytes).sum());
    }

    private void addRows(String name, Module module, int depth, Set<Module> seen, List<Row> rows) {
      rows.add(row(name, module, depth, !seen.add(module)));
      Members.of(module)
          .children()
          .forEach((childName, child) -> addRows(childName, child, depth + 1, seen, rows));
    }

    private Row row(String name, Module module, int depth, boolean repeated) {
      Run run = runs.get(module);
      List<Parameter> own = own(module);
      return new Row(
          name,
          Repr.name(module.getClass()),
          depth,
          run == null ? null : run.output,
          own.stream().mapToLong(Tensor::numel).sum(),
          own.stream().filter(Tensor::requiresGrad).mapToLong(Tensor::numel).sum(),
          run == null ? 0 : run.multiplyAdds,
          repeated);
    }
  }

  /// Returns the table and the totals.
  @Override
  public String toString() {
    List<String> names = new ArrayList<>(List.of("Layer (type (var_name):depth-idx)"));
    List<String> values = new ArrayList<>(List.of(columns("Output Shape", "Param #", "Mult-Adds")));
    var numbers = new ArrayList<Integer>();
    for (Row row : rows) {
      while (numbers.size() <= row.depth) {
        numbers.add(0);
      }
      numbers.set(row.depth, numbers.get(row.depth) + 1);
      names.add(name(row, numbers.get(row.depth)));
      values.add(
          columns(
              row.output == null ? "--" : row.output.toString(),
              parameters(row),
              row.repeated ? "(recursive)" : orNone(row.multiplyAdds)));
    }
    int width = Math.max(40, names.stream().mapToInt(String::length).max().orElseThrow());
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      lines.add((pad(names.get(i), width) + " " + values.get(i)).stripTrailing());
    }
    String rule = "=".repeat(lines.stream().mapToInt(String::length).max().orElseThrow());
    lines.add(0, rule);
    lines.add(2, rule);
    lines.add(rule);
    lines.add("Total params: " + grouped(parameters));
    lines.add("Trainable params: " + grouped(trainable));
    lines.add("Non-trainable params: " + grouped(parameters - trainable));
    lines.add("Total mult-adds" + scaled(multiplyAdds));
    lines.add(rule);
    lines.add("Input size (MB): " + megabytes(inputBytes));
    lines.add("Forward/backward pass size (MB): " + megabytes(passBytes));
    lines.add("Params size (MB): " + megabytes(parameterBytes));
    lines.add("Estimated Total Size (MB): " + megabytes(inputBytes + passBytes + parameterBytes));
    lines.add(rule);
    return String.join("\n", lines);
  }

  private static String name(Row row, int number) {
    if (row.depth == 0) {
      return row.type;
    }
    String branch = row.depth == 1 ? "├─" : "│    ".repeat(row.depth - 1) + "└─";
    return "%s%s (%s): %s-%s".formatted(branch, row.type, row.name, row.depth, number);
  }

  private static String parameters(Row row) {
    if (row.repeated && row.parameters > 0) {
      return "(recursive)";
    }
    return row.trainable == 0 && row.parameters > 0
        ? "(" + grouped(row.parameters) + ")"
        : orNone(row.parameters);
  }

  private static String columns(String shape, String parameters, String multiplyAdds) {
    return pad(shape, 25) + " " + pad(parameters, 15) + " " + multiplyAdds;
  }

  private static String pad(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }

  private static String orNone(long number) {
    return number == 0 ? "--" : grouped(number);
  }

  private static String grouped(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private static String megabytes(long bytes) {
    return String.format(Locale.ROOT, "%.2f", bytes / 1e6);
  }

  /// Returns ` (M): 1.23`, with the unit that fits.
  private static String scaled(long number) {
    double value = number;
    int unit = 0;
    while (value >= 1000 && unit < 4) {
      value /= 1000;
      unit++;
    }
    String name = List.of("", " (k)", " (M)", " (G)", " (T)").get(unit);
    return String.format(Locale.ROOT, "%s: %.2f", name, value);
  }
}
