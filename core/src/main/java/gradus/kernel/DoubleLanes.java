// SPDX-License-Identifier: Apache-2.0
package gradus.kernel;

import jdk.incubator.vector.VectorSpecies;

/// Vectors of doubles, as wide as those of floats.
final class DoubleLanes {
  static final VectorSpecies<Double> DOUBLES =
      VectorSpecies.of(double.class, Lanes.FLOATS.vectorShape());

  private DoubleLanes() {}
}
