package io.dynaload.source.format;

import java.util.Map;

/**
 * A format by name, for {@code format:} of a file source. Found by {@link java.util.ServiceLoader}:
 * a jar on the class path names its implementation, which has a public constructor without
 * arguments and no state, in {@code META-INF/services/io.dynaload.source.format.FormatProvider}.
 */
public interface FormatProvider {
  /** As it stands in the file; none of the names that are built in. */
  String name();

  /**
   * @param options as they stand in the file
   * @throws IllegalArgumentException what is wrong with the options, for the person who wrote them
   */
  RecordFormat create(Map<String, String> options);
}
