package io.dynaload.source;

import io.dynaload.item.Item;
import java.io.Serializable;
import org.apache.flink.api.connector.source.Source;

/** A configured source. Serializable into the job graph, so it holds references to secrets only. */
public interface ImportSource extends Serializable {
  SourceTraits traits();

  /**
   * Connects, checks what the file says against what is there, and tells what the items will look
   * like. Called once, by the process that submits the job, before anything is written.
   *
   * @throws io.dynaload.error.ImportException with what is wrong, where, and what to do
   */
  SourceSchema inspect();

  /** The Flink source; {@code schema} is what {@link #inspect} returned. */
  Source<Item, ?, ?> toFlinkSource(SourceSchema schema);
}
