// SPDX-License-Identifier: Apache-2.0

/// What shows how a training went: curves, pictures of weights and of mistakes, and the
/// [gradus.train.report.Report] of a run.
@NullMarked
package gradus.train.report;

import org.jspecify.annotations.NullMarked;
