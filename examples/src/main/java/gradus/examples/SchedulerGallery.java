// SPDX-License-Identifier: Apache-2.0

package gradus.examples;

import gradus.Parameter;
import gradus.Tensor;
import gradus.optim.ChainedScheduler;
import gradus.optim.ConstantLR;
import gradus.optim.CosineAnnealingLR;
import gradus.optim.CosineAnnealingWarmRestarts;
import gradus.optim.CyclicLR;
import gradus.optim.ExponentialLR;
import gradus.optim.LRScheduler;
import gradus.optim.LambdaLR;
import gradus.optim.LinearLR;
import gradus.optim.MultiStepLR;
import gradus.optim.MultiplicativeLR;
import gradus.optim.OneCycleLR;
import gradus.optim.Optimizer;
import gradus.optim.PolynomialLR;
import gradus.optim.ReduceLROnPlateau;
import gradus.optim.SGD;
import gradus.optim.SWALR;
import gradus.optim.SequentialLR;
import gradus.optim.StepLR;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import javax.imageio.ImageIO;

/// Draws the learning rate of each scheduler over 100 epochs: the picture in `docs/optimizers.md`.
///
/// `java … gradus.examples.SchedulerGallery docs/schedulers.png`
public final class SchedulerGallery {
  private static final int EPOCHS = 100;
  private static final int COLUMNS = 4;
  private static final int WIDTH = 300;
  private static final int HEIGHT = 170;
  private static final int LEFT = 14;
  private static final int TOP = 46;
  private static final int BOTTOM = 14;
  private static final Color LR = new Color(0x1f77b4);
  private static final Color MOMENTUM = new Color(0xd95f02);
  private static final Color GRID = new Color(0xe4e7eb);
  private static final Color TEXT = new Color(0x333f4d);

  private SchedulerGallery() {}

  /// A scheduler, and how it is made.
  private record Example(String name, String arguments, Function<SGD, LRScheduler> make) {}

  private static final List<Example> EXAMPLES =
      List.of(
          new Example("LambdaLR", "1 / (1 + t/20)", o -> new LambdaLR(o, t -> 1 / (1 + t / 20.0))),
          new Example("MultiplicativeLR", "0.97", o -> new MultiplicativeLR(o, _ -> 0.97)),
          new Example("StepLR", "30, γ 0.4", o -> new StepLR(o, 30, 0.4)),
          new Example(
              "MultiStepLR", "50, 75, γ 0.3", o -> new MultiStepLR(o, List.of(50, 75), 0.3)),
          new Example("ConstantLR", "1/3 for 40", o -> new ConstantLR(o, 1.0 / 3, 40)),
          new Example("LinearLR", "0.1 to 1 in 60", o -> new LinearLR(o, 0.1, 1, 60)),
          new Example("ExponentialLR", "γ 0.95", o -> new ExponentialLR(o, 0.95)),
          new Example("PolynomialLR", "80, power 2", o -> new PolynomialLR(o, 80, 2)),
          new Example("CosineAnnealingLR", "T 100", o -> new CosineAnnealingLR(o, 100)),
          new Example(
              "CosineAnnealingWarmRestarts",
              "T₀ 14, mult 2",
              o -> new CosineAnnealingWarmRestarts(o, 14, 2, 0)),
          new Example(
              "CyclicLR",
              "triangular2, 16 up",
              o ->
                  new CyclicLR(
                      o, CyclicLR.options(0.1, 1).stepSizeUp(16).mode(CyclicLR.Mode.TRIANGULAR2))),
          new Example(
              "OneCycleLR", "100 steps", o -> new OneCycleLR(o, OneCycleLR.options(1, EPOCHS))),
          new Example(
              "SequentialLR",
              "LinearLR, then cosine",
              o ->
                  new SequentialLR(
                      o,
                      List.of(new LinearLR(o, 0.05, 1, 15), new CosineAnnealingLR(o, 85)),
                      List.of(15))),
          new Example(
              "ChainedScheduler",
              "ConstantLR and γ 0.97",
              o ->
                  new ChainedScheduler(
                      List.of(new ConstantLR(o, 0.4, 20), new ExponentialLR(o, 0.97)))),
          new Example(
              "SWALR", "0.3 in 40", o -> new SWALR(o, List.of(0.3), 40, OneCycleLR.Anneal.COS)));

  /// Writes the picture to the file that is the first argument.
  ///
  /// @throws IOException if it cannot be written
  public static void main(String[] args) throws IOException {
    if (!ImageIO.write(draw(), "png", Path.of(args[0]).toFile())) {
      throw new IOException(args[0] + ": no PNG writer");
    }
  }

  private static BufferedImage draw() {
    int count = EXAMPLES.size() + 1;
    int rows = (count + COLUMNS - 1) / COLUMNS;
    var image = new BufferedImage(COLUMNS * WIDTH, rows * HEIGHT, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    g.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    g.setColor(Color.WHITE);
    g.fillRect(0, 0, image.getWidth(), image.getHeight());
    for (int i = 0; i < EXAMPLES.size(); i++) {
      Example example = EXAMPLES.get(i);
      SGD optimizer = optimizer();
      LRScheduler scheduler = example.make.apply(optimizer);
      plot(g, i, example.name, example.arguments, optimizer, _ -> scheduler.step());
    }
    SGD optimizer = optimizer();
    var plateau = new ReduceLROnPlateau(optimizer, ReduceLROnPlateau.options().factor(0.4));
    // A loss that falls for 20 epochs and then stays.
    plot(
        g,
        EXAMPLES.size(),
        "ReduceLROnPlateau",
        "patience 10, from epoch 20 on",
        optimizer,
        epoch -> plateau.step(Math.max(1, 21 - epoch)));
    g.dispose();
    return image;
  }

  private static SGD optimizer() {
    return new SGD(List.of(new Parameter(Tensor.zeros(1))), SGD.options().lr(1).momentum(0.9));
  }

  private static void plot(
      Graphics2D g,
      int index,
      String name,
      String arguments,
      Optimizer<SGD.Options> optimizer,
      Step step) {
    double[] lr = new double[EPOCHS];
    double[] momentum = new double[EPOCHS];
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
      SGD.Options options = optimizer.groups().getFirst().options();
      lr[epoch] = options.lr();
      momentum[epoch] = options.momentum();
      step.after(epoch);
    }
    int x = index % COLUMNS * WIDTH + LEFT;
    int y = index / COLUMNS * HEIGHT;
    g.setColor(TEXT);
    g.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 14));
    g.drawString(name, x, y + 20);
    g.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
    g.drawString(arguments, x, y + 36);
    g.setColor(GRID);
    for (int quarter = 0; quarter <= 4; quarter++) {
      int line = y + HEIGHT - BOTTOM - quarter * (HEIGHT - TOP - BOTTOM) / 4;
      g.drawLine(x, line, x + WIDTH - 2 * LEFT, line);
    }
    if (momentum[0] != momentum[EPOCHS / 3]) {
      curve(g, x, y, momentum, MOMENTUM);
    }
    curve(g, x, y, lr, LR);
  }

  /// What a scheduler does after an epoch.
  private interface Step {
    void after(int epoch);
  }

  private static void curve(Graphics2D g, int x, int y, double[] values, Color colour) {
    double perEpoch = (WIDTH - 2.0 * LEFT) / (EPOCHS - 1);
    double height = HEIGHT - TOP - BOTTOM;
    var path = new Path2D.Double();
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
      double px = x + epoch * perEpoch;
      double py = y + HEIGHT - BOTTOM - values[epoch] * height;
      if (epoch == 0) {
        path.moveTo(px, py);
      } else {
        path.lineTo(px, py);
      }
    }
    g.setColor(colour);
    g.setStroke(new BasicStroke(2, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    g.draw(path);
    g.setStroke(new BasicStroke(1));
  }
}
