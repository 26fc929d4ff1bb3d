// SPDX-License-Identifier: Apache-2.0
package gradus.bench;

import gradus.bench.peers.Task;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.style.Styler;

/// How many times as long as ours each framework takes, as bars.
final class BarChart {
  private static final int LEAST_WIDTH = 1000;
  private static final int TASK_WIDTH = 110;
  private static final int HEIGHT = 420;

  /// Drawn larger than it is shown, for screens with small pixels.
  private static final int SCALE = 2;

  private static final Color GRID = new Color(0xe4e7eb);
  private static final Color TEXT = new Color(0x333f4d);

  private BarChart() {}

  /// Writes a PNG file with a chart for each number of threads, one under the other.
  static void write(Comparison comparison, List<Integer> threads, Path file) throws IOException {
    int width = Math.max(LEAST_WIDTH, TASK_WIDTH * comparison.tasks().size());
    var image =
        new BufferedImage(
            width * SCALE, HEIGHT * SCALE * threads.size(), BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.scale(SCALE, SCALE);
    for (int n : threads) {
      chart(comparison, n, width).paint(graphics, width, HEIGHT);
      graphics.translate(0, HEIGHT);
    }
    graphics.dispose();
    ImageIO.write(image, "png", file.toFile());
  }

  private static CategoryChart chart(Comparison comparison, int threads, int width) {
    CategoryChart chart =
        new CategoryChartBuilder()
            .width(width)
            .height(HEIGHT)
            .title(
                "Time, as a multiple of ours, "
                    + (threads == 1 ? "1 thread" : threads + " threads"))
            .build();
    var styler = chart.getStyler();
    styler.setYAxisLogarithmic(true);
    styler.setYAxisMin(0.1);
    styler.setAvailableSpaceFill(0.85);
    styler.setChartBackgroundColor(Color.WHITE);
    styler.setPlotBorderVisible(false);
    styler.setPlotGridLinesColor(GRID);
    styler.setPlotGridLinesStroke(new BasicStroke(1));
    styler.setPlotGridVerticalLinesVisible(false);
    styler.setAxisTickMarksColor(GRID);
    styler.setChartFontColor(TEXT);
    styler.setAxisTickLabelsColor(TEXT);
    styler.setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, 16));
    styler.setAxisTickLabelsFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
    styler.setLegendFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
    styler.setLegendBorderColor(Color.WHITE);
    styler.setLegendPosition(Styler.LegendPosition.OutsideS);
    styler.setLegendLayout(Styler.LegendLayout.Horizontal);
    List<Task> tasks = comparison.tasks();
    List<String> names = tasks.stream().map(Task::words).toList();
    for (Competitor competitor : comparison.competitors()) {
      List<Double> ratios =
          tasks.stream()
              .map(task -> comparison.ratio(competitor, task, threads))
              .map(ratio -> ratio.isNaN() ? null : ratio)
              .toList();
      chart.addSeries(competitor.words, names, ratios).setFillColor(competitor.color());
    }
    return chart;
  }
}
