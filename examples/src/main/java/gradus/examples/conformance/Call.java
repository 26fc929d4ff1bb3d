// SPDX-License-Identifier: Apache-2.0

package gradus.examples.conformance;

import gradus.DType;
import gradus.Dims;
import gradus.Tensor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A call of a function: its tensors and other arguments by PyTorch's names.
///
/// Like [Fields] it remembers what was read, and [#end()] refuses what an [Op] left over.
final class Call {
  private final Map<String, Tensor> tensors;
  private final Fields args;
  private final Set<String> read = new HashSet<>();

  Call(Map<String, Tensor> tensors, Fields args) {
    this.tensors = tensors;
    this.args = args;
  }

  /// Returns the tensor `input`, the first argument of most functions.
  Tensor input() {
    return tensor("input");
  }

  /// Returns the tensor `other`, the second argument of most functions of two.
  Tensor other() {
    return tensor("other");
  }

  Tensor tensor(String name) {
    read.add(name);
    return Named.get("input", tensors, name);
  }

  /// Returns the tensor `name`, or null if it is missing, which is PyTorch's None.
  @Nullable Tensor optional(String name) {
    read.add(name);
    return tensors.get(name);
  }

  /// Returns whether the tensor `name` was given.
  boolean given(String name) {
    return tensors.containsKey(name);
  }

  /// Returns the tensors `name[0]`, `name[1]`, ….
  List<Tensor> list(String name) {
    List<Tensor> list = new ArrayList<>();
    for (int i = 0; given(name + "[" + i + "]"); i++) {
      list.add(tensor(name + "[" + i + "]"));
    }
    return list;
  }

  /// Returns all tensors by name.
  Map<String, Tensor> tensors() {
    read.addAll(tensors.keySet());
    return tensors;
  }

  /// Returns the arguments that are no tensors.
  Fields args() {
    return args;
  }

  /// Returns the second argument of a function of two as a tensor: `other`, which may be a number.
  ///
  /// A number is as wide as a tensor without dimensions, and of the type that keeps that of the
  /// first argument where PyTorch keeps it.
  Tensor operand(String name) {
    if (given(name)) {
      return tensor(name);
    }
    DType dtype = input().dtype();
    if (args.isWhole(name)) {
      return dtype.isFloating()
          ? Tensor.scalar(args.number(name), dtype)
          : Tensor.scalar((long) args.number(name));
    }
    return Tensor.scalar(args.number(name), dtype.isFloating() ? dtype : DType.FLOAT32);
  }

  /// Returns the dimensions to reduce, from `dim` and `keepdim`.
  Dims dims() {
    int[] dims = args.given("dim") ? args.integers("dim") : new int[0];
    return args.flag("keepdim", false) ? Dims.keep(dims) : Dims.of(dims);
  }

  /// Refuses tensors and arguments that were not read.
  void end() {
    Set<String> unread = new HashSet<>(tensors.keySet());
    unread.removeAll(read);
    if (!unread.isEmpty()) {
      throw new Mismatch("inputs %s are not supported".formatted(unread));
    }
    args.ignoreNulls();
    args.end();
  }
}
