// SPDX-License-Identifier: Apache-2.0

package gradus.examples;

import gradus.nn.Init;
import java.util.function.DoubleFunction;
import org.jspecify.annotations.Nullable;

/// How weights start.
enum InitKind {
  /// PyTorch's initialisation of linear layers, biases included.
  DEFAULT(_ -> null),
  /// [Init#kaimingUniform()].
  KAIMING_UNIFORM(_ -> Init.kaimingUniform()),
  /// [Init#kaimingNormal()].
  KAIMING_NORMAL(_ -> Init.kaimingNormal()),
  /// [Init#xavierUniform()].
  XAVIER_UNIFORM(_ -> Init.xavierUniform()),
  /// [Init#xavierNormal()].
  XAVIER_NORMAL(_ -> Init.xavierNormal()),
  /// [Init#normal(double)].
  NORMAL(Init::normal),
  /// [Init#zeros()], from which hidden layers never learn: to see why.
  ZEROS(_ -> Init.zeros());

  @SuppressWarnings("ImmutableEnumChecker") // lambdas that capture nothing
  private final DoubleFunction<Init.@Nullable Scheme> scheme;

  InitKind(DoubleFunction<Init.@Nullable Scheme> scheme) {
    this.scheme = scheme;
  }

  /// Returns the scheme; null for that of the layers themselves.
  ///
  /// @param std the standard deviation of [#NORMAL]
  Init.@Nullable Scheme scheme(double std) {
    return scheme.apply(std);
  }

  @Override
  public String toString() {
    return Choice.name(this);
  }
}
