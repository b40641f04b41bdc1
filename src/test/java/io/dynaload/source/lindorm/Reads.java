package io.dynaload.source.lindorm;

import io.dynaload.item.Item;
import io.dynaload.source.SourceSchema;
import io.dynaload.source.bounded.BoundedConnector;
import io.dynaload.source.bounded.Page;
import io.dynaload.source.bounded.PageReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.connector.source.SourceSplit;

/** Reads what a configuration says by one reader, without a job around it. */
final class Reads {
  private Reads() {}

  /** The items' JSON, sorted. */
  static List<String> table(LindormConfig config) throws Exception {
    LindormSource source = new LindormSource(config);
    SourceSchema schema = source.inspect();
    return all(source.connector(schema)).stream().map(Item::jsonText).sorted().toList();
  }

  /** In the order of the splits. */
  static <S extends SourceSplit> List<Item> all(BoundedConnector<S> connector) throws Exception {
    List<Item> items = new ArrayList<>();
    try (PageReader<S> reader = connector.reader()) {
      for (S split : connector.plan(1)) {
        reader.open(split);
        Optional<Page<S>> page = reader.nextPage();
        while (page.isPresent()) {
          for (int i = 0; i < page.get().size(); i++) {
            items.add(page.get().item(i));
          }
          page = reader.nextPage();
        }
      }
    }
    return items;
  }
}
