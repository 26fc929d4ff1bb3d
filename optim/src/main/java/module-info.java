// SPDX-License-Identifier: Apache-2.0

/// Optimizers, learning rate schedulers and gradient clipping.
///
/// They know parameters and their gradients, never the modules that own them.
module gradus.optim {
  requires transitive gradus.core;
  requires static transitive org.jspecify;

  exports gradus.optim;
}
