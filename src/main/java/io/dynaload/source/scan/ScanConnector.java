package io.dynaload.source.scan;

import io.dynaload.capacity.AskedCapacity;
import io.dynaload.capacity.CapacityProbe;
import io.dynaload.capacity.TableCapacity;
import io.dynaload.error.ErrorCode;
import io.dynaload.error.ImportException;
import io.dynaload.source.bounded.LeasingConnector;
import io.dynaload.source.bounded.PageReader;
import java.util.List;
import java.util.function.Consumer;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * Reads tables in many segments at a time. A limit in units is of all tables together; a share, or
 * what is found by trying, is of each table by itself.
 */
record ScanConnector(ScanConfig config, List<SourceTable> tables)
    implements LeasingConnector<ScanSplit> {
  private static final long serialVersionUID = 1L;
  private static final String WHOLE_JOB = "all tables";
  private static final String KEY = "source.read-capacity";

  ScanConnector {
    tables = List.copyOf(tables);
  }

  /**
   * What the file says, and whose tables they are: another role, which a run that goes on may have,
   * may lead to tables of the same names in another account.
   */
  @Override
  public String fingerprint() {
    return "the tables "
        + String.join(", ", config.tables())
        + " ("
        + ScanErrors.place(config.aws())
        + tables.get(0).owner()
        + "), "
        + config.segments()
        + config.query();
  }

  @Override
  public List<ScanSplit> plan(int parallelism) {
    return SegmentPlanner.plan(tables, config.segments(), parallelism);
  }

  /** As DescribeTable told it, of the segments that are read. */
  @Override
  public long estimatedItems() {
    long all = tables.stream().mapToLong(SourceTable::items).sum();
    SegmentsConfig segments = config.segments();
    return segments.only().isEmpty()
        ? all
        : Math.round((double) all * segments.only().size() / segments.total());
  }

  @Override
  public List<SharedBudget> budgets(Consumer<AutoCloseable> toClose) {
    TableClient client = new TableClient(config);
    toClose.accept(client);
    if (config.capacity().isOfTheWholeJob()) {
      return List.of(budget(WHOLE_JOB, tables.get(0).name(), client));
    }
    return tables.stream().map(table -> budget(table.name(), table.name(), client)).toList();
  }

  private SharedBudget budget(String name, String table, TableClient client) {
    return new SharedBudget(
        name,
        new CapacityProbe(KEY, config.capacity().asked(), () -> client.describe(table).capacity()),
        config.capacity().refresh());
  }

  /** Which budget a table is read on. */
  String budgetOf(String table) {
    return config.capacity().isOfTheWholeJob() ? WHOLE_JOB : table;
  }

  /**
   * One of the tables.
   *
   * @throws ImportException (SOURCE) if it is of the run that the import began with, but not of
   *     this
   */
  SourceTable table(String name) {
    return tables.stream()
        .filter(table -> table.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new ImportException(
                    ErrorCode.SOURCE,
                    "The table " + name + " was read when the import began, and is not any more",
                    "Start anew without --resume."));
  }

  /**
   * Reads the capacity that stands in a file.
   *
   * @throws ImportException (CONFIGURATION) if it cannot be read, or says nothing of use
   */
  void checkCapacity() {
    AskedCapacity unused =
        new CapacityProbe(KEY, config.capacity().asked(), () -> TableCapacity.UNKNOWN).asked();
  }

  @Override
  public PageReader<ScanSplit> reader(Place place) {
    return new ScanReader(this, place);
  }

  @Override
  public SimpleVersionedSerializer<ScanSplit> splitSerializer() {
    return new ScanSplitSerializer();
  }
}
