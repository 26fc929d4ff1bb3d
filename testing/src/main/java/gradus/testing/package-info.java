// SPDX-License-Identifier: Apache-2.0

/// What tests of ops need: generated shapes, layouts, tensors and programs for
/// [jqwik](https://jqwik.net), and assertions on derivatives.
///
/// An op of your own, tested at scalars, sizes of 1 and every memory layout, to its second
/// derivative:
///
/// ```java
/// import static gradus.testing.GradAssertions.assertGrad;
/// import static gradus.testing.GradAssertions.assertGradGrad;
///
/// class SwishTest {
///   static Tensor swish(Tensor x) {
///     return x.mul(x.sigmoid());
///   }
///
///   @Property
///   @Domain(GradusDomain.class)
///   void derivatives(@ForAll Tensor x) {
///     assertGrad(SwishTest::swish, x);
///     assertGradGrad(SwishTest::swish, x);
///   }
/// }
/// ```
///
/// An op of two inputs takes a [gradus.testing.Tensors.Pair], which broadcasts. Where an op needs
/// other inputs, say what: `Tensors.float64().of(3, 4).awayFrom(0.1, 0)` in a `@Provide` method.
/// Check your op on float32 and on other layouts with
/// [assertClose][gradus.testing.GradAssertions#assertClose(gradus.Tensor, gradus.Tensor)]. A
/// failing sample is shrunk to a small one.
@NullMarked
package gradus.testing;

import org.jspecify.annotations.NullMarked;
