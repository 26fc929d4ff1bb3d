// SPDX-License-Identifier: Apache-2.0
package gradus.train.report;

import gradus.Threads;
import gradus.train.ConfusionMatrix;
import gradus.train.EpochTiming;
import gradus.train.History;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;

/// Writes a [Report] as HTML.
final class Page {
  private static final int MISTAKES = 24;
  private static final String VAL = "val_";

  private final Report report;
  private final StringBuilder html = new StringBuilder();

  Page(Report report) {
    this.report = report;
  }

  String html() throws IOException {
    head();
    html.append("<h1>").append(escape(report.title())).append("</h1>\n");
    figures();
    curves();
    Report.Test test = report.test();
    if (test != null) {
      confusionMatrix(test);
      mistakes(test);
    }
    if (report.weights() != null) {
      heading("First-layer weights");
      html.append(
          "<p class=\"note\">Grey is 0; each tile is scaled by its own largest weight.</p>");
      html.append(image(report.weights(), "weights", "first-layer weights")).append('\n');
    }
    heading("Epochs");
    epochs();
    heading("Options");
    pairs(report.options());
    heading("Model");
    html.append("<pre>").append(escape(report.model())).append("</pre>\n");
    heading("Environment");
    pairs(environment());
    return html.append("</body>\n</html>\n").toString();
  }

  private void head() throws IOException {
    html.append(
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta http-equiv="Content-Security-Policy"
              content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
        """);
    html.append("<title>").append(escape(report.title())).append("</title>\n<style>\n");
    try (InputStream css = Page.class.getResourceAsStream("report.css")) {
      html.append(new String(Objects.requireNonNull(css).readAllBytes(), StandardCharsets.UTF_8));
    }
    html.append("</style>\n</head>\n<body>\n");
  }

  private void heading(String text) {
    html.append("<h2>").append(text).append("</h2>\n");
  }

  private void figures() {
    History history = report.history();
    html.append("<div class=\"figures\">\n");
    Report.Test test = report.test();
    if (test != null) {
      figure("test accuracy", four(test.predictions().confusionMatrix().accuracy()));
    }
    OptionalInt best = best();
    if (history.epochs() > 0) {
      int shown = best.orElse(history.epochs() - 1);
      for (String column : history.columns()) {
        boolean main = history.has(VAL + "loss") ? column.startsWith(VAL) : !column.equals("lr");
        if (main) {
          figure(
              column.replace(VAL, "validation ").replace('_', ' '),
              four(history.get(shown, column)));
        }
      }
    }
    figure(
        best.isPresent() ? "best epoch of %d".formatted(history.epochs()) : "epochs",
        Integer.toString(best.isPresent() ? best.getAsInt() + 1 : history.epochs()));
    figure("parameters", grouped(report.parameters()));
    double seconds =
        report.timings().stream().mapToDouble(t -> t.trainSeconds() + t.validationSeconds()).sum();
    long samples = report.timings().stream().mapToLong(EpochTiming::samples).sum();
    double training = report.timings().stream().mapToDouble(EpochTiming::trainSeconds).sum();
    if (seconds > 0) {
      figure("training time", String.format(Locale.ROOT, "%.1f s", seconds));
      figure("samples per second", grouped(Math.round(samples / training)));
    }
    html.append("</div>\n");
  }

  private OptionalInt best() {
    return report.monitor() == null ? OptionalInt.empty() : report.history().best(report.monitor());
  }

  private void figure(String name, String value) {
    html.append("<div><b>").append(escape(value)).append("</b><span>").append(escape(name));
    html.append("</span></div>\n");
  }

  private void curves() throws IOException {
    History history = report.history();
    if (history.epochs() == 0) {
      return;
    }
    heading("Curves");
    html.append("<div class=\"curves\">\n");
    for (String column : history.columns()) {
      if (!column.startsWith(VAL)) {
        html.append(image(Curves.plot(history, column), "curve", column + " over the epochs"));
        html.append('\n');
      }
    }
    html.append("</div>\n");
  }

  private void confusionMatrix(Report.Test test) {
    ConfusionMatrix matrix = test.predictions().confusionMatrix();
    heading("Confusion matrix");
    html.append("<p class=\"note\">A row for each class, a column for what it was taken for.</p>");
    html.append("<div class=\"scroll\"><table class=\"matrix\">\n<tr><th></th>");
    for (String name : test.classes()) {
      html.append("<th class=\"column\">").append(escape(name)).append("</th>");
    }
    html.append("<th class=\"column\">accuracy</th></tr>\n");
    for (int label = 0; label < matrix.classes(); label++) {
      html.append("<tr><th class=\"row\">").append(escape(test.classes().get(label)));
      html.append("</th>");
      for (int prediction = 0; prediction < matrix.classes(); prediction++) {
        double share =
            matrix.count(label, prediction) / (double) Math.max(1, matrix.support(label));
        html.append("<td style=\"background:").append(shade(share, label == prediction));
        html.append(share > 0.55 ? ";color:#fff\">" : "\">");
        html.append(matrix.count(label, prediction)).append("</td>");
      }
      html.append("<td class=\"recall\">").append(four(matrix.recall(label)));
      html.append("</td></tr>\n");
    }
    html.append("</table></div>\n");
  }

  /// From white to blue where the class was recognised, to red where it was not.
  private static String shade(double share, boolean right) {
    double strength = Math.sqrt(share);
    int[] ink = right ? new int[] {31, 119, 180} : new int[] {200, 60, 40};
    return "rgb(%d,%d,%d)"
        .formatted(mix(ink[0], strength), mix(ink[1], strength), mix(ink[2], strength));
  }

  private static int mix(int ink, double strength) {
    return (int) Math.round(255 + (ink - 255) * strength);
  }

  private void mistakes(Report.Test test) throws IOException {
    List<Mistake> worst = Mistake.worst(test.predictions(), MISTAKES);
    if (worst.isEmpty()) {
      return;
    }
    heading("Worst mistakes");
    html.append("<p class=\"note\">What the model was surest of, and wrong.</p>");
    html.append("<div class=\"mistakes\">\n");
    for (Mistake mistake : worst) {
      String label = test.classes().get(mistake.label());
      String taken = test.classes().get(mistake.prediction());
      html.append("<figure>");
      html.append(image(Pictures.of(test.images().get(mistake.index()).x()), "mistake", label));
      html.append("<figcaption><b>").append(escape(label)).append("</b> ");
      html.append(percent(mistake.labelProbability())).append("<br>taken for <b>");
      html.append(escape(taken)).append("</b> ");
      html.append(percent(mistake.predictionProbability()));
      html.append("</figcaption></figure>\n");
    }
    html.append("</div>\n");
  }

  private void epochs() {
    History history = report.history();
    Map<Integer, EpochTiming> timings = new LinkedHashMap<>();
    report.timings().forEach(timing -> timings.put(timing.epoch(), timing));
    html.append("<details><summary>all ").append(history.epochs()).append(" epochs</summary>\n");
    html.append("<div class=\"scroll\"><table class=\"numbers\">\n<tr><th>epoch</th>");
    history.columns().forEach(name -> html.append("<th>").append(escape(name)).append("</th>"));
    html.append("<th>seconds</th><th>samples/s</th></tr>\n");
    for (int epoch = 0; epoch < history.epochs(); epoch++) {
      boolean isBest = best().isPresent() && best().getAsInt() == epoch;
      html.append(isBest ? "<tr class=\"best\"><td>" : "<tr><td>").append(epoch + 1);
      html.append("</td>");
      for (String column : history.columns()) {
        double value = history.get(epoch, column);
        String text = column.equals("lr") ? String.format(Locale.ROOT, "%.2e", value) : four(value);
        html.append("<td>").append(text).append("</td>");
      }
      EpochTiming timing = timings.get(epoch);
      html.append("<td>").append(timing == null ? "" : seconds(timing)).append("</td><td>");
      html.append(timing == null ? "" : grouped(Math.round(timing.samplesPerSecond())));
      html.append("</td></tr>\n");
    }
    html.append("</table></div></details>\n");
  }

  private static String seconds(EpochTiming timing) {
    return String.format(Locale.ROOT, "%.2f", timing.trainSeconds() + timing.validationSeconds());
  }

  private void pairs(Map<String, String> pairs) {
    html.append("<div class=\"scroll\"><table>\n");
    pairs.forEach(
        (name, value) -> {
          html.append("<tr><th>").append(escape(name)).append("</th><td>");
          html.append(value.contains("\n") ? "<pre>" + escape(value) + "</pre>" : escape(value));
          html.append("</td></tr>\n");
        });
    html.append("</table></div>\n");
  }

  private static Map<String, String> environment() {
    var out = new LinkedHashMap<String, String>();
    out.put(
        "Java",
        System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"));
    out.put("system", System.getProperty("os.name") + ", " + System.getProperty("os.arch"));
    out.put("processors", Integer.toString(Runtime.getRuntime().availableProcessors()));
    out.put("threads", Integer.toString(Threads.count()));
    out.put("heap at most", (Runtime.getRuntime().maxMemory() >> 20) + " MB");
    return out;
  }

  private static String image(BufferedImage image, String kind, String text) throws IOException {
    return "<img class=\"%s\" alt=\"%s\" src=\"data:image/png;base64,%s\">"
        .formatted(kind, escape(text), Base64.getEncoder().encodeToString(Curves.png(image)));
  }

  private static String four(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }

  private static String percent(double value) {
    return String.format(Locale.ROOT, "%.1f\u00a0%%", 100 * value);
  }

  private static String grouped(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
