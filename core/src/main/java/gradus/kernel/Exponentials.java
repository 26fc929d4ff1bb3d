// SPDX-License-Identifier: Apache-2.0
package gradus.kernel;

import jdk.incubator.vector.FloatVector;

final class Exponentials {
  private Exponentials() {}

  static FloatVector exp(FloatVector x) {
    float[] a = x.toArray();
    for (int i = 0; i < a.length; i++) {
      a[i] = (float) StrictMath.exp(a[i]);
    }
    return FloatVector.fromArray(Lanes.S, a, 0);
  }

  static FloatVector sigmoid(FloatVector x) {
    float[] a = x.toArray();
    for (int i = 0; i < a.length; i++) {
      a[i] = (float) Scalars.sigmoid(a[i]);
    }
    return FloatVector.fromArray(Lanes.S, a, 0);
  }

  static FloatVector tanh(FloatVector x) {
    float[] a = x.toArray();
    for (int i = 0; i < a.length; i++) {
      a[i] = (float) StrictMath.tanh(a[i]);
    }
    return FloatVector.fromArray(Lanes.S, a, 0);
  }

  static FloatVector expm1(FloatVector x) {
    float[] a = x.toArray();
    for (int i = 0; i < a.length; i++) {
      a[i] = (float) StrictMath.expm1(a[i]);
    }
    return FloatVector.fromArray(Lanes.S, a, 0);
  }

  static FloatVector erf(FloatVector x) {
    float[] a = x.toArray();
    for (int i = 0; i < a.length; i++) {
      a[i] = (float) Scalars.erf(a[i]);
    }
    return FloatVector.fromArray(Lanes.S, a, 0);
  }
}
