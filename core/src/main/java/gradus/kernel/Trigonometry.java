// SPDX-License-Identifier: Apache-2.0
package gradus.kernel;

import jdk.incubator.vector.FloatVector;

final class Trigonometry {
  private Trigonometry() {}

  static FloatVector sin(FloatVector x) {
    float[] a = x.toArray();
    for (int i = 0; i < a.length; i++) {
      a[i] = (float) StrictMath.sin(a[i]);
    }
    return FloatVector.fromArray(Lanes.S, a, 0);
  }

  static FloatVector cos(FloatVector x) {
    float[] a = x.toArray();
    for (int i = 0; i < a.length; i++) {
      a[i] = (float) StrictMath.cos(a[i]);
    }
    return FloatVector.fromArray(Lanes.S, a, 0);
  }
}
