// SPDX-License-Identifier: Apache-2.0

/// Modules, layers, losses, initialisation, and model files.
module gradus.nn {
  requires transitive gradus.core;
  requires static transitive org.jspecify;

  exports gradus.nn;
}
