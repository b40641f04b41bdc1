package io.dynaload.config;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a key says beside its name and type. Bounds are inclusive. */
record Rules<T>(
    boolean required,
    @Nullable T defaultValue,
    @Nullable T least,
    @Nullable T most,
    String description,
    @Nullable String example,
    boolean changeable) {

  static <T> Rules<T> none() {
    return new Rules<>(false, null, null, null, "", null, false);
  }

  Rules<T> asRequired() {
    return new Rules<>(true, defaultValue, least, most, description, example, changeable);
  }

  Rules<T> withDefault(T value) {
    return new Rules<>(required, value, least, most, description, example, changeable);
  }

  Rules<T> within(@Nullable T lower, @Nullable T upper) {
    return new Rules<>(required, defaultValue, lower, upper, description, example, changeable);
  }

  Rules<T> describedAs(String text) {
    return new Rules<>(required, defaultValue, least, most, text, example, changeable);
  }

  Rules<T> withExample(String text) {
    return new Rules<>(required, defaultValue, least, most, description, text, changeable);
  }

  Rules<T> asChangeable() {
    return new Rules<>(required, defaultValue, least, most, description, example, true);
  }

  /** What is wrong with a value of the right type; null where nothing is. */
  @Nullable String violation(T value, Function<T, String> show) {
    if (required && value instanceof String text && text.isBlank()) {
      return "is empty";
    }
    if (least != null && compare(value, least) < 0) {
      return show.apply(value) + " is below " + show.apply(least);
    }
    if (most != null && compare(value, most) > 0) {
      return show.apply(value) + " is above " + show.apply(most);
    }
    return null;
  }

  private static <T> int compare(T a, T b) {
    if (!(a instanceof Comparable<?>)) {
      throw new IllegalArgumentException("Bounds are for numbers and durations");
    }
    @SuppressWarnings("unchecked") // numbers and durations compare with their own type
    Comparable<T> comparable = (Comparable<T>) a;
    return comparable.compareTo(b);
  }
}
