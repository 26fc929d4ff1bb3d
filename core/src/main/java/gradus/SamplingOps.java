// SPDX-License-Identifier: Apache-2.0
package gradus;

/// The ops of a [Tensor] of probabilities that draw by them: nothing to differentiate.
public sealed interface SamplingOps permits Tensor {
  private Tensor self() {
    return (Tensor) this;
  }

  /// Returns ones with these probabilities, else zeros, from the [current
  /// generator][Generator#current()]. (PyTorch: `torch.bernoulli`.)
  ///
  /// @throws IllegalArgumentException if the type isn't floating or an element isn't in [0, 1]
  default Tensor bernoulli() {
    return bernoulli(Generator.current());
  }

  /// As [#bernoulli()], from `generator`.
  default Tensor bernoulli(Generator generator) {
    return Sampling.bernoulli(self().detach(), generator);
  }

  /// Returns `n` different indices of each row of weights, int64 `[…, n]`, the likelier the larger
  /// the weight, from the [current generator][Generator#current()]. (PyTorch: `torch.multinomial`.)
  ///
  /// @throws IllegalArgumentException if this is neither a vector nor a matrix, isn't floating, a
  ///   weight is negative or not finite, or fewer than `n` are positive
  default Tensor multinomial(int n) {
    return multinomial(n, Generator.current());
  }

  /// As [#multinomial(int)], from `generator`.
  default Tensor multinomial(int n, Generator generator) {
    return Sampling.distinct(self().detach(), n, generator);
  }

  /// Returns `n` indices of each row of weights, each drawn from all: one may come several times.
  /// (PyTorch: `torch.multinomial(replacement=True)`.)
  ///
  /// @throws IllegalArgumentException as [#multinomial(int)], but one positive weight will do
  default Tensor multinomialWithReplacement(int n) {
    return multinomialWithReplacement(n, Generator.current());
  }

  /// As [#multinomialWithReplacement(int)], from `generator`.
  default Tensor multinomialWithReplacement(int n, Generator generator) {
    return Sampling.repeated(self().detach(), n, generator);
  }
}
