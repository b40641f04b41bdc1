package io.dynaload.pipeline;

import io.dynaload.item.Item;
import io.dynaload.source.ImportSource;
import io.dynaload.source.SourceSchema;
import io.dynaload.source.SourceTraits;
import io.dynaload.source.bounded.BoundedConnector;
import io.dynaload.source.bounded.BoundedSource;
import io.dynaload.source.bounded.Page;
import io.dynaload.source.bounded.PageReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/** Reads items whose keys may repeat, a split a unit. */
record OrderedSource(OrderedItems items) implements ImportSource {
  private static final long serialVersionUID = 1L;
  private static final int PAGE = 50;

  /** A unit, and the index of the next item in it. */
  record Unit(int number, int next) implements SourceSplit {
    @Override
    public String splitId() {
      return "unit-" + number;
    }
  }

  @Override
  public SourceTraits traits() {
    return new SourceTraits(true, false, items.deletes());
  }

  @Override
  public SourceSchema inspect() {
    return items.schema();
  }

  @Override
  public Source<Item, ?, ?> toFlinkSource(SourceSchema schema) {
    return new BoundedSource<>(new Connector(items));
  }

  private record Connector(OrderedItems items) implements BoundedConnector<Unit> {
    private static final long serialVersionUID = 1L;

    @Override
    public String fingerprint() {
      return items.toString();
    }

    @Override
    public List<Unit> plan(int parallelism) {
      return IntStream.range(0, items.units()).mapToObj(number -> new Unit(number, 0)).toList();
    }

    @Override
    public PageReader<Unit> reader() {
      return new Reader(items);
    }

    @Override
    public SimpleVersionedSerializer<Unit> splitSerializer() {
      return new Serializer();
    }
  }

  private static final class Reader implements PageReader<Unit> {
    private final OrderedItems items;
    private Unit at = new Unit(0, 0);

    Reader(OrderedItems items) {
      this.items = items;
    }

    @Override
    public void open(Unit split) {
      at = split;
    }

    @Override
    public Optional<Page<Unit>> nextPage() {
      int size = Math.min(PAGE, items.itemsPerUnit() - at.next());
      if (size == 0) {
        return Optional.empty();
      }
      Page<Unit> page = new UnitPage(items, at, size);
      at = page.splitAfter(size - 1);
      return Optional.of(page);
    }

    @Override
    public void close() {}
  }

  private record UnitPage(OrderedItems items, Unit from, int size) implements Page<Unit> {
    @Override
    public Item item(int index) {
      return items.item(from.number(), from.next() + index);
    }

    @Override
    public Unit splitAfter(int index) {
      return new Unit(from.number(), from.next() + index + 1);
    }
  }

  private static final class Serializer implements SimpleVersionedSerializer<Unit> {
    @Override
    public int getVersion() {
      return 1;
    }

    @Override
    public byte[] serialize(Unit split) {
      return ByteBuffer.allocate(8).putInt(split.number()).putInt(split.next()).array();
    }

    @Override
    public Unit deserialize(int version, byte[] serialized) throws IOException {
      ByteBuffer bytes = ByteBuffer.wrap(serialized);
      return new Unit(bytes.getInt(), bytes.getInt());
    }
  }
}
