// SPDX-License-Identifier: Apache-2.0

/// The Trainer, its metrics, callbacks and checkpoints, and what shows how a training went.
module gradus.train {
  requires transitive gradus.core;
  requires transitive gradus.data;
  requires transitive gradus.nn;
  requires transitive gradus.optim;
  requires transitive java.desktop;
  requires xchart;
  requires static transitive org.jspecify;

  exports gradus.train;
  exports gradus.train.report;
  exports gradus.train.tensorboard;
}
