// SPDX-License-Identifier: Apache-2.0

package gradus.examples.conformance;

/// What Gradus computed is not what is recorded, or a case holds what nobody reads.
final class Mismatch extends RuntimeException {
  private static final long serialVersionUID = 1;

  Mismatch(String message) {
    super(message, null, false, false);
  }
}
