package io.dynaload.config;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One key of a section: its name in kebab-case, type, default, bounds and description, declared
 * once beside the record that holds the value. The reference manual is generated from these.
 * Immutable: each method returns another key.
 *
 * <p>A text that is a reference, {@code ${env:NAME}}, is refused by every key that does not take a
 * {@link Secret}: nothing would resolve it.
 *
 * @param <T> the type of the value
 */
public final class Key<T> {
  private static final Pattern KEBAB_CASE = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");

  private final String name;
  private final ValueType<T> type;
  private final Rules<T> rules;

  private Key(String name, ValueType<T> type, Rules<T> rules) {
    this.name = name;
    this.type = type;
    this.rules = rules;
  }

  private static <T> Key<T> of(String name, ValueType<T> type) {
    if (!KEBAB_CASE.matcher(name).matches()) {
      throw new IllegalArgumentException("The key " + name + " is not in kebab-case");
    }
    return new Key<>(name, type, Rules.none());
  }

  public static Key<String> text(String name) {
    return of(name, Scalars.TEXT);
  }

  public static Key<Integer> integer(String name) {
    return of(name, Scalars.INTEGER);
  }

  public static Key<Long> longInteger(String name) {
    return of(name, Scalars.LONG);
  }

  /** A number with or without a fraction, exact. */
  public static Key<BigDecimal> number(String name) {
    return of(name, Scalars.NUMBER);
  }

  public static Key<Boolean> flag(String name) {
    return of(name, Scalars.FLAG);
  }

  /** A number and a unit: {@code 500ms}, {@code 60s}, {@code 5m}, {@code 1h}, {@code 2d}. */
  public static Key<Duration> duration(String name) {
    return of(name, Scalars.DURATION_TYPE);
  }

  /** One of an enum's constants, written in kebab-case. */
  public static <E extends Enum<E>> Key<E> choice(String name, Class<E> type) {
    return of(name, Scalars.choice(type));
  }

  /** One of these texts. */
  public static Key<String> oneOf(String name, List<String> values) {
    return of(name, Scalars.oneOf(values));
  }

  /**
   * A single value with a form of its own.
   *
   * @param label what is expected, with its article: "an http url"
   * @param example a value as it can stand in a file
   * @param parser throws IllegalArgumentException with the rest of a sentence that begins with the
   *     value: "is not an http url, such as http://127.0.0.1:8000"
   */
  public static <T> Key<T> parsed(
      String name, String label, String example, Function<String, T> parser) {
    return of(name, new ScalarType<>(label, example, parser, String::valueOf));
  }

  /**
   * The same, or {@code ${file:PATH}}, which is kept as it is: the file is read by whoever uses the
   * value, as often as needed.
   *
   * @param inFile makes the value that stands for a file, by its path: absolute, or with a scheme
   */
  public static <T> Key<T> parsedOrInFile(
      String name,
      String label,
      String example,
      Function<String, T> parser,
      Function<String, T> inFile) {
    return of(
        name, new InFileType<>(new ScalarType<>(label, example, parser, String::valueOf), inFile));
  }

  public static Key<List<String>> texts(String name) {
    return of(name, new CompositeTypes.ListOf<>(Scalars.TEXT, "a list of texts", "[a, b]"));
  }

  /** Free keys with a text each, in the order of the file. */
  public static Key<Map<String, String>> textMap(String name) {
    return of(name, new CompositeTypes.MapOf<>(Scalars.TEXT, "names with a text each", "{a: b}"));
  }

  /** Free keys, each with a literal or a reference; for the properties of a driver. */
  public static Key<Map<String, Secret>> textOrReferenceMap(String name) {
    return of(
        name,
        new CompositeTypes.MapOf<>(
            new SecretType(true), "names with a text or a reference each", "{a: b}"));
  }

  /** A secret, as a reference only: the text itself is refused. */
  public static Key<Secret> secret(String name) {
    return of(name, new SecretType(false));
  }

  /** A text that may be a literal or a reference; for what is not secret in itself (a username). */
  public static Key<Secret> textOrReference(String name) {
    return of(name, new SecretType(true));
  }

  /** A section below, checked against its own keys. */
  public static Key<Section> section(String name, Keys keys) {
    return of(name, new CompositeTypes.SectionOf(keys));
  }

  /** A list of sections, each checked against the same keys. */
  public static Key<List<Section>> sections(String name, Keys keys) {
    CompositeTypes.SectionOf section = new CompositeTypes.SectionOf(keys);
    return of(
        name,
        new CompositeTypes.ListOf<>(section, "a list of sections", "[" + section.example() + "]"));
  }

  /** Anything, unchecked, for a form that keys cannot describe. */
  public static Key<Tree> tree(String name, String label, String example) {
    return of(name, new CompositeTypes.Raw(label, example));
  }

  /** The key must be there. A required text must not be empty. */
  public Key<T> required() {
    return with(rules.asRequired());
  }

  public Key<T> defaultsTo(T value) {
    return with(rules.withDefault(value));
  }

  /** Inclusive bounds, for numbers and durations. */
  public Key<T> between(T least, T most) {
    return with(rules.within(least, most));
  }

  public Key<T> atLeast(T least) {
    return with(rules.within(least, null));
  }

  public Key<T> describedAs(String description) {
    return with(rules.describedAs(description));
  }

  /** A value for error messages and the manual, in place of the type's own example. */
  public Key<T> example(String value) {
    return with(rules.withExample(value));
  }

  /** The value may be another when an import goes on from a checkpoint. */
  public Key<T> changeable() {
    return with(rules.asChangeable());
  }

  private Key<T> with(Rules<T> changed) {
    T value = changed.defaultValue();
    String violation = value == null ? null : changed.violation(value, type::show);
    if (violation != null) {
      throw new IllegalArgumentException("The default of " + name + ": " + violation);
    }
    return new Key<>(name, type, changed);
  }

  public String name() {
    return name;
  }

  public @Nullable T defaultValue() {
    return rules.defaultValue();
  }

  public boolean isRequired() {
    return rules.required();
  }

  public boolean isChangeable() {
    return rules.changeable();
  }

  /** The value as it would stand in a file. */
  String show(T value) {
    return type.show(value);
  }

  ValueType<T> type() {
    return type;
  }

  Rules<T> rules() {
    return rules;
  }

  String exampleLine() {
    String value = rules.example();
    return name + ": " + (value == null ? type.example() : value);
  }

  @Nullable T read(Tree tree, Problems problems) {
    T value = tree.read(type, problems);
    String violation = value == null ? null : rules.violation(value, type::show);
    if (violation != null) {
      tree.add(problems, violation);
      return null;
    }
    return value;
  }

  /** What a section that lacks the key has in its place: for a section, one of defaults. */
  @Nullable T absent(Tree parent) {
    if (!(type instanceof CompositeTypes.SectionOf)) {
      return null;
    }
    return type.read(parent.absent(name), new Problems());
  }

  @Override
  public String toString() {
    return name;
  }
}
