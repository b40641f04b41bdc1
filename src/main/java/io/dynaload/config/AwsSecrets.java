package io.dynaload.config;

/** Looks secrets up in AWS Systems Manager's Parameter Store and in AWS Secrets Manager. */
final class AwsSecrets {
  private AwsSecrets() {}

  static String parameter(String reference, String name) {
    throw new UnsupportedOperationException(reference + name);
  }

  static String secret(String reference, String name) {
    throw new UnsupportedOperationException(reference + name);
  }
}
