// SPDX-License-Identifier: Apache-2.0
package gradus.testing;

import java.util.List;
import java.util.stream.Stream;

/// The ops that programs are made of.
final class Rules {
  /// Simple ones first: programs shrink toward these.
  static final List<Rule> ALL =
      Stream.of(
              PointwiseRules.ALL,
              FoldingRules.ALL,
              ProductRules.ALL,
              ViewRules.ALL,
              IndexingRules.ALL)
          .flatMap(List::stream)
          .toList();

  private Rules() {}
}
