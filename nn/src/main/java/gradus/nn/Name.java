// SPDX-License-Identifier: Apache-2.0
package gradus.nn;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// The name of a [Module]'s field in [Module#namedParameters()], [Module#stateDict()] and the
/// printed module, where it is to differ from the field's own.
///
/// ```java
/// @Name("running_mean") private final Buffer runningMean;   // PyTorch's key
/// @Name("") private final List<Layer> layers;               // keys 0.weight, not layers.0.weight
/// ```
@Documented
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Name {
  /// Returns the name; empty leaves the field out, so that what a list or map holds is named by its
  /// index or key alone.
  String value();
}
