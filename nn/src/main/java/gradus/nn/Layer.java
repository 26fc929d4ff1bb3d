// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.Tensor;
import java.util.function.UnaryOperator;

/// A module that maps one tensor to one: what almost every layer and network is.
///
/// ```java
/// public final class Net extends Layer {
///   private final Linear fc1 = new Linear(3 * 32 * 32, 100);
///   private final Linear fc2 = new Linear(100, 10);
///
///   @Override
///   protected Tensor forward(Tensor x) {
///     return fc2.apply(relu(fc1.apply(x)));
///   }
/// }
/// ```
public abstract class Layer extends Module implements UnaryOperator<Tensor> {
  private static final String LIBRARY = Layer.class.getPackageName();

  /// Computes the output; callers use [#apply(Tensor)], which also runs the hooks.
  protected abstract Tensor forward(Tensor x);

  /// Whether nobody but the caller and a graph gets hold of what goes in and comes out: so it is
  /// with a layer of this library's that has no others in it and no hooks.
  boolean isClosed() {
    return getClass().getPackageName().equals(LIBRARY) && !hasHooks();
  }

  /// Returns the output for `x`, running the forward hooks around [#forward].
  @Override
  public final Tensor apply(Tensor x) {
    return call(x, this::forward);
  }
}
