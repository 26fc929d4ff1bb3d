// SPDX-License-Identifier: Apache-2.0

/// Runnable examples and the command line.
module gradus.examples {
  requires com.fasterxml.jackson.databind;
  requires gradus.core;
  requires gradus.data;
  requires gradus.nn;
  requires gradus.optim;
  requires gradus.train;
  requires info.picocli;
  requires java.desktop;
  requires static org.jspecify;

  opens gradus.examples to
      com.fasterxml.jackson.databind,
      gradus.nn,
      info.picocli;
  opens gradus.examples.conformance to
      gradus.nn,
      info.picocli;
}
