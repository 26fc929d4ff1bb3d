// SPDX-License-Identifier: Apache-2.0
package gradus.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Property;

/// A property that sees the same samples every time.
@Property(tries = 500, seed = "20250104", edgeCases = EdgeCasesMode.NONE)
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@interface FixedProperty {}
