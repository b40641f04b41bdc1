package io.dynaload.pipeline;

import io.dynaload.capacity.SharedLimit;
import io.dynaload.config.ConfigFile;
import io.dynaload.config.Key;
import io.dynaload.config.Keys;
import io.dynaload.config.Problems;
import io.dynaload.config.Section;
import io.dynaload.config.Tree;
import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * All imports of a file, read and checked; nothing is connected yet. A file without the key {@code
 * imports} describes one. With it, the sections of an import at the top of the file are shared:
 * each import has what they say, unless it says otherwise itself.
 *
 * @param name of all of them together; of one import, its own
 * @param imports in the order of the file, by the name that stands in it
 * @param maxConcurrent how many run at a time; 0 where the file describes but one
 */
public record ImportsFile(String name, Map<String, ImportFile> imports, int maxConcurrent) {
  static final Key<Tree> IMPORTS =
      Key.tree("imports", "a list of sections", "[{name: orders, sink: {table: orders}}]")
          .describedAs(
              "Several imports, a job each: each with a `name` and with sections as above, which"
                  + " add to those that stand at the top of the file, or replace their values.");
  static final Key<Integer> MAX_CONCURRENT =
      Key.integer("max-concurrent")
          .defaultsTo(1)
          .between(1, 64)
          .changeable()
          .describedAs(
              "How many of the `imports` run at a time. Those that write to one table divide its"
                  + " `write-capacity`.");
  static final Key<String> NAME =
      Key.parsed("name", "a name", "orders", ImportsFile::checkedName)
          .required()
          .describedAs(
              "Of one of the `imports`, no other's: letters, digits, `_` and `-`, not digits"
                  + " alone.");

  private static final List<Key<?>> PIPELINE_NAME =
      List.of(ImportFile.PIPELINE, PipelineConfig.NAME);
  private static final List<Key<?>> CHECKPOINT_DIRECTORY =
      List.of(ImportFile.PIPELINE, PipelineConfig.CHECKPOINT, CheckpointConfig.DIRECTORY);
  private static final String IMPORTS_FORM =
      "a list of imports, each with a name: \"- name: orders\"";

  public ImportsFile {
    imports = Collections.unmodifiableMap(new LinkedHashMap<>(imports));
  }

  /**
   * Reads a file.
   *
   * @param overrides what stands behind each {@code --set}
   * @throws ImportException with everything that is wrong, each with its place
   */
  public static ImportsFile read(Path file, List<String> overrides) {
    return read(ConfigFile.read(file, overrides));
  }

  /** Reads a text; {@code label} stands for the file in messages. */
  static ImportsFile parse(String label, String text, List<String> overrides) {
    return read(ConfigFile.parse(label, text, overrides));
  }

  private static ImportsFile read(Tree tree) {
    Problems problems = new Problems();
    ImportsFile read =
        tree.child(IMPORTS.name()).isPresent() ? several(tree, problems) : one(tree, problems);
    problems.throwIfAny();
    return read;
  }

  private static ImportsFile one(Tree tree, Problems problems) {
    Map<String, ImportFile> imports = new LinkedHashMap<>();
    ImportFile.read(tree, ImportFile.KEYS, problems)
        .ifPresent(read -> imports.put(read.pipeline().name(), read));
    return new ImportsFile(String.join("", imports.keySet()), imports, 0);
  }

  private static ImportsFile several(Tree tree, Problems problems) {
    Section top = tree.check(sharedKeys(), problems);
    String name = sharedName(tree, problems);
    Optional<Tree> found = top.find(IMPORTS);
    if (found.isEmpty()) {
      return new ImportsFile(name, Map.of(), 1); // It has no value, which is among the problems.
    }
    Tree list = found.get();
    if (list.elements().isEmpty()) {
      problems.add(list.problem("expected " + IMPORTS_FORM, "Write " + IMPORTS_FORM + "."));
    }
    Map<String, ImportFile> imports = new LinkedHashMap<>();
    Set<String> names = new TreeSet<>();
    for (Tree element : list.elements()) {
      Optional<String> own = element.text(NAME.name());
      if (own.isPresent() && !names.add(own.get())) {
        problems.add(
            element.problem(
                "the name " + own.get() + " stands twice", "Give each import a name of its own."));
      }
      Tree merged = merged(tree, element, own);
      own(PIPELINE_NAME, element, merged)
          .map(
              place ->
                  place.problem(
                      "it names all imports together, and stands at the top of the file",
                      "Name one of them by its key \"name\", beside its source and sink."))
          .ifPresent(problems::add);
      own(CHECKPOINT_DIRECTORY, element, merged)
          .map(
              place ->
                  place.problem(
                      "it holds the runs of all imports together, and stands at the top of the"
                          + " file",
                      "Set it at the top, beside \"imports:\"; each import has a folder in it."))
          .ifPresent(problems::add);
      ImportFile.read(merged, Keys.of(NAME).and(ImportFile.KEYS), problems)
          .ifPresent(read -> imports.put(own.orElseThrow(), read.named(name + "/" + own.get())));
    }
    int maxConcurrent = top.find(MAX_CONCURRENT).orElse(1);
    SharedTargets.check(imports, maxConcurrent, list).ifPresent(problems::add);
    return new ImportsFile(name, SharedTargets.dividing(imports, maxConcurrent), maxConcurrent);
  }

  /** What stands at the top for all is checked as part of each. */
  private static Keys sharedKeys() {
    Keys keys = Keys.of(MAX_CONCURRENT, IMPORTS.required());
    for (Key<?> key : ImportFile.KEYS.list()) {
      keys = keys.and(Key.tree(key.name(), "a section", "{…}"));
    }
    return keys;
  }

  private static String sharedName(Tree tree, Problems problems) {
    Tree pipeline = tree.child(ImportFile.PIPELINE.name()).orElse(tree);
    Optional<String> name = pipeline.text(PipelineConfig.NAME.name());
    if (name.isEmpty()) {
      problems.add(
          pipeline.problem(
              "pipeline.name is missing at the top of the file: it names all imports together",
              "Add \"pipeline: {name: my-imports}\" beside \"imports:\"."));
    }
    return name.orElse("");
  }

  private static Tree merged(Tree tree, Tree element, Optional<String> name) {
    List<String> inherited =
        ImportFile.KEYS.list().stream()
            .map(Key::name)
            .filter(key -> !key.equals(ImportFile.SOURCE.name()) || isOfOneType(tree, element))
            .collect(Collectors.toList());
    String path = IMPORTS.name() + "." + name.filter(ImportsFile::isName).orElse(number(element));
    return element.over(tree.only(inherited), path);
  }

  private static String number(Tree element) {
    return element.path().substring(element.path().lastIndexOf('.') + 1);
  }

  /** What is shared of one type of source has no meaning for another. */
  private static boolean isOfOneType(Tree tree, Tree element) {
    Optional<String> shared = type(tree);
    Optional<String> own = type(element);
    return shared.isEmpty() || own.isEmpty() || shared.equals(own);
  }

  private static Optional<String> type(Tree tree) {
    return tree.child(ImportFile.SOURCE.name()).flatMap(source -> source.text("type"));
  }

  /** Where an import says for itself what holds for all; its name stands in the merged one. */
  private static Optional<Tree> own(List<Key<?>> path, Tree element, Tree merged) {
    return below(path, element).map(own -> below(path, merged).orElse(own));
  }

  private static Optional<Tree> below(List<Key<?>> path, Tree top) {
    Optional<Tree> found = Optional.of(top);
    for (Key<?> key : path) {
      found = found.flatMap(tree -> tree.child(key.name()));
    }
    return found;
  }

  private static boolean isName(String text) {
    return text.matches("[A-Za-z0-9_-]{1,64}") && !text.matches("[0-9]+");
  }

  private static String checkedName(String text) {
    if (!isName(text)) {
      throw new IllegalArgumentException(
          "cannot name an import: use up to 64 letters, digits, '_' and '-', and not digits alone");
    }
    return text;
  }

  /** The same as trials; see {@link ImportFile#asTrial}. */
  public ImportsFile asTrial(URI dynamoDb, String checkpoints) {
    Map<String, ImportFile> trials = new LinkedHashMap<>(imports);
    trials.replaceAll((any, each) -> each.asTrial(dynamoDb, checkpoints));
    return new ImportsFile(name, trials, maxConcurrent);
  }

  /**
   * To be open while its imports run in this process: those that share a target then divide its
   * limit by how many of them run at the moment. Otherwise it is divided by how many can.
   */
  public SharedLimit openLimits() {
    return SharedTargets.open(this);
  }

  /** Whether the file has the form of several, even if it is one. */
  public boolean isSeveral() {
    return maxConcurrent > 0;
  }

  /**
   * The import, for what is done with one alone.
   *
   * @throws ImportException (CONFIGURATION) if there are several
   */
  public ImportFile onlyOne() {
    if (imports.size() > 1) {
      throw new ImportException(
          ErrorCode.CONFIGURATION,
          "The file describes several imports: " + String.join(", ", imports.keySet()),
          "Name one: --import " + imports.keySet().iterator().next());
    }
    return imports.values().iterator().next();
  }

  /**
   * The same with only these of its imports, or all if none is named.
   *
   * @throws ImportException (CONFIGURATION) if there is none of that name
   */
  public ImportsFile only(List<String> names) {
    if (names.isEmpty()) {
      return this;
    }
    for (String asked : names) {
      if (!isSeveral() || !imports.containsKey(asked)) {
        throw new ImportException(
            ErrorCode.CONFIGURATION,
            "--import " + asked + ": the file has no such import",
            isSeveral()
                ? "It has: " + String.join(", ", imports.keySet()) + "."
                : "It describes one import, without a list \"imports:\": leave --import out.");
      }
    }
    Map<String, ImportFile> kept = new LinkedHashMap<>(imports);
    kept.keySet().retainAll(names);
    return new ImportsFile(name, kept, maxConcurrent);
  }
}
