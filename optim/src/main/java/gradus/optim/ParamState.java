// SPDX-License-Identifier: Apache-2.0
package gradus.optim;

import gradus.Parameter;
import gradus.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What an optimizer remembers about one parameter: how many steps it has taken, tensors of the
/// parameter's shape and dtype, such as momentum, and numbers.
public final class ParamState {
  private final Map<String, Tensor> tensors = new LinkedHashMap<>();
  private final Map<String, Double> numbers = new LinkedHashMap<>();
  private long step;

  /// State before the first step: all zeros.
  ParamState(Parameter param, List<String> names, List<String> numbers) {
    names.forEach(name -> tensors.put(name, Tensor.zerosLike(param)));
    numbers.forEach(name -> this.numbers.put(name, 0.0));
  }

  /// State as it was saved.
  ParamState(long step, Map<String, Tensor> tensors, Map<String, Double> numbers) {
    this.step = step;
    this.tensors.putAll(tensors);
    this.numbers.putAll(numbers);
  }

  /// Returns the number of steps, the present one included: 1 in the first.
  public long step() {
    return step;
  }

  void nextStep(Parameter param) {
    for (Tensor tensor : tensors.values()) {
      if (tensor.dtype() != param.dtype()) {
        throw new IllegalStateException(
            String.format(
                "Optimizer: parameter %s is %s now but was %s in the step before; make the"
                    + " optimizer after Module.to",
                param.shape(), param.dtype(), tensor.dtype()));
      }
    }
    step++;
  }

  /// Returns the tensor `name`; all zeros before the first step.
  public Tensor get(String name) {
    Tensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new IllegalArgumentException(
          "ParamState: no tensor " + name + " among " + tensors.keySet());
    }
    return tensor;
  }

  /// Returns these tensors.
  Tensor[] getAll(List<String> names) {
    return names.stream().map(this::get).toArray(Tensor[]::new);
  }

  /// Replaces the tensor `name`.
  public void set(String name, Tensor value) {
    Tensor old = get(name);
    if (!old.shape().equals(value.shape()) || old.dtype() != value.dtype()) {
      throw new IllegalArgumentException(
          String.format(
              "ParamState: %s is %s %s and cannot become %s %s",
              name, old.dtype(), old.shape(), value.dtype(), value.shape()));
    }
    tensors.put(name, value);
  }

  /// Returns the number `name`; 0 before the first step.
  public double number(String name) {
    Double number = numbers.get(name);
    if (number == null) {
      throw new IllegalArgumentException(
          "ParamState: no number " + name + " among " + numbers.keySet());
    }
    return number;
  }

  /// Replaces the number `name`.
  public void number(String name, double value) {
    number(name);
    numbers.put(name, value);
  }

  Map<String, Tensor> tensors() {
    return tensors;
  }

  Map<String, Double> numbers() {
    return numbers;
  }
}
