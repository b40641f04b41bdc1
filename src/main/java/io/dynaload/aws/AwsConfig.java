package io.dynaload.aws;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** How to reach AWS, as a section of the file says; what is null is left to the SDK's defaults. */
public record AwsConfig(
    @Nullable String region, @Nullable String endpoint, @Nullable String roleArn)
    implements Serializable {}
