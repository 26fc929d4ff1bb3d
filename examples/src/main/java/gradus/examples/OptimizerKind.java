// SPDX-License-Identifier: Apache-2.0

package gradus.examples;

import gradus.nn.Layer;
import gradus.optim.Adam;
import gradus.optim.AdamW;
import gradus.optim.Optimizer;
import gradus.optim.SGD;
import org.jspecify.annotations.Nullable;

/// The optimizers of the command line, with what they start from if nothing else is asked for.
enum OptimizerKind {
  /// Stochastic gradient descent with momentum 0.9.
  SGD(0.02, 5e-4),
  /// Adam, weight decay in the gradient.
  ADAM(1e-3, 5e-4),
  /// Adam, weight decay beside it.
  ADAMW(1e-3, 0.5);

  private final double lr;
  private final double weightDecay;

  OptimizerKind(double lr, double weightDecay) {
    this.lr = lr;
    this.weightDecay = weightDecay;
  }

  double lrOr(@Nullable Double given) {
    return given == null ? lr : given;
  }

  double weightDecayOr(@Nullable Double given) {
    return given == null ? weightDecay : given;
  }

  Optimizer<?> make(Layer model, double lr, double weightDecay) {
    return switch (this) {
      case SGD ->
          new SGD(
              model.parameters(),
              gradus.optim.SGD.options().lr(lr).momentum(0.9).weightDecay(weightDecay));
      case ADAM -> new Adam(model.parameters(), Adam.options().lr(lr).weightDecay(weightDecay));
      case ADAMW -> new AdamW(model.parameters(), AdamW.options().lr(lr).weightDecay(weightDecay));
    };
  }
}
