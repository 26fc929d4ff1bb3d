// SPDX-License-Identifier: Apache-2.0

package gradus.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import gradus.Generator;
import gradus.Tensor;
import gradus.data.Batch;
import gradus.data.DataLoader;
import gradus.data.ImageDatasets;
import gradus.data.Normalize;
import gradus.data.SyntheticImages;
import gradus.nn.F;
import gradus.nn.Init;
import gradus.nn.Mlp;
import gradus.nn.Penalty;
import gradus.optim.Adam;
import org.junit.jupiter.api.Test;

/// What the courses tell to look at before a training is trusted.
class SanityTest {
  private static Batch examples(int n) {
    ImageDatasets data = SyntheticImages.generate(n, 10, 1);
    return new DataLoader(data.train().map(Normalize.fit(data.train())), n).iterator().next();
  }

  @Test
  void smallWeightsKnowNothing() {
    try (var _ = Generator.scope(1)) {
      Batch batch = examples(200);
      var model = new Mlp(Mlp.options(3072, 10).hidden(50).init(Init.normal(1e-4)));
      Tensor loss = F.crossEntropy(model.apply(batch.x()), batch.y());
      assertThat(loss.item()).isCloseTo(StrictMath.log(10), offset(0.01));
      Tensor penalized = loss.add(Penalty.l2(1e3).apply(model));
      assertThat(penalized.item()).isGreaterThan(loss.item() + 0.5);
    }
  }

  @Test
  void twentyExamplesAreOverfitted() {
    try (var _ = Generator.scope(1)) {
      Batch batch = examples(20);
      var model = new Mlp(Mlp.options(3072, 10).hidden(50));
      var optimizer = new Adam(model.parameters(), 1e-3);
      double loss = 0;
      for (int step = 0; step < 100; step++) {
        optimizer.zeroGrad();
        Tensor l = F.crossEntropy(model.apply(batch.x()), batch.y());
        l.backward();
        optimizer.step();
        loss = l.item();
      }
      Tensor hits = model.apply(batch.x()).argmax(1).eq(batch.y());
      assertThat(hits.sum().item()).isEqualTo(20);
      assertThat(loss).isLessThan(0.01);
    }
  }
}
