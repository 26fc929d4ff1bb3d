// SPDX-License-Identifier: Apache-2.0
package gradus.optim;

import java.util.List;

/// Moves the learning rate to a constant one, at which weights are averaged:
/// `torch.optim.swa_utils.SWALR`. See [WeightAverage].
///
/// With αₜ going from 0 to 1 in `annealEpochs` epochs: lrₜ = αₜ·swaLr + (1 − αₜ)·lr₀, computed from
/// lrₜ₋₁, so that it may follow another scheduler.
///
/// Izmailov, Podoprikhin, Garipov, Vetrov, Wilson: Averaging Weights Leads to Wider Optima and
/// Better Generalization, UAI 2018.
public final class SWALR extends LRScheduler {
  private final List<Double> swaLr;
  private final int annealEpochs;
  private final OneCycleLR.Anneal annealStrategy;

  /// Makes a scheduler with PyTorch's defaults: along half a cosine wave, in 10 epochs.
  ///
  /// @throws IllegalArgumentException if `swaLr` is negative
  public SWALR(Optimizer<?> optimizer, double swaLr) {
    this(optimizer, List.of(swaLr), 10, OneCycleLR.Anneal.COS);
  }

  /// Makes a scheduler.
  ///
  /// @param swaLr the learning rate at the end: one for all groups, or one for each
  /// @param annealEpochs epochs on the way there, ≥ 0
  /// @param annealStrategy the shape of the way
  /// @throws IllegalArgumentException if a number is negative, or there are several `swaLr`, but
  ///   not one for each group
  public SWALR(
      Optimizer<?> optimizer,
      List<Double> swaLr,
      int annealEpochs,
      OneCycleLR.Anneal annealStrategy) {
    super(optimizer);
    Check.perGroup("SWALR", "swaLr", swaLr, optimizer);
    swaLr.forEach(lr -> Check.notNegative("SWALR", "swaLr", lr));
    Check.notNegative("SWALR", "annealEpochs", annealEpochs);
    this.swaLr = List.copyOf(swaLr);
    this.annealEpochs = annealEpochs;
    this.annealStrategy = annealStrategy;
    start();
  }

  @Override
  protected double first(int group, double lr) {
    return annealEpochs == 0 ? Check.ofGroup(swaLr, group) : lr;
  }

  @Override
  protected double next(int group, double lr) {
    double end = Check.ofGroup(swaLr, group);
    double before = alpha(lastEpoch() - 1);
    double start = before == 1 ? end : (lr - before * end) / (1 - before);
    double alpha = alpha(lastEpoch());
    return end * alpha + start * (1 - alpha);
  }

  private double alpha(int epoch) {
    double part = Math.clamp((double) epoch / Math.max(1, annealEpochs), 0, 1);
    return annealStrategy.between(0, 1, part);
  }
}
