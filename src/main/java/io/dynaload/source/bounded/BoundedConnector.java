package io.dynaload.source.bounded;

import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * What a connector brings along to be read by {@link BoundedSource}: how the data are cut into
 * splits and how one split is read, page by page. It is part of the job graph, so it holds
 * references to secrets only; its methods open connections of their own.
 *
 * @param <SplitT> an immutable part of the data together with the position reached in it
 */
public interface BoundedConnector<SplitT extends SourceSplit> extends Serializable {
  /**
   * All that decides which items are read, as text that a person can compare, without secrets. A
   * run that goes on from a checkpoint must have the fingerprint that the checkpoint has. Asked for
   * once in the life of an enumerator.
   */
  String fingerprint();

  /**
   * Cuts the data into splits; once in the life of a job, on a thread that may block. An empty list
   * means that there is nothing to read.
   *
   * @param parallelism of the readers, as advice; it can change later
   * @throws io.dynaload.error.ImportException if no retry can help
   * @throws IOException otherwise; the job's restart strategy decides
   */
  List<SplitT> plan(int parallelism) throws IOException;

  /** How many items there are, about, for those who watch; 0 if nobody knows. */
  default long estimatedItems() {
    return 0;
  }

  /** A reader for one subtask; called in the process that reads. Opens no connection yet. */
  PageReader<SplitT> reader();

  SimpleVersionedSerializer<SplitT> splitSerializer();
}
