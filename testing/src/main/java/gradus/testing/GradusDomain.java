// SPDX-License-Identifier: Apache-2.0
package gradus.testing;

import gradus.Shape;
import gradus.Tensor;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.DomainContextBase;

/// Lets properties take shapes, tensors and programs without a provider method of their own:
///
/// ```java
/// @Property
/// @Domain(GradusDomain.class)
/// void isOdd(@ForAll Tensor x) { … }
/// ```
///
/// A [Shape] is any of [Shapes#any()], a [Tensor] any of [Tensors#float64()]; a [Shapes.Pair]
/// broadcasts ([Shapes#broadcasting()]), as does a [Tensors.Pair] ([Tensors#pairs()]); a
/// [Program.Run] comes from [Programs#runs()]. To have jqwik's own types beside them, add
/// `@Domain(DomainContext.Global.class)`.
public final class GradusDomain extends DomainContextBase {
  /// Provides [Shapes#any()].
  @Provide
  public Arbitrary<Shape> shapes() {
    return Shapes.any();
  }

  /// Provides [Shapes#broadcasting()].
  @Provide
  public Arbitrary<Shapes.Pair> shapePairs() {
    return Shapes.broadcasting();
  }

  /// Provides [Tensors#float64()].
  @Provide
  public Arbitrary<Tensor> tensors() {
    return Tensors.float64();
  }

  /// Provides [Tensors#pairs()].
  @Provide
  public Arbitrary<Tensors.Pair> tensorPairs() {
    return Tensors.pairs();
  }

  /// Provides [Programs#any()].
  @Provide
  public Arbitrary<Program> programs() {
    return Programs.any();
  }

  /// Provides [Programs#runs()].
  @Provide
  public Arbitrary<Program.Run> runs() {
    return Programs.runs();
  }
}
