package io.dynaload.pipeline;

import io.dynaload.config.Key;
import io.dynaload.config.Keys;
import io.dynaload.config.Section;

/**
 * How the job runs, whatever it moves.
 *
 * @param name of the import: in progress, reports and the folder of its checkpoints; of one of
 *     several, {@code FILE'S/ITS-OWN}
 * @param parallelism subtasks of every stage
 * @param cloudWatch whether its figures are published there
 */
public record PipelineConfig(
    String name,
    int parallelism,
    CheckpointConfig checkpoint,
    RestartConfig restart,
    DeadLetterConfig deadLetters,
    boolean cloudWatch) {
  static final Key<String> NAME =
      Key.text("name")
          .required()
          .describedAs(
              "Names the import in its progress, its report and its checkpoints' folder: letters,"
                  + " digits, `.`, `_` and `-`.");
  static final Key<Integer> PARALLELISM =
      Key.integer("parallelism")
          .defaultsTo(2)
          .between(1, 4096)
          .describedAs("Parallel readers, and as many writers.");
  static final Key<Section> CHECKPOINT = Key.section("checkpoint", CheckpointConfig.KEYS);
  static final Key<Section> RESTART = Key.section("restart", RestartConfig.KEYS);
  static final Key<Section> DEAD_LETTERS = Key.section("dead-letters", DeadLetterConfig.KEYS);
  static final Key<Boolean> CLOUDWATCH =
      Key.flag("cloudwatch")
          .defaultsTo(false)
          .describedAs(
              "Whether the import's figures are published to Amazon CloudWatch, in the sink's"
                  + " region, once a minute. An import that runs on EMR by `deploy.sh` does so"
                  + " without being told to.");

  public static final Keys KEYS =
      Keys.of(
          NAME,
          PARALLELISM,
          CHECKPOINT,
          RESTART,
          DeadLetterConfig.BUDGET,
          DEAD_LETTERS,
          CLOUDWATCH);

  /** The folder of its checkpoints, in their directory. */
  String folder() {
    return name.substring(name.lastIndexOf('/') + 1);
  }

  PipelineConfig named(String other) {
    return new PipelineConfig(other, parallelism, checkpoint, restart, deadLetters, cloudWatch);
  }

  PipelineConfig in(String directory) {
    return new PipelineConfig(
        name, parallelism, checkpoint.in(directory), restart, deadLetters, cloudWatch);
  }

  PipelineConfig ofTrial(String checkpoints) {
    return new PipelineConfig(
        name, parallelism, checkpoint.in(checkpoints), restart, deadLetters.ofTrial(), false);
  }

  static PipelineConfig from(Section section) {
    String name = section.get(NAME);
    if (!name.matches("[A-Za-z0-9._-]{1,128}") || name.startsWith(".")) {
      throw section.problem(
          NAME,
          "'" + name + "' cannot name a folder",
          "Use up to 128 letters, digits, '.', '_' and '-', not beginning with a '.'.");
    }
    return new PipelineConfig(
        name,
        section.get(PARALLELISM),
        CheckpointConfig.from(section.get(CHECKPOINT)),
        RestartConfig.from(section.get(RESTART)),
        DeadLetterConfig.from(section.get(DEAD_LETTERS), section.get(DeadLetterConfig.BUDGET)),
        section.get(CLOUDWATCH));
  }
}
