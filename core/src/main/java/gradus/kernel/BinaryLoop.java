// SPDX-License-Identifier: Apache-2.0
package gradus.kernel;

import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// The template that [Loops] copies for each row of [Binary]. One small method per case of strides:
/// a single method for all of them compiled badly in some runs.
final class BinaryLoop {
  private static final VectorSpecies<Float> S = Lanes.FLOATS;
  private static final Binary.Body BODY = Loops.body(MethodHandles.lookup(), Binary.Body.class);

  private BinaryLoop() {}

  /// Over `n` elements, a multiple of the vectors' length.
  static void vectors(
      float[] a, int ao, int as, float[] b, int bo, int bs, float[] out, int oo, int n) {
    if (bs == 0) {
      vectorScalar(a, ao, b[bo], out, oo, n);
    } else if (as == 0) {
      scalarVector(a[ao], b, bo, out, oo, n);
    } else {
      vectorVector(a, ao, b, bo, out, oo, n);
    }
  }

  private static void vectorVector(
      float[] a, int ao, float[] b, int bo, float[] out, int oo, int n) {
    for (int i = 0; i < n; i += S.length()) {
      BODY.apply(FloatVector.fromArray(S, a, ao + i), FloatVector.fromArray(S, b, bo + i))
          .intoArray(out, oo + i);
    }
  }

  private static void vectorScalar(float[] a, int ao, float b, float[] out, int oo, int n) {
    var right = FloatVector.broadcast(S, b);
    for (int i = 0; i < n; i += S.length()) {
      BODY.apply(FloatVector.fromArray(S, a, ao + i), right).intoArray(out, oo + i);
    }
  }

  private static void scalarVector(float a, float[] b, int bo, float[] out, int oo, int n) {
    var left = FloatVector.broadcast(S, a);
    for (int i = 0; i < n; i += S.length()) {
      BODY.apply(left, FloatVector.fromArray(S, b, bo + i)).intoArray(out, oo + i);
    }
  }

  /// One element at a time in all lanes, as in [UnaryLoop].
  static void singles(
      float[] a, int ao, int as, float[] b, int bo, int bs, float[] out, int oo, int n) {
    for (int i = 0; i < n; i++) {
      var left = FloatVector.broadcast(S, a[ao + i * as]);
      var right = FloatVector.broadcast(S, b[bo + i * bs]);
      out[oo + i] = BODY.apply(left, right).lane(0);
    }
  }
}
