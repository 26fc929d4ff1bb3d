// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.AvgPoolOptions;
import gradus.ConvOptions;
import gradus.ConvTransposeOptions;
import gradus.MaxPoolOptions;
import gradus.Shape;
import gradus.Tensor;
import gradus.UnfoldOptions;
import org.jspecify.annotations.Nullable;

/// The functions of [F] on images and sequences: `[N, C, …]` or, without a batch, `[C, …]`.
abstract sealed class SpatialFunctions permits NormFunctions {
  /// Returns the convolution over one dimension, of stride 1 and without padding; see
  /// [Tensor#conv1d].
  ///
  /// @throws IllegalArgumentException if shapes or dtypes do not match
  public static Tensor conv1d(Tensor x, Tensor weight, @Nullable Tensor bias) {
    return x.conv1d(weight, bias, ConvOptions.defaults());
  }

  /// Returns the convolution over one dimension; see [Tensor#conv1d].
  ///
  /// @throws IllegalArgumentException if shapes or dtypes do not match
  public static Tensor conv1d(Tensor x, Tensor weight, @Nullable Tensor bias, ConvOptions options) {
    return x.conv1d(weight, bias, options);
  }

  /// Returns the convolution over two dimensions, of stride 1 and without padding; see
  /// [Tensor#conv2d].
  ///
  /// @throws IllegalArgumentException if shapes or dtypes do not match
  public static Tensor conv2d(Tensor x, Tensor weight, @Nullable Tensor bias) {
    return x.conv2d(weight, bias, ConvOptions.defaults());
  }

  /// Returns the convolution over two dimensions; see [Tensor#conv2d].
  ///
  /// @throws IllegalArgumentException if shapes or dtypes do not match
  public static Tensor conv2d(Tensor x, Tensor weight, @Nullable Tensor bias, ConvOptions options) {
    return x.conv2d(weight, bias, options);
  }

  /// Returns the convolution over three dimensions; see [Tensor#conv3d].
  ///
  /// @throws IllegalArgumentException if shapes or dtypes do not match
  public static Tensor conv3d(Tensor x, Tensor weight, @Nullable Tensor bias, ConvOptions options) {
    return x.conv3d(weight, bias, options);
  }

  /// Returns the transposed convolution over one dimension; see [Tensor#convTranspose1d].
  ///
  /// @throws IllegalArgumentException if shapes or dtypes do not match
  public static Tensor convTranspose1d(
      Tensor x, Tensor weight, @Nullable Tensor bias, ConvTransposeOptions options) {
    return x.convTranspose1d(weight, bias, options);
  }

  /// Returns the transposed convolution over two dimensions; see [Tensor#convTranspose2d].
  ///
  /// @throws IllegalArgumentException if shapes or dtypes do not match
  public static Tensor convTranspose2d(
      Tensor x, Tensor weight, @Nullable Tensor bias, ConvTransposeOptions options) {
    return x.convTranspose2d(weight, bias, options);
  }

  /// Returns the transposed convolution over three dimensions; see [Tensor#convTranspose3d].
  ///
  /// @throws IllegalArgumentException if shapes or dtypes do not match
  public static Tensor convTranspose3d(
      Tensor x, Tensor weight, @Nullable Tensor bias, ConvTransposeOptions options) {
    return x.convTranspose3d(weight, bias, options);
  }

  /// Returns the largest element of each window of one dimension, windows side by side; see
  /// [Tensor#maxPool1d].
  ///
  /// @throws IllegalArgumentException if no window fits
  public static Tensor maxPool1d(Tensor x, int kernelSize) {
    return x.maxPool1d(MaxPoolOptions.kernel(kernelSize));
  }

  /// Returns the largest element of each window of one dimension; see [Tensor#maxPool1d].
  ///
  /// @throws IllegalArgumentException if the options do not fit the input
  public static Tensor maxPool1d(Tensor x, MaxPoolOptions options) {
    return x.maxPool1d(options);
  }

  /// Returns the largest element of each square window, windows side by side; see
  /// [Tensor#maxPool2d].
  ///
  /// @throws IllegalArgumentException if no window fits
  public static Tensor maxPool2d(Tensor x, int kernelSize) {
    return x.maxPool2d(MaxPoolOptions.kernel(kernelSize));
  }

  /// Returns the largest element of each window of two dimensions; see [Tensor#maxPool2d].
  ///
  /// @throws IllegalArgumentException if the options do not fit the input
  public static Tensor maxPool2d(Tensor x, MaxPoolOptions options) {
    return x.maxPool2d(options);
  }

  /// Returns the largest element of each window of three dimensions; see [Tensor#maxPool3d].
  ///
  /// @throws IllegalArgumentException if the options do not fit the input
  public static Tensor maxPool3d(Tensor x, MaxPoolOptions options) {
    return x.maxPool3d(options);
  }

  /// Returns the mean of each window of one dimension, windows side by side; see
  /// [Tensor#avgPool1d].
  ///
  /// @throws IllegalArgumentException if no window fits
  public static Tensor avgPool1d(Tensor x, int kernelSize) {
    return x.avgPool1d(AvgPoolOptions.kernel(kernelSize));
  }

  /// Returns the mean of each window of one dimension; see [Tensor#avgPool1d].
  ///
  /// @throws IllegalArgumentException if the options do not fit the input
  public static Tensor avgPool1d(Tensor x, AvgPoolOptions options) {
    return x.avgPool1d(options);
  }

  /// Returns the mean of each square window, windows side by side; see [Tensor#avgPool2d].
  ///
  /// @throws IllegalArgumentException if no window fits
  public static Tensor avgPool2d(Tensor x, int kernelSize) {
    return x.avgPool2d(AvgPoolOptions.kernel(kernelSize));
  }

  /// Returns the mean of each window of two dimensions; see [Tensor#avgPool2d].
  ///
  /// @throws IllegalArgumentException if the options do not fit the input
  public static Tensor avgPool2d(Tensor x, AvgPoolOptions options) {
    return x.avgPool2d(options);
  }

  /// Returns the mean of each window of three dimensions; see [Tensor#avgPool3d].
  ///
  /// @throws IllegalArgumentException if the options do not fit the input
  public static Tensor avgPool3d(Tensor x, AvgPoolOptions options) {
    return x.avgPool3d(options);
  }

  /// Returns the means of so many windows that cover the dimension; see [Tensor#adaptiveAvgPool1d].
  ///
  /// @throws IllegalArgumentException if the size is negative
  public static Tensor adaptiveAvgPool1d(Tensor x, int outputSize) {
    return x.adaptiveAvgPool1d(outputSize);
  }

  /// Returns the means of windows that cover both dimensions; see [Tensor#adaptiveAvgPool2d].
  ///
  /// @param outputSize height and width, or one number for both; −1 keeps the input's
  /// @throws IllegalArgumentException if there are not one or two sizes
  public static Tensor adaptiveAvgPool2d(Tensor x, int... outputSize) {
    return x.adaptiveAvgPool2d(outputSize);
  }

  /// Returns the means of windows that cover three dimensions; see [Tensor#adaptiveAvgPool3d].
  ///
  /// @param outputSize depth, height and width, or one number for all; −1 keeps the input's
  /// @throws IllegalArgumentException if there are not one or three sizes
  public static Tensor adaptiveAvgPool3d(Tensor x, int... outputSize) {
    return x.adaptiveAvgPool3d(outputSize);
  }

  /// Returns the largest elements of so many windows that cover the dimension; see
  /// [Tensor#adaptiveMaxPool1d].
  ///
  /// @throws IllegalArgumentException if the size is negative
  public static Tensor adaptiveMaxPool1d(Tensor x, int outputSize) {
    return x.adaptiveMaxPool1d(outputSize);
  }

  /// Returns the largest elements of windows that cover both dimensions; see
  /// [Tensor#adaptiveMaxPool2d].
  ///
  /// @param outputSize height and width, or one number for both; −1 keeps the input's
  /// @throws IllegalArgumentException if there are not one or two sizes
  public static Tensor adaptiveMaxPool2d(Tensor x, int... outputSize) {
    return x.adaptiveMaxPool2d(outputSize);
  }

  /// Returns the largest elements of windows that cover three dimensions; see
  /// [Tensor#adaptiveMaxPool3d].
  ///
  /// @param outputSize depth, height and width, or one number for all; −1 keeps the input's
  /// @throws IllegalArgumentException if there are not one or three sizes
  public static Tensor adaptiveMaxPool3d(Tensor x, int... outputSize) {
    return x.adaptiveMaxPool3d(outputSize);
  }

  /// Returns the windows of images as columns; see [Tensor#im2col].
  ///
  /// @throws IllegalArgumentException if the options do not fit the input
  public static Tensor unfold(Tensor x, UnfoldOptions options) {
    return x.im2col(options);
  }

  /// Returns the images to which windows add up; see [Tensor#col2im].
  ///
  /// @throws IllegalArgumentException if the options do not fit the input
  public static Tensor fold(Tensor x, Shape outputSize, UnfoldOptions options) {
    return x.col2im(outputSize, options);
  }

  /// Returns the input in another size; see [Upsample].
  ///
  /// @throws IllegalArgumentException if the mode does not fit the input's dimensions, or a size
  ///   would be 0
  public static Tensor interpolate(Tensor x, Upsample.Options options) {
    return Interpolation.of(x, options);
  }

  /// Returns images of which each pixel becomes a square of `upscaleFactor²`, made of as many
  /// channels: `[*, C · r², H, W]` becomes `[*, C, H · r, W · r]`.
  ///
  /// Source: Shi et al., *Real-Time Single Image and Video Super-Resolution*, CVPR 2016.
  ///
  /// @throws IllegalArgumentException if the factor is not positive, or its square does not divide
  ///   the channels
  public static Tensor pixelShuffle(Tensor x, int upscaleFactor) {
    Check.positive("pixelShuffle: upscaleFactor", upscaleFactor);
    int r = upscaleFactor;
    if (x.dim() < 3 || x.size(-3) % (r * r) != 0) {
      throw new IllegalArgumentException(
          "pixelShuffle: the input %s is not [*, C · %d, H, W]".formatted(x.shape(), r * r));
    }
    int channels = x.size(-3) / (r * r);
    int h = x.size(-2);
    int w = x.size(-1);
    int[] shape = x.shape().toArray();
    shape[shape.length - 3] = channels;
    shape[shape.length - 2] = h * r;
    shape[shape.length - 1] = w * r;
    return x.reshape(-1, channels, r, r, h, w).permute(0, 1, 4, 2, 5, 3).reshape(shape);
  }

  /// Returns images of which each square of `downscaleFactor²` pixels becomes one pixel of as many
  /// channels: the inverse of [#pixelShuffle].
  ///
  /// @throws IllegalArgumentException if the factor is not positive or does not divide height and
  ///   width
  public static Tensor pixelUnshuffle(Tensor x, int downscaleFactor) {
    Check.positive("pixelUnshuffle: downscaleFactor", downscaleFactor);
    int r = downscaleFactor;
    if (x.dim() < 3 || x.size(-2) % r != 0 || x.size(-1) % r != 0) {
      throw new IllegalArgumentException(
          "pixelUnshuffle: the input %s is not [*, C, H · %d, W · %d]".formatted(x.shape(), r, r));
    }
    int channels = x.size(-3);
    int h = x.size(-2) / r;
    int w = x.size(-1) / r;
    int[] shape = x.shape().toArray();
    shape[shape.length - 3] = channels * r * r;
    shape[shape.length - 2] = h;
    shape[shape.length - 1] = w;
    return x.reshape(-1, channels, h, r, w, r).permute(0, 1, 3, 5, 2, 4).reshape(shape);
  }
}
