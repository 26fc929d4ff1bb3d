// SPDX-License-Identifier: Apache-2.0

package gradus.examples;

import gradus.optim.Optimizer;
import gradus.optim.ReduceLROnPlateau.Mode;
import gradus.optim.Stateful;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// How the learning rate goes from epoch to epoch.
final class ScheduleOptions {
  private static final int PLATEAU_PATIENCE = 10;

  @Option(
      names = "--scheduler",
      paramLabel = "NAME",
      description = {
        "How the learning rate goes on: ${COMPLETION-CANDIDATES}.",
        "  Default: cosine, which falls to 0; with --lr-decay exponential"
      })
  @Nullable SchedulerKind scheduler;

  @Option(
      names = "--lr-decay",
      paramLabel = "X",
      description =
          "What the learning rate is multiplied with each time that it is lowered: after each epoch if"
              + " exponential (default: 0.95), else when the schedule says (default: 0.1).")
  @Nullable Double lrDecay;

  @Option(
      names = "--step-size",
      paramLabel = "N",
      description = "Epochs between the steps of --scheduler step.")
  @Nullable Integer stepSize;

  @Option(
      names = "--milestones",
      paramLabel = "N",
      split = ",",
      description = "Epochs after which --scheduler multistep lowers, such as 10,15.")
  @Nullable List<Integer> milestones;

  @Option(
      names = "--plateau-patience",
      paramLabel = "N",
      description = "Epochs without improvement that --scheduler plateau bears.%n  Default: 10")
  @Nullable Integer plateauPatience;

  /// What a scheduler is made with.
  ///
  /// @param epochs how many the training has
  /// @param mode whether a smaller or a larger number is better
  record Settings(ScheduleOptions options, int epochs, Mode mode) {
    double decayOr(double usual) {
      return options.lrDecay == null ? usual : options.lrDecay;
    }

    int stepSize() {
      return options.stepSize == null ? epochs : options.stepSize;
    }

    List<Integer> milestones() {
      return options.milestones == null ? List.of() : options.milestones;
    }

    int plateauPatience() {
      return options.plateauPatience == null ? PLATEAU_PATIENCE : options.plateauPatience;
    }
  }

  void check(Usage usage) {
    given()
        .forEach(
            (option, value) ->
                usage.require(
                    option,
                    value,
                    kind().reads(option),
                    "--scheduler " + kind() + " has no use for it"));
    requireFor(usage, SchedulerKind.STEP, "--step-size", stepSize);
    requireFor(usage, SchedulerKind.MULTISTEP, "--milestones", milestones);
    usage.positive("--lr-decay", lrDecay);
    usage.require(
        "--lr-decay",
        lrDecay,
        lrDecay == null || lrDecay < 1 || kind() != SchedulerKind.PLATEAU,
        "must be below 1 with --scheduler plateau");
    usage.positive("--step-size", stepSize);
    if (milestones != null) {
      milestones.forEach(epoch -> usage.positive("--milestones", epoch));
    }
    usage.require(
        "--plateau-patience",
        plateauPatience,
        plateauPatience == null || plateauPatience >= 0,
        "must not be negative");
  }

  private void requireFor(Usage usage, SchedulerKind kind, String option, @Nullable Object value) {
    usage.require("--scheduler", kind, kind() != kind || value != null, "needs " + option);
  }

  SchedulerKind kind() {
    if (scheduler != null) {
      return scheduler;
    }
    return lrDecay == null ? SchedulerKind.COSINE : SchedulerKind.EXPONENTIAL;
  }

  /// Returns a scheduler of an optimizer, or null for none.
  @Nullable Stateful scheduler(Optimizer<?> optimizer, int epochs, Mode mode) {
    return kind().make(optimizer, new Settings(this, epochs, mode));
  }

  /// The options of the schedule that are given.
  private Map<String, String> given() {
    var given = new java.util.LinkedHashMap<String, String>();
    put(given, "--lr-decay", lrDecay);
    put(given, "--step-size", stepSize);
    put(
        given,
        "--milestones",
        milestones == null
            ? null
            : String.join(",", milestones.stream().map(Object::toString).toList()));
    put(given, "--plateau-patience", plateauPatience);
    return given;
  }

  private static void put(Map<String, String> to, String option, @Nullable Object value) {
    if (value != null) {
      to.put(option, value.toString());
    }
  }

  /// Puts all that decides the results.
  void describe(Map<String, String> settings, int epochs) {
    settings.put("--scheduler", kind().toString());
    settings.putAll(given());
    if (kind().reads("--epochs")) {
      settings.put("--epochs", Integer.toString(epochs));
    }
  }
}
