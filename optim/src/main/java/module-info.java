// SPDX-License-Identifier: Apache-2.0

/// Optimizers and learning rate schedulers.
module gradus.optim {
  requires transitive gradus.core;
  requires static transitive org.jspecify;
}
