// SPDX-License-Identifier: Apache-2.0
package gradus;

/// Ops that work on each element, or each broadcast pair of elements, alone.
sealed interface Pointwise extends Node
    permits Arithmetic,
        Exponential,
        Trigonometric,
        Activation,
        FusedActivation,
        PiecewiseActivation,
        Selection,
        Conversion {}
