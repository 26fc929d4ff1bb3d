// SPDX-License-Identifier: Apache-2.0

/// A user's project on the module path.
module com.example.circle {
  requires gradus.nn;
  requires gradus.optim;

  opens com.example.circle to gradus.nn;
}
