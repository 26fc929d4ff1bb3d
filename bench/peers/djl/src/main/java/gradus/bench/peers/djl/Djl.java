// SPDX-License-Identifier: Apache-2.0
package gradus.bench.peers.djl;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.norm.Dropout;
import ai.djl.nn.pooling.Pool;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import ai.djl.translate.NoopTranslator;
import ai.djl.translate.TranslateException;
import gradus.bench.peers.Framework;
import gradus.bench.peers.Model;
import gradus.bench.peers.Noise;
import gradus.bench.peers.Part;
import gradus.bench.peers.Program;
import java.util.Arrays;

/// DJL with PyTorch's engine: its blocks, its trainer, its predictor.
public final class Djl implements Framework {
  private static final String ENGINE = "PyTorch";

  private final NDManager manager;

  private Djl(int threads) {
    System.setProperty("ai.djl.pytorch.num_threads", String.valueOf(threads));
    manager = NDManager.newBaseManager(Device.cpu(), ENGINE);
  }

  /// Runs a task.
  public static void main(String[] args) {
    Program.run(Djl::new, args);
  }

  @Override
  public String version() {
    return "DJL %s, libtorch %s"
        .formatted(Engine.getDjlVersion(), Engine.getEngine(ENGINE).getVersion());
  }

  @Override
  public Training train(Model model) {
    var holder = ai.djl.Model.newInstance(model.name(), Device.cpu(), ENGINE);
    holder.setBlock(block(model));
    Trainer trainer =
        holder.newTrainer(
            new DefaultTrainingConfig(
                    model.regression() ? Loss.l2Loss("l2", 1) : Loss.softmaxCrossEntropyLoss())
                .optOptimizer(optimizer(model))
                .optDevices(new Device[] {Device.cpu()}));
    Shape shape = shape(model.inputShape(model.batch()));
    trainer.initialize(shape);
    var inputs = new NDArray[Noise.BATCHES];
    var targets = new NDArray[Noise.BATCHES];
    var noise = new Noise(model);
    for (int i = 0; i < Noise.BATCHES; i++) {
      noise.next();
      inputs[i] = manager.create(noise.inputs(), shape);
      targets[i] =
          model.regression()
              ? manager.create(noise.targets(), new Shape(model.batch(), 1))
              : manager.create(noise.labels());
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
        double value = 0;
        try (NDManager scope = trainer.getManager().newSubManager()) {
          inputs[i].attach(scope);
          targets[i].attach(scope);
          try (GradientCollector gradients = trainer.newGradientCollector()) {
            var labels = new NDList(targets[i]);
            NDList y = trainer.forward(new NDList(inputs[i]), labels);
            NDArray loss = trainer.getLoss().evaluate(labels, y);
            gradients.backward(loss);
            if (wanted) {
              value = loss.getFloat();
            }
          }
          trainer.step();
          inputs[i].attach(manager);
          targets[i].attach(manager);
        }
        return value;
      }
    };
  }

  @Override
  public Runnable infer(int examples) {
    Block block = block(Model.C);
    block.initialize(manager, DataType.FLOAT32, new Shape(1, 3072));
    var holder = ai.djl.Model.newInstance("C", Device.cpu(), ENGINE);
    holder.setBlock(block);
    var input = new NDList(manager.randomNormal(new Shape(examples, 3072)));
    Predictor<NDList, NDList> predictor = holder.newPredictor(new NoopTranslator());
    return () -> {
      try {
        predictor.predict(input).close();
      } catch (TranslateException e) {
        throw new IllegalStateException(e);
      }
    };
  }

  @Override
  public Runnable chain(int additions) {
    NDArray x = manager.create(new float[] {1});
    x.setRequiresGradient(true);
    return () -> {
      try (NDManager scope = manager.newSubManager();
          GradientCollector gradients = Engine.getEngine(ENGINE).newGradientCollector()) {
        x.attach(scope);
        NDArray y = x;
        for (int i = 0; i < additions; i++) {
          y = y.add(x);
        }
        gradients.backward(y);
        x.attach(manager);
      }
    };
  }

  private static Shape shape(int[] sizes) {
    return new Shape(Arrays.stream(sizes).asLongStream().toArray());
  }

  private static Block block(Model model) {
    var block = new SequentialBlock();
    model.parts().forEach(part -> block.add(block(part)));
    return block;
  }

  private static Block block(Part part) {
    return switch (part) {
      case Part.Linear(int _, int out) -> ai.djl.nn.core.Linear.builder().setUnits(out).build();
      case Part.Conv(int _, int out) ->
          Conv2d.builder()
              .setFilters(out)
              .setKernelShape(new Shape(3, 3))
              .optPadding(new Shape(1, 1))
              .build();
      case Part.BatchNorm _ -> BatchNorm.builder().build();
      case Part.Dropout(double p) -> Dropout.builder().optRate((float) p).build();
      case Part.Plain plain ->
          switch (plain) {
            case RELU -> Activation.reluBlock();
            case SIGMOID -> Activation.sigmoidBlock();
            case TANH -> Activation.tanhBlock();
            case POOL -> Pool.maxPool2dBlock(new Shape(2, 2), new Shape(2, 2));
            case FLATTEN -> Blocks.batchFlattenBlock();
          };
    };
  }

  private static Optimizer optimizer(Model model) {
    Tracker rate = Tracker.fixed((float) model.rate());
    return switch (model.rule()) {
      case SGD -> Optimizer.sgd().setLearningRateTracker(rate).build();
      case MOMENTUM -> Optimizer.sgd().setLearningRateTracker(rate).optMomentum(0.9f).build();
      case ADAM -> Optimizer.adam().optLearningRateTracker(rate).build();
    };
  }
}
