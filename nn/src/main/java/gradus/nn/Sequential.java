// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.Tensor;
import gradus.internal.Raw;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.UnaryOperator;

/// Layers, one after the other: `y = fₙ(… f₂(f₁(x)))`.
///
/// Any function of one tensor may stand among the layers; only modules have state.
///
/// ```java
/// var net = new Sequential(new Linear(784, 100), Tensor::relu, new Linear(100, 10));
/// ```
///
/// Keys are positions (`0.weight`, `2.bias`) or the names given.
///
/// PyTorch: `torch.nn.Sequential`.
public class Sequential extends Layer {
  private final SequencedMap<String, UnaryOperator<Tensor>> layers;

  /// Chains `layers`, named by their positions.
  @SafeVarargs
  @SuppressWarnings("varargs") // the list is only read
  public Sequential(UnaryOperator<Tensor>... layers) {
    this(Arrays.asList(layers));
  }

  /// Chains `layers`, named by their positions.
  public Sequential(List<? extends UnaryOperator<Tensor>> layers) {
    this(numbered(layers));
  }

  /// Chains `layers` in the order of the map, named by its keys.
  public Sequential(SequencedMap<String, ? extends UnaryOperator<Tensor>> layers) {
    layers.forEach(
        (name, layer) -> {
          if (layer == null) {
            throw new IllegalArgumentException("Sequential: layer " + name + " is null");
          }
        });
    this.layers = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(layers));
  }

  private static SequencedMap<String, UnaryOperator<Tensor>> numbered(
      List<? extends UnaryOperator<Tensor>> layers) {
    var named = new LinkedHashMap<String, UnaryOperator<Tensor>>();
    layers.forEach(layer -> named.put(String.valueOf(named.size()), layer));
    return named;
  }

  /// Returns the layers in order.
  public final List<UnaryOperator<Tensor>> layers() {
    return List.copyOf(layers.values());
  }

  @Override
  protected Tensor forward(Tensor x) {
    Tensor y = x;
    boolean made = false;
    for (var entry : layers.entrySet()) {
      UnaryOperator<Tensor> layer = entry.getValue();
      boolean closed = layer instanceof Layer known && known.isClosed();
      Tensor in = y;
      y = layer.apply(in);
      if (y == null) {
        throw new IllegalStateException("Sequential: layer " + entry.getKey() + " returned null");
      }
      boolean shared = Raw.shareArray(in, y);
      if (made && closed && !shared) {
        // Made by one layer for another, and nobody else saw it.
        Raw.giveBack(in);
      }
      made = closed && (made || !shared);
    }
    return y;
  }

  @Override
  final boolean isClosed() {
    return false;
  }

  @Override
  final SequencedMap<String, ?> printedChildren() {
    var printed = new LinkedHashMap<String, Object>();
    layers.forEach(
        (name, layer) -> printed.put(name, layer instanceof Module ? layer : function(layer)));
    return printed;
  }

  /// Returns a text for a plain function: its own if it has one, else its class or, for a lambda,
  /// the class it was written in. Never the identity hash.
  private static String function(UnaryOperator<Tensor> function) {
    Class<?> type = function.getClass();
    if (type.isHidden()) {
      return "lambda in " + type.getName().replaceFirst("\\$\\$Lambda.*", "");
    }
    try {
      boolean inherited = type.getMethod("toString").getDeclaringClass() == Object.class;
      return inherited ? type.getName() : function.toString();
    } catch (NoSuchMethodException e) {
      throw new AssertionError(e);
    }
  }
}
