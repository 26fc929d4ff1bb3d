// SPDX-License-Identifier: Apache-2.0
package gradus;

import gradus.kernel.Recurrence;
import gradus.kernel.RecurrentKind;
import gradus.kernel.RecurrentShape;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Recurrent layers over whole sequences.
///
/// The derivative goes back along the sequence once and collects the cotangents of all gates; those
/// of weights and input are then one product each, for all steps. Where a graph of the backward
/// pass is wanted, the steps are taken in plain tensor ops instead ([RecurrentReference]).
sealed interface Recurrent extends Node {
  /// What derivatives read of the inputs; null where there is none.
  record Inputs(
      Saved x,
      Saved h,
      @Nullable Saved c,
      Saved weightIh,
      Saved weightHh,
      @Nullable Saved biasIh,
      @Nullable Saved biasHh,
      @Nullable Saved weightHr) {
    private static Inputs of(Tensor x, RecurrentWeights w, Tensor h, @Nullable Tensor c) {
      return new Inputs(
          x.saved(),
          h.saved(),
          Saved.of(c),
          w.weightIh().saved(),
          w.weightHh().saved(),
          Saved.of(w.biasIh()),
          Saved.of(w.biasHh()),
          Saved.of(w.weightHr()));
    }

    /// Those that there are, in order.
    private List<Tensor> values() {
      return Stream.of(x, h, c, weightIh, weightHh, biasIh, biasHh, weightHr)
          .flatMap(Stream::ofNullable)
          .map(Saved::get)
          .toList();
    }

    /// The value of the layer, out of tensors in the place of [#values()].
    private Tensor reference(RecurrentShape s, Iterator<Tensor> in) {
      Tensor x = in.next();
      Tensor h = in.next();
      Tensor c = next(this.c, in);
      var w =
          new RecurrentWeights(
              in.next(), in.next(), next(biasIh, in), next(biasHh, in), next(weightHr, in));
      return RecurrentReference.of(s, x, w, h, c);
    }

    private static @Nullable Tensor next(@Nullable Saved saved, Iterator<Tensor> in) {
      return saved == null ? null : in.next();
    }
  }

  /// One layer in one direction. The value is h after each step, `[L, N, size]`; of an LSTM, one
  /// row of these and of the last c, which stands before them if the direction is reverse.
  ///
  /// @param run what forward found
  record Layer(
      RecurrentShape s,
      Recurrence<?> run,
      Inputs inputs,
      Edge x,
      Edge h,
      Edge c,
      Edge weightIh,
      Edge weightHh,
      Edge biasIh,
      Edge biasHh,
      Edge weightHr)
      implements Recurrent {
    static LstmResult lstm(Tensor x, RecurrentWeights w, Tensor h, Tensor c, Direction direction) {
      Tensor y = of("lstm", RecurrentKind.LSTM, x, w, h, c, direction);
      int kept = c.numel();
      int rest = y.numel() - kept;
      boolean reverse = direction == Direction.REVERSE;
      return new LstmResult(
          y.narrow(0, reverse ? kept : 0, rest).reshape(x.size(0), x.size(1), h.size(1)),
          y.narrow(0, reverse ? 0 : rest, kept).reshape(c.shape().toArray()));
    }

    static Tensor of(
        String op,
        RecurrentKind kind,
        Tensor x,
        RecurrentWeights w,
        Tensor h,
        @Nullable Tensor c,
        Direction direction) {
      RecurrentShape s = RecurrentChecks.shape(op, kind, x, w, h, c, direction);
      boolean gru = kind == RecurrentKind.GRU;
      int rows = s.steps() * s.batch();
      Tensor gates = gates(s, x, w);
      Tensor rest = Tensor.empty(x.dtype(), Shape.of(gru ? rows : 0, s.hidden()));
      if (gru && w.biasHh() != null) {
        Tensor bias = w.biasHh().detach().narrow(0, 2 * s.hidden(), s.hidden());
        Launch.addInPlace(rest, bias);
      }
      Recurrence<?> run = Recurrence.of(s, gates.storage.array(), rest.storage.array());
      Tensor first = Launch.contiguous(h);
      Tensor kept = c == null ? rest : Launch.contiguous(c);
      Tensor weight = Launch.contiguous(w.weightHh());
      Tensor projection = w.weightHr() == null ? rest : Launch.contiguous(w.weightHr());
      run.forward(
          first.storage.array(),
          first.layout.offset,
          kept.storage.array(),
          kept.layout.offset,
          weight.storage.array(),
          weight.layout.offset,
          projection.storage.array(),
          projection.layout.offset);
      return value(s, x.dtype(), run)
          .by(
              Stream.of(x, h, c, w.weightIh(), w.weightHh(), w.biasIh(), w.biasHh(), w.weightHr())
                  .flatMap(Stream::ofNullable)
                  .toList(),
              () ->
                  new Layer(
                      s,
                      run,
                      Inputs.of(x, w, h, c),
                      x.edge(),
                      h.edge(),
                      Edge.of(c),
                      w.weightIh().edge(),
                      w.weightHh().edge(),
                      Edge.of(w.biasIh()),
                      Edge.of(w.biasHh()),
                      Edge.of(w.weightHr())));
    }

    /// What comes from the input to the gates of all steps, with the biases that only add to it.
    private static Tensor gates(RecurrentShape s, Tensor x, RecurrentWeights w) {
      Tensor bias = w.biasIh() == null ? null : w.biasIh().detach();
      if (w.biasHh() != null) {
        Tensor further = w.biasHh().detach();
        if (s.kind() == RecurrentKind.GRU) {
          Tensor added = further.narrow(0, 0, 2 * s.hidden());
          further = Tensor.cat(List.of(added, Tensor.zeros(x.dtype(), s.hidden())), 0);
        }
        bias = bias == null ? further : bias.add(further);
      }
      return rows(x.detach()).linear(w.weightIh().detach(), bias);
    }

    private static Tensor value(RecurrentShape s, DType dtype, Recurrence<?> run) {
      int afterFirst = s.reverse() ? 0 : s.batch() * s.size();
      Layout layout =
          s.kind() == RecurrentKind.LSTM
              ? Shape.of(s.batch() * (s.steps() * s.size() + s.hidden())).contiguous()
              : Shape.of(s.steps(), s.batch(), s.size()).contiguous();
      return new Tensor(
          new Storage(dtype, run.states()), new Layout(layout.shape, layout.strides, afterFirst));
    }

    /// `[L, N, F]` as `[L · N, F]`.
    private static Tensor rows(Tensor x) {
      return View.Reshape.of(x, Shape.of(x.size(0) * x.size(1), x.size(2)));
    }

    @Override
    public void vjp(Tensor grad, Cotangents to) {
      if (Grad.enabled()) {
        to.through(grad, inputs.values(), in -> inputs.reference(s, in.iterator()));
      } else {
        to.addAll(
            List.of(x, h, c, weightIh, weightHh, biasIh, biasHh, weightHr),
            () -> fused(grad.contiguous()));
      }
    }

    private List<@Nullable Tensor> fused(Tensor dy) {
      int kept = s.kind() == RecurrentKind.LSTM ? s.batch() * s.hidden() : 0;
      int sequence = s.steps() * s.batch() * s.size();
      int from = dy.layout.offset;
      Tensor weight = Launch.contiguous(inputs.weightHh.get());
      Saved hr = inputs.weightHr;
      Tensor projection = hr == null ? weight : Launch.contiguous(hr.get());
      Recurrence.Gradients found =
          run.backward(
              dy.storage.array(),
              from + (s.reverse() ? kept : 0),
              dy.storage.array(),
              from + (s.reverse() ? 0 : sequence),
              weight.storage.array(),
              weight.layout.offset,
              projection.storage.array(),
              projection.layout.offset);
      int rows = s.steps() * s.batch();
      Tensor fromInput = wrap(dy, found.fromInput(), rows, s.gates());
      Tensor fromState = wrap(dy, found.fromState(), rows, s.gates());
      return Arrays.asList(
          find(x, () -> View.Reshape.of(fromInput.matmul(inputs.weightIh.get().detach()), x.shape)),
          find(h, () -> wrap(dy, found.h(), s.batch(), s.size()).add(first(fromState, weight))),
          find(c, () -> wrap(dy, found.c(), s.batch(), s.hidden())),
          find(weightIh, () -> fromInput.t().matmul(rows(inputs.x.get().detach()))),
          find(weightHh, () -> fromState.t().matmul(before(dy.dtype()))),
          find(biasIh, () -> fromInput.sum(0)),
          find(biasHh, () -> fromState.sum(0)),
          find(
              weightHr,
              () ->
                  wrap(dy, found.projected(), rows, s.size())
                      .t()
                      .matmul(wrap(dy, run.shown(), rows, s.hidden()))));
    }

    private static @Nullable Tensor find(Edge input, Supplier<Tensor> cotangent) {
      return input == Edge.NONE ? null : cotangent.get();
    }

    /// What the first step's gates hand on to the state before it.
    private Tensor first(Tensor fromState, Tensor weight) {
      return fromState.narrow(0, s.step(0) * s.batch(), s.batch()).matmul(weight);
    }

    /// The states before each step.
    private Tensor before(DType dtype) {
      Layout rows = Shape.of(s.steps() * s.batch(), s.size()).contiguous();
      int at = run.statesFrom() + (s.reverse() ? s.batch() * s.size() : 0);
      return new Tensor(new Storage(dtype, run.states()), new Layout(rows.shape, rows.strides, at));
    }

    private static Tensor wrap(Tensor like, Object array, int rows, int columns) {
      return Tensor.wrap(like.dtype(), array, Shape.of(rows, columns));
    }
  }
}
