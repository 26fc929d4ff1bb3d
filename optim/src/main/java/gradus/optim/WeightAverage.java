// SPDX-License-Identifier: Apache-2.0
package gradus.optim;

import gradus.Parameter;
import gradus.Tensor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// An average of a model's weights over the steps of its training, which often generalises better
/// than the last weights: `torch.optim.swa_utils.AveragedModel`.
///
/// ```java
/// var average = WeightAverage.ema(model.parameters(), 0.999);
/// …
/// optimizer.step();
/// average.update();
/// …
/// try (var _ = average.applied()) {
///   validate(model); // with the averages in its parameters
/// }
/// average.copyTo(); // for good
/// ```
///
/// The first update takes the weights as they are, each further one, with n updates before it:
///
/// ```text
/// a ← d·a + (1−d)·w                    exponential moving average (EMA) with decay d
/// a ← a + (w − a)/(n+1)                stochastic weight averaging (SWA): the mean of all
/// ```
///
/// Buffers stay the model's own. **Batch normalisation** has running statistics of the weights that
/// were trained, which don't fit averages that lie far from them, as SWA's do; a pass over the data
/// computes them anew:
///
/// ```java
/// average.copyTo();
/// BatchNorm.updateBn(loader, model, batch -> model.apply(batch.x()));
/// ```
///
/// Under a `Trainer`, the callback `WeightAveraging` does all but that pass, and keeps the averages
/// in the checkpoints.
///
/// Polyak, Juditsky: Acceleration of Stochastic Approximation by Averaging, SIAM J. Control and
/// Optimization 30, 1992; Izmailov, Podoprikhin, Garipov, Vetrov, Wilson: Averaging Weights Leads
/// to Wider Optima and Better Generalization, UAI 2018.
public final class WeightAverage implements Stateful {
  private static final String UPDATES = "n_averaged";
  private static final String AVERAGE = "average.";

  private final List<Parameter> params;
  private final double decay;
  private List<Tensor> averages;
  private long updates;

  private WeightAverage(Collection<Parameter> params, double decay) {
    if (params.isEmpty()) {
      throw new IllegalArgumentException(
          "WeightAverage: no parameters; did the module keep its layers in fields?");
    }
    this.params = List.copyOf(params);
    this.decay = decay;
    this.averages = copies(this.params);
  }

  /// Returns an exponential moving average.
  ///
  /// @param decay the weight d of the average so far, in [0, 1]; PyTorch's default is 0.999
  /// @throws IllegalArgumentException if there are no parameters, or `decay` is not in [0, 1]
  public static WeightAverage ema(Collection<Parameter> params, double decay) {
    Check.that(decay >= 0 && decay <= 1, "WeightAverage", "decay", decay, "in [0, 1]");
    return new WeightAverage(params, decay);
  }

  /// Returns the mean of all weights that it is updated with.
  ///
  /// @throws IllegalArgumentException if there are no parameters
  public static WeightAverage swa(Collection<Parameter> params) {
    return new WeightAverage(params, Double.NaN);
  }

  /// Takes the present weights into the average.
  public void update() {
    double share = Double.isNaN(decay) ? 1.0 / (updates + 1) : 1 - decay;
    var kernel = new AverageKernel(updates == 0 ? 1 : share);
    for (int i = 0; i < params.size(); i++) {
      kernel.update(averages.get(i), params.get(i));
    }
    updates++;
  }

  /// Returns how many times [#update()] was called.
  public long updates() {
    return updates;
  }

  /// Returns copies of the averages, in the order of the parameters; before the first update, the
  /// weights that the parameters had when this was made.
  public List<Tensor> averages() {
    return copies(averages);
  }

  /// Replaces the parameters' values by the averages.
  public void copyTo() {
    for (int i = 0; i < params.size(); i++) {
      params.get(i).assign(averages.get(i));
    }
  }

  /// Puts the averages into the parameters until the returned scope is closed, which gives them
  /// their own values back.
  public Scope applied() {
    List<Tensor> own = copies(params);
    copyTo();
    return () -> {
      for (int i = 0; i < params.size(); i++) {
        params.get(i).assign(own.get(i));
      }
    };
  }

  /// While it is open, the parameters have the averages' values.
  public interface Scope extends AutoCloseable {
    @Override
    void close();
  }

  private static List<Tensor> copies(List<? extends Tensor> tensors) {
    List<Tensor> copies = new ArrayList<>();
    tensors.forEach(each -> copies.add(each.detach().copy()));
    return copies;
  }

  /// Returns `n_averaged` and `average.<parameter>`.
  @Override
  public StateDict stateDict() {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    List<Tensor> copies = averages();
    for (int i = 0; i < copies.size(); i++) {
      tensors.put(AVERAGE + i, copies.get(i));
    }
    return new StateDict(tensors, Map.of(UPDATES, (double) updates));
  }

  @Override
  public void loadStateDict(StateDict state) {
    var reader = new StateDict.Reader("WeightAverage", state);
    long count = reader.count(UPDATES, 1L << 53);
    List<Tensor> loaded = new ArrayList<>();
    for (int i = 0; i < averages.size(); i++) {
      loaded.add(reader.tensor(AVERAGE + i, averages.get(i)));
    }
    reader.end();
    updates = count;
    averages = loaded;
  }
}
