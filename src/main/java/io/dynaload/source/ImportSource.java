package io.dynaload.source;

import io.dynaload.aws.TableAddress;
import io.dynaload.item.Item;
import java.io.Serializable;
import java.util.List;
import org.apache.flink.api.connector.source.Source;

/** A configured source. Serializable into the job graph, so it holds references to secrets only. */
public interface ImportSource extends Serializable {
  SourceTraits traits();

  /**
   * What has to be imported one after the other, each by a job of its own, because the later is
   * only right once the earlier is in the table: this source alone, or several in its place.
   * Connects where that needs a look; called once, before {@link #inspect}, which each step is then
   * asked for, and at every run, so it has to answer the same when the import goes on.
   *
   * @return at least one
   * @throws io.dynaload.error.ImportException with what is wrong, where, and what to do
   */
  default List<ImportSource> steps() {
    return List.of(this);
  }

  /**
   * Connects, checks what the file says against what is there, and tells what the items will look
   * like. Called once, by the process that submits the job, before anything is written by any step.
   *
   * @throws io.dynaload.error.ImportException with what is wrong, where, and what to do
   */
  SourceSchema inspect();

  /** The tables of DynamoDB that it reads: none of them may be the target, too. */
  default List<TableAddress> reads() {
    return List.of();
  }

  /** The Flink source; {@code schema} is what {@link #inspect} returned. */
  Source<Item, ?, ?> toFlinkSource(SourceSchema schema);
}
