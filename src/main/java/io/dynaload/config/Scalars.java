package io.dynaload.config;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The types that are written as a single value. */
final class Scalars {
  private static final Pattern WHOLE = Pattern.compile("[+-]?[0-9]{1,40}");
  private static final Pattern DECIMAL = Pattern.compile("[+-]?[0-9]{1,40}(\\.[0-9]{1,40})?");
  private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");
  private static final Pattern BARE = Pattern.compile("[0-9]+");

  static final ScalarType<String> TEXT =
      new ScalarType<>("a text", "some-text", Function.identity(), Function.identity());

  static final ScalarType<Integer> INTEGER =
      new ScalarType<>(
          "a whole number",
          "100",
          text -> whole(text, Integer.MIN_VALUE, Integer.MAX_VALUE).intValueExact(),
          String::valueOf);

  static final ScalarType<Long> LONG =
      new ScalarType<>(
          "a whole number",
          "100",
          text -> whole(text, Long.MIN_VALUE, Long.MAX_VALUE).longValueExact(),
          String::valueOf);

  static final ScalarType<BigDecimal> NUMBER =
      new ScalarType<>("a number", "0.5", Scalars::decimal, BigDecimal::toPlainString);

  static final ScalarType<Boolean> FLAG =
      new ScalarType<>("true or false", "true", Scalars::flag, String::valueOf);

  static final ScalarType<Duration> DURATION_TYPE =
      new ScalarType<>("a duration", "60s", Scalars::duration, Scalars::show);

  private Scalars() {}

  static <E extends Enum<E>> ScalarType<E> choice(Class<E> type) {
    Map<String, E> constants = new LinkedHashMap<>();
    for (E constant : type.getEnumConstants()) {
      constants.put(kebab(constant), constant);
    }
    return choice(constants, Scalars::kebab);
  }

  static ScalarType<String> oneOf(List<String> values) {
    Map<String, String> constants = new LinkedHashMap<>();
    values.forEach(value -> constants.put(value, value));
    return choice(constants, Function.identity());
  }

  private static <T> ScalarType<T> choice(Map<String, T> constants, Function<T, String> printer) {
    List<String> names = List.copyOf(constants.keySet());
    String label = names.size() == 1 ? names.get(0) : "one of " + String.join(", ", names);
    return new ScalarType<>(
        label,
        names.get(0),
        text -> {
          T constant = constants.get(text);
          if (constant == null) {
            throw new IllegalArgumentException("is not " + label + Nearest.hint(text, names));
          }
          return constant;
        },
        printer);
  }

  private static String kebab(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static BigInteger whole(String text, long least, long most) {
    if (!WHOLE.matcher(text).matches()) {
      throw new IllegalArgumentException("is not a whole number, such as 100");
    }
    BigInteger value = new BigInteger(text);
    if (value.compareTo(BigInteger.valueOf(least)) < 0) {
      throw new IllegalArgumentException("is below " + least);
    }
    if (value.compareTo(BigInteger.valueOf(most)) > 0) {
      throw new IllegalArgumentException("is above " + most);
    }
    return value;
  }

  private static BigDecimal decimal(String text) {
    if (!DECIMAL.matcher(text).matches()) {
      throw new IllegalArgumentException("is not a number, such as 0.5");
    }
    return new BigDecimal(text);
  }

  private static Boolean flag(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("is neither true nor false");
    };
  }

  private static Duration duration(String text) {
    Matcher matcher = DURATION.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          BARE.matcher(text).matches()
              ? "has no unit; write, for example, " + text + "s (ms, s, m, h or d)"
              : "is not a duration, such as 500ms, 60s, 5m, 1h or 2d");
    }
    long amount = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      case "h" -> Duration.ofHours(amount);
      default -> Duration.ofDays(amount);
    };
  }

  /** In the largest unit that leaves no rest, but minutes as seconds up to ten of them. */
  private static String show(Duration value) {
    long millis = value.toMillis();
    if (millis == 0 || millis % 1000 != 0) {
      return millis == 0 ? "0s" : millis + "ms";
    }
    long seconds = millis / 1000;
    if (seconds % 60 != 0 || seconds <= 600) {
      return seconds + "s";
    }
    long minutes = seconds / 60;
    if (minutes % 60 != 0) {
      return minutes + "m";
    }
    return minutes % 1440 == 0 && minutes > 1440 ? minutes / 1440 + "d" : minutes / 60 + "h";
  }
}
