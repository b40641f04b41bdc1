package io.dynaload.source.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * A JSON object of a manifest, read strictly: a name that is there twice, a value of another type
 * and anything behind the object are errors, which name the place. Names that are not asked for are
 * left alone, because AWS may add some.
 *
 * @param place the manifest's uri, or a line of it
 */
record ManifestJson(JsonNode object, String place) {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  static ManifestJson of(String text, String place) {
    JsonNode read;
    try {
      read = JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw wrong(place, "is no JSON: " + e.getOriginalMessage());
    }
    if (!read.isObject()) {
      throw wrong(place, "is no JSON object");
    }
    return new ManifestJson(read, place);
  }

  Optional<String> findText(String name) {
    JsonNode value = object.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isTextual() || value.asText().isEmpty()) {
      throw wrong("has a " + name + " that is no text");
    }
    return Optional.of(value.asText());
  }

  String text(String name) {
    return findText(name).orElseThrow(() -> wrong("has no " + name));
  }

  /** A number of something, 0 or more. */
  long count(String name) {
    JsonNode value = object.path(name);
    if (value.isMissingNode()) {
      throw wrong("has no " + name);
    }
    if (!value.isIntegralNumber() || !value.canConvertToLong() || value.asLong() < 0) {
      throw wrong("has a " + name + " that is no number of items");
    }
    return value.asLong();
  }

  Optional<Instant> findTime(String name) {
    return findText(name)
        .map(
            text -> {
              try {
                return Instant.parse(text);
              } catch (DateTimeParseException e) {
                throw wrong("has a " + name + " that is no time: " + text);
              }
            });
  }

  ImportException wrong(String what) {
    return wrong(place, what);
  }

  static ImportException wrong(String place, String what) {
    return new ImportException(
        ErrorCode.SOURCE,
        place + " " + what,
        "Manifests must be as DynamoDB wrote them: copy the export anew.");
  }
}
