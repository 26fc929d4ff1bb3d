// SPDX-License-Identifier: Apache-2.0
package gradus.bench.peers;

/// What a framework is asked for. What it can't do it says in an [UnsupportedOperationException].
public interface Framework {
  /// Returns its name and version.
  String version();

  /// Makes a model, its optimizer and [Noise#BATCHES] batches of noise.
  Training train(Model model);

  /// Makes model C for use, without gradients, and a batch of noise; a call applies it.
  Runnable infer(int examples);

  /// Makes a chain of additions of single numbers; a call computes it and its derivative.
  Runnable chain(int additions);

  /// Makes a layer by itself with an input and the gradient of an output; a call computes the
  /// output and the gradients of the input and the parameters.
  ///
  /// @throws UnsupportedOperationException unless the framework says how: layers are held against
  ///   PyTorch's own
  default Runnable layer(SingleLayer layer) {
    throw new UnsupportedOperationException("layers by themselves are held against libtorch only");
  }

  /// A training at hand.
  interface Training {
    /// Makes a step with the next batch: forward, backward and update.
    void step();

    /// Makes a step and returns the loss before it.
    double loss();
  }
}
