// SPDX-License-Identifier: Apache-2.0
package gradus;

/// What a long short-term memory makes of a sequence.
///
/// @param sequence h after each step, `[L, N, hidden]`, or `[L, N, proj]` where h is projected
/// @param c what is kept after the last step, `[N, hidden]`
public record LstmResult(Tensor sequence, Tensor c) {}
