package io.dynaload.emr.fake;

/** What a service refuses a request with. */
public final class AwsError extends Exception {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;

  public AwsError(int status, String code, String message) {
    super(message, null, false, false);
    this.status = status;
    this.code = code;
  }

  /** The caller's fault, status 400. */
  public static AwsError invalid(String code, String message) {
    return new AwsError(400, code, message);
  }

  int status() {
    return status;
  }

  String code() {
    return code;
  }

  String message() {
    return String.valueOf(getMessage());
  }
}
