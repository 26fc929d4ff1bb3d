// SPDX-License-Identifier: Apache-2.0
package gradus;

import org.jspecify.annotations.Nullable;

/// A tensor's place in the graph, without its values.
///
/// Nodes refer to their inputs by edge where the derivative reads no value, so that the values can
/// be collected.
final class Edge {
  /// The edge of every tensor that no gradient is asked of.
  static final Edge NONE = new Edge(Shape.SCALAR, DType.BOOL, 0, Constant.INSTANCE);

  final Shape shape;
  final DType dtype;

  /// 0 for a leaf, else one more than the deepest input: backward visits the deepest edges first.
  final int depth;

  /// What made the tensor; null once backward has freed the graph.
  @Nullable Node node;

  /// The last of the large values that the node saves.
  @Nullable Saved saved;

  /// What backward has accumulated for an interior edge so far, and whether it may be added into in
  /// place.
  @Nullable Tensor cotangent;

  boolean owned;

  /// What few edges but the leaves have.
  @Nullable Extras extras;

  Edge(Shape shape, DType dtype, int depth, @Nullable Node node) {
    this.shape = shape;
    this.dtype = dtype;
    this.depth = depth;
    this.node = node;
  }

  static Edge leaf(Tensor t) {
    Edge leaf = new Edge(t.shape(), t.dtype(), 0, Constant.INSTANCE);
    leaf.extras = new Extras();
    return leaf;
  }

  /// The edge of an input that an op may go without.
  static Edge of(@Nullable Tensor t) {
    return t == null ? NONE : t.edge();
  }

  /// The gradient that is kept here, if any.
  @Nullable Tensor grad() {
    Extras e = extras;
    return e == null ? null : e.grad;
  }

  /// The same, for somebody who may hold on to it.
  @Nullable Tensor shownGrad() {
    Extras e = extras;
    if (e == null || e.grad == null) {
      return null;
    }
    e.shown = true;
    return e.grad;
  }

  Extras extras() {
    synchronized (this) {
      Extras e = extras;
      if (e == null) {
        e = new Extras();
        extras = e;
      }
      return e;
    }
  }

  boolean isLeaf() {
    return depth == 0;
  }

  /// The node's name and this shape, for messages: `MatMul [32, 10]`.
  @Override
  public String toString() {
    return (node == null ? "freed" : node.name()) + " " + shape;
  }
}
