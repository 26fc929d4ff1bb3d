// SPDX-License-Identifier: Apache-2.0

package gradus.examples.conformance;

import gradus.examples.conformance.Runner.Outcome;
import gradus.examples.conformance.Runner.Verdict;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/// Prints how the cases ended.
final class Report {
  private static final int SHOWN = 5;

  private final PrintWriter out;
  private final boolean verbose;
  private final Map<String, List<Outcome>> families = new LinkedHashMap<>();

  /// Makes a report; `verbose` lists every failure.
  Report(PrintWriter out, boolean verbose) {
    this.out = out;
    this.verbose = verbose;
  }

  void add(String family, List<Outcome> outcomes) {
    families.computeIfAbsent(family, _ -> new ArrayList<>()).addAll(outcomes);
  }

  /// Returns whether no case that isn't optional failed or is unsupported.
  boolean passed() {
    return all().stream().noneMatch(Outcome::decides);
  }

  private List<Outcome> all() {
    return families.values().stream().flatMap(List::stream).toList();
  }

  void print() {
    table();
    families.forEach(this::unsupported);
    families.forEach((family, outcomes) -> problems(family, outcomes, Verdict.ADVISORY));
    families.forEach((family, outcomes) -> problems(family, outcomes, Verdict.FAILED));
    summary();
  }

  private void table() {
    out.printf("%-20s %-32s  %s%n", "", "float64", "float32");
    String columns = "passed     failed    unsupported";
    out.printf("%-20s %s  %s%n", "", columns, columns);
    families.forEach(this::row);
    row("all", all());
    out.println("In parentheses: how many of them are optional.");
  }

  private void row(String name, List<Outcome> outcomes) {
    var line = new StringBuilder("%-20s".formatted(name));
    for (Precision precision : Precision.values()) {
      List<Outcome> of = outcomes.stream().filter(o -> o.precision() == precision).toList();
      line.append(
          " %-10s %-9s %-12s"
              .formatted(
                  count(of, Verdict.PASSED),
                  count(of, Verdict.FAILED),
                  count(of, Verdict.UNSUPPORTED)));
    }
    out.println(line.toString().stripTrailing());
  }

  private static String count(List<Outcome> outcomes, Verdict verdict) {
    List<Outcome> of = outcomes.stream().filter(o -> o.verdict() == verdict).toList();
    long optional = of.stream().filter(o -> o.golden().optional()).count();
    return optional == 0 ? String.valueOf(of.size()) : of.size() + " (" + optional + ")";
  }

  private void unsupported(String family, List<Outcome> outcomes) {
    String required = names(outcomes, o -> !o.golden().optional());
    String optional = names(outcomes, o -> o.golden().optional());
    if (!required.isEmpty()) {
      out.printf("%nunsupported, %s: %s%n", family, required);
    }
    if (!optional.isEmpty()) {
      out.printf("%nunsupported but optional, %s: %s%n", family, optional);
    }
  }

  /// Returns the names of what is unsupported and, where they don't say it, what those need.
  private static String names(List<Outcome> outcomes, Predicate<Outcome> which) {
    Map<String, Set<String>> needs = new LinkedHashMap<>();
    outcomes.stream()
        .filter(o -> o.verdict() == Verdict.UNSUPPORTED)
        .filter(which)
        .forEach(
            o ->
                needs
                    .computeIfAbsent(o.golden().op(), _ -> new LinkedHashSet<>())
                    .addAll(o.missing()));
    List<String> names = new ArrayList<>();
    needs.forEach(
        (name, missing) ->
            names.add(
                missing.equals(Set.of(name.replaceFirst(".*:", "")))
                    ? name
                    : name + " (needs " + String.join(", ", missing) + ")"));
    return String.join(", ", names);
  }

  private void problems(String family, List<Outcome> outcomes, Verdict verdict) {
    List<Outcome> found = outcomes.stream().filter(o -> o.verdict() == verdict).toList();
    if (found.isEmpty()) {
      return;
    }
    out.printf(
        "%n%s, %s:%n",
        verdict == Verdict.FAILED ? "failed" : "differs, as PyTorch's releases do", family);
    int shown = verbose ? found.size() : Math.min(SHOWN, found.size());
    for (Outcome each : found.subList(0, shown)) {
      out.printf("  %s %s: %s%n", each.golden().id(), each.precision(), each.problem());
    }
    if (shown < found.size()) {
      out.printf("  and %d more; --verbose shows all%n", found.size() - shown);
    }
  }

  private void summary() {
    List<Outcome> all = all();
    out.printf(
        "%n%s passed, %s failed, %s unsupported, %s skipped (comparable in float64 only), %s advisory%n",
        count(all, Verdict.PASSED),
        count(all, Verdict.FAILED),
        count(all, Verdict.UNSUPPORTED),
        count(all, Verdict.SKIPPED),
        count(all, Verdict.ADVISORY));
  }
}
