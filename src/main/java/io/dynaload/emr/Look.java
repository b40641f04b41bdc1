package io.dynaload.emr;

import java.util.Optional;

/** What the parameters of a stack depend on in its account. */
interface Look {
  boolean hasTable(String table);

  /** Whether the bucket is there and ours. */
  boolean hasBucket(String bucket);

  /** The ARN of a secret that is named by that or by its name; empty if there is none. */
  Optional<String> secretArn(String id);
}
