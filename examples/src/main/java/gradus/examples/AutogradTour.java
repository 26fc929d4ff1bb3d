// SPDX-License-Identifier: Apache-2.0

package gradus.examples;

import gradus.Autograd;
import gradus.CustomOp;
import gradus.DType;
import gradus.Grad;
import gradus.GradCheck;
import gradus.Graph;
import gradus.Parameter;
import gradus.RemovableHandle;
import gradus.Tensor;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/// The program of `docs/autograd.md`: what can be done with derivatives.
public final class AutogradTour {
  private AutogradTour() {}

  /// Runs and prints what the page shows.
  public static void main(String[] args) {
    gradients();
    higherOrder();
    functions();
    hooks();
    customOps();
    checkpoints();
    anomalies();
    graphs();
    checks();
  }

  private static void gradients() {
    Tensor x = Tensor.of(1, 2, 3).requiresGrad(true);
    Tensor y = x.mul(x).sum();
    y.backward();
    IO.println(x.grad());

    try (var _ = Grad.off()) {
      IO.println(x.mul(2).requiresGrad());
    }

    Tensor w = Tensor.scalar(3.0).requiresGrad(true);
    Tensor b = Tensor.scalar(1.0).requiresGrad(true);
    IO.println(Autograd.grad(w.mul(w).add(b), List.of(w, b)));
    IO.println(w.grad());
  }

  private static void higherOrder() {
    Tensor x = Tensor.of(2).requiresGrad(true);
    Autograd.Options graph = Autograd.options().createGraph(true);
    Tensor first = Autograd.grad(x.pow(4).sum(), List.of(x), graph).getFirst();
    Tensor second = Autograd.grad(first.sum(), List.of(x), graph).getFirst();
    Tensor third = Autograd.grad(second.sum(), List.of(x)).getFirst();
    IO.println(first.item() + " " + second.item() + " " + third.item());
  }

  private static void functions() {
    Tensor x = Tensor.of(1, 2);
    Tensor v = Tensor.of(1, -1);
    UnaryOperator<Tensor> f = t -> t.pow(3).sum();
    IO.println(Autograd.jacobian(Tensor::square, x));
    IO.println(Autograd.hessian(f, x));
    IO.println(Autograd.vhp(f, x, v).product());
    IO.println(Autograd.jvp(Tensor::square, x, v).product());
    IO.println(Autograd.vjp(Tensor::square, x, v).product());
  }

  private static void hooks() {
    Tensor x = Tensor.of(1, 2).requiresGrad(true);
    Tensor h = x.mul(3).retainGrad();
    RemovableHandle handle = h.registerHook(g -> g.clamp(-5, 5));
    h.square().sum().backward();
    IO.println(h.grad());
    IO.println(x.grad());
    handle.close();

    Parameter p = new Parameter(Tensor.of(1, 2));
    p.registerPostAccumulateGradHook(t -> IO.println("now " + t.grad()));
    p.square().sum().backward();
    p.square().sum().backward();
  }

  /// Rounds, and lets gradients pass as if it didn't.
  static final class StraightThroughRound extends CustomOp {
    @Override
    protected Tensor forward(Context context, List<Tensor> inputs) {
      return inputs.getFirst().round();
    }

    @Override
    protected List<Tensor> vjp(Context context, Tensor grad) {
      return List.of(grad);
    }
  }

  /// x³.
  static final class Cube extends CustomOp {
    @Override
    protected Tensor forward(Context context, List<Tensor> inputs) {
      Tensor x = inputs.getFirst();
      context.save(x);
      return x.mul(x).mul(x);
    }

    @Override
    protected List<Tensor> vjp(Context context, Tensor grad) {
      return List.of(grad.mul(context.saved(0).square()).mul(3));
    }
  }

  private static void customOps() {
    Tensor x = Tensor.of(0.4, 1.6).requiresGrad(true);
    Tensor y = new StraightThroughRound().apply(x);
    IO.println(y);
    y.mul(y).sum().backward();
    IO.println(x.grad());

    Tensor at = Tensor.float64(new double[] {0.5, -2}).requiresGrad(true);
    Autograd.gradcheck(new Cube()::apply, at);
    Autograd.gradgradcheck(new Cube()::apply, at);
  }

  private static void checkpoints() {
    Parameter w = new Parameter(Tensor.eye(2));
    UnaryOperator<Tensor> block = t -> t.matmul(w).tanh();
    Tensor x = Tensor.ones(4, 2).requiresGrad(true);
    Tensor h = x;
    for (int i = 0; i < 3; i++) {
      h = Autograd.checkpoint(block, h);
    }
    IO.print(Graph.of(h));
    h.sum().backward();
    IO.println(w.grad());
  }

  private static void anomalies() {
    Tensor x = Tensor.of(4, 0).requiresGrad(true);
    try (var _ = Autograd.detectAnomaly()) {
      Tensor y = x.sqrt();
      y.sum().backward();
    } catch (IllegalStateException e) {
      IO.println(e.getMessage());
    }
  }

  private static void graphs() {
    Tensor x = Tensor.ones(4, 3);
    Tensor w = Tensor.ones(3, 2).requiresGrad(true);
    Tensor b = Tensor.zeros(2).requiresGrad(true);
    Tensor h = x.matmul(w).add(b).tanh();
    Graph graph = Graph.of(h.mul(h.add(1)).sum()).named(Map.of("weight", w, "bias", b));
    IO.print(graph);
  }

  private static void checks() {
    Tensor x = Tensor.of(1, 2).to(DType.FLOAT64).requiresGrad(true);
    Autograd.gradcheck(in -> in.getFirst().exp(), GradCheck.options().eps(1e-5).rtol(1e-6), x);
    try {
      Autograd.gradcheck(in -> in.getFirst().mul(in.getFirst().detach()), x);
    } catch (AssertionError e) {
      IO.println(e.getMessage());
    }
  }
}
