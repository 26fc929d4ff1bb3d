// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.Generator;
import gradus.Parameter;
import gradus.Tensor;

/// How parameters start: each method returns a [Scheme], a value that fills a parameter.
///
/// ```java
/// Init.normal(0.01).fill(layer.weight());
/// Init.kaimingNormal().nonlinearity(Nonlinearity.RELU).fill(layer.weight(), generator);
/// model.apply(m -> { if (m instanceof Linear l) Init.xavierUniform().fill(l.weight()); });
/// ```
///
/// PyTorch: `torch.nn.init`, whose `kaiming_normal_(w)` is `kaimingNormal().fill(w)` here.
public final class Init {
  private Init() {}

  /// Returns the uniform distribution over `[low, high)`.
  ///
  /// @throws IllegalArgumentException if a bound is not finite or `low > high`
  public static Scheme uniform(double low, double high) {
    return new Schemes.Uniform(low, high);
  }

  /// Returns the normal distribution of mean 0.
  ///
  /// @throws IllegalArgumentException if `std` is negative or not finite
  public static Scheme normal(double std) {
    return normal(0, std);
  }

  /// Returns the normal distribution.
  ///
  /// @throws IllegalArgumentException if `mean` is not finite or `std` is negative or not finite
  public static Scheme normal(double mean, double std) {
    return new Schemes.Normal(mean, std);
  }

  /// Returns the scheme that sets every element to `value`.
  public static Scheme constant(double value) {
    return new Schemes.Constant(value);
  }

  /// Returns the scheme that sets every element to 0.
  public static Scheme zeros() {
    return constant(0);
  }

  /// Returns the scheme that sets every element to 1.
  public static Scheme ones() {
    return constant(1);
  }

  /// Returns the scheme of the identity matrix, for 2-dimensional parameters, square or not.
  public static Scheme eye() {
    return new Schemes.Eye();
  }

  /// Returns the scheme of the Dirac delta, for convolutions, whose weights are `[out, in, …]` with
  /// 1 to 3 dimensions of kernel: input channel `i` goes to output channel `i` as it is.
  public static Scheme dirac() {
    return dirac(1);
  }

  /// As [#dirac()], for each of `groups` groups of output channels.
  ///
  /// @throws IllegalArgumentException if `groups` is not positive
  public static Scheme dirac(int groups) {
    return new Schemes.Dirac(groups);
  }

  /// Returns the normal distribution with what lies beyond ±2 left out.
  ///
  /// @see TruncNormal
  public static TruncNormal truncNormal() {
    return new TruncNormal(0, 1, -2, 2);
  }

  /// Returns the scheme of orthonormal rows or columns, with gain 1.
  ///
  /// @see Orthogonal
  public static Orthogonal orthogonal() {
    return new Orthogonal(1);
  }

  /// Returns the scheme of matrices whose columns are zero but for some elements, which are normal
  /// with a standard deviation of 0.01.
  ///
  /// @param sparsity the fraction of zeros in each column
  /// @see Sparse
  public static Sparse sparse(double sparsity) {
    return new Sparse(sparsity, 0.01);
  }

  /// Returns Xavier's uniform scheme with gain 1: `± √(6 / (fanIn + fanOut))`.
  public static Xavier xavierUniform() {
    return new Xavier(Distribution.UNIFORM, 1);
  }

  /// Returns Xavier's normal scheme with gain 1: `std = √(2 / (fanIn + fanOut))`.
  public static Xavier xavierNormal() {
    return new Xavier(Distribution.NORMAL, 1);
  }

  /// Returns Kaiming's uniform scheme with PyTorch's defaults: `± √(6 / fanIn)`.
  public static Kaiming kaimingUniform() {
    return new Kaiming(Distribution.UNIFORM, 0, FanMode.FAN_IN, Nonlinearity.LEAKY_RELU);
  }

  /// Returns Kaiming's normal scheme with PyTorch's defaults: `std = √(2 / fanIn)`.
  public static Kaiming kaimingNormal() {
    return new Kaiming(Distribution.NORMAL, 0, FanMode.FAN_IN, Nonlinearity.LEAKY_RELU);
  }

  /// Returns the factor by which weights before `nonlinearity` are larger; leaky ReLU has slope
  /// 0.01.
  ///
  /// PyTorch: `calculate_gain`.
  public static double calculateGain(Nonlinearity nonlinearity) {
    return calculateGain(nonlinearity, 0.01);
  }

  /// Returns the factor by which weights before `nonlinearity` are larger.
  ///
  /// @param slope the negative slope of leaky ReLU; the others ignore it
  public static double calculateGain(Nonlinearity nonlinearity, double slope) {
    return switch (nonlinearity) {
      case LINEAR, SIGMOID -> 1;
      case TANH -> 5.0 / 3;
      case RELU -> Math.sqrt(2);
      case LEAKY_RELU -> Math.sqrt(2 / (1 + slope * slope));
      case SELU -> 0.75;
    };
  }

  /// Returns the number of inputs and outputs of each unit of a weight `[out, in, …]`: `in` and
  /// `out`, times the size of the kernel.
  ///
  /// @throws IllegalArgumentException if `weight` has fewer than 2 dimensions
  public static Fans fans(Tensor weight) {
    if (weight.dim() < 2) {
      throw new IllegalArgumentException(
          "init: the parameter "
              + weight.shape()
              + " has no fan-in and fan-out, which need 2 dimensions or more");
    }
    int kernel = 1;
    for (int dim = 2; dim < weight.dim(); dim++) {
      kernel *= weight.size(dim);
    }
    return new Fans(weight.size(1) * kernel, weight.size(0) * kernel);
  }

  /// The number of inputs and outputs of a unit.
  public record Fans(int in, int out) {}

  /// Which of the two [Fans] to keep the variance over: forward or backward.
  public enum FanMode {
    /// Inputs: activations keep their variance.
    FAN_IN,
    /// Outputs: gradients keep theirs.
    FAN_OUT
  }

  /// What follows the weights.
  public enum Nonlinearity {
    /// Nothing, or a convolution.
    LINEAR,
    /// The logistic function.
    SIGMOID,
    /// The hyperbolic tangent.
    TANH,
    /// ReLU.
    RELU,
    /// Leaky ReLU.
    LEAKY_RELU,
    /// The self-normalising exponential unit.
    SELU
  }

  /// The shape of the distribution that a standard deviation is drawn with.
  public enum Distribution {
    /// Uniform in `± √3 · std`.
    UNIFORM,
    /// Normal.
    NORMAL;

    private Scheme of(double std) {
      double bound = Math.sqrt(3) * std;
      return this == UNIFORM ? uniform(-bound, bound) : normal(std);
    }
  }

  /// A way to choose the initial values of a parameter.
  public sealed interface Scheme
      permits Schemes.Uniform,
          Schemes.Normal,
          Schemes.Constant,
          Schemes.Eye,
          Schemes.Dirac,
          TruncNormal,
          Orthogonal,
          Sparse,
          Xavier,
          Kaiming {
    /// Replaces the values of `parameter`; nothing is recorded. Random values are drawn in float32,
    /// so that a seed gives the same ones for either floating type.
    ///
    /// @throws IllegalArgumentException if the scheme needs another number of dimensions
    void fill(Parameter parameter, Generator generator);

    /// As [#fill(Parameter, Generator)], drawing from [Generator#current()].
    default void fill(Parameter parameter) {
      fill(parameter, Generator.current());
    }
  }

  /// Normal numbers of which those outside `[a, b]` are left out.
  ///
  /// PyTorch: `trunc_normal_`.
  ///
  /// @param mean the mean before the cut
  /// @param std the standard deviation before the cut
  /// @param a the least value
  /// @param b the largest value
  public record TruncNormal(double mean, double std, double a, double b) implements Scheme {
    /// Checks the settings.
    ///
    /// @throws IllegalArgumentException if `mean` is not finite, `std` is not positive, or `a` is
    ///   not below `b`
    public TruncNormal {
      Check.finite("truncNormal: mean", mean);
      Check.positive("truncNormal: std", std);
      if (!(a < b)) {
        throw new IllegalArgumentException("truncNormal: a " + a + " is not below b " + b);
      }
    }

    /// Returns a copy with another mean.
    public TruncNormal mean(double value) {
      return new TruncNormal(value, std, a, b);
    }

    /// Returns a copy with another standard deviation.
    public TruncNormal std(double value) {
      return new TruncNormal(mean, value, a, b);
    }

    /// Returns a copy with another least value.
    public TruncNormal a(double value) {
      return new TruncNormal(mean, std, value, b);
    }

    /// Returns a copy with another largest value.
    public TruncNormal b(double value) {
      return new TruncNormal(mean, std, a, value);
    }

    @Override
    public void fill(Parameter parameter, Generator generator) {
      double low = NormalDistribution.cumulative((a - mean) / std);
      double high = NormalDistribution.cumulative((b - mean) / std);
      double[] values = generator.uniform(0, 1, parameter.numel()).toDoubleArray();
      for (int i = 0; i < values.length; i++) {
        double quantile = NormalDistribution.quantile(low + values[i] * (high - low));
        values[i] = Math.clamp(mean + std * quantile, a, b);
      }
      drawn(values, parameter);
    }
  }

  /// A matrix with orthonormal rows, or columns if there are fewer of them, times the gain; what
  /// follows the first dimension counts as one. Of all such matrices each is as likely.
  ///
  /// PyTorch: `orthogonal_`. Source: Saxe et al., *Exact solutions to the nonlinear dynamics of
  /// learning in deep linear neural networks*, ICLR 2014.
  ///
  /// @param gain the factor of [#calculateGain(Nonlinearity)]
  public record Orthogonal(double gain) implements Scheme {
    /// Checks the gain.
    ///
    /// @throws IllegalArgumentException if `gain` is not finite
    public Orthogonal {
      Check.finite("orthogonal: gain", gain);
    }

    /// Returns a copy with another gain.
    public Orthogonal gain(double value) {
      return new Orthogonal(value);
    }

    @Override
    public void fill(Parameter parameter, Generator generator) {
      if (parameter.dim() < 2) {
        throw new IllegalArgumentException(
            "orthogonal: the parameter " + parameter.shape() + " has fewer than 2 dimensions");
      }
      int rows = parameter.size(0);
      int columns = rows == 0 ? 0 : parameter.numel() / rows;
      boolean wide = rows <= columns;
      double[][] vectors = new double[Math.min(rows, columns)][];
      for (int i = 0; i < vectors.length; i++) {
        vectors[i] = generator.normal(0, 1, Math.max(rows, columns)).toDoubleArray();
      }
      Orthonormal.make(vectors);
      var values = new double[parameter.numel()];
      for (int i = 0; i < rows; i++) {
        for (int j = 0; j < columns; j++) {
          values[i * columns + j] = gain * (wide ? vectors[i][j] : vectors[j][i]);
        }
      }
      parameter.assign(Tensor.float64(values, parameter.shape().toArray()).to(parameter.dtype()));
    }
  }

  /// Normal numbers of mean 0, of which some of each column of a matrix, chosen at random, are
  /// replaced by zeros.
  ///
  /// PyTorch: `sparse_`. Source: Martens, *Deep learning via Hessian-free optimization*, ICML 2010.
  ///
  /// @param sparsity the fraction of zeros in each column, rounded up to whole elements
  /// @param std the standard deviation of the others
  public record Sparse(double sparsity, double std) implements Scheme {
    /// Checks the settings.
    ///
    /// @throws IllegalArgumentException if `sparsity` is not in [0, 1] or `std` is negative or not
    ///   finite
    public Sparse {
      Check.unit("sparse: sparsity", sparsity);
      Check.nonNegative("sparse: std", std);
    }

    /// Returns a copy with another fraction of zeros.
    public Sparse sparsity(double value) {
      return new Sparse(value, std);
    }

    /// Returns a copy with another standard deviation.
    public Sparse std(double value) {
      return new Sparse(sparsity, value);
    }

    @Override
    public void fill(Parameter parameter, Generator generator) {
      if (parameter.dim() != 2) {
        throw new IllegalArgumentException(
            "sparse: the parameter " + parameter.shape() + " is not a matrix");
      }
      int rows = parameter.size(0);
      int columns = parameter.size(1);
      double[] values = generator.normal(0, std, rows, columns).toDoubleArray();
      int zeros = (int) Math.ceil(sparsity * rows);
      for (int column = 0; column < columns; column++) {
        int[] order = generator.permutation(rows);
        for (int i = 0; i < zeros; i++) {
          values[order[i] * columns + column] = 0;
        }
      }
      drawn(values, parameter);
    }
  }

  /// Sets the parameter to what was drawn, as float32 like all draws.
  private static void drawn(double[] values, Parameter parameter) {
    int[] sizes = parameter.shape().toArray();
    parameter.assign(Tensor.of(values, sizes).to(parameter.dtype()));
  }

  /// Xavier's scheme: standard deviation `gain · √(2 / (fanIn + fanOut))`.
  ///
  /// Source: Glorot and Bengio, *Understanding the difficulty of training deep feedforward neural
  /// networks*, AISTATS 2010.
  ///
  /// @param distribution uniform or normal
  /// @param gain the factor of [#calculateGain(Nonlinearity)]
  public record Xavier(Distribution distribution, double gain) implements Scheme {
    /// Checks the gain.
    ///
    /// @throws IllegalArgumentException if `gain` is negative or not finite
    public Xavier {
      Check.nonNegative("xavier: gain", gain);
    }

    /// Returns a copy with another distribution.
    public Xavier distribution(Distribution value) {
      return new Xavier(value, gain);
    }

    /// Returns a copy with another gain.
    public Xavier gain(double value) {
      return new Xavier(distribution, value);
    }

    @Override
    public void fill(Parameter parameter, Generator generator) {
      Fans fans = fans(parameter);
      if (parameter.numel() > 0) {
        double std = gain * Math.sqrt(2.0 / (fans.in() + fans.out()));
        distribution.of(std).fill(parameter, generator);
      }
    }
  }

  /// Kaiming's scheme: standard deviation `gain / √fan`.
  ///
  /// Source: He et al., *Delving deep into rectifiers*, ICCV 2015.
  ///
  /// @param distribution uniform or normal
  /// @param a the negative slope of the leaky ReLU that follows
  /// @param mode over which fan the variance is kept
  /// @param nonlinearity what follows
  public record Kaiming(
      Distribution distribution, double a, FanMode mode, Nonlinearity nonlinearity)
      implements Scheme {
    /// Checks the slope.
    ///
    /// @throws IllegalArgumentException if `a` is not finite
    public Kaiming {
      Check.finite("kaiming: a", a);
    }

    /// Returns a copy with another distribution.
    public Kaiming distribution(Distribution value) {
      return new Kaiming(value, a, mode, nonlinearity);
    }

    /// Returns a copy with another slope.
    public Kaiming a(double value) {
      return new Kaiming(distribution, value, mode, nonlinearity);
    }

    /// Returns a copy with another fan mode.
    public Kaiming mode(FanMode value) {
      return new Kaiming(distribution, a, value, nonlinearity);
    }

    /// Returns a copy with another nonlinearity.
    public Kaiming nonlinearity(Nonlinearity value) {
      return new Kaiming(distribution, a, mode, value);
    }

    @Override
    public void fill(Parameter parameter, Generator generator) {
      Fans fans = fans(parameter);
      if (parameter.numel() > 0) {
        int fan = mode == FanMode.FAN_IN ? fans.in() : fans.out();
        double std = calculateGain(nonlinearity, a) / Math.sqrt(fan);
        distribution.of(std).fill(parameter, generator);
      }
    }
  }
}
