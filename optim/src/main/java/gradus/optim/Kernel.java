// SPDX-License-Identifier: Apache-2.0
package gradus.optim;

import gradus.DType;
import gradus.Tensor;
import gradus.internal.Raw;

/// The arithmetic of one step: one pass over the arrays of a parameter, of its gradient and of what
/// is remembered about it.
///
/// Each pass is a plain loop over whole arrays with one index, which the JIT compiler vectorises.
/// Every element is computed by itself and without fused operations, so that the bits depend
/// neither on the width of the vectors nor on the number of threads.
interface Kernel {
  /// Elements per thread below which a second thread costs more than it saves.
  int GRAIN = 1 << 15;

  /// Updates elements `from` to `to` − 1 of `w` and of the arrays of `state`.
  void run(float[] w, float[] g, float[][] state, int from, int to);

  /// As for float32.
  void run(double[] w, double[] g, double[][] state, int from, int to);

  /// Updates `param` and `state` in place.
  default void update(Tensor param, Tensor grad, Tensor... state) {
    if (param.dtype() == DType.FLOAT32) {
      float[] w = Raw.floats(param);
      float[] g = Raw.floats(grad);
      float[][] s = new float[state.length][];
      for (int i = 0; i < s.length; i++) {
        s[i] = Raw.floats(state[i]);
      }
      Raw.parallel(w.length, GRAIN, (from, to) -> run(w, g, s, from, to));
    } else {
      double[] w = Raw.doubles(param);
      double[] g = Raw.doubles(grad);
      double[][] s = new double[state.length][];
      for (int i = 0; i < s.length; i++) {
        s[i] = Raw.doubles(state[i]);
      }
      Raw.parallel(w.length, GRAIN, (from, to) -> run(w, g, s, from, to));
    }
    Raw.changed(param);
  }
}
