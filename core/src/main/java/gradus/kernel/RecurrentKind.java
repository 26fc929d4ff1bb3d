// SPDX-License-Identifier: Apache-2.0
package gradus.kernel;

/// What a recurrent layer does in one step. `x` stands for what comes from the input, `s` for what
/// comes from the state, each a row of gates one after the other.
public enum RecurrentKind {
  /// `h' = tanh(x + s)`.
  TANH(1),
  /// `h' = max(x + s, 0)`.
  RELU(1),
  /// Gates i, f, g, o of x + s: `c' = σ(f)·c + σ(i)·tanh(g)`, `h' = σ(o)·tanh(c')`.
  LSTM(4),
  /// Gates r, z, n: `n = tanh(xₙ + σ(xᵣ + sᵣ)·sₙ)`, `h' = n + σ(x_z + s_z)·(h − n)`.
  GRU(3);

  /// How many gates there are.
  public final int gates;

  RecurrentKind(int gates) {
    this.gates = gates;
  }
}
