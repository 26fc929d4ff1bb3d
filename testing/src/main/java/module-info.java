// SPDX-License-Identifier: Apache-2.0

/// What tests of operations need: generated shapes, tensors and programs, and gradient checks.
module gradus.testing {
  requires transitive gradus.core;
  requires transitive net.jqwik.api;
  requires static transitive org.jspecify;

  exports gradus.testing;

  provides net.jqwik.api.SampleReportingFormat with
      gradus.testing.SampleFormat;
}
