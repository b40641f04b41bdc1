package io.dynaload.emr.fake;

/** One of AWS's services. {@link FakeAws} gives it one request at a time. */
public interface FakeService {
  /** The name by which requests to it are signed. Empty: it takes those that are not signed. */
  String name();

  Protocol protocol();

  /**
   * Answers a request.
   *
   * @throws AwsError to refuse it
   */
  Answer answer(AwsRequest request) throws AwsError;

  /** What to refuse an action with that is not played here. */
  static AwsError unknown(AwsRequest request) {
    return AwsError.invalid("UnknownOperationException", "The fake does not know " + request);
  }
}
