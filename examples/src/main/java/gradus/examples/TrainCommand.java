// SPDX-License-Identifier: Apache-2.0

package gradus.examples;

import gradus.Generator;
import gradus.Threads;
import gradus.data.DataLoader;
import gradus.data.Dataset;
import gradus.data.ImageDatasets;
import gradus.data.Normalize;
import gradus.nn.CrossEntropyLoss;
import gradus.nn.Mlp;
import gradus.optim.Optimizer;
import gradus.optim.ReduceLROnPlateau.Mode;
import gradus.train.Callback;
import gradus.train.CsvLogger;
import gradus.train.DivergedException;
import gradus.train.Metric;
import gradus.train.Monitor;
import gradus.train.ProgressBar;
import gradus.train.Trainer;
import gradus.train.TrainerOptions;
import gradus.train.report.Curves;
import gradus.train.report.Report;
import gradus.train.tensorboard.TensorBoardLogger;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `gradus train`: trains a classifier on images and writes it, and how it went, to files.
@Command(
    name = "train",
    description = "Trains a classifier on images.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    sortOptions = false)
final class TrainCommand implements Callable<Integer> {
  /// What shells report of a program that Ctrl-C ended.
  private static final int INTERRUPTED = 130;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  CommandSpec spec;

  @Mixin(name = "Images")
  TrainDataOptions data = new TrainDataOptions();

  @Mixin(name = "Model")
  ModelOptions model = new ModelOptions();

  @Mixin(name = "Optimization")
  OptimizationOptions optimization = new OptimizationOptions();

  @Mixin(name = "Learning rate schedule")
  ScheduleOptions schedule = new ScheduleOptions();

  @Mixin(name = "Results")
  OutputOptions output = new OutputOptions();

  @Override
  public Integer call() throws IOException {
    check();
    if (optimization.threads != null) {
      Threads.count(optimization.threads);
    }
    output.prepare();
    PrintWriter print = spec.commandLine().getOut();
    LoadedImages images = data.open(optimization.seed, print);
    Examples examples = examples(images.datasets());
    Trainer trainer = trainer(images, examples, print);
    print.println(trainer.model());
    print.printf("%,d parameters%n", trainer.model().numParameters());
    print.flush();
    if (output.resume) {
      new Resumption(settings(), print).resume(trainer, output.last(), optimization.epochs);
    }
    fit(trainer);
    if (trainer.isStopping()) {
      return INTERRUPTED;
    }
    write(trainer, images, examples, print);
    return 0;
  }

  private void check() {
    var usage = new Usage(spec.commandLine());
    data.check(usage);
    model.check(usage);
    optimization.check(usage);
    schedule.check(usage);
    usage.require(
        "--batch-size",
        optimization.batchSize,
        optimization.batchSize > 1 || !model.batchNorm,
        "--batch-norm needs at least 2");
  }

  /// Normalized images.
  ///
  /// @param train those to train on, varied if that is wanted
  /// @param plain the same as they are
  /// @param val those to validate with, or null
  private record Examples(
      Normalize normalize, Dataset train, Dataset plain, @Nullable Dataset val, Dataset test) {}

  private Examples examples(ImageDatasets images) {
    TrainDataOptions.Parts parts = data.split(images, optimization.seed);
    Normalize normalize = Normalize.fit(parts.train());
    return new Examples(
        normalize,
        data.augmented(parts.train(), optimization.seed).map(normalize),
        parts.train().map(normalize),
        parts.val() == null ? null : parts.val().map(normalize),
        images.test().map(normalize));
  }

  private Trainer trainer(LoadedImages images, Examples examples, PrintWriter print) {
    if (examples.val == null && optimization.patience != null) {
      throw new IllegalArgumentException(
          "--patience %d: there is no validation to watch; give --val-split"
              .formatted(optimization.patience));
    }
    Mlp net;
    try (var _ = Generator.scope(optimization.seed)) {
      net = new Mlp(model.architecture(images.shape(), images.datasets().classes().size()));
    }
    Optimizer<?> optimizer = optimization.optimizer(net.parameters());
    Mode mode = examples.val == null ? Mode.MIN : Mode.MAX;
    TrainerOptions options =
        Trainer.options()
            .metrics(Metric.accuracy())
            .scheduler(schedule.scheduler(optimizer, optimization.epochs, mode))
            .penalty(optimization.penalty())
            .checkpoints(output.checkpoints())
            .callbacks(callbacks(print))
            .seed(optimization.seed);
    if (examples.val != null) {
      options =
          options
              .validation(new DataLoader(examples.val, Score.BATCH))
              .monitor(Monitor.max("val_accuracy"));
    }
    if (optimization.patience != null) {
      options = options.patience(optimization.patience);
    }
    return new Trainer(net, new CrossEntropyLoss(), optimizer, loader(examples.train), options);
  }

  private DataLoader loader(Dataset train) {
    int size = optimization.batchSize;
    // A last batch of one example has no variance to normalise by.
    boolean dropLast = model.batchNorm && train.size() % size == 1 && train.size() > size;
    return new DataLoader(
        train,
        DataLoader.options()
            .batchSize(size)
            .shuffle(true)
            .dropLast(dropLast)
            .seed(optimization.seed));
  }

  private List<Callback> callbacks(PrintWriter print) {
    List<Callback> callbacks = new ArrayList<>();
    callbacks.add(new CsvLogger(output.file("history.csv")));
    if (output.tensorboard) {
      callbacks.add(new TensorBoardLogger(output.file("tensorboard")));
    }
    callbacks.add(new ProgressBar(print));
    callbacks.add(new Resumption(settings(), print));
    return callbacks;
  }

  private void fit(Trainer trainer) {
    try {
      trainer.fit(optimization.epochs);
    } catch (DivergedException e) {
      throw new IllegalStateException(
          "the loss is no number any more in step %d of epoch %d: the training diverged; try a smaller --lr (it is %s), --batch-norm or another --init"
              .formatted(trainer.currentBatch() + 1, trainer.currentEpoch() + 1, optimization.lr()),
          e);
    }
  }

  /// Returns the options that decide the results, with what the ones that are not given come to.
  private Map<String, String> settings() {
    var settings = new LinkedHashMap<String, String>();
    data.describe(settings);
    model.describe(settings);
    optimization.describe(settings);
    schedule.describe(settings, optimization.epochs);
    return settings;
  }

  private void write(Trainer trainer, LoadedImages images, Examples examples, PrintWriter print)
      throws IOException {
    Mlp net = (Mlp) trainer.model();
    Score train = Score.of(net, examples.plain);
    Score val = examples.val == null ? null : Score.of(net, examples.val);
    Score test = Score.of(net, examples.test);
    print.println(train.line("train"));
    if (val != null) {
      print.println(val.line("validation"));
    }
    print.println(test.line("test"));
    List<String> classes = images.datasets().classes();
    new ModelFile(net, classes, examples.normalize, images.shape(), images.origin())
        .save(output.file("model.safetensors"));
    Summary.of(trainer, images.name(), train, val, test, optimization.seed)
        .save(output.file("summary.json"));
    Curves.save(trainer.history(), output.file("curves.png"));
    report(trainer, images)
        .test(test.predictions(), images.datasets().test(), classes)
        .save(output.file("report.html"));
    print.printf(
        "wrote %s, with summary.json, history.csv, curves.png and report.html beside it%n",
        output.file("model.safetensors"));
  }

  private Report report(Trainer trainer, LoadedImages images) {
    var options = new LinkedHashMap<String, String>();
    options.put("data", images.name());
    options.putAll(settings());
    options.put("--epochs", Integer.toString(optimization.epochs));
    options.put(
        "--patience", optimization.patience == null ? "none" : optimization.patience.toString());
    return Report.of(trainer).title("gradus train").options(options);
  }
}
