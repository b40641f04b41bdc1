package io.dynaload.config;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.dynaload.error.ImportException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/** Says what is wrong with a text that is not YAML, without repeating any of it. */
final class YamlSyntax {
  private YamlSyntax() {}

  static ImportException error(
      JsonProcessingException e, Function<JsonLocation, Place> places, Place start) {
    for (@Nullable Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof MarkedYAMLException yaml && yaml.getProblemMark() != null) {
        Mark mark = yaml.getProblemMark();
        Place place = places.apply(at(mark.getLine() + 1, mark.getColumn() + 1));
        return YamlReader.error(place, "not valid YAML: " + reason(yaml.getProblem()));
      }
    }
    JsonLocation at = e.getLocation();
    return YamlReader.error(
        at == null ? start : places.apply(at),
        "not valid YAML here; a key must be a text, and a value a text, a list or a section");
  }

  private static JsonLocation at(int line, int column) {
    return new JsonLocation(null, -1, line, column);
  }

  private static String reason(String problem) {
    if (problem.contains("TAB")) {
      return "a tab cannot indent a line; use spaces";
    }
    if (problem.contains("cannot start any token")) {
      return "a text that begins with a special character must be in quotes";
    }
    if (problem.contains("escape") || problem.contains("hexadecimal")) {
      return "an unknown escape (\\) in double quotes; use single quotes";
    }
    if (problem.contains("mapping values are not allowed")) {
      return "a key cannot stand here; check the indentation, and put a text with \": \" in quotes";
    }
    if (problem.contains("end of stream") || problem.contains("stream end")) {
      return "the file ends within quotes, a bracket or a brace";
    }
    return problem;
  }
}
