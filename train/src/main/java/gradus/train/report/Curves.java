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
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/// The curves of a training: each number over the epochs, training and validation in one picture.
public final class Curves {
  private static final int WIDTH = 640;
  private static final int HEIGHT = 420;

  /// Drawn larger than it is shown, for screens with small pixels.
  private static final int SCALE = 2;

  private static final Color TRAIN = new Color(0x1f77b4);
  private static final Color VALIDATION = new Color(0xd95f02);
  private static final Color GRID = new Color(0xe4e7eb);
  private static final Color TEXT = new Color(0x333f4d);
  private static final String VAL = "val_";

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
    XYChart chart = chart(history, column);
    var out = new BufferedImage(WIDTH * SCALE, HEIGHT * SCALE, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = out.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.scale(SCALE, SCALE);
    chart.paint(graphics, WIDTH, HEIGHT);
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

  private static XYChart chart(History history, String column) {
    if (history.epochs() == 0) {
      throw new IllegalArgumentException("Curves: no epoch has ended, there is nothing to draw");
    }
    boolean both = history.has(VAL + column);
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
    styler.setLegendFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
    styler.setYAxisTickLabelsFormattingFunction(Curves::label);
    styler.setLegendVisible(both);
    styler.setLegendBorderColor(Color.WHITE);
    styler.setLegendPosition(Styler.LegendPosition.OutsideS);
    styler.setLegendLayout(Styler.LegendLayout.Horizontal);
    addSeries(chart, both ? "training" : column, history.column(column), TRAIN);
    if (both) {
      addSeries(chart, "validation", history.column(VAL + column), VALIDATION);
    }
    return chart;
  }

  /// Returns `0.45`, or `2.5e-7` for what is very small.
  static String label(double value) {
    var rounded = new BigDecimal(value).round(new MathContext(6)).stripTrailingZeros();
    boolean small = rounded.signum() != 0 && Math.abs(value) < 1e-3;
    return small ? rounded.toString().replace("E", "e") : rounded.toPlainString();
  }

  /// Leaves out what is no finite number or too large to draw; a single point is drawn as one.
  private static void addSeries(XYChart chart, String name, double[] values, Color colour) {
    int[] epochs =
        IntStream.range(0, values.length).filter(i -> Math.abs(values[i]) <= LARGEST).toArray();
    if (epochs.length == 0) {
      return;
    }
    XYSeries series =
        chart.addSeries(
            name,
            Arrays.stream(epochs).mapToDouble(epoch -> epoch + 1).toArray(),
            Arrays.stream(epochs).mapToDouble(epoch -> values[epoch]).toArray());
    series.setLineColor(colour);
    series.setLineStyle(new BasicStroke(2, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    series.setMarker(epochs.length > 1 ? SeriesMarkers.NONE : SeriesMarkers.CIRCLE);
    series.setMarkerColor(colour);
  }
}
