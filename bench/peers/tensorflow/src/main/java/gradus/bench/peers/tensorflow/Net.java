// SPDX-License-Identifier: Apache-2.0
package gradus.bench.peers.tensorflow;

import gradus.bench.peers.Model;
import gradus.bench.peers.Part;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Gradients;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.op.nn.FusedBatchNorm;
import org.tensorflow.types.TFloat32;

/// A model as a graph of TensorFlow, with its variables, and what gives them their first values.
/// Images are channels-last, the layout that TensorFlow's CPU kernels are made for.
final class Net {
  private static final float EPSILON = 1e-5f;
  private static final float NEW_STATISTICS = 0.1f;

  private final Graph graph = new Graph();
  private final Ops tf = Ops.create(graph);
  private final List<Op> starts = new ArrayList<>();
  private final List<Op> statistics = new ArrayList<>();
  private final List<Variable<TFloat32>> parameters = new ArrayList<>();

  Graph graph() {
    return graph;
  }

  /// What is to be run once before all else.
  List<Op> starts() {
    return starts;
  }

  Placeholder<TFloat32> input(int... shape) {
    int[] last = shape.length == 4 ? new int[] {shape[0], shape[2], shape[3], shape[1]} : shape;
    return tf.placeholder(TFloat32.class, Placeholder.shape(shape(last)));
  }

  /// Returns the values of images with their channels last, and others as they are.
  float[] channelsLast(Model model, float[] values) {
    int[] shape = model.inputShape(model.batch());
    if (shape.length != 4) {
      return values;
    }
    var out = new float[values.length];
    int pixels = shape[2] * shape[3];
    for (int i = 0; i < values.length; i++) {
      int image = i / (shape[1] * pixels);
      int channel = i / pixels % shape[1];
      out[(image * pixels + i % pixels) * shape[1] + channel] = values[i];
    }
    return out;
  }

  Operand<TFloat32> train(Model model, Operand<TFloat32> x) {
    return forward(model, x, true);
  }

  Operand<TFloat32> apply(Model model, Operand<TFloat32> x) {
    return forward(model, x, false);
  }

  Operand<TFloat32> loss(Model model, Operand<TFloat32> y, Operand<TFloat32> target) {
    return model.regression()
        ? tf.math.mean(tf.math.squaredDifference(y, target), tf.constant(new int[] {0, 1}))
        : tf.math.mean(tf.nn.softmaxCrossEntropyWithLogits(y, target).loss(), tf.constant(0));
  }

  /// Makes one op that updates all variables.
  Op update(Model model, Operand<TFloat32> loss) {
    Gradients gradients = tf.gradients(loss, parameters);
    Operand<TFloat32> rate = tf.constant((float) model.rate());
    Operand<TFloat32> beta1 = tf.constant(0.9f);
    Operand<TFloat32> beta2 = tf.constant(0.999f);
    Variable<TFloat32> power1 = variable(beta1, Shape.scalar());
    Variable<TFloat32> power2 = variable(beta2, Shape.scalar());
    var updates = new ArrayList<Op>(statistics);
    for (int i = 0; i < parameters.size(); i++) {
      Variable<TFloat32> p = parameters.get(i);
      Operand<TFloat32> gradient = gradients.dy(i);
      updates.add(
          switch (model.rule()) {
            case SGD -> tf.train.applyGradientDescent(p, rate, gradient);
            case MOMENTUM -> tf.train.applyMomentum(p, zeros(p.shape()), rate, gradient, beta1);
            case ADAM ->
                tf.train.applyAdam(
                    p,
                    zeros(p.shape()),
                    zeros(p.shape()),
                    power1,
                    power2,
                    rate,
                    beta1,
                    beta2,
                    tf.constant(1e-8f),
                    gradient);
          });
    }
    Ops then = tf.withControlDependencies(updates);
    return then.withControlDependencies(
            List.of(
                then.assign(power1, then.math.mul(power1, beta1)),
                then.assign(power2, then.math.mul(power2, beta2))))
        .noOp();
  }

  private Operand<TFloat32> forward(Model model, Operand<TFloat32> x, boolean training) {
    Operand<TFloat32> y = x;
    for (Part part : model.parts()) {
      y =
          switch (part) {
            case Part.Linear(int in, int out) ->
                tf.nn.biasAdd(
                    tf.linalg.matMul(y, parameter(normal(in, in, out), in, out)),
                    parameter(zeros(out), out));
            case Part.Conv(int in, int out) ->
                tf.nn.biasAdd(
                    tf.nn.conv2d(
                        y,
                        parameter(normal(9 * in, 3, 3, in, out), 3, 3, in, out),
                        List.of(1L, 1L, 1L, 1L),
                        "SAME"),
                    parameter(zeros(out), out));
            case Part.BatchNorm(int features) -> norm(y, features, training);
            case Part.Dropout(double p) -> training ? dropout(y, p) : y;
            case Part.Plain plain ->
                switch (plain) {
                  case RELU -> tf.nn.relu(y);
                  case SIGMOID -> tf.math.sigmoid(y);
                  case TANH -> tf.math.tanh(y);
                  case POOL ->
                      tf.nn.maxPool(
                          y,
                          tf.constant(new int[] {1, 2, 2, 1}),
                          tf.constant(new int[] {1, 2, 2, 1}),
                          "VALID");
                  case FLATTEN -> tf.reshape(y, tf.constant(new int[] {model.batch(), -1}));
                };
          };
    }
    return y;
  }

  private Operand<TFloat32> norm(Operand<TFloat32> x, int features, boolean training) {
    Variable<TFloat32> scale = parameter(ones(features), features);
    Variable<TFloat32> shift = parameter(zeros(features), features);
    Variable<TFloat32> mean = zeros(shape(features));
    Variable<TFloat32> variance = variable(ones(features), shape(features));
    FusedBatchNorm<TFloat32, TFloat32> norm =
        tf.nn.fusedBatchNorm(
            tf.reshape(x, tf.constant(new int[] {-1, 1, 1, features})),
            scale,
            shift,
            mean,
            variance,
            FusedBatchNorm.epsilon(EPSILON),
            FusedBatchNorm.exponentialAvgFactor(NEW_STATISTICS),
            FusedBatchNorm.isTraining(training));
    if (training) {
      statistics.add(tf.assign(mean, norm.batchMean()));
      statistics.add(tf.assign(variance, norm.batchVariance()));
    }
    return tf.reshape(norm.y(), tf.constant(new int[] {-1, features}));
  }

  private Operand<TFloat32> dropout(Operand<TFloat32> x, double p) {
    Operand<TFloat32> random = tf.random.randomUniform(tf.shape(x), TFloat32.class);
    Operand<TFloat32> kept =
        tf.dtypes.cast(tf.math.greaterEqual(random, tf.constant((float) p)), TFloat32.class);
    return tf.math.mul(x, tf.math.mul(kept, tf.constant((float) (1 / (1 - p)))));
  }

  private Variable<TFloat32> parameter(Operand<TFloat32> start, int... sizes) {
    Variable<TFloat32> variable = variable(start, shape(sizes));
    parameters.add(variable);
    return variable;
  }

  private Variable<TFloat32> zeros(Shape shape) {
    int[] sizes = Arrays.stream(shape.asArray()).mapToInt(Math::toIntExact).toArray();
    return variable(zeros(sizes), shape);
  }

  private Variable<TFloat32> variable(Operand<TFloat32> start, Shape shape) {
    Variable<TFloat32> variable = tf.variable(shape, TFloat32.class);
    starts.add(tf.assign(variable, start));
    return variable;
  }

  private Operand<TFloat32> normal(int fanIn, int... sizes) {
    return tf.math.mul(
        tf.random.randomStandardNormal(tf.constant(sizes), TFloat32.class),
        tf.constant((float) Math.sqrt(1.0 / (3 * fanIn))));
  }

  private Operand<TFloat32> zeros(int... sizes) {
    return tf.zeros(tf.constant(sizes), TFloat32.class);
  }

  private Operand<TFloat32> ones(int... sizes) {
    return tf.ones(tf.constant(sizes), TFloat32.class);
  }

  private static Shape shape(int... sizes) {
    return Shape.of(Arrays.stream(sizes).asLongStream().toArray());
  }
}
