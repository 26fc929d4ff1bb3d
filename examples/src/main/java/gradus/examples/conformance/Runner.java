// SPDX-License-Identifier: Apache-2.0

package gradus.examples.conformance;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Runs cases.
final class Runner {
  private Runner() {}

  /// How a case ended.
  enum Verdict {
    /// Everything recorded is what Gradus computes.
    PASSED,
    /// A value differs, or something was thrown.
    FAILED,
    /// A name has no line in any table.
    UNSUPPORTED,
    /// It failed, but PyTorch's own releases differ here.
    ADVISORY,
    /// It cannot be compared in this precision.
    SKIPPED
  }

  /// What became of a case in one precision.
  ///
  /// @param problem what failed, or empty
  /// @param missing the names without a line
  record Outcome(
      Case golden, Precision precision, Verdict verdict, String problem, List<String> missing) {
    private static Outcome of(Case golden, Precision precision, Verdict verdict, String problem) {
      return new Outcome(golden, precision, verdict, problem, List.of());
    }

    /// Returns whether this makes the whole run fail.
    boolean decides() {
      return !golden.optional() && (verdict == Verdict.FAILED || verdict == Verdict.UNSUPPORTED);
    }
  }

  /// A kind of case.
  private interface Check {
    void run(Case c, Precision precision) throws IOException;
  }

  /// Returns what becomes of each case.
  static List<Outcome> run(List<Case> cases, Precision precision) {
    List<Outcome> outcomes = new ArrayList<>();
    for (Case each : cases) {
      outcomes.add(run(each, precision));
    }
    return outcomes;
  }

  static Outcome run(Case c, Precision precision) {
    if (precision == Precision.FLOAT32
        && (c.tagged("f64_only") || OptimizerCases.searchesLine(c))) {
      return Outcome.of(c, precision, Verdict.SKIPPED, "");
    }
    try {
      check(c).run(c, precision);
      return Outcome.of(c, precision, Verdict.PASSED, "");
    } catch (Unsupported e) {
      return new Outcome(c, precision, Verdict.UNSUPPORTED, "", e.names());
    } catch (Mismatch e) {
      return Outcome.of(c, precision, failed(c), String.valueOf(e.getMessage()));
    } catch (IOException | RuntimeException | AssertionError e) {
      return Outcome.of(c, precision, failed(c), e.toString());
    }
  }

  private static Verdict failed(Case c) {
    return c.tagged("version_dependent") ? Verdict.ADVISORY : Verdict.FAILED;
  }

  private static Check check(Case c) {
    return switch (c.op().replaceFirst(":.*", "")) {
      case "hvp" -> HigherOrderCases::hvp;
      case "jacobian" -> HigherOrderCases::jacobian;
      case "hessian" -> HigherOrderCases::hessian;
      case "nested" -> HigherOrderCases::nested;
      case "gradient_penalty" -> HigherOrderCases::gradientPenalty;
      case "unrolled_sgd_step" -> HigherOrderCases::unrolledSgdStep;
      case "clip_grad_norm_" -> OptimizerCases::clipGradNorm;
      case "clip_grad_value_" -> OptimizerCases::clipGradValue;
      case "calculate_gain" -> InitCases::gain;
      case "init" -> ModuleInitCases::check;
      case "train" -> TrainingCases::check;
      case "module" -> ModuleCases::check;
      case "state_dict" -> StateDictCases::check;
      case "safetensors" -> StateDictCases::safetensors;
      default -> ofPackage(c.api());
    };
  }

  private static Check ofPackage(String api) {
    if (api.startsWith("torch.optim.lr_scheduler.") || api.startsWith("torch.optim.swa_utils.")) {
      return SchedulerCases::check;
    }
    if (api.startsWith("torch.optim.")) {
      return OptimizerCases::check;
    }
    return api.startsWith("torch.nn.init.") ? InitCases::scheme : OpCases::check;
  }
}
