// SPDX-License-Identifier: Apache-2.0
package gradus;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Gradients as values, and checks of them. (PyTorch: `torch.autograd`.)
public final class Autograd {
  private static final Options DEFAULTS = new Options(false, false, false, null);

  private Autograd() {}

  /// How a backward pass runs.
  ///
  /// @param retainGraph whether the graph can be run backward again; default false, implied by
  ///   `createGraph`
  /// @param createGraph whether the pass is itself recorded, so that its results can be
  ///   differentiated; default false
  /// @param allowUnused whether [#grad] accepts inputs that the output doesn't depend on and gives
  ///   zeros for them; default false, an error
  /// @param gradient the cotangent of the output, of its shape; default none, that is 1, for an
  ///   output of one element
  public record Options(
      boolean retainGraph, boolean createGraph, boolean allowUnused, @Nullable Tensor gradient) {
    /// Returns these options with another `retainGraph`.
    public Options retainGraph(boolean on) {
      return new Options(on, createGraph, allowUnused, gradient);
    }

    /// Returns these options with another `createGraph`.
    public Options createGraph(boolean on) {
      return new Options(retainGraph, on, allowUnused, gradient);
    }

    /// Returns these options with another `allowUnused`.
    public Options allowUnused(boolean on) {
      return new Options(retainGraph, createGraph, on, gradient);
    }

    /// Returns these options with another `gradient`.
    public Options gradient(@Nullable Tensor cotangent) {
      return new Options(retainGraph, createGraph, allowUnused, cotangent);
    }

    boolean keepsGraph() {
      return retainGraph || createGraph;
    }
  }

  /// Returns the defaults, to be changed by withers: `Autograd.options().retainGraph(true)`.
  public static Options options() {
    return DEFAULTS;
  }

  /// Returns the gradients of `output`, of one element, with respect to `inputs`, leaving every
  /// `grad()` alone.
  ///
  /// @throws IllegalStateException if `output` doesn't require a gradient or doesn't depend on an
  ///   input
  public static List<Tensor> grad(Tensor output, List<? extends Tensor> inputs) {
    return grad(output, inputs, DEFAULTS);
  }

  /// As [#grad(Tensor, List)], with options. (PyTorch: `torch.autograd.grad`.)
  public static List<Tensor> grad(Tensor output, List<? extends Tensor> inputs, Options options) {
    return grad(List.of(output), Collections.singletonList(options.gradient()), inputs, options);
  }

  /// Returns the gradients of Σᵢ ⟨`gradients[i]`, `outputs[i]`⟩ with respect to `inputs`, leaving
  /// every `grad()` alone.
  ///
  /// @param gradients the cotangent of each output, of its shape
  public static List<Tensor> grad(
      List<Tensor> outputs,
      List<? extends @Nullable Tensor> gradients,
      List<? extends Tensor> inputs,
      Options options) {
    if (outputs.size() != gradients.size()) {
      throw new IllegalArgumentException(
          "Autograd.grad: %d outputs but %d gradients".formatted(outputs.size(), gradients.size()));
    }
    for (int i = 0; i < inputs.size(); i++) {
      if (!inputs.get(i).requiresGrad()) {
        throw new IllegalStateException(
            "Autograd.grad: input %d, %s %s, doesn't require a gradient; call requiresGrad(true) on it before it is used"
                .formatted(i, inputs.get(i).dtype(), inputs.get(i).shape()));
      }
    }
    List<@Nullable Tensor> found = Backward.grad(outputs, gradients, inputs, options);
    List<Tensor> result = new ArrayList<>();
    for (int i = 0; i < found.size(); i++) {
      Tensor g = found.get(i);
      if (g == null && !options.allowUnused()) {
        throw new IllegalStateException(
            "Autograd.grad: the output doesn't depend on input %d, %s; if that is meant, allowUnused(true) gives zeros for it"
                .formatted(i, inputs.get(i).shape()));
      }
      result.add(g == null ? Tensor.zerosLike(inputs.get(i)) : g);
    }
    return result;
  }

  /// Checks the first derivatives of `f` at `inputs` against central differences.
  ///
  /// The output is reduced by a fixed random cotangent, and each element of each float64 input that
  /// requires a gradient is moved by ±10⁻⁶. Tolerance: |a − n| ≤ 10⁻⁵ + 10⁻³·|n|. (PyTorch:
  /// `torch.autograd.gradcheck`.)
  ///
  /// @throws AssertionError naming input, index and both numbers, if they differ
  /// @throws IllegalArgumentException if no input requires a gradient, or one that does isn't
  ///   float64
  public static void gradcheck(Function<List<Tensor>, Tensor> f, Tensor... inputs) {
    GradCheck.first(f, List.of(inputs));
  }

  /// Checks the second derivatives of `f` at `inputs` likewise: [#gradcheck] of its gradient, as a
  /// function of the inputs and of the cotangent. (PyTorch: `torch.autograd.gradgradcheck`.)
  ///
  /// @throws AssertionError naming input, index and both numbers, if they differ
  public static void gradgradcheck(Function<List<Tensor>, Tensor> f, Tensor... inputs) {
    GradCheck.second(f, List.of(inputs));
  }
}
