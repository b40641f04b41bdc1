package io.dynaload.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/** Reads the body of an answer that is an error. */
public final class ErrorBody {
  private static final JsonFactory JSON = new JsonFactory();

  private ErrorBody() {}

  /**
   * What went wrong, by an answer with another HTTP status than 200.
   *
   * @param body {@code {"__type": "…#Code", "message": "…"}}, or anything if it is not the service
   *     that answered
   */
  public static Failure read(int status, byte[] body) {
    String code = "HTTP " + status;
    String message = "";
    try (JsonParser json = JSON.createParser(body)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return Failure.answered(status, code, message);
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String field = json.currentName();
        json.nextToken();
        switch (field) {
          case "__type" -> code = json.getText().substring(json.getText().indexOf('#') + 1);
          case "message", "Message" -> message = json.getText();
          default -> json.skipChildren();
        }
      }
    } catch (IOException e) {
      // Not the service but something in front of it; the status says enough.
    }
    return Failure.answered(status, code, message);
  }
}
