package io.dynaload.aws;

import io.dynaload.config.Key;
import io.dynaload.config.Keys;
import io.dynaload.config.Section;
import java.io.Serializable;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How to reach AWS, as a section of the file says; what is null is left to the SDK's defaults.
 * Holds no secret: credentials come from the SDK's chain, in the process that uses them.
 *
 * @param externalId what the role's owner asks of who assumes it; only with a role
 * @param profile of the SDK's configuration files, where the credentials come from
 */
public record AwsConfig(
    @Nullable String region,
    @Nullable String endpoint,
    @Nullable String roleArn,
    @Nullable String externalId,
    @Nullable String profile)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final Pattern REGION_FORM = Pattern.compile("[a-z]{2,6}(-[a-z]+)+-[0-9]{1,2}");

  /** The resource part is a path and a name; IAM's user guide, "IAM identifiers". */
  private static final Pattern ROLE_FORM =
      Pattern.compile("arn:aws[a-z-]*:iam::[0-9]{12}:role/[\\w+=,.@/-]{1,576}");

  /** STS's API reference, "AssumeRole". */
  private static final Pattern EXTERNAL_ID_FORM = Pattern.compile("[\\w+=,.@:/-]{2,1224}");

  /** With nothing but the SDK's own credentials, or a role's. */
  public AwsConfig(@Nullable String region, @Nullable String endpoint, @Nullable String roleArn) {
    this(region, endpoint, roleArn, null, null);
  }

  public static final Key<String> REGION =
      Key.parsed("region", "an AWS region", "us-west-2", AwsConfig::checkedRegion)
          .describedAs(
              "AWS region. Left out: `AWS_REGION`, the AWS profile, or the EC2 instance's.");

  public static final Key<String> ENDPOINT =
      endpointKey()
          .describedAs(
              "Where the service answers, in place of the region's own address: DynamoDB Local, a"
                  + " VPC endpoint. Left out: `AWS_ENDPOINT_URL_DYNAMODB`, `AWS_ENDPOINT_URL`, or the"
                  + " region's address.");

  private static final Key<String> S3_ENDPOINT =
      endpointKey()
          .example("http://127.0.0.1:9000")
          .describedAs(
              "Where S3 answers, in place of the region's own address: a VPC endpoint, a server that"
                  + " speaks its protocol; buckets are then part of the path. Left out:"
                  + " `AWS_ENDPOINT_URL_S3`, `AWS_ENDPOINT_URL`, or the region's address.");

  public static final Key<String> ROLE_ARN =
      Key.parsed(
              "role-arn",
              "the ARN of an IAM role",
              "arn:aws:iam::123456789012:role/loader",
              AwsConfig::checkedRole)
          .changeable()
          .describedAs("IAM role to assume. Left out: the credentials of the SDK's default chain.");

  public static final Key<String> EXTERNAL_ID =
      Key.parsed("external-id", "an external id", "a1b2c3", AwsConfig::checkedExternalId)
          .changeable()
          .describedAs("What the owner of the role in `role-arn` asks of who assumes it.");

  public static final Key<String> PROFILE =
      Key.text("profile")
          .changeable()
          .example("china")
          .describedAs(
              "Profile of the AWS configuration files, on every host of the job, that the"
                  + " credentials, and the region if none is given, are taken from. Left out: the"
                  + " SDK's default chain.");

  /** The keys of every section that says how to reach AWS: {@code MY_KEYS.and(AwsConfig.KEYS)}. */
  public static final Keys KEYS = Keys.of(REGION, ENDPOINT, ROLE_ARN, EXTERNAL_ID, PROFILE);

  /** The same, where the service is S3. */
  public static final Keys S3_KEYS = Keys.of(REGION, S3_ENDPOINT, ROLE_ARN, EXTERNAL_ID, PROFILE);

  private static Key<String> endpointKey() {
    return Key.parsed("endpoint", "a url", "http://127.0.0.1:8000", AwsConfig::checkedEndpoint);
  }

  /** Reads a section whose keys include {@link #KEYS} or {@link #S3_KEYS}. */
  public static AwsConfig from(Section section) {
    if (section.has(EXTERNAL_ID) && !section.has(ROLE_ARN)) {
      throw section.problem(
          EXTERNAL_ID, "belongs to a role", "Add role-arn, or leave external-id out.");
    }
    return new AwsConfig(
        section.find(REGION).orElse(null),
        section.find(ENDPOINT).orElse(null),
        section.find(ROLE_ARN).orElse(null),
        section.find(EXTERNAL_ID).orElse(null),
        section.find(PROFILE).orElse(null));
  }

  /** Whether a url leads to this machine, as DynamoDB Local's does. */
  static boolean isLoopback(URI endpoint) {
    String host = endpoint.getHost();
    return Set.of("localhost", "[::1]").contains(host) || host.startsWith("127.");
  }

  private static String checkedRegion(String text) {
    if (!REGION_FORM.matcher(text).matches()) {
      throw new IllegalArgumentException("is not an AWS region, such as us-west-2");
    }
    return text;
  }

  private static String checkedEndpoint(String text) {
    try {
      URI uri = new URI(text);
      boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      boolean bare =
          uri.getRawUserInfo() == null
              && uri.getRawQuery() == null
              && uri.getRawFragment() == null
              && Set.of("", "/").contains(String.valueOf(uri.getRawPath()));
      if (http && uri.getHost() != null && bare && uri.getPort() != 0 && uri.getPort() <= 65_535) {
        return text;
      }
    } catch (URISyntaxException e) {
      // Said below, with what a url looks like.
    }
    throw new IllegalArgumentException(
        "is not a url of a scheme, a host and a port, such as http://127.0.0.1:8000");
  }

  private static String checkedExternalId(String text) {
    if (!EXTERNAL_ID_FORM.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "is not an external id: 2 to 1224 letters, digits, and characters of _+=,.@:/-");
    }
    return text;
  }

  private static String checkedRole(String text) {
    if (!ROLE_FORM.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "is not the ARN of an IAM role, such as arn:aws:iam::123456789012:role/loader");
    }
    return text;
  }
}
