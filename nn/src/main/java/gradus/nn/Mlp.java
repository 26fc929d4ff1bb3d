// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// A fully connected classifier: [Flatten], then for each hidden size [Linear], [BatchNorm1d] if
/// wanted, the activation and [Dropout] if wanted, and a last [Linear] that gives the logits.
///
/// Shapes: `[N, …]` with `inFeatures` elements each, to `[N, classes]`. Keys are those of the
/// [Sequential] that it is: `1.weight` is the first layer's.
///
/// ```java
/// var net = new Mlp(Mlp.options(3 * 32 * 32, 10).hidden(512, 256).dropout(0.4));
/// ```
public final class Mlp extends Sequential {
  private final Options options;

  /// Makes the network of the settings given, with weights drawn from [gradus.Generator#current()].
  public Mlp(Options options) {
    super(layers(options));
    this.options = options;
  }

  /// Returns the settings of a network with one hidden layer of 100 ReLU units, PyTorch's
  /// initialisation, no dropout and no batch normalisation.
  ///
  /// @throws IllegalArgumentException if a size is not positive
  public static Options options(int inFeatures, int classes) {
    return new Options(inFeatures, List.of(100), classes, Activation.RELU, null, 0, false);
  }

  /// Returns the settings that this network was made with.
  public Options options() {
    return options;
  }

  private static List<UnaryOperator<Tensor>> layers(Options options) {
    var layers = new ArrayList<UnaryOperator<Tensor>>();
    layers.add(new Flatten());
    int features = options.inFeatures();
    for (int size : options.hidden()) {
      layers.add(linear(features, size, options.init()));
      if (options.batchNorm()) {
        layers.add(new BatchNorm1d(size));
      }
      layers.add(options.activation().layer());
      if (options.dropout() > 0) {
        layers.add(new Dropout(options.dropout()));
      }
      features = size;
    }
    layers.add(linear(features, options.classes(), options.init()));
    return layers;
  }

  private static Linear linear(int in, int out, Init.@Nullable Scheme init) {
    var linear = new Linear(in, out);
    if (init != null) {
      linear.parameters().forEach(p -> (p.dim() == 2 ? init : Init.zeros()).fill(p));
    }
    return linear;
  }

  /// The nonlinearity of the hidden layers.
  public enum Activation {
    /// [gradus.nn.ReLU].
    RELU,
    /// [LeakyReLU] of slope 0.01.
    LEAKY_RELU,
    /// [gradus.nn.Sigmoid].
    SIGMOID,
    /// [gradus.nn.Tanh].
    TANH;

    /// Returns a new layer of this kind.
    public Layer layer() {
      return switch (this) {
        case RELU -> new ReLU();
        case LEAKY_RELU -> new LeakyReLU();
        case SIGMOID -> new Sigmoid();
        case TANH -> new Tanh();
      };
    }
  }

  /// Settings of an [Mlp].
  ///
  /// @param inFeatures elements of one input
  /// @param hidden sizes of the hidden layers, from the input on; may be empty
  /// @param classes number of outputs
  /// @param activation nonlinearity after each hidden layer
  /// @param init how all weights start, with biases 0; null for PyTorch's default of [Linear]
  /// @param dropout probability with which hidden activations are zeroed in training
  /// @param batchNorm whether hidden layers are normalised before their activation
  public record Options(
      int inFeatures,
      List<Integer> hidden,
      int classes,
      Activation activation,
      Init.@Nullable Scheme init,
      double dropout,
      boolean batchNorm) {
    /// Checks the settings and copies `hidden`.
    ///
    /// @throws IllegalArgumentException if a size is not positive or `dropout` is not in [0, 1]
    public Options {
      Check.positive("Mlp: inFeatures", inFeatures);
      Check.positive("Mlp: classes", classes);
      hidden.forEach(size -> Check.positive("Mlp: hidden", size));
      Check.unit("Mlp: dropout", dropout);
      hidden = List.copyOf(hidden);
    }

    /// Returns a copy with another number of inputs.
    public Options inFeatures(int value) {
      return new Options(value, hidden, classes, activation, init, dropout, batchNorm);
    }

    /// Returns a copy with other hidden sizes; for none, pass an empty list.
    public Options hidden(int... sizes) {
      return hidden(IntStream.of(sizes).boxed().toList());
    }

    /// Returns a copy with other hidden sizes.
    public Options hidden(List<Integer> value) {
      return new Options(inFeatures, value, classes, activation, init, dropout, batchNorm);
    }

    /// Returns a copy with another number of classes.
    public Options classes(int value) {
      return new Options(inFeatures, hidden, value, activation, init, dropout, batchNorm);
    }

    /// Returns a copy with another activation.
    public Options activation(Activation value) {
      return new Options(inFeatures, hidden, classes, value, init, dropout, batchNorm);
    }

    /// Returns a copy with another initialisation, such as `Init.normal(0.01)`.
    public Options init(Init.@Nullable Scheme value) {
      return new Options(inFeatures, hidden, classes, activation, value, dropout, batchNorm);
    }

    /// Returns a copy with another dropout probability.
    public Options dropout(double value) {
      return new Options(inFeatures, hidden, classes, activation, init, value, batchNorm);
    }

    /// Returns a copy with or without batch normalisation.
    public Options batchNorm(boolean value) {
      return new Options(inFeatures, hidden, classes, activation, init, dropout, value);
    }
  }
}
