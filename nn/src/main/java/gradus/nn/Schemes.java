// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.Generator;
import gradus.Parameter;
import gradus.Tensor;

/// The schemes of [Init] that have no settings to change.
final class Schemes {
  private Schemes() {}

  /// Uniform in `[low, high)`.
  record Uniform(double low, double high) implements Init.Scheme {
    Uniform {
      Check.finite("uniform: low", low);
      Check.finite("uniform: high", high);
      if (low > high) {
        throw new IllegalArgumentException("uniform: low " + low + " is above high " + high);
      }
    }

    @Override
    public void fill(Parameter parameter, Generator generator) {
      Tensor values = generator.uniform(low, high, parameter.shape().toArray());
      parameter.assign(values.to(parameter.dtype()));
    }
  }

  /// Normal.
  record Normal(double mean, double std) implements Init.Scheme {
    Normal {
      Check.finite("normal: mean", mean);
      Check.nonNegative("normal: std", std);
    }

    @Override
    public void fill(Parameter parameter, Generator generator) {
      Tensor values = generator.normal(mean, std, parameter.shape().toArray());
      parameter.assign(values.to(parameter.dtype()));
    }
  }

  /// Every element the same.
  record Constant(double value) implements Init.Scheme {
    @Override
    public void fill(Parameter parameter, Generator generator) {
      parameter.assign(Tensor.full(parameter.dtype(), value, parameter.shape().toArray()));
    }
  }

  /// Ones on the diagonal.
  record Eye() implements Init.Scheme {
    @Override
    public void fill(Parameter parameter, Generator generator) {
      if (parameter.dim() != 2) {
        throw new IllegalArgumentException(
            "eye: the parameter " + parameter.shape() + " is not a matrix");
      }
      int rows = parameter.size(0);
      int columns = parameter.size(1);
      Tensor square = Tensor.eye(Math.max(rows, columns)).to(parameter.dtype());
      parameter.assign(square.narrow(0, 0, rows).narrow(1, 0, columns));
    }
  }

  /// Ones in the middle of the kernels from each input channel to its output channel.
  record Dirac(int groups) implements Init.Scheme {
    Dirac {
      Check.positive("dirac: groups", groups);
    }

    @Override
    public void fill(Parameter parameter, Generator generator) {
      int[] sizes = parameter.shape().toArray();
      if (sizes.length < 3 || sizes.length > 5 || sizes[0] % groups != 0) {
        throw new IllegalArgumentException(
            "dirac: the parameter %s is no convolution's weight [out, in, …] of %s groups"
                .formatted(parameter.shape(), groups));
      }
      int kernel = 1;
      int centre = 0;
      for (int dim = 2; dim < sizes.length; dim++) {
        kernel *= sizes[dim];
        centre = centre * sizes[dim] + sizes[dim] / 2;
      }
      var values = new double[parameter.numel()];
      int out = sizes[0] / groups;
      for (int group = 0; group < groups; group++) {
        for (int i = 0; i < Math.min(out, sizes[1]); i++) {
          values[((group * out + i) * sizes[1] + i) * kernel + centre] = 1;
        }
      }
      parameter.assign(Tensor.float64(values, sizes).to(parameter.dtype()));
    }
  }
}
