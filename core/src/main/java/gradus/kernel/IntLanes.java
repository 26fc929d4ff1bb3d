// SPDX-License-Identifier: Apache-2.0
package gradus.kernel;

import jdk.incubator.vector.VectorSpecies;

/// Vectors of ints, as wide as those of floats.
final class IntLanes {
  static final VectorSpecies<Integer> INTS =
      VectorSpecies.of(int.class, Lanes.FLOATS.vectorShape());

  private IntLanes() {}
}
