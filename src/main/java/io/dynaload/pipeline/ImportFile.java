package io.dynaload.pipeline;

import io.dynaload.config.Key;
import io.dynaload.config.Keys;
import io.dynaload.config.Problems;
import io.dynaload.config.Section;
import io.dynaload.config.Tree;
import io.dynaload.error.ImportException;
import io.dynaload.sink.DynamoDbSinkConfig;
import io.dynaload.source.ImportSource;
import io.dynaload.source.SourceFactory;
import io.dynaload.transform.Transform;
import java.net.URI;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An import as its file describes it, read and checked; nothing is connected yet.
 *
 * @param identity what has to stay the same if the import is to go on from a checkpoint
 */
public record ImportFile(
    ImportSource source,
    Transform transform,
    DynamoDbSinkConfig sink,
    PipelineConfig pipeline,
    JobIdentity identity) {
  static final Key<Tree> SOURCE =
      Key.tree("source", "a section", "{type: lindorm}")
          .required()
          .describedAs("Where the items come from.");
  static final Key<List<Section>> TRANSFORM =
      Key.sections("transform", Transform.STEP)
          .describedAs("What is done with each item on the way, step by step.");
  static final Key<Section> SINK =
      Key.section("sink", DynamoDbSinkConfig.KEYS)
          .required()
          .describedAs("The table that the items go to, and how fast.");
  static final Key<Section> PIPELINE =
      Key.section("pipeline", PipelineConfig.KEYS).required().describedAs("How the job runs.");

  /** The sections of a file. */
  static final Keys KEYS = Keys.of(SOURCE, TRANSFORM, SINK, PIPELINE);

  /**
   * Reads a file that describes one import.
   *
   * @param overrides what stands behind each {@code --set}
   * @throws ImportException with everything that is wrong, each with its place
   */
  public static ImportFile read(Path file, List<String> overrides) {
    return ImportsFile.read(file, overrides).onlyOne();
  }

  /**
   * Reads one import, which may be one of several in its file.
   *
   * @param keys of which {@link #KEYS} are some
   * @return empty only if something was added to {@code problems}
   */
  static Optional<ImportFile> read(Tree tree, Keys keys, Problems problems) {
    Section top = tree.check(keys, problems);
    Map<String, SourceFactory> factories = SourceFactories.all();
    SourceFactory factory = factory(tree, factories, problems);
    if (factory == null) {
      return Optional.empty();
    }
    Section source =
        top.get(SOURCE).check(Keys.of(type(factories.keySet())).and(factory.keys()), problems);
    Optional<ImportSource> from = made(() -> factory.create(source), problems);
    List<Section> steps = top.find(TRANSFORM).orElse(List.of());
    Transform transform = Transform.from(steps, problems);
    Optional<DynamoDbSinkConfig> sink =
        made(() -> DynamoDbSinkConfig.from(top.get(SINK)), problems);
    Optional<PipelineConfig> pipeline =
        made(() -> PipelineConfig.from(top.get(PIPELINE)), problems);
    if (from.isPresent() && sink.isPresent()) {
      WriteModeCheck.deletes(from.get().traits(), sink.get(), top.get(SINK))
          .ifPresent(problems::add);
    }
    if (!problems.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new ImportFile(
            from.orElseThrow(),
            transform,
            sink.orElseThrow(),
            pipeline.orElseThrow(),
            identity(source, steps, top.get(SINK))));
  }

  /** What a section describes; what is wrong with it is reported with the file's other problems. */
  private static <T> Optional<T> made(Supplier<T> make, Problems problems) {
    try {
      return Optional.of(make.get());
    } catch (ImportException e) {
      problems.add(e);
    } catch (IllegalArgumentException | NoSuchElementException e) {
      // A value that it needs could not be read, and is among the problems already.
      if (problems.isEmpty()) {
        throw e;
      }
    }
    return Optional.empty();
  }

  /** The key that says which other keys its section has. */
  static Key<String> type(Collection<String> types) {
    return Key.oneOf("type", List.copyOf(types))
        .required()
        .describedAs("Which source to read from.");
  }

  private static @Nullable SourceFactory factory(
      Tree tree, Map<String, SourceFactory> factories, Problems problems) {
    return tree.child(SOURCE.name())
        .flatMap(source -> source.read(type(factories.keySet()), problems))
        .map(factories::get)
        .orElse(null);
  }

  /**
   * The same import as a trial: into another DynamoDB, without the target's role, and with its
   * checkpoints and dead letters in other places than the real one's.
   */
  public ImportFile asTrial(URI dynamoDb, String checkpoints) {
    return new ImportFile(
        source, transform, sink.at(dynamoDb), pipeline.ofTrial(checkpoints), identity);
  }

  ImportFile named(String name) {
    return new ImportFile(source, transform, sink, pipeline.named(name), identity);
  }

  /** With its checkpoints in a folder of this directory. */
  ImportFile in(String directory) {
    return new ImportFile(source, transform, sink, pipeline.in(directory), identity);
  }

  ImportFile withSink(DynamoDbSinkConfig other) {
    return new ImportFile(source, transform, other, pipeline, identity);
  }

  private static JobIdentity identity(Section source, List<Section> steps, Section sink) {
    SortedMap<String, String> values = new TreeMap<>();
    source.identity(values::put);
    steps.forEach(step -> step.identity(values::put));
    sink.identity(values::put);
    return new JobIdentity(values);
  }
}
