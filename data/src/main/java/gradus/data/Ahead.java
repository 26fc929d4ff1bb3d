// SPDX-License-Identifier: Apache-2.0
package gradus.data;

/// Batches that are made ahead of time, in order.
interface Ahead {

  /// Returns the next batch, or throws what prevented it.
  Batch take();

  /// Makes no more.
  void close();
}
