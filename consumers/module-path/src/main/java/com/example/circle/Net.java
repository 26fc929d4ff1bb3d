// SPDX-License-Identifier: Apache-2.0

package com.example.circle;

import static gradus.nn.F.relu;

import gradus.Tensor;
import gradus.nn.Layer;
import gradus.nn.Linear;

/// Two layers that tell points inside a circle from those outside.
public final class Net extends Layer {
  private final Linear fc1 = new Linear(2, 32);
  private final Linear fc2 = new Linear(32, 2);

  @Override
  protected Tensor forward(Tensor x) {
    return fc2.apply(relu(fc1.apply(x)));
  }
}
