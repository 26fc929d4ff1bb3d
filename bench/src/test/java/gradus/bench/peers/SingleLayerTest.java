// SPDX-License-Identifier: Apache-2.0
package gradus.bench.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SingleLayerTest {
  @ParameterizedTest
  @EnumSource
  void isATaskOfTheSameName(SingleLayer layer) {
    Task task = Task.valueOf(layer.name());
    assertThat(task.layer()).isEqualTo(layer);
    assertThat(task.words()).isEqualTo(layer.words());
    assertThat(task.model()).isNull();
  }

  @ParameterizedTest
  @EnumSource
  void runsOnOurs(SingleLayer layer) {
    Runnable pass = new Gradus(1).layer(layer);
    assertThatCode(pass::run).doesNotThrowAnyException();
  }

  @Test
  void aFrameworkMayRefuse() {
    assertThatThrownBy(() -> new Models().layer(SingleLayer.LSTM))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessage("layers by themselves are held against libtorch only");
  }

  /// A framework that trains models and no more.
  private static final class Models implements Framework {
    @Override
    public String version() {
      return "models";
    }

    @Override
    public Training train(Model model) {
      return new Gradus(1).train(model);
    }

    @Override
    public Runnable infer(int examples) {
      return new Gradus(1).infer(examples);
    }

    @Override
    public Runnable chain(int additions) {
      return new Gradus(1).chain(additions);
    }
  }
}
