package io.dynaload.pipeline;

import io.dynaload.metrics.Count;
import io.dynaload.metrics.RunFigures;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far an application's run is. It stands in the run's folder before anybody is told of it: the
 * holder reads it there, and so does the next attempt at the run, should this process be lost. What
 * is published falls in neither case: in the folder stands the most that this attempt and those
 * before it came to, and the next one tells that first.
 *
 * <p>A folder that cannot be written is told in the log; nothing else comes of it. Thread-safe.
 */
final class ApplicationFigures {
  private static final Logger LOG = LoggerFactory.getLogger(ApplicationFigures.class);

  private final RunFolder folder;
  private final Supplier<RunFigures> live;
  private RunFigures most;
  private boolean isToldOfEarlier;

  /**
   * @param live of this attempt
   */
  ApplicationFigures(RunFolder folder, Supplier<RunFigures> live) {
    this.folder = folder;
    this.live = live;
    this.most = earlier().orElse(RunFigures.NONE);
    this.isToldOfEarlier = most.counts().getOrDefault(Count.READ, 0L) == 0;
  }

  private Optional<RunFigures> earlier() {
    try {
      return folder.figures();
    } catch (IOException | RuntimeException e) {
      LOG.warn("How far an earlier attempt came cannot be read from {}", folder.path(), e);
      return Optional.empty();
    }
  }

  /** For the publisher: first what earlier attempts came to, then what is so now. */
  synchronized RunFigures tell() {
    if (isToldOfEarlier) {
      return show();
    }
    isToldOfEarlier = true;
    return new RunFigures(
        most.counts(), most.progress(), most.estimatedItems(), most.writeLimit(), true);
  }

  /** Writes down what is so now. */
  synchronized RunFigures show() {
    RunFigures now = live.get();
    most = now.atLeast(most);
    try {
      folder.figures(most);
    } catch (IOException | RuntimeException e) {
      LOG.warn("How far the run is cannot be written to {}", folder.path(), e);
    }
    return now;
  }
}
