// SPDX-License-Identifier: Apache-2.0
package gradus;

/// The node of a leaf: nothing made it.
record Constant() implements Node {
  static final Constant INSTANCE = new Constant();

  @Override
  public void vjp(Tensor grad, Cotangents to) {
    throw new AssertionError("a leaf has no inputs");
  }

  @Override
  public String name() {
    return "leaf";
  }
}
