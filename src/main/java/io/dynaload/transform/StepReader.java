package io.dynaload.transform;

import io.dynaload.config.Key;
import io.dynaload.config.Problems;
import io.dynaload.config.Section;
import io.dynaload.error.ImportException;
import io.dynaload.transform.StepKeys.KeySuffixKeys;
import io.dynaload.transform.expression.Expression;
import io.dynaload.transform.expression.ExpressionException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads a step, compiles its expressions, and reports all that is wrong with it. What it returns is
 * right only if nothing was reported.
 */
final class StepReader {
  private static final String REMEDY =
      "Correct it and start again; docs/transform.md has examples.";

  private final Section section;
  private final Problems problems;
  private final int number;

  /**
   * @param number of the step, from 1
   */
  StepReader(Section section, Problems problems, int number) {
    this.section = section;
    this.problems = problems;
    this.number = number;
  }

  Optional<Step> read() {
    List<Key<?>> given = StepKeys.OPERATIONS.stream().filter(section::has).toList();
    if (given.size() != 1) {
      String what =
          given.isEmpty()
              ? "a step needs one of "
                  + StepKeys.OPERATIONS.stream().map(Key::name).collect(Collectors.joining(", "))
              : "a step does one thing, and this one has "
                  + given.stream().map(Key::name).collect(Collectors.joining(" and "));
      problems.add(section.problem(what, "Write a step for each, in the order wanted."));
      return Optional.empty();
    }
    Key<?> key = given.get(0);
    String when = section.find(StepKeys.WHEN).orElse(null);
    if (when != null) {
      check(StepKeys.WHEN, null, when, Expression::compileCondition);
    }
    OnError onError = section.find(StepKeys.ON_ERROR).orElse(OnError.REJECT);
    return operation(key)
        .map(operation -> new Step(number + " (" + key + ")", operation, when, onError));
  }

  private Optional<Operation> operation(Key<?> key) {
    // Keys are compared as what they are: constants.
    if (key == StepKeys.WHERE) {
      return section.find(StepKeys.WHERE).map(this::where);
    } else if (key == StepKeys.SELECT) {
      return section.find(StepKeys.SELECT).map(texts -> new Select(paths(StepKeys.SELECT, texts)));
    } else if (key == StepKeys.DROP) {
      return section.find(StepKeys.DROP).map(texts -> new Drop(paths(StepKeys.DROP, texts)));
    } else if (key == StepKeys.RENAME) {
      return section.find(StepKeys.RENAME).map(this::rename);
    } else if (key == StepKeys.CAST) {
      return section.find(StepKeys.CAST).map(this::cast);
    } else if (key == StepKeys.SET) {
      return section.find(StepKeys.SET).map(map -> assign(StepKeys.SET, map, false));
    } else if (key == StepKeys.DEFAULT) {
      return section.find(StepKeys.DEFAULT).map(map -> assign(StepKeys.DEFAULT, map, true));
    } else if (key == StepKeys.KEY_SUFFIX) {
      return section.find(StepKeys.KEY_SUFFIX).flatMap(this::keySuffix);
    }
    return section.find(StepKeys.SPLIT).map(this::split);
  }

  private Operation where(String condition) {
    check(StepKeys.WHERE, null, condition, Expression::compileCondition);
    return new Where(condition);
  }

  private Operation split(String list) {
    check(StepKeys.SPLIT, null, list, Expression::compileList);
    return new Split(list);
  }

  private Operation rename(Map<String, String> names) {
    LinkedHashMap<String, String> renamed = new LinkedHashMap<>();
    names.forEach(
        (from, to) -> {
          String old = name(StepKeys.RENAME, from, from);
          String given = name(StepKeys.RENAME, from, to);
          if (renamed.containsValue(given)) {
            problem(StepKeys.RENAME, from, "'" + given + "' is the new name of another as well");
          }
          renamed.put(old, given);
        });
    return new Rename(notEmpty(StepKeys.RENAME, renamed));
  }

  private Operation cast(Map<String, String> types) {
    LinkedHashMap<String, CastType> wanted = new LinkedHashMap<>();
    types.forEach(
        (name, text) -> {
          Optional<CastType> type =
              Arrays.stream(CastType.values()).filter(t -> t.name().equals(text)).findFirst();
          if (type.isEmpty()) {
            problem(
                StepKeys.CAST,
                name,
                "'"
                    + text
                    + "' is no type; known: "
                    + Arrays.stream(CastType.values())
                        .map(CastType::name)
                        .collect(Collectors.joining(", ")));
          }
          wanted.put(name(StepKeys.CAST, name, name), type.orElse(CastType.S));
        });
    return new Cast(notEmpty(StepKeys.CAST, wanted));
  }

  private Operation assign(Key<?> key, Map<String, String> expressions, boolean onlyAbsent) {
    LinkedHashMap<String, String> assigned = new LinkedHashMap<>();
    expressions.forEach(
        (name, text) -> {
          check(key, name, text, Expression::compile);
          assigned.put(name(key, name, name), text);
        });
    return new Assign(notEmpty(key, assigned), onlyAbsent);
  }

  private Optional<Operation> keySuffix(Section suffix) {
    Optional<String> attribute = suffix.find(KeySuffixKeys.ATTRIBUTE);
    Optional<Integer> shards = suffix.find(KeySuffixKeys.SHARDS);
    if (attribute.isEmpty()) {
      problems.add(missing(suffix, "attribute: pk"));
    }
    if (!suffix.has(KeySuffixKeys.SHARDS)) {
      problems.add(missing(suffix, "shards: 10"));
    }
    if (attribute.isEmpty() || shards.isEmpty()) {
      return Optional.empty();
    }
    String by = suffix.get(KeySuffixKeys.BY);
    return Optional.of(
        new KeySuffix(
            name(StepKeys.KEY_SUFFIX, null, attribute.get()),
            shards.get(),
            by.equals("sort-key") ? null : name(StepKeys.KEY_SUFFIX, null, by),
            suffix.get(KeySuffixKeys.SEPARATOR)));
  }

  private static ImportException missing(Section suffix, String example) {
    return suffix.problem(
        "a key is missing; add, for example, \"" + example + "\"", "Correct it and start again.");
  }

  private List<AttributePath> paths(Key<?> key, List<String> texts) {
    if (texts.isEmpty()) {
      problem(key, null, "names no attribute");
    }
    return texts.stream()
        .map(text -> parsed(key, null, text, AttributePath::parse))
        .filter(Objects::nonNull)
        .toList();
  }

  private String name(Key<?> key, @Nullable String entry, String text) {
    String name = parsed(key, entry, text, AttributePath::attribute);
    return name == null ? text : name;
  }

  private <T> @Nullable T parsed(
      Key<?> key, @Nullable String entry, String text, Function<String, T> parser) {
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException e) {
      problem(key, entry, "'" + text + "' " + e.getMessage());
      return null;
    }
  }

  private <V> LinkedHashMap<String, V> notEmpty(Key<?> key, LinkedHashMap<String, V> map) {
    if (map.isEmpty()) {
      problem(key, null, "names no attribute");
    }
    return map;
  }

  private void check(
      Key<?> key, @Nullable String entry, String text, Compiled.Compilation compilation) {
    try {
      compilation.compile(text);
    } catch (ExpressionException e) {
      problem(key, entry, "\"" + text.strip() + "\", " + e.problem());
    }
  }

  private void problem(Key<?> key, @Nullable String entry, String message) {
    problems.add(section.problem(key, (entry == null ? "" : entry + ": ") + message, REMEDY));
  }
}
