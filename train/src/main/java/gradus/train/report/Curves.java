// SPDX-License-Identifier: Apache-2.0
package gradus.train.report;

import gradus.internal.AtomicFile;
import gradus.train.History;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;

/// The curves of a training: each number over the epochs, training and validation in one picture.
public final class Curves {
  private static final int WIDTH = 640;
  private static final int HEIGHT = 420;

  /// The height of the legend, which is below the chart.
  private static final int LEGEND = 30;

  /// Drawn larger than it is shown, for screens with small pixels.
  private static final int SCALE = 2;

  private static final Color TRAIN_COLOUR = new Color(0x1f77b4);
  private static final Color VALIDATION_COLOUR = new Color(0xd95f02);
  private static final Color GRID = new Color(0xe4e7eb);
  private static final Color TEXT = new Color(0x333f4d);
  private static final Font LEGEND_FONT = new Font(Font.SANS_SERIF, Font.PLAIN, 13);
  private static final BasicStroke STROKE =
      new BasicStroke(2, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
  private static final String TRAINING = "training";
  private static final String VALIDATION = "validation";
  private static final String VAL = "val_";

  /// About as many steps as an axis has.
  private static final int STEPS = 8;

  /// The loss of a training that diverges grows beyond all bounds; labels of an axis that is longer
  /// than a long integer would never end.
  private static final double LARGEST = 1e15;

  private Curves() {}

  /// Returns the curves of the loss and of each metric beside one another; without the learning
  /// rate.
  ///
  /// @throws IllegalArgumentException if no epoch has ended
  public static BufferedImage plot(History history) {
    List<String> numbers =
        history.columns().stream()
            .filter(column -> !column.startsWith(VAL) && !column.equals("lr"))
            .toList();
    var out =
        new BufferedImage(
            numbers.size() * WIDTH * SCALE, HEIGHT * SCALE, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = out.createGraphics();
    for (int i = 0; i < numbers.size(); i++) {
      graphics.drawImage(plot(history, numbers.get(i)), i * WIDTH * SCALE, 0, null);
    }
    graphics.dispose();
    return out;
  }

  /// Returns the curve of one number, and of its validation if there is one.
  ///
  /// @throws IllegalArgumentException if there is no such column, or no epoch has ended
  public static BufferedImage plot(History history, String column) {
    boolean both = history.has(VAL + column);
    XYChart chart = chart(history, column, both);
    var out = new BufferedImage(WIDTH * SCALE, HEIGHT * SCALE, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = out.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.scale(SCALE, SCALE);
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, WIDTH, HEIGHT);
    chart.paint(graphics, WIDTH, both ? HEIGHT - LEGEND : HEIGHT);
    if (both) {
      legend(graphics);
    }
    graphics.dispose();
    return out;
  }

  /// Writes [#plot(History)] to a PNG file, whole or not at all.
  ///
  /// @throws IllegalArgumentException if no epoch has ended
  /// @throws IOException if the file cannot be written
  public static void save(History history, Path file) throws IOException {
    ByteBuffer png = ByteBuffer.wrap(png(plot(history)));
    AtomicFile.write(
        file,
        out -> {
          while (png.hasRemaining()) {
            out.write(png);
          }
        });
  }

  static byte[] png(BufferedImage image) throws IOException {
    var png = new ByteArrayOutputStream();
    ImageIO.write(image, "png", png);
    return png.toByteArray();
  }

  /// XChart's own would put words with and without descenders at different heights.
  private static void legend(Graphics2D graphics) {
    int line = 28;
    int gap = 8;
    int between = 28;
    graphics.setFont(LEGEND_FONT);
    var metrics = graphics.getFontMetrics();
    List<String> names = List.of(TRAINING, VALIDATION);
    List<Color> colours = List.of(TRAIN_COLOUR, VALIDATION_COLOUR);
    int width = 2 * (line + gap) + between;
    for (String name : names) {
      width += metrics.stringWidth(name);
    }
    int x = (WIDTH - width) / 2;
    int middle = HEIGHT - LEGEND / 2;
    for (int i = 0; i < names.size(); i++) {
      graphics.setColor(colours.get(i));
      graphics.setStroke(STROKE);
      graphics.drawLine(x, middle, x + line, middle);
      x += line + gap;
      graphics.setColor(TEXT);
      graphics.drawString(names.get(i), x, middle + metrics.getAscent() / 2 - 1);
      x += metrics.stringWidth(names.get(i)) + between;
    }
  }

  private static XYChart chart(History history, String column, boolean both) {
    if (history.epochs() == 0) {
      throw new IllegalArgumentException("Curves: no epoch has ended, there is nothing to draw");
    }
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(column.equals("lr") ? "learning rate" : column.replace('_', ' '))
            .xAxisTitle("epoch")
            .build();
    var styler = chart.getStyler();
    styler.setChartBackgroundColor(Color.WHITE);
    styler.setPlotBorderVisible(false);
    styler.setPlotGridLinesColor(GRID);
    styler.setPlotGridLinesStroke(new BasicStroke(1));
    styler.setAxisTickMarksColor(GRID);
    styler.setChartFontColor(TEXT);
    styler.setAxisTickLabelsColor(TEXT);
    styler.setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, 16));
    styler.setAxisTitleFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
    styler.setAxisTickLabelsFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
    styler.setLegendVisible(false);
    double[] training = history.column(column);
    double[] validation = both ? history.column(VAL + column) : new double[0];
    addSeries(chart, both ? TRAINING : column, training, TRAIN_COLOUR);
    addSeries(chart, VALIDATION, validation, VALIDATION_COLOUR);
    int decimals = decimals(training, validation);
    styler.setYAxisTickLabelsFormattingFunction(value -> label(value, decimals));
    return chart;
  }

  /// Returns how many decimals the labels of an axis have that tell its values apart.
  private static int decimals(double[] training, double[] validation) {
    DoubleSummaryStatistics drawn =
        DoubleStream.concat(Arrays.stream(training), Arrays.stream(validation))
            .filter(Curves::isDrawn)
            .summaryStatistics();
    double step = (drawn.getMax() - drawn.getMin()) / STEPS;
    return step > 0 ? Math.clamp((long) -Math.floor(StrictMath.log10(step)), 0, 6) : 0;
  }

  /// Returns `0.450` for 0.45 and 3 decimals, or `2.5e-7` for what is very small. What has more
  /// decimals keeps them, up to six digits.
  static String label(double value, int decimals) {
    var rounded = new BigDecimal(value).round(new MathContext(6)).stripTrailingZeros();
    boolean small = rounded.signum() != 0 && Math.abs(value) < 1e-3;
    return small && rounded.scale() > decimals
        ? rounded.toString().replace("E", "e")
        : rounded.setScale(Math.max(rounded.scale(), decimals)).toPlainString();
  }

  /// Leaves out what is no finite number or too large to draw; a single point is drawn as one.
  private static void addSeries(XYChart chart, String name, double[] values, Color colour) {
    int[] epochs = IntStream.range(0, values.length).filter(i -> isDrawn(values[i])).toArray();
    if (epochs.length == 0) {
      return;
    }
    XYSeries series =
        chart.addSeries(
            name,
            Arrays.stream(epochs).mapToDouble(epoch -> epoch + 1).toArray(),
            Arrays.stream(epochs).mapToDouble(epoch -> values[epoch]).toArray());
    series.setLineColor(colour);
    series.setLineStyle(STROKE);
    series.setMarker(epochs.length > 1 ? SeriesMarkers.NONE : SeriesMarkers.CIRCLE);
    series.setMarkerColor(colour);
  }

  private static boolean isDrawn(double value) {
    return Math.abs(value) <= LARGEST;
  }
}
