// SPDX-License-Identifier: Apache-2.0

/// Datasets, loaders, transforms and the file formats of data sets.
module gradus.data {
  requires transitive gradus.core;
  requires java.desktop;
  requires java.net.http;
  requires static transitive org.jspecify;

  exports gradus.data;
}
