// SPDX-License-Identifier: Apache-2.0
package gradus.bench.peers.libtorch;

import gradus.bench.peers.Framework;
import gradus.bench.peers.Model;
import gradus.bench.peers.Noise;
import gradus.bench.peers.Part;
import gradus.bench.peers.Program;
import gradus.bench.peers.SingleLayer;
import java.util.Arrays;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Adam;
import org.bytedeco.pytorch.AdamOptions;
import org.bytedeco.pytorch.BatchNorm1dImpl;
import org.bytedeco.pytorch.BatchNormOptions;
import org.bytedeco.pytorch.Conv2dImpl;
import org.bytedeco.pytorch.Conv2dOptions;
import org.bytedeco.pytorch.DropoutImpl;
import org.bytedeco.pytorch.FlattenImpl;
import org.bytedeco.pytorch.LinearImpl;
import org.bytedeco.pytorch.MaxPool2dImpl;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Optimizer;
import org.bytedeco.pytorch.ReLUImpl;
import org.bytedeco.pytorch.SGD;
import org.bytedeco.pytorch.SGDOptions;
import org.bytedeco.pytorch.SequentialImpl;
import org.bytedeco.pytorch.SigmoidImpl;
import org.bytedeco.pytorch.TanhImpl;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// libtorch's own modules, autograd and optimizers, called through a thin binding: what C++ gets.
public final class Libtorch implements Framework {
  private Libtorch(int threads) {
    torch.set_num_threads(threads);
    torch.manual_seed(1);
  }

  /// Runs a task.
  public static void main(String[] args) {
    Program.run(Libtorch::new, args);
  }

  @Override
  public String version() {
    return "libtorch 2.10.0";
  }

  @Override
  public Training train(Model model) {
    SequentialImpl net = net(model);
    Optimizer optimizer = optimizer(model, net);
    var inputs = new Tensor[Noise.BATCHES];
    var targets = new Tensor[Noise.BATCHES];
    var noise = new Noise(model);
    for (int i = 0; i < Noise.BATCHES; i++) {
      noise.next();
      inputs[i] = tensor(noise.inputs(), model.inputShape(model.batch()));
      targets[i] =
          model.regression()
              ? tensor(noise.targets(), model.batch(), 1)
              : Tensor.create(noise.labels());
    }
    return new Training() {
      private int next;

      @Override
      public void step() {
        run(false);
      }

      @Override
      public double loss() {
        return run(true);
      }

      private double run(boolean wanted) {
        int i = next++ % Noise.BATCHES;
        try (var _ = new PointerScope()) {
          optimizer.zero_grad();
          Tensor y = net.forward(inputs[i]);
          Tensor loss =
              model.regression()
                  ? torch.mse_loss(y, targets[i])
                  : torch.cross_entropy_loss(y, targets[i]);
          loss.backward();
          optimizer.step();
          return wanted ? loss.item_float() : 0;
        }
      }
    };
  }

  @Override
  @SuppressWarnings("unused") // The guard holds as long as the process lives.
  public Runnable infer(int examples) {
    var guard = new NoGradGuard();
    SequentialImpl net = net(Model.C);
    net.eval();
    Tensor x = torch.randn(examples, 3072);
    return () -> net.forward(x).close();
  }

  @Override
  public Runnable chain(int additions) {
    Tensor x = torch.ones(1);
    x.requires_grad_(true);
    return () -> {
      try (var _ = new PointerScope()) {
        Tensor y = x;
        for (int i = 0; i < additions; i++) {
          y = y.add(x);
        }
        y.backward();
      }
    };
  }

  @Override
  public Runnable layer(SingleLayer layer) {
    return Layers.pass(layer);
  }

  private static Tensor tensor(float[] values, int... shape) {
    return Tensor.create(values, Arrays.stream(shape).asLongStream().toArray());
  }

  private static SequentialImpl net(Model model) {
    var net = new SequentialImpl();
    for (Part part : model.parts()) {
      switch (part) {
        case Part.Linear(int in, int out) -> net.push_back(new LinearImpl(in, out));
        case Part.Conv(int in, int out) -> {
          var options = new Conv2dOptions(in, out, both(3));
          options.padding().put(both(1));
          net.push_back(new Conv2dImpl(options));
        }
        case Part.BatchNorm(int features) ->
            net.push_back(new BatchNorm1dImpl(new BatchNormOptions(features)));
        case Part.Dropout(double p) -> net.push_back(new DropoutImpl(p));
        case Part.Plain plain -> {
          switch (plain) {
            case RELU -> net.push_back(new ReLUImpl());
            case SIGMOID -> net.push_back(new SigmoidImpl());
            case TANH -> net.push_back(new TanhImpl());
            case POOL -> net.push_back(new MaxPool2dImpl(both(2)));
            case FLATTEN -> net.push_back(new FlattenImpl());
          }
        }
      }
    }
    return net;
  }

  private static LongPointer both(long size) {
    return new LongPointer(size, size);
  }

  private static Optimizer optimizer(Model model, SequentialImpl net) {
    if (model.rule() == gradus.bench.peers.Rule.ADAM) {
      return new Adam(net.parameters(), new AdamOptions(model.rate()));
    }
    var options = new SGDOptions(model.rate());
    if (model.rule() == gradus.bench.peers.Rule.MOMENTUM) {
      options.momentum().put(0.9);
    }
    return new SGD(net.parameters(), options);
  }
}
