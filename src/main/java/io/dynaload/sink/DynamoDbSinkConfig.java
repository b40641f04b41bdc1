package io.dynaload.sink;

import io.dynaload.aws.AwsConfig;
import io.dynaload.capacity.SharedLimit;
import io.dynaload.config.Key;
import io.dynaload.config.Keys;
import io.dynaload.config.Section;
import io.dynaload.item.KeySchema;
import java.io.Serializable;
import java.net.URI;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The section {@code sink}.
 *
 * @param capacity how fast
 * @param writing how
 * @param createTable how to make the table if there is none; null to refuse to
 */
public record DynamoDbSinkConfig(
    String table,
    AwsConfig aws,
    CapacityConfig capacity,
    WriteConfig writing,
    @Nullable TableDefinition createTable)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Developer guide, "Supported data types and naming rules". */
  private static final Pattern TABLE_FORM = Pattern.compile("[a-zA-Z0-9_.-]{3,255}");

  public static final Key<String> TABLE =
      Key.parsed("table", "a table's name", "my-table", DynamoDbSinkConfig::checkedTable)
          .required()
          .describedAs("The DynamoDB table that is written to.");

  public static final Key<Section> CREATE_TABLE =
      Key.section("create-table", TableDefinition.KEYS)
          .changeable()
          .describedAs(
              "Makes the table if it does not exist. Left out: a missing table is an error.");

  public static final Keys KEYS =
      Keys.of(TABLE)
          .and(CapacityConfig.KEYS)
          .and(WriteConfig.KEYS)
          .and(CREATE_TABLE)
          .and(AwsConfig.KEYS);

  /** Reads a section that was checked against {@link #KEYS}. */
  public static DynamoDbSinkConfig from(Section section) {
    return new DynamoDbSinkConfig(
        section.get(TABLE),
        AwsConfig.from(section),
        CapacityConfig.from(section),
        WriteConfig.from(section),
        section.find(CREATE_TABLE).map(TableDefinition::from).orElse(null));
  }

  /** The same table name in a DynamoDB elsewhere, reached without a role. */
  public DynamoDbSinkConfig at(URI endpoint) {
    return new DynamoDbSinkConfig(
        table,
        new AwsConfig(aws.region(), endpoint.toString(), null),
        capacity,
        writing,
        createTable);
  }

  /** The same, with a share of a limit that other jobs have their shares of as well. */
  public DynamoDbSinkConfig sharing(SharedLimit.Share share) {
    return new DynamoDbSinkConfig(table, aws, capacity.sharing(share), writing, createTable);
  }

  /** The same, but a missing table is created with this key, on demand. */
  public DynamoDbSinkConfig creating(KeySchema keys) {
    return new DynamoDbSinkConfig(
        table, aws, capacity, writing, new TableDefinition(keys, null, null));
  }

  private static String checkedTable(String text) {
    if (!TABLE_FORM.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "is not a table's name: 3 to 255 letters, digits, '_', '-' and '.'");
    }
    return text;
  }
}
