// SPDX-License-Identifier: Apache-2.0

package com.example.line;

import static gradus.nn.F.mseLoss;

import gradus.Generator;
import gradus.Tensor;
import gradus.nn.Linear;
import gradus.optim.SGD;

/// Fits y = 3x - 1 and fails unless it does.
public final class Train {
  private Train() {}

  public static void main(String[] args) {
    Generator.seed(1);
    Tensor x = Tensor.rand(64, 1);
    Tensor y = x.mul(3).sub(1);

    var model = new Linear(1, 1);
    var optimizer = new SGD(model.parameters(), 0.5);
    for (int step = 0; step < 300; step++) {
      optimizer.zeroGrad();
      mseLoss(model.apply(x), y).backward();
      optimizer.step();
    }

    double loss = mseLoss(model.apply(x), y).item();
    System.out.println("loss: " + loss);
    if (!(loss < 1e-6)) {
      throw new IllegalStateException("the line was not found");
    }
  }
}
