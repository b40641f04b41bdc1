package io.dynaload.deadletter;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.dynaload.item.Item;
import io.dynaload.item.Origin;
import io.dynaload.item.Rejection;
import io.dynaload.item.Rejection.Form;
import io.dynaload.item.Rejection.Stage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads the line that {@link DeadLetterJson} wrote, and that a person may have mended. Keys that it
 * does not know are left alone. Messages never hold any of the item. One object a line.
 */
final class DeadLetterParser {
  private final byte[] line;

  private @Nullable String id;
  private @Nullable String source;
  private @Nullable Long position;
  private @Nullable String stage;
  private @Nullable String code;
  private @Nullable String reason;
  private @Nullable String time;
  private long writeTimestampMicros = Item.NO_WRITE_TIMESTAMP;
  private @Nullable Form form;
  private byte @Nullable [] body;

  private DeadLetterParser(byte[] line) {
    this.line = line;
  }

  /**
   * @throws IOException that says what is wrong, as the rest of a sentence
   */
  static DeadLetter parse(byte[] line) throws IOException {
    return new DeadLetterParser(line).letter();
  }

  private DeadLetter letter() throws IOException {
    try (JsonParser json = DeadLetterJson.JSON.createParser(line)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("it is no JSON object");
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        json.nextToken();
        field(name, json);
      }
      if (json.currentToken() != JsonToken.END_OBJECT || json.nextToken() != null) {
        throw new IOException("something follows the JSON object");
      }
    } catch (JsonProcessingException e) {
      throw new IOException(
          "it is no JSON"
              + (e.getLocation() == null ? "" : " (column " + e.getLocation().getColumnNr() + ")"));
    }
    return made();
  }

  private void field(String name, JsonParser json) throws IOException {
    switch (name) {
      case "id" -> id = text(name, json);
      case "source" -> source = text(name, json);
      case "stage" -> stage = text(name, json);
      case "code" -> code = text(name, json);
      case "reason" -> reason = text(name, json);
      case "time" -> time = text(name, json);
      case "position" -> position = number(name, json);
      case "writeTimestampMicros" -> writeTimestampMicros = number(name, json);
      case "item" -> body(Form.ITEM, object(name, json));
      case "key" -> body(Form.KEY, object(name, json));
      case "raw" -> body(Form.RAW, text(name, json).getBytes(StandardCharsets.UTF_8));
      case "rawBase64" -> body(Form.RAW, json.getBinaryValue());
      default -> json.skipChildren();
    }
  }

  private static String text(String name, JsonParser json) throws IOException {
    if (json.currentToken() != JsonToken.VALUE_STRING) {
      throw new IOException("its \"" + name + "\" is no text");
    }
    return json.getText();
  }

  private static long number(String name, JsonParser json) throws IOException {
    if (json.currentToken() != JsonToken.VALUE_NUMBER_INT) {
      throw new IOException("its \"" + name + "\" is no whole number");
    }
    return json.getLongValue();
  }

  /** The bytes as they are. */
  private byte[] object(String name, JsonParser json) throws IOException {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      throw new IOException("its \"" + name + "\" is no JSON object");
    }
    int from = (int) json.currentTokenLocation().getByteOffset();
    json.skipChildren();
    return Arrays.copyOfRange(line, from, (int) json.currentLocation().getByteOffset());
  }

  private void body(Form found, byte[] bytes) throws IOException {
    if (form != null) {
      throw new IOException("it has more than one of \"item\", \"key\" and \"raw\"");
    }
    form = found;
    body = bytes;
  }

  private DeadLetter made() throws IOException {
    if (form == null || body == null) {
      throw new IOException("it has neither \"item\" nor \"key\" nor \"raw\"");
    }
    Rejection rejection =
        new Rejection(stage(there("stage", stage)), form, there("code", code), reason());
    Origin origin = new Origin(there("source", source), there("position", position));
    try {
      DeadLetter letter =
          new DeadLetter(
              there("id", id),
              Item.rejected(body, writeTimestampMicros, origin, rejection),
              Instant.parse(there("time", time)));
      letter.replayOrigin();
      return letter;
    } catch (DateTimeException e) {
      throw new IOException("its \"time\" is no time of ISO 8601", e);
    } catch (IllegalArgumentException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private String reason() {
    return reason == null ? "" : reason;
  }

  private static Stage stage(String text) throws IOException {
    try {
      return Stage.valueOf(text.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new IOException("its \"stage\" is none of source, transform and sink", e);
    }
  }

  private static <T> T there(String name, @Nullable T value) throws IOException {
    if (value == null) {
      throw new IOException("it has no \"" + name + "\"");
    }
    return value;
  }
}
