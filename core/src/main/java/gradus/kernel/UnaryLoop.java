// SPDX-License-Identifier: Apache-2.0
package gradus.kernel;

import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// The template that [Loops] copies for each row of [Unary].
final class UnaryLoop {
  private static final VectorSpecies<Float> S = Lanes.FLOATS;
  private static final Unary.Body BODY = Loops.body(MethodHandles.lookup(), Unary.Body.class);

  private UnaryLoop() {}

  /// Over `n` elements, a multiple of the vectors' length.
  static void vectors(float[] x, int xo, float[] out, int oo, int n) {
    for (int i = 0; i < n; i += S.length()) {
      BODY.apply(FloatVector.fromArray(S, x, xo + i)).intoArray(out, oo + i);
    }
  }

  /// One element at a time in all lanes: the same bits, and never slow, which masked or padded
  /// tails were in some runs.
  static void singles(float[] x, int xo, float[] out, int oo, int n) {
    for (int i = 0; i < n; i++) {
      out[oo + i] = BODY.apply(FloatVector.broadcast(S, x[xo + i])).lane(0);
    }
  }
}
