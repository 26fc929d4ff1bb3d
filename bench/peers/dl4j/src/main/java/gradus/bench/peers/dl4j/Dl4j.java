// SPDX-License-Identifier: Apache-2.0
package gradus.bench.peers.dl4j;

import gradus.bench.peers.Framework;
import gradus.bench.peers.Model;
import gradus.bench.peers.Noise;
import gradus.bench.peers.Part;
import gradus.bench.peers.Program;
import java.util.Arrays;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.common.config.ND4JSystemProperties;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/// Deeplearning4j: a configuration of layers, which it fits. It takes its threads from the
/// environment.
public final class Dl4j implements Framework {
  private Dl4j(int threads) {}

  /// Runs a task.
  public static void main(String[] args) {
    System.setProperty(ND4JSystemProperties.LOG_INITIALIZATION, "false");
    Program.run(Dl4j::new, args);
  }

  @Override
  public String version() {
    return "DL4J 1.0.0-M2.1";
  }

  @Override
  public Training train(Model model) {
    MultiLayerNetwork net = net(model);
    var batches = new DataSet[Noise.BATCHES];
    var noise = new Noise(model);
    long[] shape = Arrays.stream(model.inputShape(model.batch())).asLongStream().toArray();
    for (int i = 0; i < Noise.BATCHES; i++) {
      noise.next();
      batches[i] =
          new DataSet(
              array(noise.inputs(), shape),
              model.regression()
                  ? array(noise.targets(), model.batch(), 1)
                  : array(noise.oneHot(), model.batch(), 10));
    }
    return new Training() {
      private int next;

      @Override
      public void step() {
        net.fit(batches[next++ % Noise.BATCHES]);
      }

      @Override
      public double loss() {
        step();
        return net.score();
      }
    };
  }

  @Override
  public Runnable infer(int examples) {
    MultiLayerNetwork net = net(Model.C);
    INDArray x = Nd4j.randn(examples, 3072);
    return () -> net.output(x, false);
  }

  @Override
  public Runnable chain(int additions) {
    throw new UnsupportedOperationException("no derivatives of arrays, only of graphs");
  }

  private static INDArray array(float[] values, long... shape) {
    return Nd4j.create(values.clone(), shape, 'c');
  }

  private static MultiLayerNetwork net(Model model) {
    var layers = new NeuralNetConfiguration.Builder().seed(1).updater(updater(model)).list();
    model.parts().stream()
        .filter(part -> part != Part.Plain.FLATTEN) // It flattens by itself.
        .forEach(part -> layers.layer(layer(part)));
    layers.layer(
        model.regression()
            ? new LossLayer.Builder(LossFunction.MSE).activation(Activation.IDENTITY).build()
            : new LossLayer.Builder(LossFunction.MCXENT).activation(Activation.SOFTMAX).build());
    int[] shape = model.inputShape(1);
    layers.setInputType(
        shape.length == 4
            ? InputType.convolutional(shape[2], shape[3], shape[1])
            : InputType.feedForward(shape[1]));
    var net = new MultiLayerNetwork(layers.build());
    net.init();
    return net;
  }

  private static Layer layer(Part part) {
    return switch (part) {
      case Part.Linear(int _, int out) ->
          new DenseLayer.Builder().nOut(out).activation(Activation.IDENTITY).build();
      case Part.Conv(int _, int out) ->
          new ConvolutionLayer.Builder(3, 3)
              .padding(1, 1)
              .nOut(out)
              .activation(Activation.IDENTITY)
              .build();
      case Part.BatchNorm _ -> new BatchNormalization();
      case Part.Dropout(double p) -> new DropoutLayer(1 - p);
      case Part.Plain plain ->
          switch (plain) {
            case RELU -> new ActivationLayer(Activation.RELU);
            case SIGMOID -> new ActivationLayer(Activation.SIGMOID);
            case TANH -> new ActivationLayer(Activation.TANH);
            case POOL ->
                new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX)
                    .kernelSize(2, 2)
                    .stride(2, 2)
                    .build();
            case FLATTEN -> throw new IllegalStateException("not a layer of its own");
          };
    };
  }

  private static IUpdater updater(Model model) {
    return switch (model.rule()) {
      case SGD -> new Sgd(model.rate());
      case MOMENTUM -> new Nesterovs(model.rate(), 0.9);
      case ADAM -> new Adam(model.rate());
    };
  }
}
