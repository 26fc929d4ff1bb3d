// SPDX-License-Identifier: Apache-2.0

/// The [gradus.train.Trainer]: the training loop with validation, early stopping, checkpoints and
/// callbacks.
///
/// ```java
/// var trainer =
///     new Trainer(
///         model, new CrossEntropyLoss(), optimizer, trainLoader,
///         Trainer.options()
///             .validation(valLoader)
///             .metrics(Metric.accuracy())
///             .patience(5)
///             .checkpoints(Path.of("out"))
///             .callbacks(new ProgressBar()));
/// History history = trainer.fit(20);
/// ```
@NullMarked
package gradus.train;

import org.jspecify.annotations.NullMarked;
