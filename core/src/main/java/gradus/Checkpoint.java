// SPDX-License-Identifier: Apache-2.0
package gradus;

import it.unimi.dsi.fastutil.objects.ReferenceOpenHashSet;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/// A function of which only the inputs are kept: backward computes it again, with the same random
/// numbers, and goes through the graph that this gives.
///
/// @param values the inputs
/// @param random the state of the generator before the function ran
/// @param print a hash of the result's bits, to be met again
record Checkpoint(
    List<Edge> inputs,
    List<Saved> values,
    Function<List<Tensor>, Tensor> f,
    Tensor random,
    int print)
    implements Node {
  static Tensor of(Function<List<Tensor>, Tensor> f, List<Tensor> inputs) {
    if (!Grad.enabled()) {
      return f.apply(inputs);
    }
    Tensor random = Generator.current().getState();
    Tensor y;
    try (var _ = new Trace().open()) {
      y = f.apply(inputs);
    }
    if (y.edge == Edge.NONE) {
      return y;
    }
    // The depth is that of whatever the function has used, seen or unseen.
    return y.detach()
        .by(
            inputs,
            y.edge.depth,
            () ->
                new Checkpoint(
                    inputs.stream().map(Tensor::edge).toList(),
                    inputs.stream().map(Tensor::saved).toList(),
                    f,
                    random,
                    print(y)));
  }

  @Override
  public void vjp(Tensor grad, Cotangents to) {
    List<Tensor> in = values.stream().map(Saved::get).toList();
    var generator = new Generator(0);
    generator.setState(random);
    var replay = new Replay();
    Tensor y;
    try (var _ = Generator.scope(generator);
        var _ = Grad.on();
        var _ = replay.open()) {
      y = f.apply(in);
    }
    if (!y.shape().equals(grad.shape()) || print(y) != print) {
      throw new IllegalStateException(
          "computed again, the checkpointed function gave other values than in forward; it must be a function of its inputs, parameters and Generator.current() alone, and these must not change before backward()");
    }
    Backward.inside(replay.made, y, grad, to);
  }

  private static int print(Tensor y) {
    return switch (y.dtype()) {
      case FLOAT32 -> Arrays.hashCode(y.toFloatArray());
      default -> Arrays.hashCode(y.toDoubleArray());
    };
  }

  /// Stands for the nodes of a checkpointed function in forward: it keeps nothing.
  record Unkept() implements Node {
    private static final Unkept INSTANCE = new Unkept();

    @Override
    public void vjp(Tensor grad, Cotangents to) {
      throw new IllegalStateException(
          "made within a checkpointed function, which keeps nothing for a backward pass; use only what the function returns");
    }
  }

  /// Forward: finds out how deep a result lies, and keeps nothing.
  private static final class Trace extends Recorder {
    @Override
    void record(Tensor made, List<Tensor> inputs, int depth, Supplier<? extends Node> node) {
      super.record(made, inputs, depth, () -> Unkept.INSTANCE);
    }
  }

  /// Backward: notes what is made, to tell it from what was there.
  static final class Replay extends Recorder {
    private final Set<Edge> made = new ReferenceOpenHashSet<>();

    @Override
    void record(Tensor made, List<Tensor> inputs, int depth, Supplier<? extends Node> node) {
      super.record(made, inputs, depth, node);
      if (made.edge != Edge.NONE) {
        this.made.add(made.edge);
      }
    }
  }
}
