// SPDX-License-Identifier: Apache-2.0

/// Compares Gradus with what PyTorch computed: `gradus conformance DIR`.
///
/// - [Conformance][gradus.examples.conformance.Conformance] is the command, `Report` what it
///   prints, `Runner` what runs each case in both precisions.
/// - `…Table` says how Gradus computes a function of PyTorch's, one line for each: here a new op is
///   added. A name without a line is reported as unsupported.
/// - `…Cases` check one kind of case each: outputs and gradients, optimizers, schedulers, ….
/// - `Fields`, `GoldenTensor`, `Inputs` read the files. They are strict: what a check or an op
///   doesn't read makes its case fail, so that nothing recorded goes unchecked.
@NullMarked
package gradus.examples.conformance;

import org.jspecify.annotations.NullMarked;
