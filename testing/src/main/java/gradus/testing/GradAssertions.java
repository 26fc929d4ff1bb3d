// SPDX-License-Identifier: Apache-2.0
package gradus.testing;

import gradus.Autograd;
import gradus.DType;
import gradus.Generator;
import gradus.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/// Assertions on derivatives and on tensors. They need no other library and throw [AssertionError].
///
/// ```java
/// assertGrad(Tensor::tanh, x);
/// assertGradGrad(Tensor::matmul, a, b);
/// assertGrad(in -> Tensor.where(mask, in.get(0), in.get(1)), List.of(a, b));
/// ```
public final class GradAssertions {
  /// How far float64 results may be from PyTorch's, absolutely.
  public static final double FLOAT64_ATOL = 1e-10;

  /// How far float64 results may be from PyTorch's, as a part of the expected number.
  public static final double FLOAT64_RTOL = 1e-9;

  /// How far float32 results may be from PyTorch's float64 ones, absolutely.
  public static final double FLOAT32_ATOL = 1e-5;

  /// How far float32 results may be from PyTorch's float64 ones, as a part of the expected number.
  public static final double FLOAT32_RTOL = 1e-4;

  private static final long SEED = 20_250_102;

  private GradAssertions() {}

  /// Asserts that `f` is differentiated right at `x`, as [#assertGrad(Function, List)].
  public static void assertGrad(UnaryOperator<Tensor> f, Tensor x) {
    assertGrad(in -> f.apply(in.getFirst()), List.of(x));
  }

  /// Asserts that `f` is differentiated right at `a` and `b`, as [#assertGrad(Function, List)].
  public static void assertGrad(BinaryOperator<Tensor> f, Tensor a, Tensor b) {
    assertGrad(in -> f.apply(in.get(0), in.get(1)), List.of(a, b));
  }

  /// Asserts that the derivatives of `f` with respect to its float64 inputs are right:
  ///
  /// - they agree with central differences ([Autograd#gradcheck]);
  /// - each is the same where no other input asks for its derivative;
  /// - the cotangent of the output may have any layout: transposed, strided, or expanded from one
  ///   number as `sum()` hands it on.
  ///
  /// Inputs of other types are passed on as they are.
  ///
  /// @throws AssertionError naming input, element and both numbers
  /// @throws IllegalArgumentException if no input is float64, or one is float32
  public static void assertGrad(Function<List<Tensor>, Tensor> f, List<Tensor> inputs) {
    List<Integer> wanted = wanted("assertGrad", inputs);
    Autograd.gradcheck(f, leaves(inputs, wanted).toArray(Tensor[]::new));
    Tensor u = cotangent(f, inputs);
    List<Tensor> together = gradients(f, inputs, wanted, u, false);
    if (wanted.size() > 1) {
      for (int i = 0; i < wanted.size(); i++) {
        int input = wanted.get(i);
        close(
            "assertGrad: the gradient of input %d where no other asks for one".formatted(input),
            gradients(f, inputs, List.of(input), u, false).getFirst(),
            together.get(i));
      }
    }
    for (Tensor laidOut : List.of(Layouts.transposed(u), Layouts.strided(u))) {
      allClose(
          "assertGrad: with a cotangent that isn't contiguous, the gradient of input",
          gradients(f, inputs, wanted, laidOut, false),
          together,
          wanted);
    }
    Tensor one = Tensor.scalar(0.75, DType.FLOAT64).expand(u.shape().toArray());
    allClose(
        "assertGrad: with an expanded cotangent, the gradient of input",
        gradients(f, inputs, wanted, one, false),
        gradients(f, inputs, wanted, one.copy(), false),
        wanted);
  }

  /// Asserts that `f` is differentiated twice right at `x`, as [#assertGradGrad(Function, List)].
  public static void assertGradGrad(UnaryOperator<Tensor> f, Tensor x) {
    assertGradGrad(in -> f.apply(in.getFirst()), List.of(x));
  }

  /// Asserts that `f` is differentiated twice right at `a` and `b`, as [#assertGradGrad(Function,
  /// List)].
  public static void assertGradGrad(BinaryOperator<Tensor> f, Tensor a, Tensor b) {
    assertGradGrad(in -> f.apply(in.get(0), in.get(1)), List.of(a, b));
  }

  /// Asserts that the second derivatives of `f` with respect to its float64 inputs and to the
  /// cotangent agree with central differences ([Autograd#gradgradcheck]), and that the first ones
  /// are the same whether or not a graph of them is asked for.
  ///
  /// @throws AssertionError naming input, element and both numbers
  /// @throws IllegalArgumentException if no input is float64, or one is float32
  public static void assertGradGrad(Function<List<Tensor>, Tensor> f, List<Tensor> inputs) {
    List<Integer> wanted = wanted("assertGradGrad", inputs);
    Autograd.gradgradcheck(f, leaves(inputs, wanted).toArray(Tensor[]::new));
    Tensor u = cotangent(f, inputs);
    allClose(
        "assertGradGrad: with createGraph, the gradient of input",
        gradients(f, inputs, wanted, u, true),
        gradients(f, inputs, wanted, u, false),
        wanted);
  }

  /// Asserts that two tensors have equal shapes and about equal numbers: |actual − expected| ≤ atol
  /// + rtol · |expected| with the tolerances of float32 if either is of that type, else of float64.
  ///
  /// @throws AssertionError as [#assertClose(Tensor, Tensor, double, double)]
  public static void assertClose(Tensor actual, Tensor expected) {
    close("assertClose:", actual, expected);
  }

  /// Asserts that two tensors have equal shapes and about equal numbers: |actual − expected| ≤ atol
  /// + rtol · |expected|. Infinities equal themselves, NaN equals NaN; types may differ.
  ///
  /// @throws AssertionError naming the shapes or the first element that differs, both numbers and
  ///   how many elements differ
  public static void assertClose(Tensor actual, Tensor expected, double atol, double rtol) {
    close("assertClose:", actual, expected, atol, rtol);
  }

  /// Asserts that two tensors have equal types, shapes and bits: 0 isn't −0, NaN equals NaN of the
  /// same bits.
  ///
  /// @throws AssertionError naming the types or shapes or the first element that differs, both
  ///   numbers and how many elements differ
  public static void assertSameBits(Tensor actual, Tensor expected) {
    if (actual.dtype() != expected.dtype()) {
      throw new AssertionError(
          "assertSameBits: a %s tensor instead of a %s one"
              .formatted(actual.dtype(), expected.dtype()));
    }
    sameShape("assertSameBits:", actual, expected);
    long[] a = bits(actual);
    long[] e = bits(expected);
    int differing = 0;
    int first = -1;
    for (int i = 0; i < a.length; i++) {
      if (a[i] != e[i]) {
        first = differing++ == 0 ? i : first;
      }
    }
    if (differing > 0) {
      throw new AssertionError(
          "assertSameBits: %s at %s: %s instead of %s (bits %x and %x; %d of %d elements differ)"
              .formatted(
                  actual.shape(),
                  index(actual, first),
                  number(actual, first),
                  number(expected, first),
                  a[first],
                  e[first],
                  differing,
                  a.length));
    }
  }

  private static long[] bits(Tensor t) {
    return switch (t.dtype()) {
      case FLOAT32 -> {
        float[] values = t.toFloatArray();
        long[] bits = new long[values.length];
        Arrays.setAll(bits, i -> Float.floatToRawIntBits(values[i]) & 0xFFFF_FFFFL);
        yield bits;
      }
      case FLOAT64 ->
          Arrays.stream(t.toDoubleArray()).mapToLong(Double::doubleToRawLongBits).toArray();
      case INT64, BOOL, UINT8 -> t.toLongArray();
    };
  }

  private static String number(Tensor t, int i) {
    return switch (t.dtype()) {
      case FLOAT32 -> Float.toString(t.toFloatArray()[i]);
      case FLOAT64 -> Double.toString(t.toDoubleArray()[i]);
      case INT64, BOOL, UINT8 -> Long.toString(t.toLongArray()[i]);
    };
  }

  private static void allClose(
      String what, List<Tensor> actual, List<Tensor> expected, List<Integer> inputs) {
    for (int i = 0; i < inputs.size(); i++) {
      close(what + " " + inputs.get(i), actual.get(i), expected.get(i));
    }
  }

  private static void close(String what, Tensor actual, Tensor expected) {
    boolean single = actual.dtype() == DType.FLOAT32 || expected.dtype() == DType.FLOAT32;
    close(
        what,
        actual,
        expected,
        single ? FLOAT32_ATOL : FLOAT64_ATOL,
        single ? FLOAT32_RTOL : FLOAT64_RTOL);
  }

  private static void close(String what, Tensor actual, Tensor expected, double atol, double rtol) {
    sameShape(what, actual, expected);
    double[] a = actual.toDoubleArray();
    double[] e = expected.toDoubleArray();
    int differing = 0;
    int first = -1;
    for (int i = 0; i < a.length; i++) {
      if (!near(a[i], e[i], atol + rtol * Math.abs(e[i]))) {
        first = differing++ == 0 ? i : first;
      }
    }
    if (differing > 0) {
      throw new AssertionError(
          "%s %s at %s: %s instead of %s; they differ by %s, allowed are %s + %s·|expected| (%d of %d elements differ)"
              .formatted(
                  what,
                  actual.shape(),
                  index(actual, first),
                  number(actual, first),
                  number(expected, first),
                  Math.abs(a[first] - e[first]),
                  atol,
                  rtol,
                  differing,
                  a.length));
    }
  }

  private static boolean near(double actual, double expected, double allowed) {
    return actual == expected
        || (Double.isNaN(actual) && Double.isNaN(expected))
        || (Double.isFinite(expected) && Math.abs(actual - expected) <= allowed);
  }

  private static void sameShape(String what, Tensor actual, Tensor expected) {
    if (!actual.shape().equals(expected.shape())) {
      throw new AssertionError(
          "%s shape %s instead of %s".formatted(what, actual.shape(), expected.shape()));
    }
  }

  /// The place of row-major element `i`, `[1, 2]`.
  private static String index(Tensor t, int i) {
    int[] index = new int[t.dim()];
    for (int d = index.length - 1; d >= 0; d--) {
      index[d] = i % t.size(d);
      i /= t.size(d);
    }
    return Arrays.toString(index);
  }

  /// The places of the float64 inputs.
  private static List<Integer> wanted(String what, List<Tensor> inputs) {
    List<Integer> wanted = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      switch (inputs.get(i).dtype()) {
        case FLOAT64 -> wanted.add(i);
        case FLOAT32 ->
            throw new IllegalArgumentException(
                "%s: input %d is float32: differences need float64; convert it with to(DType.FLOAT64), or let the function capture it"
                    .formatted(what, i));
        case INT64, BOOL, UINT8 -> {}
      }
    }
    if (wanted.isEmpty()) {
      throw new IllegalArgumentException(
          what + ": no input is float64, so there is nothing to check");
    }
    return wanted;
  }

  /// The inputs as leaves of their own, of which the wanted ones require a gradient.
  private static List<Tensor> leaves(List<Tensor> inputs, List<Integer> wanted) {
    List<Tensor> leaves = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      leaves.add(inputs.get(i).detach().requiresGrad(wanted.contains(i)));
    }
    return leaves;
  }

  private static Tensor cotangent(Function<List<Tensor>, Tensor> f, List<Tensor> inputs) {
    int[] sizes = f.apply(leaves(inputs, List.of())).shape().toArray();
    return new Generator(SEED).normal(0, 1, sizes).to(DType.FLOAT64);
  }

  /// The gradients of ⟨cotangent, f⟩; zeros where `f` doesn't depend on an input.
  private static List<Tensor> gradients(
      Function<List<Tensor>, Tensor> f,
      List<Tensor> inputs,
      List<Integer> wanted,
      Tensor cotangent,
      boolean createGraph) {
    List<Tensor> leaves = leaves(inputs, wanted);
    List<Tensor> asked = wanted.stream().map(leaves::get).toList();
    Tensor output = f.apply(leaves);
    return output.requiresGrad()
        ? Autograd.grad(
            output,
            asked,
            Autograd.options().createGraph(createGraph).allowUnused(true).gradient(cotangent))
        : asked.stream().map(Tensor::zerosLike).toList();
  }
}
