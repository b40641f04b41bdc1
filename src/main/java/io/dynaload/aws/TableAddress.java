package io.dynaload.aws;

import java.net.URI;

/**
 * Which table, where.
 *
 * @param arn as DescribeTable tells it; "" if it does not
 */
public record TableAddress(URI endpoint, String arn) {
  /** What stands for the account where there is none, as in DynamoDB Local. */
  private static final String NO_ACCOUNT = ":000000000000:";

  /**
   * Whether the two are one table. An ARN names one in all of AWS, whatever endpoint leads to it;
   * but each DynamoDB Local has the same ones.
   */
  public boolean isSameAs(TableAddress other) {
    return !arn.isEmpty()
        && arn.equals(other.arn)
        && (!arn.contains(NO_ACCOUNT) || place().equals(other.place()));
  }

  private String place() {
    return AwsPlace.server(endpoint);
  }
}
