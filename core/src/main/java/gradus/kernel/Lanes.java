// SPDX-License-Identifier: Apache-2.0
package gradus.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// The width of the vectors: the machine's own, but at most 512 bits, which is what the orders of
/// summation allow for. Vectors of ints and of doubles are as wide, in classes of their own: each
/// kind takes a process some 10 ms to load.
final class Lanes {
  static final VectorSpecies<Float> FLOATS =
      FloatVector.SPECIES_PREFERRED.length() > 16
          ? FloatVector.SPECIES_512
          : FloatVector.SPECIES_PREFERRED;

  private Lanes() {}
}
