// SPDX-License-Identifier: Apache-2.0
package gradus.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gradus.DType;
import gradus.Generator;
import gradus.Parameter;
import gradus.Tensor;
import gradus.Threads;
import gradus.internal.Raw;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OptimizerTest {

  /// Makes an optimizer of one group.
  record Maker(String name, Function<List<Parameter>, Optimizer<?>> make) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Maker> makers() {
    return Stream.of(
        new Maker("SGD", p -> new SGD(p, 0.1)),
        new Maker(
            "SGD with momentum",
            p -> new SGD(p, SGD.options().lr(0.1).momentum(0.9).dampening(0.1).weightDecay(0.01))),
        new Maker("Adam", p -> new Adam(p, 0.1)),
        new Maker("Adam with AMSGrad", p -> new Adam(p, Adam.options().lr(0.1).amsgrad(true))),
        new Maker("AdamW", p -> new AdamW(p, 0.1)),
        new Maker(
            "Adagrad",
            p -> new Adagrad(p, Adagrad.options().lrDecay(0.1).initialAccumulatorValue(0.5))),
        new Maker("RMSprop", p -> new RMSprop(p)),
        new Maker("RMSprop, centered", p -> new RMSprop(p, RMSprop.options().centered(true))),
        new Maker("RMSprop with momentum", p -> new RMSprop(p, RMSprop.options().momentum(0.9))),
        new Maker(
            "RMSprop, centered, with momentum",
            p -> new RMSprop(p, RMSprop.options().momentum(0.9).centered(true))),
        new Maker("Adadelta", p -> new Adadelta(p)),
        new Maker("Adamax", p -> new Adamax(p)),
        new Maker("NAdam", p -> new NAdam(p)),
        new Maker("RAdam", p -> new RAdam(p)),
        new Maker("Rprop", p -> new Rprop(p)),
        new Maker("ASGD", p -> new ASGD(p, ASGD.options().t0(2))),
        new Maker("Lion", p -> new Lion(p)));
  }

  private static List<Parameter> params(Generator generator, int... sizes) {
    List<Parameter> params = new ArrayList<>();
    for (int size : sizes) {
      params.add(new Parameter(generator.normal(0, 1, size)));
    }
    return params;
  }

  private static void steps(
      Optimizer<?> optimizer, List<Parameter> params, Generator generator, int n) {
    for (int step = 0; step < n; step++) {
      for (Parameter param : params) {
        param.grad(generator.normal(0, 1, param.numel()));
      }
      optimizer.step();
    }
  }

  private static float[][] values(List<Parameter> params) {
    return params.stream().map(Tensor::toFloatArray).toArray(float[][]::new);
  }

  @ParameterizedTest
  @MethodSource("makers")
  void aParameterWithoutGradientStaysAsItIs(Maker maker) {
    List<Parameter> params = params(new Generator(1), 3, 4);
    Optimizer<?> optimizer = maker.make.apply(params);
    float[][] before = values(params);
    params.get(0).grad(Tensor.ones(3));
    optimizer.step();
    assertThat(params.get(0).toFloatArray()).isNotEqualTo(before[0]);
    assertThat(params.get(1).toFloatArray()).isEqualTo(before[1]);
    assertThat(optimizer.stateDict().scalars()).containsKey("state.0.step");
    assertThat(optimizer.stateDict().scalars()).doesNotContainKey("state.1.step");
  }

  @ParameterizedTest
  @MethodSource("makers")
  void theNumberOfThreadsDoesNotMatter(Maker maker) {
    int threads = Threads.count();
    try {
      Threads.count(1);
      float[][] one = train(maker);
      Threads.count(3);
      assertThat(train(maker)).isDeepEqualTo(one);
    } finally {
      Threads.count(threads);
    }
  }

  private static float[][] train(Maker maker) {
    List<Parameter> params = params(new Generator(2), 150_001, 7);
    steps(maker.make.apply(params), params, new Generator(3), 3);
    return values(params);
  }

  @ParameterizedTest
  @MethodSource("makers")
  void aResumedTrainingContinuesAsIfItHadNotStopped(Maker maker) {
    List<Parameter> params = params(new Generator(4), 5, 6);
    Optimizer<?> optimizer = maker.make.apply(params);
    steps(optimizer, params, new Generator(5), 3);
    optimizer.groups().getFirst().lr(0.05);
    List<Parameter> copies = params.stream().map(Parameter::new).toList();
    StateDict state = optimizer.stateDict();
    steps(optimizer, params, new Generator(6), 3);

    Optimizer<?> resumed = maker.make.apply(copies);
    resumed.loadStateDict(state);
    steps(resumed, copies, new Generator(6), 3);
    assertThat(values(copies)).isDeepEqualTo(values(params));
  }

  @Test
  void aChangedParameterInvalidatesGraphsThatSavedIt() {
    Parameter w = new Parameter(Tensor.of(1, 2));
    Tensor loss = w.mul(w).sum();
    w.grad(Tensor.of(1, 1));
    new SGD(List.of(w), 0.1).step();
    assertThatThrownBy(loss::backward).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void zeroGradForgetsGradients() {
    Parameter w = new Parameter(Tensor.of(1, 2));
    w.grad(Tensor.of(1, 1));
    new SGD(List.of(w), 0.1).zeroGrad();
    assertThat(w.grad()).isNull();
  }

  @Test
  void groupsHaveTheirOwnOptions() {
    Parameter a = new Parameter(Tensor.of(1));
    Parameter b = new Parameter(Tensor.of(1));
    var optimizer =
        new SGD(
            ParamGroup.of(List.of(a), SGD.options().lr(0.5)),
            ParamGroup.of(List.of(b), SGD.options().lr(0.25)));
    a.grad(Tensor.of(1));
    b.grad(Tensor.of(1));
    optimizer.step();
    assertThat(a.item()).isEqualTo(0.5);
    assertThat(b.item()).isEqualTo(0.75);
    assertThat(optimizer.toString().lines()).hasSize(3);
  }

  @Test
  void float64ParametersStayFloat64() {
    Parameter w = new Parameter(Tensor.float64(new double[] {1, 2}));
    w.grad(Tensor.float64(new double[] {1e-12, 0}));
    new SGD(List.of(w), 1).step();
    assertThat(w.dtype()).isEqualTo(DType.FLOAT64);
    assertThat(w.toDoubleArray()).containsExactly(1 - 1e-12, 2);
  }

  @Test
  void aGradientMayBeAView() {
    Parameter w = new Parameter(Tensor.of(new double[] {1, 2, 3, 4}, 2, 2));
    w.grad(Tensor.of(new double[] {1, 2, 3, 4}, 2, 2).t());
    new SGD(List.of(w), 1).step();
    assertThat(w.toFloatArray()).containsExactly(0, -1, 1, 0);
    w.grad(Tensor.of(1, 2, 3, 4, 5).narrow(0, 1, 4).reshape(2, 2));
    new SGD(List.of(w), 1).step();
    assertThat(w.toFloatArray()).containsExactly(-2, -4, -3, -5);
  }

  @Test
  void stateOfAnotherDtypeIsRefused() {
    Parameter w = new Parameter(Tensor.of(1, 2));
    var optimizer = new Adam(List.of(w), 0.1);
    w.grad(Tensor.of(1, 1));
    optimizer.step();
    Raw.convert(w, DType.FLOAT64);
    w.grad(Tensor.float64(new double[] {1, 1}));
    assertThatThrownBy(optimizer::step)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "Optimizer: parameter [2] is float64 now but was float32 in the step before; make the"
                + " optimizer after Module.to");
  }

  /// signSGD, as a user would write it.
  private static final class SignSGD extends Optimizer<SignSGD.Options> {
    record Options(double lr) implements Optimizer.Options<Options> {
      @Override
      public Options lr(double lr) {
        return new Options(lr);
      }
    }

    SignSGD(List<Parameter> params, double lr) {
      super(List.of(ParamGroup.of(params, new Options(lr))));
    }

    @Override
    protected List<String> stateNames(Options o) {
      return List.of("sign");
    }

    @Override
    protected void update(Parameter p, Tensor grad, Options o, ParamState state) {
      state.set("sign", grad.sign());
      p.assign(p.sub(state.get("sign").mul(o.lr())));
    }
  }

  @Test
  void anOptimizerOfOnesOwnNeedsOnlyTensorOperations() {
    Parameter w = new Parameter(Tensor.of(1, 2));
    var optimizer = new SignSGD(List.of(w), 0.5);
    new ExponentialLR(optimizer, 0.5).step();
    w.grad(Tensor.of(3, -7));
    optimizer.step();
    assertThat(w.toFloatArray()).containsExactly(0.75f, 2.25f);
    assertThat(optimizer.stateDict().tensors().get("state.0.sign").toFloatArray())
        .containsExactly(1, -1);
  }

  @Test
  void stateOfAnotherShapeOrNameIsRefused() {
    ParamState state = new ParamState(new Parameter(Tensor.zeros(2)), List.of("sign"), List.of());
    assertThatThrownBy(() -> state.get("sing"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("ParamState: no tensor sing among [sign]");
    assertThatThrownBy(() -> state.set("sign", Tensor.zeros(3)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("ParamState: sign is float32 [2] and cannot become float32 [3]");
    assertThatThrownBy(() -> state.number("eta"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("ParamState: no number eta among []");
  }

  @Test
  void noParametersAreRefused() {
    assertThatThrownBy(() -> new Adam(List.of(), 0.1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("ParamGroup: no parameters; did the module keep its layers in fields?");
    assertThatThrownBy(Adam::new)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Adam: no parameter groups; give at least one");
  }

  @Test
  void aParameterInTwoPlacesIsRefused() {
    Parameter w = new Parameter(Tensor.zeros(10, 5));
    Parameter b = new Parameter(Tensor.zeros(5));
    assertThatThrownBy(() -> new Adam(List.of(b, w, w), 0.1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Adam: parameter 2 of group 0, [10, 5], is already in group 0; a parameter is updated"
                + " once per step");
    var optimizer = new Adam(List.of(b, w), 0.1);
    assertThatThrownBy(() -> optimizer.addParamGroup(ParamGroup.of(List.of(w), Adam.options())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Adam: parameter 0 of group 1, [10, 5], is already in group 0; a parameter is updated"
                + " once per step");
    assertThat(optimizer.groups()).hasSize(1);
  }

  @Test
  void stateThatDoesNotFitIsRefusedWithAllReasonsAndChangesNothing() {
    List<Parameter> params = params(new Generator(7), 2, 3);
    var optimizer = new Adam(params, 0.1);
    steps(optimizer, params, new Generator(8), 1);
    StateDict good = optimizer.stateDict();

    Map<String, Tensor> tensors = new LinkedHashMap<>(good.tensors());
    tensors.remove("state.0.exp_avg");
    tensors.put("state.1.exp_avg", Tensor.zeros(4));
    tensors.put("state.1.momentum_buffer", Tensor.zeros(3));
    Map<String, Double> scalars = new LinkedHashMap<>(good.scalars());
    scalars.put("groups.0.lr", -1.0);
    scalars.put("groups.1.lr", 0.5);
    scalars.put("state.1.step", 1.5);
    assertThatThrownBy(() -> optimizer.loadStateDict(new StateDict(tensors, scalars)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Adam.loadStateDict: Adam: lr -1.0 is not a number ≥ 0; missing state.0.exp_avg;"
                + " state.1.step 1.5 is not a whole number from 0 to 9007199254740992;"
                + " state.1.exp_avg is float32 [4] but its parameter is float32 [3];"
                + " unexpected groups.1.lr; unexpected state.1.momentum_buffer;"
                + " is this state of another optimizer, scheduler or model?");
    assertThat(optimizer.stateDict().scalars()).isEqualTo(good.scalars());
  }

  @Test
  void stateIsACopy() {
    List<Parameter> params = params(new Generator(9), 2);
    var optimizer = new Adam(params, 0.1);
    steps(optimizer, params, new Generator(10), 1);
    StateDict state = optimizer.stateDict();
    float[] before = state.tensors().get("state.0.exp_avg").toFloatArray();
    optimizer.loadStateDict(state);
    steps(optimizer, params, new Generator(11), 1);
    assertThat(state.tensors().get("state.0.exp_avg").toFloatArray()).isEqualTo(before);
  }

  @Test
  void theStateHoldsWhatSchedulersMove() {
    var optimizer = new Adam(params(new Generator(12), 2), 0.1);
    optimizer.groups().getFirst().momentum(0.5);
    StateDict state = optimizer.stateDict();
    assertThat(state.scalars())
        .containsExactly(Map.entry("groups.0.lr", 0.1), Map.entry("groups.0.momentum", 0.5));
    var resumed = new Adam(params(new Generator(12), 2), 0.2);
    resumed.loadStateDict(state);
    assertThat(resumed.groups().getFirst().options()).isEqualTo(Adam.options().lr(0.1).beta1(0.5));
    assertThatThrownBy(
            () -> new Adagrad(params(new Generator(1), 1)).groups().getFirst().momentum(0))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("ParamGroup: Options[lr=0.01,")
        .hasMessageEndingWith("has no momentum; give the scheduler cycleMomentum(false)");
  }

  @Test
  void aStepWithAClosureReturnsTheLossBefore() {
    Parameter w = new Parameter(Tensor.of(3));
    var optimizer = new SGD(List.of(w), 0.25);
    Tensor loss =
        optimizer.step(
            () -> {
              optimizer.zeroGrad();
              Tensor value = w.square().sum();
              value.backward();
              return value;
            });
    assertThat(loss.item()).isEqualTo(9);
    assertThat(w.item()).isEqualTo(1.5);
  }

  @Test
  void averagedSgdKeepsTheMeanOfTheStepsAfterT0() {
    Parameter w = new Parameter(Tensor.float64(new double[] {1}));
    var optimizer = new ASGD(List.of(w), ASGD.options().lr(0.5).lambda(0).t0(1));
    assertThat(optimizer.average(w).item()).isEqualTo(1);
    double[] values = new double[4];
    for (int step = 0; step < values.length; step++) {
      w.grad(Tensor.float64(new double[] {step + 1}));
      optimizer.step();
      values[step] = w.item();
    }
    assertThat(values).containsExactly(0.5, -0.5, -2, -4);
    assertThat(optimizer.average(w).item()).isEqualTo((-2 - 4) / 2.0);
  }

  @Test
  void lionTakesTheSignOfAMomentum() {
    Parameter w = new Parameter(Tensor.float64(new double[] {1, 1, 1}));
    var optimizer = new Lion(List.of(w), Lion.options().lr(0.1).weightDecay(0.5));
    w.grad(Tensor.float64(new double[] {5, -0.001, 0}));
    optimizer.step();
    assertThat(w.toDoubleArray()).containsExactly(0.95 - 0.1, 0.95 + 0.1, 0.95);
    // 0.9·m + 0.1·g with m = 0.01·5 is still positive.
    w.grad(Tensor.float64(new double[] {-0.4, 0, 0}));
    optimizer.step();
    assertThat(w.toDoubleArray()[0]).isEqualTo(0.95 * 0.85 - 0.1);
  }
}
