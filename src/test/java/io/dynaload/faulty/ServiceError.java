package io.dynaload.faulty;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** An error as DynamoDB answers it. */
public final class ServiceError extends Exception {
  private static final long serialVersionUID = 1L;

  private final String code;
  private final transient @Nullable JsonNode item;

  ServiceError(String code, String message) {
    this(code, message, null);
  }

  /**
   * @param item the one that did not meet the condition, if the call asked for it
   */
  ServiceError(String code, String message, @Nullable JsonNode item) {
    super(message);
    this.code = code;
    this.item = item;
  }

  static ServiceError invalid(String message) {
    return new ServiceError("ValidationException", message);
  }

  /** Such as {@code ValidationException}. */
  public String code() {
    return code;
  }

  @Nullable JsonNode item() {
    return item;
  }
}
