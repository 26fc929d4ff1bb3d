// SPDX-License-Identifier: Apache-2.0
package gradus;

/// The different elements of a tensor.
///
/// @param values the elements in ascending order, each once; NaNs are all different
/// @param inverse for each element its index among `values`, int64, of the tensor's shape
/// @param counts how often each of `values` occurs, int64
public record UniqueResult(Tensor values, Tensor inverse, Tensor counts) {
  static UniqueResult of(Tensor x) {
    Tensor flat = Arrangement.flat(x);
    SortResult sorted = SortResult.of("unique", flat, 0, Order.ASCENDING);
    int n = flat.numel();
    if (n == 0) {
      Tensor none = Tensor.arange(0);
      return new UniqueResult(flat, none.reshape(x.shape()), none);
    }
    Tensor values = sorted.values();
    Tensor first = Tensor.ones(DType.BOOL, 1);
    Tensor differs = values.narrow(0, 1, n - 1).ne(values.narrow(0, 0, n - 1));
    Tensor starts = Tensor.cat(java.util.List.of(first, differs), 0);
    Tensor group = starts.to(DType.INT64).cumsum(0).sub(1L);
    Tensor inverse = Tensor.zeros(DType.INT64, n).indexCopy(0, sorted.indices(), group);
    return new UniqueResult(
        values.maskedSelect(starts), View.Reshape.of(inverse, x.shape()), group.bincount());
  }
}
