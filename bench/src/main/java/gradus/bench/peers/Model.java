// SPDX-License-Identifier: Apache-2.0
package gradus.bench.peers;

import static gradus.bench.peers.Part.Plain.FLATTEN;
import static gradus.bench.peers.Part.Plain.POOL;
import static gradus.bench.peers.Part.Plain.RELU;
import static gradus.bench.peers.Part.Plain.SIGMOID;
import static gradus.bench.peers.Part.Plain.TANH;
import static gradus.bench.peers.Rule.ADAM;
import static gradus.bench.peers.Rule.MOMENTUM;
import static gradus.bench.peers.Rule.SGD;

import gradus.bench.peers.Part.BatchNorm;
import gradus.bench.peers.Part.Conv;
import gradus.bench.peers.Part.Dropout;
import gradus.bench.peers.Part.Linear;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// The nets that are trained. The loss is the cross-entropy of ten classes, but for [#TINY], whose
/// loss is the mean squared error of one output.
@SuppressWarnings("ImmutableEnumChecker") // List.of is immutable.
public enum Model {
  /// 3072-50-10 ReLU, SGD with momentum, batches of 100.
  A(100, MOMENTUM, 1e-3, new Linear(3072, 50), RELU, new Linear(50, 10)),
  /// 3072-100-10 sigmoid, Adam, batches of 256.
  B(256, ADAM, 1e-3, new Linear(3072, 100), SIGMOID, new Linear(100, 10)),
  /// 3072-1024-512-10 ReLU, batch norm, dropout ½, Adam, batches of 256.
  C(
      256,
      ADAM,
      1e-3,
      new Linear(3072, 1024),
      new BatchNorm(1024),
      RELU,
      new Dropout(0.5),
      new Linear(1024, 512),
      new BatchNorm(512),
      RELU,
      new Dropout(0.5),
      new Linear(512, 10)),
  /// 3072-2048-2048-2048-10 ReLU, SGD with momentum, batches of 512.
  D(
      512,
      MOMENTUM,
      1e-3,
      new Linear(3072, 2048),
      RELU,
      new Linear(2048, 2048),
      RELU,
      new Linear(2048, 2048),
      RELU,
      new Linear(2048, 10)),
  /// 2-16-16-1 tanh, SGD, batches of 16.
  TINY(16, SGD, 1e-2, new Linear(2, 16), TANH, new Linear(16, 16), TANH, new Linear(16, 1)),
  /// Two convolutions of 32 and 64 channels with pooling, SGD, batches of 64.
  CNN_S(
      64,
      SGD,
      1e-3,
      new Conv(3, 32),
      RELU,
      POOL,
      new Conv(32, 64),
      RELU,
      POOL,
      FLATTEN,
      new Linear(4096, 10));

  private final int batch;
  private final Rule rule;
  private final double rate;
  private final List<Part> parts;

  Model(int batch, Rule rule, double rate, Part... parts) {
    this.batch = batch;
    this.rule = rule;
    this.rate = rate;
    this.parts = List.of(parts);
  }

  /// Returns how many examples a step sees.
  public int batch() {
    return batch;
  }

  /// Returns how the weights are updated.
  public Rule rule() {
    return rule;
  }

  /// Returns the learning rate.
  public double rate() {
    return rate;
  }

  /// Returns the layers in order.
  public List<Part> parts() {
    return parts;
  }

  /// Whether the loss is the mean squared error.
  public boolean regression() {
    return this == TINY;
  }

  /// Returns the shape of some inputs: `[batch, features]` or `[batch, channels, rows, columns]`.
  public int[] inputShape(int examples) {
    return switch (parts.getFirst()) {
      case Conv conv -> new int[] {examples, conv.in(), 32, 32};
      case Linear linear -> new int[] {examples, linear.in()};
      case Part other -> throw new IllegalStateException(name() + " starts with " + other);
    };
  }

  /// Returns the inputs of an example, in elements.
  int inputSize() {
    return Arrays.stream(inputShape(1)).reduce(1, (a, b) -> a * b);
  }

  /// Returns the multiply-adds of a step's products, times two: forward, and backward for all
  /// weights and for all inputs but the first.
  public double operations() {
    double operations = 0;
    int side = 32;
    for (int i : IntStream.range(0, parts.size()).toArray()) {
      int passes = i == 0 ? 2 : 3;
      switch (parts.get(i)) {
        case Linear(int in, int out) -> operations += 2.0 * passes * batch * in * out;
        case Conv(int in, int out) ->
            operations += 2.0 * passes * batch * side * side * 9 * in * out;
        case Part part when part == POOL -> side /= 2;
        case Part _ -> {}
      }
    }
    return operations;
  }
}
