// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import static org.assertj.core.api.Assertions.assertThat;

import gradus.Parameter;
import gradus.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One parameter under two names, as in a language model whose output layer is its table of words.
class TiedWeightsTest {
  static class Model extends Layer {
    final Embedding words = new Embedding(5, 3);

    @Name("head_weight")
    final Parameter head = words.weight();

    @Override
    protected Tensor forward(Tensor x) {
      return F.linear(words.apply(x), head, null);
    }
  }

  @Test
  void countOnceAndGetTheGradientOfBothUses() {
    var model = new Model();
    assertThat(model.parameters()).containsExactly(model.head);
    assertThat(model.namedParameters().keySet()).containsExactly("head_weight");
    assertThat(model.numParameters()).isEqualTo(15);
    Tensor x = Tensor.of(new long[] {1, 4});
    model.apply(x).sum().backward();
    Tensor both = model.head.grad();
    Tensor table = model.head.detach().copy().requiresGrad(true);
    Tensor head = model.head.detach().copy().requiresGrad(true);
    F.linear(F.embedding(x, table), head, null).sum().backward();
    assertThat(both.toFloatArray()).isEqualTo(table.grad().add(head.grad()).toFloatArray());
  }

  @Test
  void areSavedUnderBothNamesAndLoaded(@TempDir Path folder) throws IOException {
    var model = new Model();
    assertThat(model.stateDict().keySet()).containsExactly("head_weight", "words.weight");
    Path file = folder.resolve("tied.safetensors");
    Safetensors.save(file, model.stateDict());
    var other = new Model();
    other.loadStateDict(Safetensors.load(file).tensors());
    assertThat(other.head).isSameAs(other.words.weight());
    assertThat(other.head.toFloatArray()).isEqualTo(model.head.toFloatArray());
    var single = new LinkedHashMap<>(Safetensors.load(file).tensors());
    single.remove("words.weight");
    var third = new Model();
    assertThat(third.loadMatching(single).missing()).containsExactly("words.weight");
    assertThat(third.words.weight().toFloatArray()).isEqualTo(model.head.toFloatArray());
  }
}
