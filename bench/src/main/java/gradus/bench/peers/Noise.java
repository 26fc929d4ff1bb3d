// SPDX-License-Identifier: Apache-2.0
package gradus.bench.peers;

import java.util.SplittableRandom;

/// Batches of noise for a [Model], the same for every framework, in arrays that are filled anew.
public final class Noise {
  /// How many batches a training goes through in turn.
  public static final int BATCHES = 4;

  private final float[] inputs;
  private final long[] labels;
  private final float[] targets;
  private final SplittableRandom random = new SplittableRandom(1);

  /// Makes room for a batch.
  public Noise(Model model) {
    inputs = new float[model.batch() * model.inputSize()];
    labels = new long[model.batch()];
    targets = new float[model.batch()];
  }

  /// Draws the next batch.
  public void next() {
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] = (float) random.nextGaussian();
    }
    for (int i = 0; i < labels.length; i++) {
      labels[i] = random.nextInt(10);
      targets[i] = (float) random.nextGaussian();
    }
  }

  /// Returns the inputs of the batch, row by row.
  public float[] inputs() {
    return inputs;
  }

  /// Returns the classes of the batch's examples.
  public long[] labels() {
    return labels;
  }

  /// Returns the outputs that a regression wants.
  public float[] targets() {
    return targets;
  }

  /// Returns `[batch, 10]` numbers, 1 for the class of each example.
  public float[] oneHot() {
    var hot = new float[labels.length * 10];
    for (int i = 0; i < labels.length; i++) {
      hot[i * 10 + (int) labels[i]] = 1;
    }
    return hot;
  }
}
