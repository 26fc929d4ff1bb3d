// SPDX-License-Identifier: Apache-2.0

package com.example.circle;

import static gradus.nn.F.crossEntropy;

import gradus.DType;
import gradus.Generator;
import gradus.Grad;
import gradus.Tensor;
import gradus.nn.Safetensors;
import gradus.optim.Adam;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/// Trains, saves, loads, and fails unless the loaded network is accurate and the same to the bit.
public final class Train {
  private Train() {}

  public static void main(String[] args) throws IOException {
    Generator.seed(1);
    Tensor x = Tensor.rand(512, 2).mul(2).sub(1);
    Tensor y = x.square().sum(1).lt(0.5).to(DType.INT64);

    var model = new Net();
    var optimizer = new Adam(model.parameters(), 0.01);
    for (int step = 0; step < 200; step++) {
      optimizer.zeroGrad();
      crossEntropy(model.apply(x), y).backward();
      optimizer.step();
    }

    Path file = Files.createTempFile("circle", ".safetensors");
    var loaded = new Net();
    try {
      Safetensors.save(file, model.stateDict());
      loaded.loadStateDict(Safetensors.load(file).tensors());
    } finally {
      Files.delete(file);
    }
    try (var _ = Grad.off()) {
      Tensor output = loaded.apply(x);
      double accuracy = output.argmax(1).eq(y).to(DType.FLOAT32).mean().item();
      System.out.println("accuracy: " + accuracy);
      if (accuracy < 0.95) {
        throw new IllegalStateException("the network did not learn");
      }
      if (!Arrays.equals(output.toFloatArray(), model.apply(x).toFloatArray())) {
        throw new IllegalStateException("the loaded network computes something else");
      }
    }
  }
}
