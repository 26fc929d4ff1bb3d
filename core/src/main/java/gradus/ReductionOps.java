// SPDX-License-Identifier: Apache-2.0
package gradus;

/// The ops of a [Tensor] that fold dimensions into one number each.
///
/// Sums have a fixed order: the same bits at any thread count and SIMD width.
public sealed interface ReductionOps permits Tensor {
  private Tensor self() {
    return (Tensor) this;
  }

  /// Returns the sum of all elements; of integers and bools, in int64. (PyTorch: `torch.sum`.)
  default Tensor sum() {
    return sum(Dims.all());
  }

  /// Returns the sums over `dims`, which vanish; none means all.
  default Tensor sum(int... dims) {
    return sum(Dims.of(dims));
  }

  /// Returns the sums over `dims`.
  default Tensor sum(Dims dims) {
    return Reduction.Sum.of(self(), dims);
  }

  /// Returns the product of all elements; of integers and bools, in int64; 1 of none. Its
  /// derivatives are right where elements are 0, too. (PyTorch: `torch.prod`.)
  default Tensor prod() {
    return prod(Dims.all());
  }

  /// Returns the products over `dims`, which vanish; none means all.
  default Tensor prod(int... dims) {
    return prod(Dims.of(dims));
  }

  /// Returns the products over `dims`.
  default Tensor prod(Dims dims) {
    return Cumulative.prod(self(), dims);
  }

  /// Returns the mean of all elements, NaN of none. (PyTorch: `torch.mean`.)
  ///
  /// @throws IllegalArgumentException if the type isn't floating
  default Tensor mean() {
    return mean(Dims.all());
  }

  /// Returns the means over `dims`, which vanish; none means all.
  default Tensor mean(int... dims) {
    return mean(Dims.of(dims));
  }

  /// Returns the means over `dims`.
  default Tensor mean(Dims dims) {
    Launch.floating("mean", self());
    long n = count("mean", dims);
    // Of nothing: a constant, which cotangents don't reach.
    return n == 0 ? sum(dims).add(Double.NaN) : sum(dims).div((double) n);
  }

  /// Returns the sums over `dims`, which vanish, of the elements that aren't NaN; none means all.
  /// (PyTorch: `torch.nansum`.)
  default Tensor nansum(int... dims) {
    return nansum(Dims.of(dims));
  }

  /// Returns the sums over `dims` of the elements that aren't NaN.
  default Tensor nansum(Dims dims) {
    return withoutNans().sum(dims);
  }

  /// Returns the means over `dims`, which vanish, of the elements that aren't NaN, or NaN of none;
  /// none means all. (PyTorch: `torch.nanmean`.)
  ///
  /// @throws IllegalArgumentException if the type isn't floating
  default Tensor nanmean(int... dims) {
    return nanmean(Dims.of(dims));
  }

  /// Returns the means over `dims` of the elements that aren't NaN, or NaN of none.
  default Tensor nanmean(Dims dims) {
    Launch.floating("nanmean", self());
    Tensor count = self().detach().isNan().logicalNot().sum(dims);
    return withoutNans().sum(dims).div(count);
  }

  private Tensor withoutNans() {
    Tensor x = self();
    return x.dtype().isFloating() ? x.maskedFill(x.detach().isNan(), 0) : x;
  }

  /// Returns the unbiased variance of all elements, Σ(x − mean)² / (n − 1). (PyTorch: `torch.var`.)
  default Tensor var() {
    return var(Dims.all(), 1);
  }

  /// Returns the unbiased variances over `dims`, which vanish; none means all.
  default Tensor var(int... dims) {
    return var(Dims.of(dims), 1);
  }

  /// Returns the unbiased variances over `dims`.
  default Tensor var(Dims dims) {
    return var(dims, 1);
  }

  /// Returns the variances over `dims`, Σ(x − mean)² / max(n − correction, 0): correction 1 is
  /// unbiased, 0 biased. Of too few elements it is NaN; its derivative then is NaN too, but ∞ if
  /// `dims` are all, as in PyTorch.
  default Tensor var(Dims dims, int correction) {
    Launch.floating("var", self());
    if (dims.isAll() && self().numel() == correction) {
      return sum(dims).mul(Double.POSITIVE_INFINITY).add(Double.NaN);
    }
    Folding f = Folding.of("var", self(), dims);
    Tensor mean = View.Reshape.of(mean(dims), f.kept());
    return self().sub(mean).square().sum(dims).div((double) Math.max(f.length() - correction, 0));
  }

  /// Returns the unbiased standard deviation of all elements, √[#var()]. (PyTorch: `torch.std`.)
  default Tensor std() {
    return std(Dims.all(), 1);
  }

  /// Returns the unbiased standard deviations over `dims`, which vanish; none means all.
  default Tensor std(int... dims) {
    return std(Dims.of(dims), 1);
  }

  /// Returns the standard deviations over `dims`, √[#var(Dims, int)]. Of equal elements its
  /// derivative is 0.
  default Tensor std(Dims dims, int correction) {
    Tensor var = var(dims, correction);
    // The root's derivative at 0 is infinite, and times 0 would be NaN.
    Tensor zero = var.detach().eq(0);
    Tensor root = Tensor.where(zero, Tensor.onesLike(var), var).sqrt();
    return Tensor.where(zero, Tensor.zerosLike(var), root);
  }

  /// Returns ln Σeˣ over `dims`, which vanish, without overflow; none means all. (PyTorch:
  /// `torch.logsumexp`.)
  ///
  /// @throws IllegalArgumentException if the type isn't floating
  default Tensor logsumexp(int... dims) {
    return logsumexp(Dims.of(dims));
  }

  /// Returns ln Σeˣ over `dims`, without overflow.
  default Tensor logsumexp(Dims dims) {
    return Reduction.LogSumExp.of(self(), dims);
  }

  /// Returns the Euclidean norm of all elements, √Σx². (PyTorch: `torch.norm`.)
  ///
  /// @throws IllegalArgumentException if the type isn't floating
  default Tensor norm() {
    return norm(2, Dims.all());
  }

  /// Returns the p-norms over `dims`, which vanish; none means all.
  default Tensor norm(double p, int... dims) {
    return norm(p, Dims.of(dims));
  }

  /// Returns the p-norms over `dims`, (Σ|x|ᵖ)^(1/p): for p = ∞ the largest |x|, for −∞ the
  /// smallest, for 0 the number of elements that aren't 0. The derivative by an element that is 0
  /// is 0. (PyTorch: `torch.norm`, `torch.linalg.vector_norm`.)
  ///
  /// @throws IllegalArgumentException if the type isn't floating, if p is NaN, or if there is no
  ///   element and p is negative or infinite
  default Tensor norm(double p, Dims dims) {
    return Reduction.Norm.of(self(), p, dims);
  }

  /// Returns the largest element; ties share the gradient. (PyTorch: `torch.max`.)
  ///
  /// @throws IllegalArgumentException if there is none
  default Tensor max() {
    return Reduction.Extreme.ofAll("max", true, self());
  }

  /// Returns the smallest element; ties share the gradient. (PyTorch: `torch.min`.)
  ///
  /// @throws IllegalArgumentException if there is none
  default Tensor min() {
    return Reduction.Extreme.ofAll("min", false, self());
  }

  /// Returns the largest elements along dimension `dim`, with their indices: the first at a tie.
  default MaxResult max(int dim) {
    return Reduction.Pick.of("max", true, self(), dim);
  }

  /// Returns the smallest elements along dimension `dim`, with their indices: the first at a tie.
  default MaxResult min(int dim) {
    return Reduction.Pick.of("min", false, self(), dim);
  }

  /// Returns the largest elements over `dims`, which vanish; ties share the gradient. (PyTorch:
  /// `torch.amax`.)
  default Tensor amax(int... dims) {
    return amax(Dims.of(dims));
  }

  /// Returns the largest elements over `dims`; ties share the gradient.
  default Tensor amax(Dims dims) {
    return Reduction.Extreme.of("amax", true, self(), dims);
  }

  /// Returns the smallest elements over `dims`, which vanish; ties share the gradient. (PyTorch:
  /// `torch.amin`.)
  default Tensor amin(int... dims) {
    return amin(Dims.of(dims));
  }

  /// Returns the smallest elements over `dims`; ties share the gradient.
  default Tensor amin(Dims dims) {
    return Reduction.Extreme.of("amin", false, self(), dims);
  }

  /// Returns the index of the largest element in row-major order, int64: the first at a tie.
  /// (PyTorch: `torch.argmax`.)
  default Tensor argmax() {
    return self().detach().flatten().argmax(0);
  }

  /// Returns the indices of the largest elements along dimension `dim`, int64: the first at a tie.
  default Tensor argmax(int dim) {
    return Reduction.Pick.of("argmax", true, self().detach(), dim).indices();
  }

  /// Returns the index of the smallest element in row-major order, int64: the first at a tie.
  /// (PyTorch: `torch.argmin`.)
  default Tensor argmin() {
    return self().detach().flatten().argmin(0);
  }

  /// Returns the indices of the smallest elements along dimension `dim`, int64: the first at a tie.
  default Tensor argmin(int dim) {
    return Reduction.Pick.of("argmin", false, self().detach(), dim).indices();
  }

  /// Returns bool: whether every element isn't 0. (PyTorch: `torch.all`.)
  default Tensor all() {
    return self().detach().eq(0).sum().eq(0);
  }

  /// Returns bool: whether some element isn't 0. (PyTorch: `torch.any`.)
  default Tensor any() {
    return self().detach().ne(0).sum().ne(0);
  }

  /// Returns bool: whether all elements over `dims`, which vanish, aren't 0.
  default Tensor all(int... dims) {
    return self().detach().eq(0).sum(dims).eq(0);
  }

  /// Returns bool: whether some element over `dims`, which vanish, isn't 0.
  default Tensor any(int... dims) {
    return self().detach().ne(0).sum(dims).ne(0);
  }

  /// Returns how many elements over `dims`, which vanish, aren't 0, int64; none means all.
  /// (PyTorch: `torch.count_nonzero`.)
  default Tensor countNonzero(int... dims) {
    return self().detach().ne(0).sum(dims);
  }

  private long count(String op, Dims dims) {
    boolean[] reduced = dims.reduced(op, self().shape());
    long n = 1;
    for (int d = 0; d < reduced.length; d++) {
      n *= reduced[d] ? self().size(d) : 1;
    }
    return n;
  }
}
