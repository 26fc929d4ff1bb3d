// SPDX-License-Identifier: Apache-2.0
package gradus;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
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

  /// A function's result and one product with its derivative.
  ///
  /// @param output the function's result
  /// @param product the product
  public record Product(Tensor output, Tensor product) {}

  /// A function's result and products with its derivatives, one for each input.
  ///
  /// @param output the function's result
  /// @param products the products
  public record Products(Tensor output, List<Tensor> products) {}

  /// Returns f(x) and `vector`ᵀ · ∂f/∂x, of `x`'s shape: one forward and one backward.
  ///
  /// As all functions here that take a function, this is recorded as any op is: if recording is on
  /// and an input or vector requires a gradient. Under [Grad#off()], or given `x.detach()`, it
  /// isn't, and is faster; `f` itself is recorded all the same. (PyTorch:
  /// `torch.autograd.functional.vjp`, which records with `create_graph=True`.)
  ///
  /// @param vector of the shape of f(x)
  /// @throws IllegalArgumentException if the shapes differ
  public static Product vjp(UnaryOperator<Tensor> f, Tensor x, Tensor vector) {
    return single(vjp(ofList(f), List.of(x), vector));
  }

  /// As [#vjp(UnaryOperator, Tensor, Tensor)] for a function of several tensors.
  public static Products vjp(Function<List<Tensor>, Tensor> f, List<Tensor> inputs, Tensor vector) {
    return Derivatives.vjp(f, inputs, vector);
  }

  /// Returns f(x) and ∂f/∂x · `vector`, of f(x)'s shape.
  ///
  /// There is no forward mode. This differentiates the vector–Jacobian product, which is linear in
  /// its vector, by that vector: one forward, one recorded backward, and one backward through that,
  /// together about three times the work of a vjp, whatever the number of inputs; all that `f` uses
  /// must be twice differentiable. (PyTorch: `torch.autograd.functional.jvp`, which does the same.)
  ///
  /// @param vector of the shape of `x`
  /// @throws IllegalArgumentException if the shapes differ
  public static Product jvp(UnaryOperator<Tensor> f, Tensor x, Tensor vector) {
    return jvp(ofList(f), List.of(x), List.of(vector));
  }

  /// As [#jvp(UnaryOperator, Tensor, Tensor)] for a function of several tensors: Σᵢ ∂f/∂xᵢ ·
  /// `vectors[i]`.
  public static Product jvp(
      Function<List<Tensor>, Tensor> f, List<Tensor> inputs, List<Tensor> vectors) {
    return Derivatives.jvp(f, inputs, vectors);
  }

  /// Returns ∂f/∂x, of shape f(x) + x: one forward, and one backward for each element of f(x).
  /// (PyTorch: `torch.autograd.functional.jacobian`.)
  public static Tensor jacobian(UnaryOperator<Tensor> f, Tensor x) {
    return jacobian(ofList(f), List.of(x)).getFirst();
  }

  /// As [#jacobian(UnaryOperator, Tensor)] for a function of several tensors: one Jacobian for
  /// each.
  public static List<Tensor> jacobian(Function<List<Tensor>, Tensor> f, List<Tensor> inputs) {
    return Derivatives.jacobian(f, inputs);
  }

  /// Returns the second derivatives of `f`, which gives one element, of shape x + x: one forward,
  /// one recorded backward, and one backward through both for each element of `x`. (PyTorch:
  /// `torch.autograd.functional.hessian`.)
  ///
  /// @throws IllegalArgumentException if f(x) has not exactly one element
  public static Tensor hessian(UnaryOperator<Tensor> f, Tensor x) {
    return hessian(ofList(f), List.of(x)).getFirst().getFirst();
  }

  /// As [#hessian(UnaryOperator, Tensor)] for a function of several tensors: block `i`, `j` is
  /// ∂²f/∂xᵢ∂xⱼ, of shape xᵢ + xⱼ.
  public static List<List<Tensor>> hessian(Function<List<Tensor>, Tensor> f, List<Tensor> inputs) {
    return Derivatives.hessian(f, inputs);
  }

  /// Returns f(x) and H · `vector`, where H is the Hessian of `f`, which is never formed.
  ///
  /// This is a [#jvp] of the gradient and needs third derivatives on the tape. Where H is
  /// symmetric, as it is for every `f` without `detach()` and such, [#vhp] gives the same for less
  /// than half the work. (PyTorch: `torch.autograd.functional.hvp`.)
  ///
  /// @param vector of the shape of `x`
  /// @throws IllegalArgumentException if the shapes differ or f(x) has not exactly one element
  public static Product hvp(UnaryOperator<Tensor> f, Tensor x, Tensor vector) {
    return single(hvp(ofList(f), List.of(x), List.of(vector)));
  }

  /// As [#hvp(UnaryOperator, Tensor, Tensor)] for a function of several tensors, whose Hessian is
  /// that of all of them together.
  public static Products hvp(
      Function<List<Tensor>, Tensor> f, List<Tensor> inputs, List<Tensor> vectors) {
    return Derivatives.hvp(f, inputs, vectors);
  }

  /// Returns f(x) and `vector`ᵀ · H, where H is the Hessian of `f`, which is never formed: one
  /// forward, one recorded backward, one backward through both. (PyTorch:
  /// `torch.autograd.functional.vhp`.)
  ///
  /// @param vector of the shape of `x`
  /// @throws IllegalArgumentException if the shapes differ or f(x) has not exactly one element
  public static Product vhp(UnaryOperator<Tensor> f, Tensor x, Tensor vector) {
    return single(vhp(ofList(f), List.of(x), List.of(vector)));
  }

  /// As [#vhp(UnaryOperator, Tensor, Tensor)] for a function of several tensors, whose Hessian is
  /// that of all of them together.
  public static Products vhp(
      Function<List<Tensor>, Tensor> f, List<Tensor> inputs, List<Tensor> vectors) {
    return Derivatives.vhp(f, inputs, vectors);
  }

  private static Function<List<Tensor>, Tensor> ofList(UnaryOperator<Tensor> f) {
    return in -> f.apply(in.getFirst());
  }

  private static Product single(Products of) {
    return new Product(of.output, of.products.getFirst());
  }

  /// Returns `f(inputs)` and keeps only the inputs for backward, which computes `f` again to find
  /// what its derivative needs: memory for time, about one more forward.
  ///
  /// Random numbers from [Generator#current()] are drawn again as they were; parameters that `f`
  /// uses get their gradients; what `f` assigns to a [Buffer] it assigns in forward only;
  /// checkpoints may contain checkpoints. So results and gradients have the same bits as without.
  /// What `f` computes must depend on nothing else that changes, and it cannot take gradients of
  /// what it computes. (PyTorch: `torch.utils.checkpoint.checkpoint`. Source: Chen et al.,
  /// *Training Deep Nets with Sublinear Memory Cost*, 2016.)
  ///
  /// Later, backward throws an [IllegalStateException] if `f` then gives other values than in
  /// forward.
  public static Tensor checkpoint(UnaryOperator<Tensor> f, Tensor x) {
    return Checkpoint.of(ofList(f), List.of(x));
  }

  /// As [#checkpoint(UnaryOperator, Tensor)] for a function of several tensors.
  public static Tensor checkpoint(Function<List<Tensor>, Tensor> f, List<Tensor> inputs) {
    return Checkpoint.of(f, List.copyOf(inputs));
  }

  /// Finds where NaN and infinities come from: until the returned scope is closed, backward on this
  /// thread throws an [IllegalStateException] at the first gradient that isn't finite, and names
  /// the op whose derivative gave it and, if that op was called inside the scope, too, the place in
  /// the user's program.
  ///
  /// ```java
  /// try (var _ = Autograd.detectAnomaly()) {
  ///   loss(model.apply(x), y).backward();
  /// }
  /// ```
  ///
  /// Much slower than without; for debugging only. (PyTorch: `torch.autograd.detect_anomaly`, which
  /// lets infinities pass.)
  public static Grad.Scope detectAnomaly() {
    return new Anomaly(false).open();
  }

  /// As [#detectAnomaly()], and looks at the results of recorded ops, too: throws at the first NaN
  /// that no input has, and the first infinity that is computed from finite numbers. An infinity
  /// that is put somewhere, as by a mask, is no anomaly.
  public static Grad.Scope detectAnomalyInForward() {
    return new Anomaly(true).open();
  }

  /// Checks the first derivatives of `f` at `inputs` against central differences.
  ///
  /// The output is reduced by a fixed random cotangent, and each element of each float64 input that
  /// requires a gradient is moved by ±eps = 10⁻⁶. Tolerance: |a − n| ≤ 10⁻⁵ + 10⁻³·|n|. (PyTorch:
  /// `torch.autograd.gradcheck`.)
  ///
  /// @throws AssertionError naming input, index and both numbers, if they differ
  /// @throws IllegalArgumentException if no input requires a gradient, or one that does isn't
  ///   float64
  public static void gradcheck(Function<List<Tensor>, Tensor> f, Tensor... inputs) {
    gradcheck(f, GradCheck.options(), inputs);
  }

  /// As [#gradcheck(Function, Tensor...)], with another step or other tolerances.
  public static void gradcheck(
      Function<List<Tensor>, Tensor> f, GradCheck.Options options, Tensor... inputs) {
    new GradCheck("gradcheck", options).first(f, List.of(inputs));
  }

  /// Checks the second derivatives of `f` at `inputs` likewise: [#gradcheck] of its gradient, as a
  /// function of the inputs and of the cotangent. (PyTorch: `torch.autograd.gradgradcheck`.)
  ///
  /// @throws AssertionError naming input, index and both numbers, if they differ
  public static void gradgradcheck(Function<List<Tensor>, Tensor> f, Tensor... inputs) {
    gradgradcheck(f, GradCheck.options(), inputs);
  }

  /// As [#gradgradcheck(Function, Tensor...)], with another step or other tolerances.
  public static void gradgradcheck(
      Function<List<Tensor>, Tensor> f, GradCheck.Options options, Tensor... inputs) {
    new GradCheck("gradgradcheck", options).second(f, List.of(inputs));
  }
}
