// SPDX-License-Identifier: Apache-2.0
package gradus;

/// The poolings of a [Tensor], which is `[N, C, …]` or, without a batch, `[C, …]`: each channel's
/// windows, in one to three dimensions, become one element each.
///
/// There are `(size + 2 · padding − dilation · (kernel − 1) − 1) / stride + 1` windows, rounded
/// down, or up with `ceilMode`. All throw an `IllegalArgumentException` if the type isn't floating,
/// the shape or the options don't fit, or no window does.
public sealed interface PoolingOps permits Tensor {
  private Tensor self() {
    return (Tensor) this;
  }

  /// Returns the largest element of each window of one dimension; gradients flow to the first of
  /// equal ones. (PyTorch: `torch.nn.functional.max_pool1d`.)
  default Tensor maxPool1d(MaxPoolOptions options) {
    return Pools.max(1, self(), options).values();
  }

  /// Returns the largest element of each window of two dimensions; gradients flow to the first of
  /// equal ones. NaN is larger than every number. (PyTorch: `torch.nn.functional.max_pool2d`.)
  default Tensor maxPool2d(MaxPoolOptions options) {
    return Pools.max(2, self(), options).values();
  }

  /// Returns the largest element of each window of three dimensions; gradients flow to the first of
  /// equal ones. NaN is larger than every number. (PyTorch: `torch.nn.functional.max_pool3d`.)
  default Tensor maxPool3d(MaxPoolOptions options) {
    return Pools.max(3, self(), options).values();
  }

  /// As [#maxPool1d], with where the elements lie. (PyTorch: `return_indices=True`.)
  default MaxResult maxPool1dWithIndices(MaxPoolOptions options) {
    return Pools.max(1, self(), options).withIndices();
  }

  /// As [#maxPool2d], with where the elements lie: `row · width + column`. (PyTorch:
  /// `return_indices=True`.)
  default MaxResult maxPool2dWithIndices(MaxPoolOptions options) {
    return Pools.max(2, self(), options).withIndices();
  }

  /// As [#maxPool3d], with where the elements lie: `(depth · height + row) · width + column`.
  /// (PyTorch: `return_indices=True`.)
  default MaxResult maxPool3dWithIndices(MaxPoolOptions options) {
    return Pools.max(3, self(), options).withIndices();
  }

  /// Returns the mean of each window of one dimension. (PyTorch: `torch.nn.functional.avg_pool1d`.)
  default Tensor avgPool1d(AvgPoolOptions options) {
    return Pools.average(1, self(), options);
  }

  /// Returns the mean of each window of two dimensions. (PyTorch:
  /// `torch.nn.functional.avg_pool2d`.)
  default Tensor avgPool2d(AvgPoolOptions options) {
    return Pools.average(2, self(), options);
  }

  /// Returns the mean of each window of three dimensions. (PyTorch:
  /// `torch.nn.functional.avg_pool3d`.)
  default Tensor avgPool3d(AvgPoolOptions options) {
    return Pools.average(3, self(), options);
  }

  /// Returns the means of `outputSize` windows that cover the dimension evenly: window i from `⌊i ·
  /// size / outputSize⌋` to before `⌈(i + 1) · size / outputSize⌉`. (PyTorch:
  /// `torch.nn.functional.adaptive_avg_pool1d`.)
  default Tensor adaptiveAvgPool1d(int outputSize) {
    return Pools.adaptiveAverage(1, self(), outputSize);
  }

  /// Returns the means of windows that cover both dimensions evenly; see [#adaptiveAvgPool1d].
  /// (PyTorch: `torch.nn.functional.adaptive_avg_pool2d`.)
  ///
  /// @param outputSize height and width of the output, or one number for both; −1 keeps the input's
  default Tensor adaptiveAvgPool2d(int... outputSize) {
    return Pools.adaptiveAverage(2, self(), outputSize);
  }

  /// Returns the means of windows that cover three dimensions evenly; see [#adaptiveAvgPool1d].
  /// (PyTorch: `torch.nn.functional.adaptive_avg_pool3d`.)
  ///
  /// @param outputSize depth, height and width of the output, or one number for all; −1 keeps the
  ///   input's
  default Tensor adaptiveAvgPool3d(int... outputSize) {
    return Pools.adaptiveAverage(3, self(), outputSize);
  }

  /// Returns the largest elements of `outputSize` windows that cover the dimension evenly; see
  /// [#adaptiveAvgPool1d]. (PyTorch: `torch.nn.functional.adaptive_max_pool1d`.)
  default Tensor adaptiveMaxPool1d(int outputSize) {
    return Pools.adaptiveMax(1, self(), outputSize).values();
  }

  /// As [#adaptiveMaxPool1d], with where the elements lie. (PyTorch: `return_indices=True`.)
  default MaxResult adaptiveMaxPool1dWithIndices(int outputSize) {
    return Pools.adaptiveMax(1, self(), outputSize).withIndices();
  }

  /// Returns the largest elements of windows that cover both dimensions evenly; see
  /// [#adaptiveAvgPool1d]. (PyTorch: `torch.nn.functional.adaptive_max_pool2d`.)
  ///
  /// @param outputSize height and width of the output, or one number for both; −1 keeps the input's
  default Tensor adaptiveMaxPool2d(int... outputSize) {
    return Pools.adaptiveMax(2, self(), outputSize).values();
  }

  /// As [#adaptiveMaxPool2d], with where the elements lie. (PyTorch: `return_indices=True`.)
  default MaxResult adaptiveMaxPool2dWithIndices(int... outputSize) {
    return Pools.adaptiveMax(2, self(), outputSize).withIndices();
  }

  /// Returns the largest elements of windows that cover three dimensions evenly; see
  /// [#adaptiveAvgPool1d]. (PyTorch: `torch.nn.functional.adaptive_max_pool3d`.)
  ///
  /// @param outputSize depth, height and width of the output, or one number for all; −1 keeps the
  ///   input's
  default Tensor adaptiveMaxPool3d(int... outputSize) {
    return Pools.adaptiveMax(3, self(), outputSize).values();
  }

  /// As [#adaptiveMaxPool3d], with where the elements lie. (PyTorch: `return_indices=True`.)
  default MaxResult adaptiveMaxPool3dWithIndices(int... outputSize) {
    return Pools.adaptiveMax(3, self(), outputSize).withIndices();
  }

  /// Returns the windows of `[N, C, H, W]` as columns: `[N, C · kernelHeight · kernelWidth, L]` for
  /// L windows. (PyTorch: `torch.nn.functional.unfold`.)
  default Tensor im2col(UnfoldOptions options) {
    return Pools.unfold(self(), options);
  }

  /// Returns the images `[N, C, H, W]` to which windows `[N, C · kernelHeight · kernelWidth, L]`
  /// add up. (PyTorch: `torch.nn.functional.fold`.)
  ///
  /// @param outputSize height and width
  default Tensor col2im(Shape outputSize, UnfoldOptions options) {
    return Pools.fold(self(), outputSize, options);
  }
}
