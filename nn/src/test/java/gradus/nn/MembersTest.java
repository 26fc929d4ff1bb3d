// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import gradus.Buffer;
import gradus.Parameter;
import gradus.Tensor;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class MembersTest {
  /// A leaf module with one parameter, `w`.
  static class Leaf extends Module {
    final Parameter w;

    Leaf() {
      this(1);
    }

    Leaf(int n) {
      w = new Parameter(Tensor.zeros(n));
    }
  }

  @Nested
  class Discovery {
    @SuppressWarnings("unused") // read by reflection
    static class Base extends Module {
      private final Parameter first = new Parameter(Tensor.zeros(1));
    }

    @SuppressWarnings("unused") // read by reflection
    static class Derived extends Base {
      static final Leaf SHARED = new Leaf();
      private final Leaf second = new Leaf();
      final Parameter third = new Parameter(Tensor.zeros(1));
      final Buffer fourth = new Buffer(Tensor.zeros(1));
      final Tensor constant = Tensor.zeros(1);
      final int number = 3;
      Leaf absent;
    }

    @Test
    void findsFieldsInOrderSuperclassFirst() {
      var module = new Derived();
      assertThat(module.namedParameters().keySet()).containsExactly("first", "third", "second.w");
      assertThat(module.namedBuffers().keySet()).containsExactly("fourth");
      assertThat(module.namedChildren().keySet()).containsExactly("second");
      assertThat(module.namedModules().keySet()).containsExactly("", "second");
      assertThat(module.stateDict().keySet())
          .containsExactly("first", "third", "fourth", "second.w");
    }

    @Test
    void readsFieldsAnew() {
      var module = new Derived();
      module.absent = new Leaf();
      assertThat(module.namedChildren()).containsKey("absent");
    }

    record Pair(Leaf left, int size, Leaf right) {}

    static class Containers extends Module {
      final List<Leaf> list = List.of(new Leaf(), new Leaf());
      final Leaf[] array = {new Leaf()};
      final Leaf[][] nested = {{new Leaf()}, {new Leaf(), null}};
      final Object untyped = new int[][] {{1}};
      final SequencedMap<String, Leaf> map = new LinkedHashMap<>();
      final Map<Integer, Leaf> sorted = new TreeMap<>();
      final Map<TimeUnit, Leaf> byEnum = new EnumMap<>(TimeUnit.class);
      final LinkedHashSet<Leaf> set = new LinkedHashSet<>(List.of(new Leaf()));
      final Pair pair = new Pair(new Leaf(), 2, null);
      final Optional<Leaf> optional = Optional.of(new Leaf());
      final Optional<Leaf> empty = Optional.empty();
      final Map<Object, String> harmless = new HashMap<>(Map.of(1.5, "no module"));
      final Set<String> strings = new HashSet<>(Set.of("no module"));

      Containers() {
        map.put("b", new Leaf());
        map.put("a", new Leaf());
        sorted.put(2, new Leaf());
        sorted.put(1, new Leaf());
        byEnum.put(TimeUnit.DAYS, new Leaf());
      }
    }

    @Test
    void looksIntoContainers() {
      assertThat(new Containers().namedParameters().keySet())
          .containsExactly(
              "list.0.w",
              "list.1.w",
              "array.0.w",
              "nested.0.0.w",
              "nested.1.0.w",
              "map.b.w",
              "map.a.w",
              "sorted.1.w",
              "sorted.2.w",
              "byEnum.DAYS.w",
              "set.0.w",
              "pair.left.w",
              "optional.w");
    }

    static class Sharing extends Module {
      final Leaf a = new Leaf();
      final Leaf b = a;
      final Parameter tied = a.w;
    }

    @Test
    void countsSharedOnceButKeepsEveryNameInTheState() {
      var module = new Sharing();
      assertThat(module.namedParameters().keySet()).containsExactly("tied");
      assertThat(module.numParameters()).isEqualTo(1);
      assertThat(module.children()).containsExactly(module.a);
      assertThat(module.modules()).containsExactly(module, module.a);
      assertThat(module.stateDict().keySet()).containsExactly("tied", "a.w", "b.w");
    }

    static class Renamed extends Module {
      @Name("running_mean")
      final Buffer runningMean = new Buffer(Tensor.zeros(1));

      @Name("")
      final List<Leaf> leaves = List.of(new Leaf(), new Leaf());
    }

    @Test
    void takesNamesFromTheAnnotation() {
      assertThat(new Renamed().stateDict().keySet()).containsExactly("running_mean", "0.w", "1.w");
    }
  }

  @Nested
  class Refusals {
    private static void assertRefused(Module module, String... parts) {
      assertThatThrownBy(module::parameters)
          .isInstanceOf(IllegalArgumentException.class)
          .message()
          .contains(parts)
          .doesNotContain("\n");
    }

    static class Holder extends Module {
      final Object held;

      Holder(Object held) {
        this.held = held;
      }
    }

    private static final String FIELD = Holder.class.getName() + ".held";

    @Test
    void unorderedMap() {
      assertRefused(
          new Holder(new HashMap<>(Map.of("a", new Leaf()))),
          FIELD,
          "holds a Leaf in a HashMap",
          "LinkedHashMap");
      assertRefused(new Holder(Map.of("a", List.of(new Leaf()))), FIELD, "no order of its own");
    }

    @Test
    void unorderedSet() {
      assertRefused(
          new Holder(new HashSet<>(Set.of(new Leaf().w))),
          FIELD,
          "holds a Parameter in a HashSet",
          "LinkedHashSet");
    }

    @Test
    void moduleAsMapKey() {
      var map = new LinkedHashMap<Leaf, String>();
      map.put(new Leaf(), "x");
      assertRefused(new Holder(map), FIELD, "has a Leaf as a key");
    }

    @Test
    void mapKeyThatIsNoName() {
      var map = new LinkedHashMap<Object, Leaf>();
      map.put("a.b", new Leaf());
      assertRefused(new Holder(map), FIELD, "a.b is no name");
      map.clear();
      map.put(1.5, new Leaf());
      assertRefused(new Holder(map), FIELD, "1.5 is no name");
    }

    @Test
    void lambdaThatCapturesAModule() {
      var fc = new Linear(1, 1);
      UnaryOperator<Tensor> lambda = x -> fc.apply(x);
      assertRefused(new Holder(lambda), FIELD, "captures a Linear", "give the module itself");
      UnaryOperator<Tensor> reference = fc::apply;
      assertRefused(new Sequential(reference), "Sequential.layers.0", "captures a Linear");
      var weight = new Parameter(Tensor.zeros(1));
      assertRefused(
          new Holder((UnaryOperator<Tensor>) x -> x.mul(weight)), FIELD, "captures a Parameter");
    }

    @Test
    void anonymousFunctionThatCapturesAModule() {
      var fc = new Linear(1, 1);
      assertRefused(
          new Holder(
              new UnaryOperator<Tensor>() {
                @Override
                public Tensor apply(Tensor x) {
                  return fc.apply(x);
                }
              }),
          FIELD,
          "captures a Linear");
    }

    @Test
    void localModuleThatCapturesAModule() {
      var fc = new Linear(1, 1);
      class Local extends Layer {
        @Override
        protected Tensor forward(Tensor x) {
          return fc.apply(x);
        }
      }
      assertRefused(new Local(), "Local.val$fc", "captures a Linear", "static");
    }

    static class Outer extends Module {
      final Leaf leaf = new Leaf();
      final Inner inner = new Inner();

      class Inner extends Module {
        Parameter weight() {
          return leaf.w;
        }
      }
    }

    @Test
    void innerModuleThatCapturesItsOuter() {
      assertRefused(new Outer(), "Outer$Inner.this$0", "captures a Outer");
    }

    @Test
    void harmlessCaptures() {
      double slope = 0.1;
      var module = new Holder((UnaryOperator<Tensor>) x -> x.mul(slope));
      assertThat(module.parameters()).isEmpty();
      assertThat(new Holder(new ArrayList<>(List.of(1)).iterator()).parameters()).isEmpty();
    }

    static class Parent extends Module {
      final Child child = new Child();
    }

    static class Child extends Module {
      Module parent;
    }

    record Broken(Leaf leaf) {
      @Override
      public Leaf leaf() {
        throw new UnsupportedOperationException("no leaf");
      }
    }

    @Test
    void recordThatFails() {
      var module = new Holder(new Broken(new Leaf()));
      assertThatThrownBy(module::parameters)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(
              FIELD + ".leaf cannot be read: java.lang.UnsupportedOperationException: no leaf");
    }

    @Test
    void cycle() {
      var module = new Parent();
      module.child.parent = module;
      assertRefused(module, "Child.parent", "holds the Parent that contains it");
      assertThatThrownBy(module::eval).hasMessageContaining("Child.parent");
    }

    @Test
    void containerThatContainsItself() {
      var list = new ArrayList<Object>();
      list.add(list);
      assertRefused(new Holder(list), FIELD + ".0 contains itself");
    }

    @SuppressWarnings("HidingField")
    static class Shadow extends Leaf {
      final Parameter w = new Parameter(Tensor.zeros(1));
    }

    @Test
    void nameTakenTwice() {
      assertRefused(new Shadow(), "Shadow.w", "two members are named \"w\"");
    }
  }
}
