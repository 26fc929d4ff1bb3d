// SPDX-License-Identifier: Apache-2.0
package gradus.testing;

import static gradus.testing.GradAssertions.assertGrad;
import static gradus.testing.GradAssertions.assertGradGrad;

import gradus.Tensor;
import net.jqwik.api.ForAll;
import net.jqwik.api.domains.Domain;

/// The example of the package's description.
class SwishTest {
  static Tensor swish(Tensor x) {
    return x.mul(x.sigmoid());
  }

  @FixedProperty
  @Domain(GradusDomain.class)
  void derivatives(@ForAll Tensor x) {
    assertGrad(SwishTest::swish, x);
    assertGradGrad(SwishTest::swish, x);
  }
}
