// SPDX-License-Identifier: Apache-2.0
package gradus.kernel;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Runs a recurrent layer along sequences, and its derivative back: what must be done step by step.
/// What can be done for all steps at once, the products with the input and those that give the
/// derivatives by the weights, is the caller's.
///
/// All arrays are `float[]` or all `double[]`, and contiguous. In each step, threads share out the
/// elements of the state: each adds to its gates their products with the whole state, and goes on
/// with them while they are in its cache.
///
/// @param <A> `float[]` or `double[]`
public final class Recurrence<A> {
  /// Multiplications below which it is not worth handing over to another thread.
  private static final long GRAIN = 1 << 19;

  private final RecurrentShape s;
  private final RecurrentArrays<A> arrays;
  private final A gates;
  private final A rest;
  private final A states;
  private final A cells;
  private final A tanhs;
  private final A shown;

  /// Where the states begin, and where the last c is, in `states`.
  private final int first;

  private final int last;

  private Recurrence(RecurrentShape s, RecurrentArrays<A> arrays, A gates, A rest) {
    this.s = s;
    this.arrays = arrays;
    this.gates = gates;
    this.rest = rest;
    boolean lstm = s.kind() == RecurrentKind.LSTM;
    int c = lstm ? s.batch() * s.hidden() : 0;
    int all = (s.steps() + 1) * s.batch() * s.size();
    states = arrays.allocate(all + c);
    first = s.reverse() ? c : 0;
    last = s.reverse() ? 0 : all;
    cells = arrays.allocate(c * (s.steps() + 1));
    tanhs = arrays.allocate(c * s.steps());
    shown = arrays.allocate(s.projected() ? c * s.steps() : 0);
  }

  /// Prepares a run.
  ///
  /// @param gates what comes from the input, with the biases, `[steps, batch, gates · hidden]`;
  ///   becomes the gates after their activations
  /// @param rest for a GRU the bias of what comes from the state to its last gate, `[steps, batch,
  ///   hidden]`; becomes what comes from there; else empty
  public static Recurrence<?> of(RecurrentShape s, Object gates, Object rest) {
    return of(s, RecurrentArrays.of(gates), gates, rest);
  }

  @SuppressWarnings("unchecked") // all arrays have the type of the first
  private static <A> Recurrence<A> of(
      RecurrentShape s, RecurrentArrays<A> arrays, Object gates, Object rest) {
    return new Recurrence<>(s, arrays, (A) gates, (A) rest);
  }

  /// The array that holds the first h and those after each step, in the order of the sequence, so
  /// that a first h of a reverse layer comes last; and, for an LSTM, the last c next to the last
  /// step's h in time's order: behind a forward sequence, before a reverse one.
  public Object states() {
    return states;
  }

  /// Where the first of all h begins in [#states()].
  public int statesFrom() {
    return first;
  }

  /// `σ(o)·tanh(c)` of each step, `[steps, batch, hidden]`, where h is projected from it.
  public Object shown() {
    return shown;
  }

  /// Runs along the sequence.
  ///
  /// @param h the first h, `[batch, size]`, from `ho`; `c` likewise, of an LSTM
  /// @param weight of the state, `[gates · hidden, size]`, from `wo`
  /// @param projection of the state, `[size, hidden]`, from `po`, where h is projected
  @SuppressWarnings("unchecked") // all arrays have the type of the first
  public void forward(
      Object h, int ho, Object c, int co, Object weight, int wo, Object projection, int po) {
    int start = s.before(s.step(0));
    System.arraycopy(h, ho, states, state(start, 0, 0), s.batch() * s.size());
    if (s.kind() == RecurrentKind.LSTM) {
      System.arraycopy(c, co, cells, cell(start, 0, 0), s.batch() * s.hidden());
    }
    List<RecurrentArrays.Factor<A>> factors = new ArrayList<>();
    for (int g = 0; g < s.kind().gates; g++) {
      int from = wo + g * s.hidden() * s.size();
      factors.add(arrays.transposed(s.steps(), (A) weight, from, s.size(), s.hidden()));
    }
    RecurrentArrays.@Nullable Factor<A> project =
        s.projected()
            ? arrays.transposed(s.steps(), (A) projection, po, s.hidden(), s.size())
            : null;
    for (int nth = 0; nth < s.steps(); nth++) {
      int step = s.step(nth);
      blocks(
          s.hidden(),
          (long) s.size() * s.kind().gates,
          (from, to) -> {
            addStates(factors, step, from, to);
            for (int b = 0; b < s.batch(); b++) {
              next(step, b, from, to - from);
            }
          });
      if (project != null) {
        blocks(
            s.size(),
            s.hidden(),
            (from, to) ->
                project.addProduct(
                    s.batch(),
                    shown,
                    element(step, 0, 0),
                    s.hidden(),
                    from,
                    to,
                    states,
                    state(s.after(step), 0, 0),
                    s.size()));
      }
    }
    if (s.kind() == RecurrentKind.LSTM) {
      int end = cell(s.after(s.step(s.steps() - 1)), 0, 0);
      System.arraycopy(cells, end, states, last, s.batch() * s.hidden());
    }
  }

  /// Adds to some elements of each gate what comes from the state.
  ///
  /// @param factors the transposed weights of each gate
  private void addStates(List<RecurrentArrays.Factor<A>> factors, int step, int from, int to) {
    int before = state(s.before(step), 0, 0);
    for (int g = 0; g < factors.size(); g++) {
      // σ(r) scales what comes from the state to a GRU's last gate, but not what comes from x.
      boolean apart = s.kind() == RecurrentKind.GRU && g == 2;
      A sums = apart ? rest : gates;
      int at = apart ? element(step, 0, 0) : gate(step, 0, g, 0);
      int rows = apart ? s.hidden() : s.gates();
      factors.get(g).addProduct(s.batch(), states, before, s.size(), from, to, sums, at, rows);
    }
  }

  /// Finds `n` elements of a sequence's next state from the sums in its gates.
  private void next(int step, int b, int from, int n) {
    int x = gate(step, b, 0, from);
    int h = state(s.after(step), b, from);
    int hidden = s.hidden();
    switch (s.kind()) {
      case TANH -> arrays.unary(Unary.TANH, gates, x, states, h, n);
      case RELU -> arrays.unary(Unary.RELU, gates, x, states, h, n);
      case LSTM -> {
        int f = x + hidden;
        int g = f + hidden;
        int o = g + hidden;
        arrays.unary(Unary.SIGMOID, gates, x, gates, x, n);
        arrays.unary(Unary.SIGMOID, gates, f, gates, f, n);
        arrays.unary(Unary.TANH, gates, g, gates, g, n);
        arrays.unary(Unary.SIGMOID, gates, o, gates, o, n);
        int c = cell(s.after(step), b, from);
        arrays.multiply(gates, x, gates, g, cells, c, n);
        arrays.addProducts(gates, f, cells, cell(s.before(step), b, from), cells, c, n);
        int t = element(step, b, from);
        arrays.unary(Unary.TANH, cells, c, tanhs, t, n);
        if (s.projected()) {
          arrays.multiply(gates, o, tanhs, t, shown, t, n);
        } else {
          arrays.multiply(gates, o, tanhs, t, states, h, n);
        }
      }
      case GRU -> {
        int z = x + hidden;
        int m = z + hidden;
        arrays.unary(Unary.SIGMOID, gates, x, gates, x, n);
        arrays.unary(Unary.SIGMOID, gates, z, gates, z, n);
        arrays.addProducts(gates, x, rest, element(step, b, from), gates, m, n);
        arrays.unary(Unary.TANH, gates, m, gates, m, n);
        arrays.mix(gates, z, states, state(s.before(step), b, from), gates, m, states, h, n);
      }
    }
  }

  /// What comes of the derivative.
  ///
  /// @param fromInput the cotangent of what came from the input, `[steps, batch, gates · hidden]`
  /// @param fromState the cotangent of what came from the state, likewise: the same array but for a
  ///   GRU
  /// @param h the cotangent of the first h, `[batch, size]`, as far as it does not go through
  ///   `fromState` of the first step
  /// @param c the cotangent of the first c, `[batch, hidden]`; empty but for an LSTM
  /// @param projected the cotangent of h after each step, `[steps, batch, size]`, where h is
  ///   projected; else empty
  public record Gradients(
      Object fromInput, Object fromState, Object h, Object c, Object projected) {}

  /// Goes back along the sequence after [#forward].
  ///
  /// @param dy the cotangent of the sequence of h, `[steps, batch, size]`, from `dyo`
  /// @param dc for an LSTM the cotangent of the last c, `[batch, hidden]`, from `dco`
  public Gradients backward(
      Object dy, int dyo, Object dc, int dco, Object weight, int wo, Object projection, int po) {
    return new Back(dc, dco).run(dy, dyo, weight, wo, projection, po);
  }

  /// The cotangents of one way back.
  private final class Back {
    final A fromInput = arrays.allocate(s.steps() * s.batch() * s.gates());
    final A fromState =
        s.kind() == RecurrentKind.GRU
            ? arrays.allocate(s.steps() * s.batch() * s.gates())
            : fromInput;
    final A dh = arrays.allocate(s.batch() * s.size());
    final A cell;
    final A projected = arrays.allocate(s.projected() ? s.steps() * s.batch() * s.size() : 0);
    final A before = arrays.allocate(s.projected() ? s.batch() * s.hidden() : 0);

    Back(Object dc, int dco) {
      int n = s.kind() == RecurrentKind.LSTM ? s.batch() * s.hidden() : 0;
      cell = arrays.allocate(n);
      System.arraycopy(dc, dco, cell, 0, n);
    }

    @SuppressWarnings("unchecked") // all arrays have the type of the first
    Gradients run(Object dy, int dyo, Object weight, int wo, Object projection, int po) {
      RecurrentArrays.@Nullable Factor<A> factor =
          s.steps() > 1 ? arrays.factor(s.steps() - 1, (A) weight, wo, s.gates(), s.size()) : null;
      RecurrentArrays.@Nullable Factor<A> project =
          s.projected() ? arrays.factor(s.steps(), (A) projection, po, s.size(), s.hidden()) : null;
      for (int nth = s.steps() - 1; nth >= 0; nth--) {
        int step = s.step(nth);
        int later = nth < s.steps() - 1 ? s.step(nth + 1) : -1;
        blocks(
            s.size(),
            s.gates(),
            (from, to) -> {
              if (factor != null && later >= 0) {
                int x = gate(later, 0, 0, 0);
                factor.addProduct(s.batch(), fromState, x, s.gates(), from, to, dh, 0, s.size());
              }
              for (int b = 0; b < s.batch(); b++) {
                int y = (step * s.batch() + b) * s.size() + from;
                int h = b * s.size() + from;
                arrays.add((A) dy, dyo + y, dh, h, to - from);
                if (s.projected()) {
                  System.arraycopy(dh, h, projected, y, to - from);
                  arrays.zero(dh, h, to - from);
                } else {
                  previous(step, b, from, to - from, dh, h);
                }
              }
            });
        if (project != null) {
          blocks(
              s.hidden(),
              s.size(),
              (from, to) -> {
                for (int b = 0; b < s.batch(); b++) {
                  arrays.zero(before, b * s.hidden() + from, to - from);
                }
                int y = step * s.batch() * s.size();
                project.addProduct(
                    s.batch(), projected, y, s.size(), from, to, before, 0, s.hidden());
                for (int b = 0; b < s.batch(); b++) {
                  previous(step, b, from, to - from, before, b * s.hidden() + from);
                }
              });
        }
      }
      return new Gradients(fromInput, fromState, dh, cell, projected);
    }

    /// Hands on the cotangent of `n` elements of a sequence's h, in `d`, to the gates and the state
    /// before; what goes to the state by itself takes its place.
    private void previous(int step, int b, int from, int n, A d, int at) {
      int x = gate(step, b, 0, from);
      int h = state(s.after(step), b, from);
      switch (s.kind()) {
        case TANH -> arrays.tanhGradient(d, at, states, h, fromInput, x, n);
        case RELU -> arrays.reluGradient(d, at, states, h, fromInput, x, n);
        case LSTM ->
            arrays.lstmGradient(
                gates,
                x,
                s.hidden(),
                cells,
                cell(s.before(step), b, from),
                tanhs,
                element(step, b, from),
                d,
                at,
                cell,
                b * s.hidden() + from,
                fromInput,
                n);
        case GRU ->
            arrays.gruGradient(
                gates,
                x,
                s.hidden(),
                rest,
                element(step, b, from),
                states,
                state(s.before(step), b, from),
                d,
                at,
                fromInput,
                fromState,
                n);
      }
      if (s.kind() != RecurrentKind.GRU) {
        arrays.zero(d, at, n);
      }
    }
  }

  private int gate(int step, int b, int gate, int i) {
    return (step * s.batch() + b) * s.gates() + gate * s.hidden() + i;
  }

  private int element(int step, int b, int i) {
    return (step * s.batch() + b) * s.hidden() + i;
  }

  private int cell(int place, int b, int i) {
    return element(place, b, i);
  }

  private int state(int place, int b, int i) {
    return first + (place * s.batch() + b) * s.size() + i;
  }

  /// Runs `body` on stretches of `n` elements that begin with a multiple of a panel's width and
  /// need `work` multiplications for each element and sequence.
  private void blocks(int n, long work, Parallel.Range body) {
    long block = Math.max(1, work * s.batch() * Panels.WIDTH);
    Parallel.forRange(
        Math.ceilDiv(n, Panels.WIDTH),
        (int) Math.max(1, GRAIN / block),
        (first, last) -> body.run(first * Panels.WIDTH, Math.min(last * Panels.WIDTH, n)));
  }
}
