// SPDX-License-Identifier: Apache-2.0

package gradus.examples;

import gradus.nn.Mlp;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What is trained.
final class ModelOptions {
  private static final double STD = 0.01;

  @Option(
      names = "--model",
      paramLabel = "NAME",
      defaultValue = "mlp",
      description = "${COMPLETION-CANDIDATES}; the last two are the same.")
  ModelKind kind = ModelKind.MLP;

  @Option(
      names = "--hidden",
      paramLabel = "SIZE",
      split = ",",
      description =
          "Sizes of the hidden layers of an mlp, such as 512,256; 0 for none.%n  Default: 100")
  @Nullable List<Integer> hidden;

  @Option(
      names = "--activation",
      paramLabel = "NAME",
      defaultValue = "relu",
      description = "relu, leaky-relu, sigmoid, tanh.")
  Mlp.Activation activation = Mlp.Activation.RELU;

  @Option(names = "--batch-norm", description = "Normalise hidden layers over the batch.")
  boolean batchNorm;

  @Option(
      names = "--dropout",
      paramLabel = "P",
      defaultValue = "0",
      description = "Share of the hidden activations dropped in training.")
  double dropout;

  @Option(
      names = "--init",
      paramLabel = "NAME",
      description = {
        "How weights start, with biases 0: ${COMPLETION-CANDIDATES}.",
        "  Default: default, PyTorch's own for linear layers, biases included"
      })
  @Nullable InitKind init;

  @Option(
      names = "--std",
      paramLabel = "X",
      description = "Standard deviation of the weights at the start; means --init normal.")
  @Nullable Double std;

  void check(Usage usage) {
    List<Integer> sizes = hidden();
    sizes.forEach(size -> usage.require("--hidden", size, size > 0, "a size must be positive"));
    usage.require(
        "--hidden",
        joined(sizes),
        kind == ModelKind.MLP || sizes.isEmpty(),
        "--model %s has no hidden layers; leave it out or take --model mlp".formatted(kind));
    usage.require("--dropout", dropout, dropout >= 0 && dropout < 1, "must be in [0, 1)");
    boolean layers = !sizes.isEmpty();
    usage.require("--dropout", dropout, dropout == 0 || layers, "there is no hidden layer");
    usage.require("--batch-norm", !batchNorm || layers, "there is no hidden layer");
    usage.notNegative("--std", std);
    usage.require(
        "--std", std, std == null || initKind() == InitKind.NORMAL, "is for --init normal only");
  }

  Mlp.Options architecture(List<Integer> imageShape, int classes) {
    return Mlp.options(imageShape.stream().reduce(1, Math::multiplyExact), classes)
        .hidden(hidden())
        .activation(activation)
        .dropout(dropout)
        .batchNorm(batchNorm)
        .init(initKind().scheme(stdOrDefault()));
  }

  private List<Integer> hidden() {
    if (hidden == null) {
      return kind.hidden();
    }
    return hidden.equals(List.of(0)) ? List.of() : hidden;
  }

  private InitKind initKind() {
    if (init != null) {
      return init;
    }
    return std == null ? InitKind.DEFAULT : InitKind.NORMAL;
  }

  private double stdOrDefault() {
    return std == null ? STD : std;
  }

  /// Puts all that decides the results.
  void describe(Map<String, String> settings) {
    settings.put("--hidden", hidden().isEmpty() ? "0" : joined(hidden()));
    settings.put("--activation", Choice.name(activation));
    settings.put("--batch-norm", Boolean.toString(batchNorm));
    settings.put("--dropout", Double.toString(dropout));
    settings.put("--init", initKind().toString());
    if (initKind() == InitKind.NORMAL) {
      settings.put("--std", Double.toString(stdOrDefault()));
    }
  }

  private static String joined(List<Integer> numbers) {
    return String.join(",", numbers.stream().map(Object::toString).toList());
  }
}
