// SPDX-License-Identifier: Apache-2.0
package gradus.bench.peers;

import gradus.ConvOptions;
import gradus.Generator;
import gradus.Grad;
import gradus.Tensor;
import gradus.Threads;
import gradus.nn.BatchNorm1d;
import gradus.nn.Conv2d;
import gradus.nn.F;
import gradus.nn.Flatten;
import gradus.nn.Layer;
import gradus.nn.MaxPool2d;
import gradus.nn.ReLU;
import gradus.nn.Sequential;
import gradus.nn.Sigmoid;
import gradus.nn.Tanh;
import gradus.optim.Adam;
import gradus.optim.Optimizer;
import gradus.optim.SGD;

/// Our own program.
public final class Gradus implements Framework {
  /// Makes it for a number of threads.
  public Gradus(int threads) {
    Threads.count(threads);
    Generator.seed(1);
  }

  /// Runs a task.
  public static void main(String[] args) {
    Program.run(Gradus::new, args);
  }

  @Override
  public String version() {
    return "Gradus";
  }

  @Override
  public Steps train(Model model) {
    return new Steps(model);
  }

  @Override
  public Runnable infer(int examples) {
    Sequential net = net(Model.C);
    net.eval();
    Tensor x = Tensor.randn(examples, 3072);
    return () -> {
      try (var _ = Grad.off()) {
        net.apply(x);
      }
    };
  }

  @Override
  public Runnable chain(int additions) {
    Tensor x = Tensor.scalar(1.0).requiresGrad(true);
    return () -> {
      Tensor y = x;
      for (int i = 0; i < additions; i++) {
        y = y.add(x);
      }
      x.zeroGrad();
      y.backward();
    };
  }

  @Override
  public Runnable layer(SingleLayer layer) {
    return Layers.pass(layer);
  }

  /// A training, in the parts of which a step is made.
  public static final class Steps implements Training {
    private final Model model;
    private final Sequential net;
    private final Optimizer<?> optimizer;
    private final Tensor[] inputs = new Tensor[Noise.BATCHES];
    private final Tensor[] targets = new Tensor[Noise.BATCHES];
    private int next;

    private Steps(Model model) {
      this.model = model;
      net = net(model);
      optimizer = optimizer(model, net);
      var noise = new Noise(model);
      for (int i = 0; i < Noise.BATCHES; i++) {
        noise.next();
        inputs[i] = Tensor.of(noise.inputs(), model.inputShape(model.batch()));
        targets[i] =
            model.regression()
                ? Tensor.of(noise.targets(), model.batch(), 1)
                : Tensor.of(noise.labels(), model.batch());
      }
    }

    @Override
    public void step() {
      learn();
    }

    @Override
    public double loss() {
      return learn().item();
    }

    /// Returns the loss of the next batch, with its graph.
    public Tensor forward() {
      int i = next++ % Noise.BATCHES;
      Tensor y = net.apply(inputs[i]);
      return model.regression() ? F.mseLoss(y, targets[i]) : F.crossEntropy(y, targets[i]);
    }

    /// Updates the weights by the gradients of the last step.
    public void update() {
      optimizer.step();
    }

    private Tensor learn() {
      optimizer.zeroGrad();
      Tensor loss = forward();
      loss.backward();
      update();
      return loss;
    }
  }

  private static Sequential net(Model model) {
    return new Sequential(model.parts().stream().map(Gradus::layer).toList());
  }

  private static Layer layer(Part part) {
    return switch (part) {
      case Part.Linear(int in, int out) -> new gradus.nn.Linear(in, out);
      case Part.Conv(int in, int out) -> new Conv2d(in, out, 3, ConvOptions.defaults().padding(1));
      case Part.BatchNorm(int features) -> new BatchNorm1d(features);
      case Part.Dropout(double p) -> new gradus.nn.Dropout(p);
      case Part.Plain plain ->
          switch (plain) {
            case RELU -> new ReLU();
            case SIGMOID -> new Sigmoid();
            case TANH -> new Tanh();
            case POOL -> new MaxPool2d(2);
            case FLATTEN -> new Flatten();
          };
    };
  }

  private static Optimizer<?> optimizer(Model model, Sequential net) {
    return switch (model.rule()) {
      case SGD -> new SGD(net.parameters(), model.rate());
      case MOMENTUM -> new SGD(net.parameters(), SGD.options().lr(model.rate()).momentum(0.9));
      case ADAM -> new Adam(net.parameters(), model.rate());
    };
  }
}
