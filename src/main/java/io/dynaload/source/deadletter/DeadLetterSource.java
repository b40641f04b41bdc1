package io.dynaload.source.deadletter;

import io.dynaload.item.Item;
import io.dynaload.item.Rejection.Stage;
import io.dynaload.source.ImportSource;
import io.dynaload.source.SourceSchema;
import io.dynaload.source.SourceTraits;
import io.dynaload.source.bounded.BoundedSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.connector.source.Source;

/**
 * Reads dead letters again, each id once. A letter whose item is valid by now becomes the put or
 * delete that it was; another stays rejected, by the stage that rejected it, with the reason of
 * today. The items come from where the letters' ids say, so that an id stays what it was.
 */
public final class DeadLetterSource implements ImportSource {
  private static final long serialVersionUID = 1L;

  private final LetterConnector connector;

  /**
   * @param files that hold the letters
   * @param stages only the letters that one of these rejected
   */
  public DeadLetterSource(List<String> files, Set<Stage> stages) {
    this.connector = new LetterConnector(List.copyOf(files), Set.copyOf(stages));
  }

  @Override
  public SourceTraits traits() {
    return new SourceTraits(true, false, true);
  }

  /** Letters may be of any form. */
  @Override
  public SourceSchema inspect() {
    return new SourceSchema(Map.of(), List.of());
  }

  @Override
  public Source<Item, ?, ?> toFlinkSource(SourceSchema schema) {
    return new BoundedSource<>(connector);
  }
}
