// SPDX-License-Identifier: Apache-2.0
package gradus.kernel;

import jdk.incubator.vector.FloatVector;

final class Logarithms {
  private Logarithms() {}

  static FloatVector log(FloatVector x) {
    float[] a = x.toArray();
    for (int i = 0; i < a.length; i++) {
      a[i] = (float) StrictMath.log(a[i]);
    }
    return FloatVector.fromArray(Lanes.S, a, 0);
  }

  static FloatVector log1p(FloatVector x) {
    float[] a = x.toArray();
    for (int i = 0; i < a.length; i++) {
      a[i] = (float) StrictMath.log1p(a[i]);
    }
    return FloatVector.fromArray(Lanes.S, a, 0);
  }
}
