// SPDX-License-Identifier: Apache-2.0

/// Tensors, the operations on them, and the tape that differentiates those.
module gradus.core {
  requires it.unimi.dsi.fastutil;
  requires jdk.incubator.vector;
  requires static transitive org.jspecify;

  exports gradus;
  exports gradus.internal to
      gradus.data,
      gradus.nn,
      gradus.optim,
      gradus.train;
}
