// SPDX-License-Identifier: Apache-2.0
package gradus.bench.peers.tensorflow;

import gradus.bench.peers.Framework;
import gradus.bench.peers.Model;
import gradus.bench.peers.Noise;
import gradus.bench.peers.Program;
import java.util.Arrays;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.TensorFlow;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Op;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.types.TFloat32;

/// TensorFlow in graph mode: a graph that is compiled once and run at each step. From Java only it
/// has gradients.
public final class TensorFlowGraph implements Framework {
  private final ConfigProto threads;

  private TensorFlowGraph(int threads) {
    this.threads =
        ConfigProto.newBuilder()
            .setIntraOpParallelismThreads(threads)
            .setInterOpParallelismThreads(1)
            .build();
  }

  /// Runs a task.
  public static void main(String[] args) {
    Program.run(TensorFlowGraph::new, args);
  }

  @Override
  public String version() {
    return "TensorFlow " + TensorFlow.version();
  }

  @Override
  public Training train(Model model) {
    var net = new Net();
    Placeholder<TFloat32> x = net.input(model.inputShape(model.batch()));
    int outputs = model.regression() ? 1 : 10;
    Placeholder<TFloat32> target = net.input(model.batch(), outputs);
    Operand<TFloat32> loss = net.loss(model, net.train(model, x), target);
    Op update = net.update(model, loss);
    Session session = session(net);
    var inputs = new TFloat32[Noise.BATCHES];
    var targets = new TFloat32[Noise.BATCHES];
    var noise = new Noise(model);
    for (int i = 0; i < Noise.BATCHES; i++) {
      noise.next();
      inputs[i] = tensor(net.channelsLast(model, noise.inputs()), x.shape());
      targets[i] = tensor(model.regression() ? noise.targets() : noise.oneHot(), target.shape());
    }
    return new Training() {
      private int next;

      @Override
      public void step() {
        runner().run().close();
      }

      @Override
      public double loss() {
        try (Result result = runner().fetch(loss).run()) {
          return ((TFloat32) result.get(0)).getFloat();
        }
      }

      private Session.Runner runner() {
        int i = next++ % Noise.BATCHES;
        return session.runner().feed(x, inputs[i]).feed(target, targets[i]).addTarget(update);
      }
    };
  }

  @Override
  public Runnable infer(int examples) {
    var net = new Net();
    Placeholder<TFloat32> x = net.input(examples, 3072);
    Operand<TFloat32> y = net.apply(Model.C, x);
    Session session = session(net);
    var values = new float[examples * 3072];
    Arrays.fill(values, 0.5f);
    TFloat32 input = tensor(values, x.shape());
    return () -> session.runner().feed(x, input).fetch(y).run().close();
  }

  @Override
  public Runnable chain(int additions) {
    throw new UnsupportedOperationException("eager mode has no gradients");
  }

  private Session session(Net net) {
    var session = new Session(net.graph(), threads);
    Session.Runner start = session.runner();
    net.starts().forEach(start::addTarget);
    start.run().close();
    return session;
  }

  private static TFloat32 tensor(float[] values, Shape shape) {
    return TFloat32.tensorOf(shape, DataBuffers.of(values));
  }
}
