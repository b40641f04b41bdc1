package io.dynaload.source.storage;

import io.dynaload.aws.AwsConfig;
import io.dynaload.config.Key;
import io.dynaload.config.Keys;
import io.dynaload.config.Section;
import java.io.Serializable;

/**
 * How to reach the files of a section. Only S3 needs any of it.
 *
 * @param requesterPays whether S3 may charge who reads for it, where the bucket demands that
 */
public record StorageConfig(AwsConfig aws, boolean requesterPays) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** For files on this machine. */
  public static final StorageConfig LOCAL =
      new StorageConfig(new AwsConfig(null, null, null), false);

  public static final Key<Boolean> REQUESTER_PAYS =
      Key.flag("requester-pays")
          .changeable()
          .defaultsTo(false)
          .describedAs(
              "Whether the account that reads pays for requests and transfer, which a bucket may"
                  + " demand.");

  /** The keys of every section that reads files: {@code MY_KEYS.and(StorageConfig.KEYS)}. */
  public static final Keys KEYS = AwsConfig.S3_KEYS.and(REQUESTER_PAYS);

  /** Reads a section whose keys include {@link #KEYS}. */
  public static StorageConfig from(Section section) {
    return new StorageConfig(AwsConfig.from(section), section.get(REQUESTER_PAYS));
  }
}
