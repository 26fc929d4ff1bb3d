// SPDX-License-Identifier: Apache-2.0

package gradus.examples.conformance;

/// What networks are made of: family 06, and the activations of family 01.
final class FunctionalTable {
  private FunctionalTable() {}

  static void addTo(OpTable t) {
    t.one(
        "torch.nn.functional.leaky_relu",
        c -> c.input().leakyRelu(c.args().number("negative_slope", 0.01)));
    t.one("torch.softmax", c -> c.input().softmax(c.args().integer("dim")));
    t.one("torch.log_softmax", c -> c.input().logSoftmax(c.args().integer("dim")));
  }
}
