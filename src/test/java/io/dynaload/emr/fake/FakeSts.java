package io.dynaload.emr.fake;

/** STS: says who the caller is. */
public final class FakeSts implements FakeService {
  public static final String ACCOUNT = "123456789012";

  @Override
  public String name() {
    return "sts";
  }

  @Override
  public Protocol protocol() {
    return Protocol.QUERY;
  }

  @Override
  public Answer answer(AwsRequest request) throws AwsError {
    if (!request.action().equals("GetCallerIdentity")) {
      throw FakeService.unknown(request);
    }
    return Answer.query(
        request.action(),
        "<Arn>arn:aws:iam::%1$s:user/me</Arn><UserId>AIDA0</UserId><Account>%1$s</Account>"
            .formatted(ACCOUNT));
  }
}
