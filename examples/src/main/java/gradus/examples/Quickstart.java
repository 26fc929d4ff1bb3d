// SPDX-License-Identifier: Apache-2.0

package gradus.examples;

import static gradus.nn.F.mseLoss;

import gradus.Generator;
import gradus.Tensor;
import gradus.nn.Linear;
import gradus.nn.Sequential;
import gradus.optim.Adam;

/// The program of the README: a small net learns exclusive or.
public final class Quickstart {
  private Quickstart() {}

  /// Trains and prints.
  public static void main(String[] args) {
    Generator.seed(1);
    Tensor x = Tensor.of(new double[][] {{0, 0}, {0, 1}, {1, 0}, {1, 1}});
    Tensor y = Tensor.of(new double[][] {{0}, {1}, {1}, {0}});

    var model = new Sequential(new Linear(2, 8), Tensor::tanh, new Linear(8, 1));
    var optimizer = new Adam(model.parameters(), 0.05);
    for (int step = 0; step <= 200; step++) {
      optimizer.zeroGrad();
      Tensor loss = mseLoss(model.apply(x), y);
      loss.backward();
      optimizer.step();
      if (step % 100 == 0) {
        System.out.printf("step %3d  loss %.6f%n", step, loss.item());
      }
    }
    System.out.println(model.apply(x).detach());
  }
}
