// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import gradus.Tensor;
import gradus.internal.Registry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Waits for the gradients of one forward's inputs and outputs, and calls a module's hooks when
/// those of the inputs are complete.
///
/// Inputs and outputs are replaced by views of themselves, so that only gradients that pass through
/// this module are seen, and not what other users of the same tensors add.
final class BackwardWatch {
  private final Module module;
  private final Registry<BackwardHook> hooks;
  private final List<@Nullable Tensor> gradInput = new ArrayList<>();
  private final List<@Nullable Tensor> gradOutput = new ArrayList<>();

  /// How many inputs ask for a gradient.
  private int wanted;

  /// How many of them have got it in this pass.
  private int arrived;

  BackwardWatch(Module module, Registry<BackwardHook> hooks) {
    this.module = module;
    this.hooks = hooks;
  }

  /// Returns the input to run forward on.
  <I> I input(I input) {
    return Values.map(
        input,
        tensor -> {
          int place = gradInput.size();
          gradInput.add(null);
          wanted += tensor.requiresGrad() ? 1 : 0;
          return watched(tensor, grad -> inputArrived(place, grad));
        });
  }

  /// Returns the output to hand out.
  <O> O output(O output) {
    return Values.map(
        output,
        tensor -> {
          int place = gradOutput.size();
          gradOutput.add(null);
          return watched(tensor, grad -> outputArrived(place, grad));
        });
  }

  /// Returns a view of `tensor` whose gradient goes through `hook`, if there will be one.
  private static Tensor watched(Tensor tensor, Function<Tensor, @Nullable Tensor> hook) {
    if (!tensor.requiresGrad()) {
      return tensor;
    }
    int[] dims = new int[tensor.dim()];
    Arrays.setAll(dims, dim -> dim);
    Tensor view = tensor.permute(dims); // the same order, but a place of its own in the graph
    view.registerHook(hook);
    return view;
  }

  private @Nullable Tensor outputArrived(int place, Tensor grad) {
    gradOutput.set(place, grad);
    if (wanted == 0) {
      call();
    }
    return null;
  }

  private @Nullable Tensor inputArrived(int place, Tensor grad) {
    gradInput.set(place, grad);
    arrived++;
    return arrived == wanted ? call().get(place) : null;
  }

  /// Calls the hooks and returns the gradients of the inputs.
  private List<@Nullable Tensor> call() {
    List<@Nullable Tensor> found = new ArrayList<>(gradInput);
    List<@Nullable Tensor> outputs = Collections.unmodifiableList(new ArrayList<>(gradOutput));
    if (wanted > 0) { // all that will come has come: the next is another pass's
      arrived = 0;
      Collections.fill(gradInput, null);
      Collections.fill(gradOutput, null);
    }
    for (BackwardHook hook : hooks) {
      var replacement = hook.after(module, Collections.unmodifiableList(found), outputs);
      if (replacement != null) {
        if (wanted != 1 || replacement.size() != found.size()) {
          throw new IllegalStateException(
              ("%s: a backward hook returned %s gradients, but %s of %s inputs ask for one; only"
                      + " that of a single input can be replaced")
                  .formatted(
                      module.getClass().getName(), replacement.size(), wanted, found.size()));
        }
        found = new ArrayList<>(replacement);
      }
    }
    return found;
  }
}
