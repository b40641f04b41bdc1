package io.dynaload.pipeline;

import io.dynaload.config.Key;
import io.dynaload.config.Keys;
import io.dynaload.config.Section;
import io.dynaload.deadletter.DeadLetterStore;
import io.dynaload.deadletter.ErrorBudget;
import org.apache.flink.core.fs.Path;

/**
 * What becomes of items that cannot be written.
 *
 * @param directory a folder on {@code file://} or {@code s3://}; a path without a scheme is local
 * @param budget how many of them the run bears; its key stands in the section above
 */
public record DeadLetterConfig(String directory, ErrorBudget budget) {
  private static final String DEFAULT = "dynaload-dead-letters";

  static final Key<String> DIRECTORY =
      Key.text("directory")
          .defaultsTo(DEFAULT)
          .describedAs(
              "Where items are kept that cannot be written, with the reason: a folder, `file://…` or"
                  + " `s3://…`. Each import has a folder of its name in it.");
  static final Key<ErrorBudget> BUDGET =
      Key.parsed("error-budget", "a number of items or a percentage", "0.1%", ErrorBudget::parse)
          .defaultsTo(ErrorBudget.NONE)
          .changeable()
          .describedAs(
              "How many items may go to the dead letters before the run stops, with exit code 3: a"
                  + " number, or a percentage of the items read, from the thousandth on.");

  static final Keys KEYS = Keys.of(DIRECTORY);

  static DeadLetterConfig from(Section letters, ErrorBudget budget) {
    return new DeadLetterConfig(letters.get(DIRECTORY), budget);
  }

  /** Kept apart from the real import's, and local, as nothing of a trial is to be replayed. */
  DeadLetterConfig ofTrial() {
    return new DeadLetterConfig(DEFAULT + "/trials", budget);
  }

  DeadLetterStore store(String name) {
    return new DeadLetterStore(new Path(FileSystems.path(directory), name));
  }
}
