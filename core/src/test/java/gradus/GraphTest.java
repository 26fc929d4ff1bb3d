// SPDX-License-Identifier: Apache-2.0
package gradus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Graphs as users read them.
class GraphTest {
  private static Tensor leaf(int... shape) {
    return Tensor.ones(shape).requiresGrad(true);
  }

  @Test
  void asText() {
    Tensor w = leaf(3, 2);
    Tensor b = leaf(2);
    Tensor y = leaf(4, 3).matmul(w).add(b).tanh().sum();
    assertThat(Graph.of(y).named(Map.of("weight", w, "bias", b)))
        .hasToString(
            """
            Sum []
            └─ Tanh [4, 2]
               └─ Add [4, 2]
                  ├─ MatMul [4, 2]
                  │  ├─ leaf [4, 3]
                  │  └─ weight [3, 2]
                  └─ bias [2]
            """);
  }

  @Test
  void whatIsSharedIsSpelledOutOnce() {
    Tensor x = leaf(2);
    Tensor h = x.exp();
    Tensor y = h.mul(h.add(x));
    assertThat(Graph.of(y))
        .hasToString(
            """
            Mul [2]
            ├─ Exp [2] #1
            │  └─ leaf [2] #2
            └─ Add [2]
               ├─ Exp [2] #1 (above)
               └─ leaf [2] #2
            """);
    assertThat(Graph.of(y).size()).isEqualTo(4);
    assertThat(Graph.of(y).named(Map.of("hidden", h)).toString()).contains("hidden = Exp [2] #1\n");
  }

  @Test
  void asDot() {
    Tensor x = leaf(2);
    Tensor h = x.exp();
    assertThat(Graph.of(h.mul(h)).named(Map.of("the \"x\"", x)).toDot())
        .isEqualTo(
            """
            digraph gradus {
              node [shape=box];
              n0 [label="Mul [2]"];
              n1 [label="Exp [2]"];
              n2 [label="the \\"x\\" [2]", style=filled];
              n1 -> n0;
              n1 -> n0;
              n2 -> n1;
            }
            """);
  }

  @Test
  void listsCustomOpsAndFreedGraphs() {
    Tensor x = leaf(2);
    Tensor y = Tensor.cat(List.of(new CustomOpTest.Cube().apply(x), x, Tensor.ones(1)), 0).sum();
    assertThat(Graph.of(y))
        .hasToString(
            """
            Sum []
            └─ Cat [5]
               ├─ Cube [2]
               │  └─ leaf [2] #1
               └─ leaf [2] #1
            """);
    y.backward();
    assertThat(Graph.of(y)).hasToString("freed []\n");
  }

  @Test
  void deepGraphsAreCutAndNeverOverflow() {
    Tensor x = Tensor.scalar(1.0).requiresGrad(true);
    Tensor y = x;
    for (int i = 0; i < 1_000_000; i++) {
      y = y.neg();
    }
    Graph graph = Graph.of(y);
    assertThat(graph.size()).isEqualTo(1_000_001);
    assertThat(graph.levels(3))
        .hasToString(
            """
            Neg []
            └─ Neg []
               └─ Neg []
                  └─ …
            (3 levels of a graph of 1000001 tensors; levels(n) shows others)
            """);
    assertThat(graph.toString().lines()).hasSize(52);
    assertThat(graph.toDot().lines()).hasSize(2 + 1_000_001 + 1_000_000 + 1);
  }

  @Test
  void messages() {
    assertThatThrownBy(() -> Graph.of(Tensor.ones(2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Graph.of: this float32 [2] doesn't require a gradient, so nothing was recorded");
    assertThatThrownBy(() -> Graph.of(leaf(2)).levels(0))
        .hasMessage("Graph.levels: 0 is not positive");
  }
}
