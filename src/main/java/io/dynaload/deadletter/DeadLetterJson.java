package io.dynaload.deadletter;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.dynaload.item.Item;
import io.dynaload.item.Rejection;
import io.dynaload.item.Rejection.Form;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Writes a letter as one line of JSON. {@code item} or {@code key} is DynamoDB JSON, the bytes as
 * they are; what is no JSON is {@code raw}, a text, or {@code rawBase64} if it is no text either.
 * {@link DeadLetterParser} reads it.
 */
final class DeadLetterJson {
  static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNestingDepth(Integer.MAX_VALUE)
                  .build())
          .build();

  private DeadLetterJson() {}

  /** The line, with its line feed. */
  static byte[] line(DeadLetter letter) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    try {
      JsonGenerator json = JSON.createGenerator(bytes);
      Item item = letter.item();
      Rejection rejection = item.rejection();
      json.writeStartObject();
      json.writeStringField("id", letter.id());
      json.writeStringField("source", item.origin().unit());
      json.writeNumberField("position", item.origin().position());
      json.writeStringField("stage", rejection.stage().name().toLowerCase(Locale.ROOT));
      json.writeStringField("code", rejection.code());
      json.writeStringField("reason", rejection.reason());
      json.writeStringField("time", letter.time().toString());
      if (item.hasWriteTimestamp()) {
        json.writeNumberField("writeTimestampMicros", item.writeTimestampMicros());
      }
      body(json, rejection.form(), item.json());
      json.writeEndObject();
      json.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    bytes.write('\n');
    return bytes.toByteArray();
  }

  private static void body(JsonGenerator json, Form form, byte[] bytes) throws IOException {
    String text = text(bytes);
    if (text == null) {
      json.writeBinaryField("rawBase64", bytes);
    } else if (form != Form.RAW && isJsonObject(bytes)) {
      json.writeFieldName(form == Form.ITEM ? "item" : "key");
      // In JSON, a line's end can only be white space between tokens.
      json.writeRawValue(text.replace('\n', ' ').replace('\r', ' '));
    } else {
      json.writeStringField("raw", text);
    }
  }

  private static @org.jspecify.annotations.Nullable String text(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  private static boolean isJsonObject(byte[] bytes) {
    try (JsonParser json = JSON.createParser(bytes)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return false;
      }
      json.skipChildren();
      return json.currentToken() == JsonToken.END_OBJECT && json.nextToken() == null;
    } catch (IOException e) {
      return false;
    }
  }
}
