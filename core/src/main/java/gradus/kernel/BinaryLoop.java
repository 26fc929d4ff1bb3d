// SPDX-License-Identifier: Apache-2.0
package gradus.kernel;

import java.lang.invoke.MethodHandles;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// The template that [Loops] copies for each row of [Binary]. One small method per case of strides:
/// a single method for all of them compiled badly in some runs.
final class BinaryLoop {
  private static final VectorSpecies<Float> S = Lanes.FLOATS;
  private static final Binary.Body BODY = Loops.body(MethodHandles.lookup(), Binary.Body.class);

  private BinaryLoop() {}

  static void run(
      float[] a, int ao, int as, float[] b, int bo, int bs, float[] out, int oo, int n) {
    if (n <= 0) {
      return;
    }
    if (as == 0 && bs == 0) {
      Arrays.fill(out, oo, oo + n, one(a[ao], b[bo]));
    } else if (as == 0) {
      scalarVector(a[ao], b, bo, out, oo, n);
    } else if (bs == 0) {
      vectorScalar(a, ao, b[bo], out, oo, n);
    } else {
      vectorVector(a, ao, b, bo, out, oo, n);
    }
  }

  private static void vectorVector(
      float[] a, int ao, float[] b, int bo, float[] out, int oo, int n) {
    int i = 0;
    for (int end = S.loopBound(n); i < end; i += S.length()) {
      BODY.apply(FloatVector.fromArray(S, a, ao + i), FloatVector.fromArray(S, b, bo + i))
          .intoArray(out, oo + i);
    }
    for (; i < n; i++) {
      out[oo + i] = one(a[ao + i], b[bo + i]);
    }
  }

  private static void vectorScalar(float[] a, int ao, float b, float[] out, int oo, int n) {
    var right = FloatVector.broadcast(S, b);
    int i = 0;
    for (int end = S.loopBound(n); i < end; i += S.length()) {
      BODY.apply(FloatVector.fromArray(S, a, ao + i), right).intoArray(out, oo + i);
    }
    for (; i < n; i++) {
      out[oo + i] = one(a[ao + i], b);
    }
  }

  private static void scalarVector(float a, float[] b, int bo, float[] out, int oo, int n) {
    var left = FloatVector.broadcast(S, a);
    int i = 0;
    for (int end = S.loopBound(n); i < end; i += S.length()) {
      BODY.apply(left, FloatVector.fromArray(S, b, bo + i)).intoArray(out, oo + i);
    }
    for (; i < n; i++) {
      out[oo + i] = one(a, b[bo + i]);
    }
  }

  private static float one(float a, float b) {
    return BODY.apply(FloatVector.broadcast(S, a), FloatVector.broadcast(S, b)).lane(0);
  }
}
