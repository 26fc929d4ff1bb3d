// SPDX-License-Identifier: Apache-2.0
package gradus.optim;

import gradus.Parameter;
import gradus.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What an optimizer remembers about one parameter: how many steps it has taken, and tensors of the
/// parameter's shape and dtype, such as momentum.
public final class ParamState {
  private final Map<String, Tensor> tensors = new LinkedHashMap<>();
  private long step;

  /// State before the first step: all zeros.
  ParamState(Parameter param, List<String> names) {
    names.forEach(name -> tensors.put(name, Tensor.zerosLike(param)));
  }

  /// State as it was saved.
  ParamState(long step, Map<String, Tensor> tensors) {
    this.step = step;
    this.tensors.putAll(tensors);
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

  Map<String, Tensor> tensors() {
    return tensors;
  }
}
