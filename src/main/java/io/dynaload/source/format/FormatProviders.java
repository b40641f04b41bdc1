package io.dynaload.source.format;

import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;

/** The formats that jars on the class path bring. */
public final class FormatProviders {
  private FormatProviders() {}

  /** The names of all formats that are brought. */
  public static List<String> names() {
    return all().stream().map(FormatProvider::name).sorted().toList();
  }

  /**
   * Makes a format by its name.
   *
   * @throws ImportException if there is none of this name, or more than one, or if the options are
   *     wrong
   */
  public static RecordFormat create(String name, Map<String, String> options) {
    List<FormatProvider> found = all().stream().filter(p -> p.name().equals(name)).toList();
    if (found.size() != 1) {
      throw new ImportException(
          ErrorCode.CONFIGURATION,
          found.isEmpty()
              ? "There is no format " + name + "; the class path brings " + names()
              : "The class path brings more than one format " + name,
          "Put one jar that brings the format on the class path.");
    }
    try {
      return found.get(0).create(options);
    } catch (IllegalArgumentException e) {
      throw new ImportException(
          ErrorCode.CONFIGURATION,
          "The options of the format " + name + " are wrong: " + e.getMessage(),
          "Mend the options.",
          e);
    }
  }

  private static List<FormatProvider> all() {
    return ServiceLoader.load(FormatProvider.class).stream()
        .map(ServiceLoader.Provider::get)
        .toList();
  }
}
