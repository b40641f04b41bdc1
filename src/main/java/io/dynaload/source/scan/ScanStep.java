package io.dynaload.source.scan;

import io.dynaload.aws.AwsClients;
import io.dynaload.aws.TableAddress;
import io.dynaload.item.Item;
import io.dynaload.item.KeyAttribute;
import io.dynaload.item.KeySchema;
import io.dynaload.source.ImportSource;
import io.dynaload.source.SourceSchema;
import io.dynaload.source.SourceTraits;
import io.dynaload.source.bounded.BoundedSource;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.connector.source.Source;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tables that were found, read by one job.
 *
 * @param findings what the user should know of how they were found
 */
record ScanStep(ScanConfig config, List<SourceTable> tables, List<String> findings)
    implements ImportSource {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(ScanStep.class);

  /**
   * An expression has 4 KB at most (developer guide, "Constraints"), and a name of ours 7 bytes.
   */
  private static final int MOST_ATTRIBUTES = 500;

  ScanStep {
    tables = List.copyOf(tables);
    findings = List.copyOf(findings);
  }

  @Override
  public SourceTraits traits() {
    return config.traits();
  }

  @Override
  public SourceSchema inspect() {
    new ScanConnector(config, tables).checkCapacity();
    for (SourceTable table : tables) {
      ScanTrial.run(config, table);
      LOG.info(
          "{} has about {} items, {} bytes (estimates of DescribeTable, up to six hours old)",
          table.name(),
          table.items(),
          table.bytes());
    }
    return new SourceSchema(Map.of(), keys(), findings, undecided());
  }

  /**
   * A projection of the file's stays as it is. An index that has not all attributes does, too: one
   * that is asked for and not there is an error in a global index, and in a local one it is fetched
   * from the table.
   */
  @Override
  public ImportSource project(List<String> attributes) {
    return config.query().projection() == null
            && attributes.size() <= MOST_ATTRIBUTES
            && tables.stream().allMatch(SourceTable::whole)
        ? new ScanStep(config.project(attributes), tables, findings)
        : this;
  }

  @Override
  public String table(String unit) {
    return ScanSplit.tableOf(unit);
  }

  private List<String> keys() {
    KeySchema first = tables.get(0).keys();
    if (!tables.stream().allMatch(table -> table.keys().equals(first))) {
      return List.of();
    }
    KeyAttribute sort = first.sort();
    return sort == null
        ? List.of(first.partition().name())
        : List.of(first.partition().name(), sort.name());
  }

  private List<String> undecided() {
    return tables.size() == 1
        ? List.of()
        : List.of(
            "the source reads "
                + tables.size()
                + " tables side by side: where the same key is in several of them, which one's item"
                + " stays is not determined. To decide it, set sink.write-mode: newer-wins.");
  }

  @Override
  public List<TableAddress> reads() {
    URI endpoint = AwsClients.dynamoDbEndpoint(config.aws());
    return tables.stream().map(table -> new TableAddress(endpoint, table.arn())).toList();
  }

  @Override
  public Source<Item, ?, ?> toFlinkSource(SourceSchema schema) {
    return new BoundedSource<>(new ScanConnector(config, tables));
  }
}
