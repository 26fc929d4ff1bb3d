// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gradus.DType;
import gradus.Grad;
import gradus.Parameter;
import gradus.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ModuleTest {
  @Nested
  class Modes {
    static class Twins extends Module {
      final Linear a = new Linear(1, 1);
      final Linear b = new Linear(1, 1);
    }

    @Test
    void trainAndEvalReachAll() {
      var net = new Twins();
      assertThat(net.isTraining()).isTrue();
      net.eval();
      assertThat(net.modules()).noneMatch(Module::isTraining);
      net.train();
      assertThat(net.modules()).allMatch(Module::isTraining);
    }

    @Test
    void evaluatingRestoresEachModulesMode() {
      var net = new Twins();
      net.b.eval();
      try (var _ = net.evaluating()) {
        assertThat(net.modules()).noneMatch(Module::isTraining);
        net.b.train();
      }
      assertThat(net.isTraining()).isTrue();
      assertThat(net.a.isTraining()).isTrue();
      assertThat(net.b.isTraining()).isFalse();
    }
  }

  @Test
  void toKeepsTheObjects() {
    var norm = new BatchNorm1d(2);
    List<Parameter> parameters = norm.parameters();
    norm.apply(Tensor.of(new float[] {1, 2, 3, 5}, 2, 2)).sum().backward();
    norm.to(DType.FLOAT64);
    assertThat(norm.parameters()).containsExactlyElementsOf(parameters);
    assertThat(parameters).allMatch(p -> p.dtype() == DType.FLOAT64 && p.requiresGrad());
    assertThat(parameters).allMatch(p -> p.grad() == null);
    assertThat(norm.buffers())
        .extracting(Tensor::dtype)
        .containsExactly(DType.FLOAT64, DType.FLOAT64, DType.INT64);
    Tensor y = norm.apply(Tensor.float64(new double[] {1, 2, 3, 5}, 2, 2));
    assertThat(y.dtype()).isEqualTo(DType.FLOAT64);
    y.sum().backward();
    assertThat(parameters.get(1).grad().toDoubleArray()).containsExactly(2, 2);
  }

  @Test
  void toRefusesIntegers() {
    var fc = new Linear(1, 1);
    assertThatThrownBy(() -> fc.to(DType.INT64))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cannot be")
        .hasMessageContaining("FLOAT32 or FLOAT64");
  }

  @Test
  void zeroGradDropsGradients() {
    var fc = new Linear(2, 1);
    fc.apply(Tensor.ones(1, 2)).sum().backward();
    assertThat(fc.parameters()).allMatch(p -> p.grad() != null);
    fc.zeroGrad();
    assertThat(fc.parameters()).allMatch(p -> p.grad() == null);
  }

  @Test
  void requiresGradFreezes() {
    var fc = new Linear(2, 1);
    fc.requiresGrad(false);
    assertThat(fc.apply(Tensor.ones(1, 2)).requiresGrad()).isFalse();
    assertThat(fc.numParameters()).isEqualTo(3);
    fc.requiresGrad(true);
    assertThat(fc.apply(Tensor.ones(1, 2)).requiresGrad()).isTrue();
    try (var _ = Grad.off()) {
      assertThat(fc.apply(Tensor.ones(1, 2)).requiresGrad()).isFalse();
    }
  }

  @Test
  void applyVisitsChildrenFirst() {
    var inner = new Sequential(new Sigmoid(), new Tanh());
    var net = new Sequential(new ReLU(), inner);
    var seen = new ArrayList<String>();
    net.apply(module -> seen.add(module.getClass().getSimpleName()));
    assertThat(seen).containsExactly("ReLU", "Sigmoid", "Tanh", "Sequential", "Sequential");
  }

  /// As to train a new head, or what is below a part that stays as it is.
  @Test
  void frozenPartsPassGradientsOn() {
    var below = new Linear(2, 3);
    var frozen = new Linear(3, 3);
    var net = new Sequential(below, frozen, new Linear(3, 1));
    frozen.requiresGrad(false);
    net.apply(Tensor.ones(4, 2)).sum().backward();
    assertThat(frozen.parameters()).allMatch(p -> p.grad() == null);
    assertThat(below.parameters()).allMatch(p -> p.grad() != null);
    assertThat(net.parameters().stream().filter(Tensor::requiresGrad)).hasSize(4);
    assertThat(net.stateDict()).hasSize(6);
    net.loadStateDict(net.stateDict());
    assertThat(frozen.parameters()).noneMatch(Tensor::requiresGrad);
    below.requiresGrad(false);
    net.zeroGrad();
    net.apply(Tensor.ones(4, 2)).sum().backward();
    assertThat(below.parameters()).allMatch(p -> p.grad() == null);
  }

  @Test
  void applyVisitsSharedModulesOnce() {
    var shared = new Linear(2, 2);
    var net = new Sequential(shared, new Sequential(new ReLU(), shared));
    var seen = new ArrayList<Module>();
    net.apply(seen::add);
    assertThat(seen).hasSize(4).doesNotHaveDuplicates().startsWith(shared).endsWith(net);
    net.apply(
        module -> {
          if (module instanceof Linear linear) {
            Init.constant(0.5).fill(linear.weight());
          }
        });
    assertThat(shared.weight().toFloatArray()).containsOnly(0.5f);
  }

  @SuppressWarnings("unused") // read by reflection
  static class Net extends Layer {
    private final Linear fc1 = new Linear(3072, 100);
    private final List<Layer> blocks = List.of(new ReLU(), new Dropout(0.25));
    private final Sequential head = new Sequential(Linear.withoutBias(100, 10), Tensor::relu);

    @Override
    protected Tensor forward(Tensor x) {
      return x;
    }
  }

  @Test
  void printsAsPyTorch() {
    assertThat(new Net())
        .hasToString(
            """
            Net(
              (fc1): Linear(in_features=3072, out_features=100, bias=True)
              (blocks.0): ReLU()
              (blocks.1): Dropout(p=0.25, inplace=False)
              (head): Sequential(
                (0): Linear(in_features=100, out_features=10, bias=False)
                (1): lambda in %s
              )
            )"""
                .formatted(Net.class.getName()));
    assertThat(new Identity()).hasToString("Identity()");
    assertThat(new Flatten()).hasToString("Flatten(start_dim=1, end_dim=-1)");
    assertThat(new LeakyReLU()).hasToString("LeakyReLU(negative_slope=0.01)");
    assertThat(new Dropout(0)).hasToString("Dropout(p=0.0, inplace=False)");
    assertThat(new CrossEntropyLoss()).hasToString("CrossEntropyLoss()");
    assertThat(new BatchNorm1d(4))
        .hasToString(
            "BatchNorm1d(4, eps=1e-05, momentum=0.1, affine=True, track_running_stats=True)");
    assertThat(new BatchNorm2d(4, BatchNorm.options().momentum(null).affine(false)))
        .hasToString(
            "BatchNorm2d(4, eps=1e-05, momentum=None, affine=False, track_running_stats=True)");
    assertThat(
            new Layer() {
              @Override
              protected Tensor forward(Tensor x) {
                return x;
              }
            })
        .hasToString("Layer()");
  }

  @Test
  void pythonsFloats() {
    assertThat(
            Arrays.stream(
                    new double[] {
                      0,
                      -0.0,
                      1,
                      0.5,
                      1e-4,
                      1e-5,
                      1.25e-5,
                      1e15,
                      1e16,
                      1.5e300,
                      100,
                      -1e-300,
                      Double.NaN,
                      Double.POSITIVE_INFINITY,
                      Double.NEGATIVE_INFINITY
                    })
                .mapToObj(Repr::of))
        .containsExactly(
            "0.0",
            "-0.0",
            "1.0",
            "0.5",
            "0.0001",
            "1e-05",
            "1.25e-05",
            "1000000000000000.0",
            "1e+16",
            "1.5e+300",
            "100.0",
            "-1e-300",
            "nan",
            "inf",
            "-inf");
  }
}
