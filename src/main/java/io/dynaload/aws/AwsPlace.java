package io.dynaload.aws;

import io.dynaload.error.ImportException;
import java.net.URI;

/**
 * Where an {@link AwsConfig} leads, as far as can be said without asking a service: two that lead
 * to one place reach the same tables, however they say it.
 *
 * @param region as the SDK finds it; "" if there is none
 * @param server that answers; "" if there is no region
 * @param owner the account of the role, or else the profile; "" for the SDK's own credentials
 */
public record AwsPlace(String region, String server, String owner) {
  /** What the section leaves open is looked up; a region may be asked of the EC2 instance. */
  public static AwsPlace of(AwsConfig config) {
    try {
      return new AwsPlace(
          AwsClients.region(config).id(),
          server(AwsClients.dynamoDbEndpoint(config)),
          owner(config));
    } catch (ImportException e) {
      return new AwsPlace("", "", owner(config)); // Told when the import is prepared.
    }
  }

  private static String owner(AwsConfig config) {
    if (config.roleArn() != null) {
      return config.roleArn().split(":")[4];
    }
    return config.profile() == null ? "" : "profile " + config.profile();
  }

  static String server(URI endpoint) {
    return (AwsConfig.isLoopback(endpoint) ? "this machine" : endpoint.getHost())
        + ":"
        + endpoint.getPort();
  }
}
