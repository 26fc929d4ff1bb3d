// SPDX-License-Identifier: Apache-2.0
package gradus.optim;

import gradus.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The state of an optimizer or a scheduler, by name: the tensors and the numbers, each in a fixed
/// order.
///
/// Both maps are flat, so they can be written to any file of named tensors and numbers. Whole
/// numbers are exact up to 2⁵³.
///
/// @param tensors tensors by name, such as `state.0.exp_avg`
/// @param scalars numbers by name, such as `groups.0.lr`
public record StateDict(Map<String, Tensor> tensors, Map<String, Double> scalars) {

  /// Keeps unmodifiable copies of both maps, in their order.
  public StateDict {
    tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
    scalars = Collections.unmodifiableMap(new LinkedHashMap<>(scalars));
  }

  /// Takes a state dict apart entry by entry, and gathers what is wrong with it.
  static final class Reader {
    private final String owner;
    private final Map<String, Tensor> tensors;
    private final Map<String, Double> scalars;
    private final List<String> problems = new ArrayList<>();

    Reader(String owner, StateDict state) {
      this.owner = owner;
      this.tensors = new LinkedHashMap<>(state.tensors());
      this.scalars = new LinkedHashMap<>(state.scalars());
    }

    boolean has(String name) {
      return scalars.containsKey(name);
    }

    /// Takes the number `name` out; if there is none, notes that and returns NaN.
    double scalar(String name) {
      Double value = scalars.remove(name);
      if (value == null) {
        problems.add("missing " + name);
        return Double.NaN;
      }
      return value;
    }

    /// Takes the count `name` out: a whole number from 0 to `largest`.
    long count(String name, long largest) {
      double value = scalar(name);
      boolean whole = value == Math.rint(value) && value >= 0 && value <= largest;
      if (!whole && !Double.isNaN(value)) {
        problems.add(name + " " + value + " is not a whole number from 0 to " + largest);
      }
      return (long) value;
    }

    int epochs(String name) {
      return (int) count(name, Integer.MAX_VALUE);
    }

    /// Takes a copy of the tensor `name` out, which must look like `like`; else notes the problem
    /// and returns `like`.
    Tensor tensor(String name, Tensor like) {
      Tensor value = tensors.remove(name);
      if (value == null) {
        problems.add("missing " + name);
        return like;
      }
      if (!value.shape().equals(like.shape()) || value.dtype() != like.dtype()) {
        problems.add(name + " is " + describe(value) + " but its parameter is " + describe(like));
        return like;
      }
      return value.copy();
    }

    void problem(String problem) {
      problems.add(problem);
    }

    /// Ends reading: whatever was not taken is unexpected.
    void end() {
      scalars.keySet().forEach(name -> problems.add("unexpected " + name));
      tensors.keySet().forEach(name -> problems.add("unexpected " + name));
      if (!problems.isEmpty()) {
        throw new IllegalArgumentException(
            owner
                + ".loadStateDict: "
                + String.join("; ", problems)
                + "; is this state of another optimizer, scheduler or model?");
      }
    }

    private static String describe(Tensor t) {
      return t.dtype() + " " + t.shape();
    }
  }
}
