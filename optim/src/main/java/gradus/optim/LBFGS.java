// SPDX-License-Identifier: Apache-2.0
package gradus.optim;

import gradus.DType;
import gradus.Grad;
import gradus.Parameter;
import gradus.Tensor;
import gradus.optim.StrongWolfe.Point;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// L-BFGS, a quasi-Newton method: steps along −H·g, where H is made of how the gradient changed in
/// the last steps: `torch.optim.LBFGS`. For a loss without randomness, of the whole data set.
///
/// ```java
/// Tensor loss = optimizer.step(() -> {
///   optimizer.zeroGrad();
///   Tensor value = mseLoss(model.apply(x), y);
///   value.backward();
///   return value;
/// });
/// ```
///
/// One [#step(Supplier)] makes up to `maxIter` iterations, each with y = g − g₋₁, s = w − w₋₁ and ρ
/// = 1/(y·s) of the last `historySize` iterations with y·s > 1e-10:
///
/// ```text
/// q ← −g;  from the newest to the oldest: aᵢ ← ρᵢ·(sᵢ·q), q ← q − aᵢ·yᵢ
/// d ← (s·y)/(y·y)·q, of the newest
/// from the oldest to the newest: d ← d + (aᵢ − ρᵢ·(yᵢ·d))·sᵢ
/// w ← w + t·d
/// ```
///
/// where t is the learning rate γ (in the very first iteration min(1, 1/Σ|g|)·γ), or what the line
/// search finds from there. All parameters are one vector, in float64 whatever their own type.
///
/// Liu, Nocedal: On the limited memory BFGS method for large scale optimization, Mathematical
/// Programming 45, 1989.
public final class LBFGS extends Optimizer<LBFGS.Options> {
  private static final String PREFIX = "memory.";
  private static final String ITERATIONS = PREFIX + "n_iter";
  private static final String EVALUATIONS = PREFIX + "func_evals";
  private static final String STEP_LENGTH = PREFIX + "t";
  private static final String SCALE = PREFIX + "H_diag";
  private static final String DIRECTION = PREFIX + "d";
  private static final String LAST_GRAD = PREFIX + "prev_flat_grad";
  private static final String HISTORY = PREFIX + "history";

  private final List<Parameter> params;
  private Deque<Change> history = new ArrayDeque<>();
  private Tensor direction;
  private Tensor lastGrad;
  private double stepLength;
  private double scale = 1;
  private long iterations;
  private long evaluations;

  /// How the gradient changed in an iteration.
  ///
  /// @param y the change of the gradient
  /// @param s the step
  /// @param rho 1/(y·s)
  private record Change(Tensor y, Tensor s, double rho) {}

  /// Makes an optimizer with PyTorch's defaults.
  ///
  /// @throws IllegalArgumentException if there are no parameters, or one is there twice
  public LBFGS(Collection<Parameter> params) {
    this(params, options());
  }

  /// Makes an optimizer with a learning rate.
  ///
  /// @throws IllegalArgumentException if there are no parameters, or one is there twice
  public LBFGS(Collection<Parameter> params, double lr) {
    this(params, options().lr(lr));
  }

  /// Makes an optimizer.
  ///
  /// @throws IllegalArgumentException if there are no parameters, or one is there twice
  public LBFGS(Collection<Parameter> params, Options options) {
    super(List.of(ParamGroup.of(params, options)));
    this.params = List.copyOf(params);
    int size = this.params.stream().mapToInt(Tensor::numel).reduce(0, Math::addExact);
    this.direction = Tensor.zeros(DType.FLOAT64, size);
    this.lastGrad = direction;
  }

  /// Returns PyTorch's defaults: lr 1, at most 20 iterations and 25 evaluations in a step,
  /// tolerances 1e-7 of the gradient and 1e-9 of changes, history size 100, no line search.
  public static Options options() {
    return new Options(1, 20, null, 1e-7, 1e-9, 100, LineSearch.NONE);
  }

  /// How long an iteration's step is.
  public enum LineSearch {
    /// As long as the learning rate says.
    NONE,
    /// As long as it takes to fulfil Wolfe's strong conditions.
    STRONG_WOLFE
  }

  /// Options of [LBFGS].
  ///
  /// @param lr learning rate γ ≥ 0
  /// @param maxIter the most iterations in a step, > 0
  /// @param maxEval the most evaluations of the closure in a step, > 0, but a line search that has
  ///   begun is finished; null for 5/4 of `maxIter`
  /// @param toleranceGrad a step ends when no |g| is larger
  /// @param toleranceChange a step ends when no weight changes by more, the loss changes by less,
  ///   or the slope along the direction is flatter
  /// @param historySize how many iterations are remembered, > 0
  /// @param lineSearch how long an iteration's step is
  public record Options(
      double lr,
      int maxIter,
      @Nullable Integer maxEval,
      double toleranceGrad,
      double toleranceChange,
      int historySize,
      LineSearch lineSearch)
      implements Optimizer.Options<Options> {

    /// Checks the options.
    ///
    /// @throws IllegalArgumentException if one is out of its range
    public Options {
      Check.notNegative("LBFGS", "lr", lr);
      Check.positive("LBFGS", "maxIter", maxIter);
      if (maxEval != null) {
        Check.positive("LBFGS", "maxEval", maxEval);
      }
      Check.notNegative("LBFGS", "toleranceGrad", toleranceGrad);
      Check.notNegative("LBFGS", "toleranceChange", toleranceChange);
      Check.positive("LBFGS", "historySize", historySize);
    }

    /// Returns the same with another learning rate γ ≥ 0.
    @Override
    public Options lr(double lr) {
      return new Options(
          lr, maxIter, maxEval, toleranceGrad, toleranceChange, historySize, lineSearch);
    }

    /// Returns the same with another largest number of iterations in a step, > 0.
    public Options maxIter(int maxIter) {
      return new Options(
          lr, maxIter, maxEval, toleranceGrad, toleranceChange, historySize, lineSearch);
    }

    /// Returns the same with another largest number of evaluations in a step, > 0; null for 5/4 of
    /// `maxIter`.
    public Options maxEval(@Nullable Integer maxEval) {
      return new Options(
          lr, maxIter, maxEval, toleranceGrad, toleranceChange, historySize, lineSearch);
    }

    /// Returns the same with another tolerance ≥ 0 of the gradient.
    public Options toleranceGrad(double toleranceGrad) {
      return new Options(
          lr, maxIter, maxEval, toleranceGrad, toleranceChange, historySize, lineSearch);
    }

    /// Returns the same with another tolerance ≥ 0 of changes.
    public Options toleranceChange(double toleranceChange) {
      return new Options(
          lr, maxIter, maxEval, toleranceGrad, toleranceChange, historySize, lineSearch);
    }

    /// Returns the same with another number of remembered iterations, > 0.
    public Options historySize(int historySize) {
      return new Options(
          lr, maxIter, maxEval, toleranceGrad, toleranceChange, historySize, lineSearch);
    }

    /// Returns the same with another line search.
    public Options lineSearch(LineSearch lineSearch) {
      return new Options(
          lr, maxIter, maxEval, toleranceGrad, toleranceChange, historySize, lineSearch);
    }

    private long evaluations() {
      return maxEval == null ? maxIter * 5L / 4 : maxEval;
    }
  }

  /// Refuses: [#step(Supplier)] has to evaluate the loss several times.
  ///
  /// @throws IllegalStateException always
  @Override
  public void step() {
    throw new IllegalStateException(
        "LBFGS: step() needs a closure that computes the loss and its gradients;"
            + " call step(() -> …)");
  }

  @Override
  protected List<String> stateNames(Options options) {
    return List.of();
  }

  @Override
  protected void update(Parameter param, Tensor grad, Options options, ParamState state) {
    step();
  }

  /// Makes up to `maxIter` iterations, and returns the loss before them.
  ///
  /// @param closure forgets the gradients, computes the loss, calls `backward` on it and returns it
  /// @throws IllegalStateException if a group was added: all parameters have the same options
  @Override
  public Tensor step(Supplier<Tensor> closure) {
    if (groups().size() > 1) {
      throw new IllegalStateException(
          "LBFGS: %d parameter groups, but it steps on all parameters together; use one"
              .formatted(groups().size()));
    }
    try (var _ = Grad.on()) {
      return iterate(closure);
    }
  }

  private Tensor iterate(Supplier<Tensor> closure) {
    Options o = groups().getFirst().options();
    long before = evaluations;
    Tensor original = evaluate(closure);
    Point now = new Point(0, original.item(), flatGrad(), Double.NaN);
    boolean done = largest(now.grad()) <= o.toleranceGrad;
    for (int n = 1; n <= o.maxIter && !done; n++) {
      iterations++;
      remember(now.grad(), o.historySize);
      double first = iterations == 1 ? Math.min(1, 1 / now.grad().abs().sum().item()) : 1;
      stepLength = first * o.lr;
      double slope = dot(now.grad(), direction);
      if (slope > -o.toleranceChange) {
        break;
      }
      Point next = move(new Point(0, now.loss(), now.grad(), slope), closure, o, n < o.maxIter);
      done =
          evaluations - before >= o.evaluations()
              || largest(next.grad()) <= o.toleranceGrad
              || largest(direction.mul(stepLength)) <= o.toleranceChange
              || Math.abs(next.loss() - now.loss()) < o.toleranceChange;
      now = next;
    }
    return original;
  }

  /// Notes how the gradient changed since the iteration before, and sets the direction.
  private void remember(Tensor grad, int historySize) {
    if (iterations > 1) {
      Tensor y = grad.sub(lastGrad);
      Tensor s = direction.mul(stepLength);
      double ys = dot(y, s);
      if (ys > 1e-10) {
        while (history.size() >= historySize) {
          history.removeFirst();
        }
        history.addLast(new Change(y, s, 1 / ys));
        scale = ys / dot(y, y);
      }
    }
    lastGrad = grad;
    direction = direction(grad);
  }

  /// −H·g, by the two loops over the history.
  private Tensor direction(Tensor grad) {
    Tensor q = grad.neg();
    Deque<Double> weights = new ArrayDeque<>();
    for (Iterator<Change> newest = history.descendingIterator(); newest.hasNext(); ) {
      Change change = newest.next();
      double a = dot(change.s, q) * change.rho;
      q = q.sub(change.y.mul(a));
      weights.push(a);
    }
    Tensor d = q.mul(scale);
    for (Change change : history) {
      double b = dot(change.y, d) * change.rho;
      d = d.add(change.s.mul(weights.pop() - b));
    }
    return d;
  }

  /// Moves along the direction, and returns loss and gradient there: those of `start` if nobody
  /// needs new ones.
  private Point move(Point start, Supplier<Tensor> closure, Options o, boolean needed) {
    Tensor x = flat(params.stream().map(Parameter::detach).toList());
    Point end = start;
    switch (o.lineSearch) {
      case STRONG_WOLFE -> {
        StrongWolfe.Line line = t -> at(x, t, closure);
        end = StrongWolfe.search(line, start, stepLength, largest(direction));
        stepLength = end.t();
        set(x.add(direction.mul(stepLength)));
      }
      case NONE -> {
        if (needed) {
          end = at(x, stepLength, closure);
        } else {
          set(x.add(direction.mul(stepLength)));
        }
      }
    }
    return end;
  }

  private Point at(Tensor x, double t, Supplier<Tensor> closure) {
    set(x.add(direction.mul(t)));
    double loss = evaluate(closure).item();
    Tensor grad = flatGrad();
    return new Point(t, loss, grad, dot(grad, direction));
  }

  private Tensor evaluate(Supplier<Tensor> closure) {
    evaluations++;
    return closure.get();
  }

  private Tensor flatGrad() {
    List<Tensor> grads = new ArrayList<>();
    for (Parameter param : params) {
      Tensor grad = param.grad();
      grads.add(grad == null ? Tensor.zerosLike(param) : grad.detach());
    }
    return flat(grads);
  }

  /// Returns a copy of all values, one after the other.
  private static Tensor flat(List<Tensor> tensors) {
    return Tensor.cat(tensors.stream().map(each -> each.to(DType.FLOAT64).reshape(-1)).toList(), 0);
  }

  private void set(Tensor flat) {
    int at = 0;
    for (Parameter param : params) {
      Tensor values = flat.narrow(0, at, param.numel()).reshape(param.shape().toArray());
      param.assign(values.to(param.dtype()));
      at += param.numel();
    }
  }

  private static double dot(Tensor a, Tensor b) {
    return a.mul(b).sum().item();
  }

  private static double largest(Tensor x) {
    return x.numel() == 0 ? 0 : x.abs().max().item();
  }

  @Override
  void save(Map<String, Tensor> tensors, Map<String, Double> scalars) {
    scalars.put(ITERATIONS, (double) iterations);
    scalars.put(EVALUATIONS, (double) evaluations);
    scalars.put(STEP_LENGTH, stepLength);
    scalars.put(SCALE, scale);
    scalars.put(HISTORY, (double) history.size());
    tensors.put(DIRECTION, direction.copy());
    tensors.put(LAST_GRAD, lastGrad.copy());
    int i = 0;
    for (Change change : history) {
      tensors.put(key("old_dirs", i), change.y.copy());
      tensors.put(key("old_stps", i), change.s.copy());
      scalars.put(key("ro", i++), change.rho);
    }
  }

  @Override
  Runnable load(StateDict.Reader reader) {
    long newIterations = reader.count(ITERATIONS, 1L << 53);
    long newEvaluations = reader.count(EVALUATIONS, 1L << 53);
    double newStepLength = reader.scalar(STEP_LENGTH);
    double newScale = reader.scalar(SCALE);
    Tensor newDirection = reader.tensor(DIRECTION, direction);
    Tensor newLastGrad = reader.tensor(LAST_GRAD, lastGrad);
    long size = reader.count(HISTORY, groups().getFirst().options().historySize);
    Deque<Change> newHistory = new ArrayDeque<>();
    for (int i = 0; i < size; i++) {
      newHistory.add(
          new Change(
              reader.tensor(key("old_dirs", i), direction),
              reader.tensor(key("old_stps", i), direction),
              reader.scalar(key("ro", i))));
    }
    return () -> {
      iterations = newIterations;
      evaluations = newEvaluations;
      stepLength = newStepLength;
      scale = newScale;
      direction = newDirection;
      lastGrad = newLastGrad;
      history = newHistory;
    };
  }

  private static String key(String name, int index) {
    return PREFIX + name + "." + index;
  }
}
