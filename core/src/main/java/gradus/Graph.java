// SPDX-License-Identifier: Apache-2.0
package gradus;

import it.unimi.dsi.fastutil.objects.Reference2ReferenceLinkedOpenHashMap;
import it.unimi.dsi.fastutil.objects.Reference2ReferenceOpenHashMap;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The graph that a tensor was computed by, to be read: as text, or drawn by Graphviz.
///
/// ```java
/// IO.println(Graph.of(loss).named(model.namedParameters()));
/// ```
///
/// ```text
/// Sum []
/// └─ Tanh [4, 2]
///    └─ Add [4, 2]
///       ├─ MatMul [4, 2]
///       │  ├─ leaf [4, 3]
///       │  └─ weight [3, 2]
///       └─ bias [2]
/// ```
///
/// Each line is what made a tensor, with the tensor's shape; below it are its inputs, as far as a
/// gradient is asked of them: others leave no trace. What is used several times has a number and is
/// spelled out once. A graph shows what there is when it is made: after backward that is little.
public final class Graph {
  private static final int LEVELS = 50;

  private static final ClassValue<List<Method>> EDGES =
      new ClassValue<>() {
        @Override
        protected List<Method> computeValue(Class<?> node) {
          return Arrays.stream(node.getRecordComponents())
              .filter(c -> c.getType() == Edge.class || c.getType() == List.class)
              .map(RecordComponent::getAccessor)
              .toList();
        }
      };

  /// In the order of a walk that follows first inputs first.
  private final Reference2ReferenceLinkedOpenHashMap<Edge, Vertex> vertices;

  private final Edge root;
  private final Map<Edge, String> names;
  private final int levels;

  private Graph(
      Reference2ReferenceLinkedOpenHashMap<Edge, Vertex> vertices,
      Edge root,
      Map<Edge, String> names,
      int levels) {
    this.vertices = vertices;
    this.root = root;
    this.names = names;
    this.levels = levels;
  }

  /// A place in the graph.
  private static final class Vertex {
    private final Edge edge;
    private final int number;
    private final List<Edge> inputs;

    /// How often it is an input.
    private int uses;

    private Vertex(Edge edge, int number) {
      this.edge = edge;
      this.number = number;
      this.inputs = inputs(edge.node);
    }
  }

  /// Returns the graph of `tensor`.
  ///
  /// @throws IllegalArgumentException if it doesn't require a gradient: then there is none
  public static Graph of(Tensor tensor) {
    if (!tensor.requiresGrad()) {
      throw new IllegalArgumentException(
          "Graph.of: this %s %s doesn't require a gradient, so nothing was recorded"
              .formatted(tensor.dtype(), tensor.shape()));
    }
    var vertices = new Reference2ReferenceLinkedOpenHashMap<Edge, Vertex>();
    Deque<Edge> open = new ArrayDeque<>(List.of(tensor.edge));
    while (!open.isEmpty()) {
      Edge edge = open.pop();
      Vertex seen = vertices.get(edge);
      if (seen == null) {
        seen = new Vertex(edge, vertices.size());
        vertices.put(edge, seen);
        seen.inputs.reversed().forEach(open::push);
      }
      seen.uses++;
    }
    return new Graph(vertices, tensor.edge, Map.of(), LEVELS);
  }

  /// The edges that a node's record has, in their order.
  private static List<Edge> inputs(@Nullable Node node) {
    List<Edge> inputs = new ArrayList<>();
    if (node != null) {
      for (Method component : EDGES.get(node.getClass())) {
        switch (value(component, node)) {
          case Edge edge when edge != Edge.NONE -> inputs.add(edge);
          case List<?> list -> {
            for (Object element : list) {
              if (element instanceof Edge edge && edge != Edge.NONE) {
                inputs.add(edge);
              }
            }
          }
          case null, default -> {}
        }
      }
    }
    return inputs;
  }

  private static @Nullable Object value(Method component, Node node) {
    try {
      return component.invoke(node);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("a component of " + node.getClass() + " cannot be read", e);
    }
  }

  /// Returns this graph with names for some of its tensors, such as `model.namedParameters()`.
  public Graph named(Map<String, ? extends Tensor> tensors) {
    Map<Edge, String> named = new Reference2ReferenceOpenHashMap<>(names);
    tensors.forEach((name, tensor) -> named.put(tensor.edge, name));
    return new Graph(vertices, root, named, levels);
  }

  /// Returns this graph with another number of levels in its text; default 50.
  ///
  /// @throws IllegalArgumentException if the number isn't positive
  public Graph levels(int number) {
    if (number < 1) {
      throw new IllegalArgumentException("Graph.levels: %d is not positive".formatted(number));
    }
    return new Graph(vertices, root, names, number);
  }

  /// Returns the number of tensors in the graph: leaves and results of ops.
  public int size() {
    return vertices.size();
  }

  private Vertex vertex(Edge edge) {
    return Objects.requireNonNull(vertices.get(edge));
  }

  private String label(Vertex v) {
    String name = names.get(v.edge);
    if (name == null) {
      return v.edge.toString();
    }
    return v.edge.isLeaf() ? name + " " + v.edge.shape : name + " = " + v.edge;
  }

  /// A line to be written.
  ///
  /// @param before what stands before the line's own branch
  /// @param branch the branch, or nothing for the root
  private record Line(Vertex vertex, String before, String branch, int level) {
    /// What stands before the lines below this one.
    String below() {
      return before
          + switch (branch) {
            case "├─ " -> "│  ";
            case "└─ " -> "   ";
            default -> "";
          };
    }
  }

  /// Returns the graph as a tree, one line for each use of a tensor.
  @Override
  public String toString() {
    var text = new StringBuilder();
    var numbers = new Reference2ReferenceOpenHashMap<Edge, Integer>();
    boolean cut = false;
    Deque<Line> open = new ArrayDeque<>(List.of(new Line(vertex(root), "", "", 1)));
    while (!open.isEmpty()) {
      Line line = open.pop();
      Vertex v = line.vertex;
      text.append(line.before).append(line.branch).append(label(v));
      Integer number = numbers.get(v.edge);
      boolean above = number != null;
      if (number == null && v.uses > 1) {
        number = numbers.size() + 1;
        numbers.put(v.edge, number);
      }
      if (number != null) {
        text.append(" #").append(number);
      }
      boolean below = !v.inputs.isEmpty();
      text.append(above && below ? " (above)\n" : "\n");
      if (above || !below) {
        continue;
      }
      if (line.level == levels) {
        text.append(line.below()).append("└─ …\n");
        cut = true;
        continue;
      }
      for (int i = v.inputs.size() - 1; i >= 0; i--) {
        String branch = i < v.inputs.size() - 1 ? "├─ " : "└─ ";
        open.push(new Line(vertex(v.inputs.get(i)), line.below(), branch, line.level + 1));
      }
    }
    if (cut) {
      text.append(
          "(%d levels of a graph of %d tensors; levels(n) shows others)\n"
              .formatted(levels, size()));
    }
    return text.toString();
  }

  /// Returns the graph in the language of [Graphviz](https://graphviz.org), from the inputs to the
  /// result: `dot -Tsvg` draws it.
  public String toDot() {
    var text = new StringBuilder("digraph gradus {\n  node [shape=box];\n");
    for (Vertex v : vertices.values()) {
      text.append("  n").append(v.number).append(" [label=\"").append(escaped(label(v)));
      text.append(v.edge.isLeaf() ? "\", style=filled];\n" : "\"];\n");
    }
    for (Vertex v : vertices.values()) {
      for (Edge input : v.inputs) {
        text.append("  n").append(vertex(input).number);
        text.append(" -> n").append(v.number).append(";\n");
      }
    }
    return text.append("}\n").toString();
  }

  private static String escaped(String label) {
    return label.replace("\\", "\\\\").replace("\"", "\\\"");
  }
}
