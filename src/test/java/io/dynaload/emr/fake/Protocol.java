package io.dynaload.emr.fake;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/** The form that a service gives its errors. */
public enum Protocol {
  JSON {
    @Override
    Answer error(AwsError error) {
      return Answer.of(
          error.status(),
          "application/x-amz-json-1.1",
          JsonNodeFactory.instance
              .objectNode()
              .put("__type", error.code())
              .put("message", error.message())
              .toString());
    }
  },
  QUERY {
    @Override
    Answer error(AwsError error) {
      return Answer.of(
          error.status(),
          "text/xml",
          "<ErrorResponse><Error><Type>Sender</Type>%s</Error><RequestId>1</RequestId></ErrorResponse>"
              .formatted(codeAndMessage(error)));
    }
  },
  REST_XML {
    @Override
    Answer error(AwsError error) {
      return Answer.of(
          error.status(), "application/xml", "<Error>%s</Error>".formatted(codeAndMessage(error)));
    }
  };

  abstract Answer error(AwsError error);

  private static String codeAndMessage(AwsError error) {
    return "<Code>%s</Code><Message>%s</Message>"
        .formatted(Answer.escaped(error.code()), Answer.escaped(error.message()));
  }
}
